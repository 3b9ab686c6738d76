"""The SPARQL page in Chromium with the network cut off: the editor, its offers, the views of an answer."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from api.bundle import bundle_stamp
from tests.browser.conftest import Tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 412, "height": 860}}
DARK = {"color_scheme": "dark"}
POLICE = "<https://w3id.org/daftar/id/agency/police>"
COUNTS = """SELECT ?name ?n WHERE { VALUES (?name ?n) { ("ب" 9) ("آ" 10) ("پ" 2) } }"""
TIES = "CONSTRUCT { ?p df:involvesAgency ?a } WHERE { ?p a df:Process ; df:involvesAgency ?a }"
BROKEN = "SELECT * WHERE {\n  ?s ?p .\n}"
#: What Chromium says of itself in the console when an answer has the status of an error.
STATUS = "the server responded with a status of 400"


@pytest.fixture(autouse=True)
def bundled() -> None:
    if bundle_stamp() is None:
        pytest.fail("the editor is not bundled; run: make api/static/built/editor.js")


def violations(page: Page) -> list[object]:
    """What axe finds; its own report cannot write places in a shadow tree."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def opened(tab: Tab, base: str, lang: str = "en", **given: str) -> Page:
    tab.page.goto(f"{base}/{lang}/sparql" + (f"?{urlencode(given)}" if given else ""))
    expect(tab.page.locator(".cm-content")).to_be_visible()
    return tab.page


def text_of(page: Page) -> str:
    lines: list[str] = page.locator(".cm-line").all_text_contents()
    return "\n".join(lines)


def write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def pick(page: Page, text: str) -> None:
    """Type a word, wait until it is offered, take the first offer."""
    page.keyboard.type(text)
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_be_visible()
    page.wait_for_timeout(200)  # the editor takes no key for an offer that has only just appeared
    page.keyboard.press("Enter")
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)


def run(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")


def column(page: Page, number: int) -> list[str]:
    cells: list[str] = page.locator(f"#answer-table tbody td:nth-child({number})").all_text_contents()
    return cells


def test_keywords_variables_names_and_strings_have_colours_of_their_own(tab: Tab, base: str) -> None:
    page = opened(tab, base, query='SELECT ?s WHERE { ?s df:goal "سلام" }')
    colour = """(text) => { const spans = [...document.querySelector('#editor').shadowRoot
        .querySelectorAll('.cm-line span')].filter(s => !s.querySelector('span'));
        return getComputedStyle(spans.find(s => s.textContent === text)).color; }"""
    seen = {page.evaluate(colour, text) for text in ("SELECT", "?s", "df:goal", '"سلام"')}
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("lang", "verb", "body"), [("fa", "نهاد را نام", "نيروي انتظامي"), ("en", "involves", "police")]
)
def test_names_in_either_language_become_iris_and_prefixes_are_declared(
    tab: Tab, base: str, lang: str, verb: str, body: str
) -> None:
    page = opened(tab, base, lang)
    write(page, "SELECT ?p WHERE {\n?p ")
    pick(page, verb)
    page.keyboard.type(" ")
    pick(page, body)
    text = text_of(page)
    assert text.startswith("PREFIX df: <https://w3id.org/daftar/ontology#>\nSELECT")
    assert f"?p df:involvesAgency {POLICE}" in text
    run(page)
    assert page.locator("#answer-table tbody tr").count() == 15
    assert not violations(page)


def test_a_class_is_offered_after_a_and_the_offers_are_accessible(tab: Tab, base: str) -> None:
    page = opened(tab, base, "fa")
    write(page, "SELECT * WHERE { ?p a فرای")
    offers = page.locator(".cm-tooltip-autocomplete li")
    expect(offers.first).to_contain_text("df:Process")
    assert all("کلاس" in text for text in offers.all_text_contents())
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(offers).to_have_count(0)


def test_graphs_variables_and_words_are_offered(tab: Tab, base: str) -> None:
    page = opened(tab, base)
    write(page, "SELECT ?thing WHERE { GRAPH ")
    pick(page, "code-lists")
    page.keyboard.type(" { ?th")
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("?thing")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    assert "GRAPH <https://w3id.org/daftar/id/graph/codes> { ?thing" in text_of(page)


def test_a_typed_prefix_is_declared_once_and_undone_with_one_key(tab: Tab, base: str) -> None:
    page = opened(tab, base)
    write(page, "SELECT * WHERE { ?s skos:")
    assert text_of(page).startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n")
    page.keyboard.type("prefLabel ?l ; skos:")
    assert text_of(page).count("PREFIX") == 1
    write(page, 'SELECT * WHERE { ?s ?p "df:')
    assert "PREFIX" not in text_of(page)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_table_sorts_by_size_and_by_the_alphabet(tab: Tab, base: str, lang: str) -> None:
    page = opened(tab, base, lang, query=COUNTS)
    page.get_by_role("button", name="n", exact=True).click()
    digits = ["۲", "۹", "۱۰"] if lang == "fa" else ["2", "9", "10"]
    assert column(page, 2) == digits
    page.get_by_role("button", name="n", exact=True).click()
    assert column(page, 2) == digits[::-1]
    expect(page.locator('th[data-name="n"]')).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#editor-status")).not_to_be_empty()
    page.get_by_role("button", name="name", exact=True).click()
    assert column(page, 1) == ["آ", "ب", "پ"]
    assert "sort=name" in page.url
    assert not violations(page)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_chart_is_a_list_of_bars_whose_lengths_are_the_numbers(tab: Tab, base: str, lang: str) -> None:
    page = opened(tab, base, lang, query=COUNTS)
    page.locator('[data-view="chart"]').click()
    items = page.locator("#chart-bars li")
    expect(items).to_have_count(3)
    assert "۱۰" in items.nth(1).inner_text() if lang == "fa" else "10" in items.nth(1).inner_text()
    widths = [items.nth(i).locator(".bar").bounding_box() for i in range(3)]
    nine, ten, two = (box["width"] if box else 0 for box in widths)
    assert nine / ten == pytest.approx(0.9, abs=0.01)
    assert two / ten == pytest.approx(0.2, abs=0.01)
    assert not violations(page)
    expect(page.locator('[data-view="graph"]')).to_be_hidden()


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_graph_is_drawn_and_a_node_leads_to_more(tab: Tab, base: str, lang: str) -> None:
    page = opened(tab, base, lang, query=TIES, view="graph")
    page.wait_for_selector("#answer-canvas[data-ready]", timeout=15_000)
    drawn = page.evaluate(
        """() => { const c = document.querySelector('#answer-canvas canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )
    assert drawn > 5_000
    expect(page.locator("#answer-graph-caption")).to_contain_text("54" if lang == "en" else "۵۴")
    assert not violations(page)


def test_rows_of_three_things_are_a_graph_and_cut_ones_say_so(tab: Tab, base: str) -> None:
    many = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(ISIRI(?s) && ISIRI(?o)) } LIMIT 480"
    page = opened(tab, base, query=many, view="graph")
    page.wait_for_selector("#answer-canvas[data-ready]", timeout=15_000)
    expect(page.locator("#answer-graph-caption")).to_contain_text("120 of ")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_an_error_is_marked_at_its_line_and_announced(tab: Tab, base: str, lang: str) -> None:
    tab.expected = STATUS
    page = opened(tab, base, lang)
    write(page, BROKEN.replace("\n}", ""))  # the editor closes the bracket itself
    run(page)
    expect(page.locator(".cm-error-line")).to_have_text("  ?s ?p .")
    expect(page.locator("#editor-status")).to_contain_text("سطر ۲" if lang == "fa" else "Line 2")
    expect(page.locator("#error-text")).to_be_visible()
    assert not violations(page)
    page.keyboard.type("x")
    expect(page.locator(".cm-error-line")).to_have_count(0)


def test_the_address_holds_query_view_and_order_and_the_twin_keeps_them(tab: Tab, base: str) -> None:
    page = opened(tab, base, query=COUNTS)
    page.get_by_role("button", name="n", exact=True).click()
    page.locator('[data-view="chart"]').click()
    page.reload()
    expect(page.locator("#chart-bars li")).to_have_count(3)
    assert [text.split()[0] for text in page.locator("#chart-bars li").all_inner_texts()] == ["پ", "ب", "آ"]
    page.locator("a.lang").click()
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    expect(page.locator(".cm-line")).to_have_text(COUNTS)
    expect(page.locator("#chart-bars li .amount").first).to_have_text("۲")


def test_back_leads_to_the_query_before(tab: Tab, base: str) -> None:
    page = opened(tab, base, query="ASK {}")
    write(page, "SELECT (1 AS ?one) {")
    run(page)
    assert column(page, 1) == ["1"]
    page.go_back()
    expect(page.locator("#answer-count")).to_have_text("Yes")
    assert text_of(page) == "ASK {}"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_history_keeps_what_was_run_and_can_be_cleared(tab: Tab, base: str, lang: str) -> None:
    page = opened(tab, base, lang)
    write(page, "ASK { ?s a df:Process")
    run(page)
    page.reload()
    page.locator("#history summary").click()
    item = page.locator("#history-list button")
    expect(item).to_have_count(1)
    assert not violations(page)
    write(page, "ASK {")
    item.click()
    assert "ASK { ?s a df:Process}" in text_of(page)
    page.locator("#history-clear").click()
    expect(item).to_have_count(0)
    assert json.loads(page.evaluate("localStorage.getItem('daftar.queries')")) == []


@pytest.mark.parametrize(("lang", "words"), [("fa", "همنشين"), ("en", "whom meet")])
def test_a_question_of_the_list_fills_the_editor(tab: Tab, base: str, lang: str, words: str) -> None:
    page = opened(tab, base, lang)
    page.locator("#question-list summary").click()
    page.locator("#question-list-words").fill(words)
    shown = page.locator("#question-list li:visible")
    assert 0 < shown.count() < 20
    assert not violations(page)
    page.locator('#question-list a[href$="question=who-meets"]').click()
    expect(page.locator(".cm-content")).to_contain_text("?process df:involvesAgency ?agency, ?other")
    run(page)
    assert page.locator("#answer-table tbody tr").count() > 10


def test_tab_leaves_the_editor_and_typing_over_everything_is_one_step(tab: Tab, base: str) -> None:
    page = opened(tab, base)
    before = text_of(page)
    write(page, "A")
    assert text_of(page) == "A"
    page.keyboard.press("Control+z")
    assert text_of(page) == before
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "editor"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "editor"


def test_every_download_is_there_for_rows_and_for_graphs(tab: Tab, base: str) -> None:
    page = opened(tab, base, query=COUNTS)
    links = page.locator('#answer a[href^="/sparql?"]')
    assert links.all_text_contents() == ["SPARQL JSON", "SPARQL XML", "CSV", "TSV"]
    opened(tab, base, query=TIES)
    assert links.all_text_contents() == ["Turtle", "N-Triples", "RDF/XML", "JSON-LD", "N-Quads", "TriG"]


def test_a_slow_query_can_be_stopped(tab: Tab, base: str) -> None:
    page = opened(tab, base)
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i")
    page.keyboard.press("Control+Enter")
    page.locator("#editor-stop").click()
    expect(page.locator("#editor-status")).to_have_text("Stopped.")
    expect(page.locator("#editor-stop")).to_be_hidden()


def test_markup_in_an_answer_runs_nothing_in_any_view(tab: Tab, base: str) -> None:
    hostile = '<img src=x onerror=\\"window.pwned=1\\">'
    page = opened(tab, base, query=f'SELECT ?a ?n {{ VALUES (?a ?n) {{ ("{hostile}" 1) }} }}', view="chart")
    expect(page.locator("#chart-bars li")).to_have_count(1)
    assert page.locator("main img").count() == 0
    opened(
        tab,
        base,
        query="CONSTRUCT { <urn:a> <javascript:window.pwned=2> <javascript:pwned> } {}",
        view="graph",
    )
    page.wait_for_selector("#answer-canvas[data-ready]", timeout=15_000)
    assert page.evaluate("window.pwned") is None
    assert page.locator('a[href^="javascript"]').count() == 0


@pytest.mark.parametrize("tab", [PHONE, DARK], indirect=True, ids=["412", "dark"])
def test_every_view_fits_a_phone_and_is_accessible_in_the_dark(tab: Tab, base: str) -> None:
    for lang in ("fa", "en"):
        for query, view in ((COUNTS, "table"), (COUNTS, "chart"), (TIES, "graph"), ("", "table")):
            page = opened(tab, base, lang, query=query, view=view)
            wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert wide[0] <= wide[1], f"{lang} {view}: {wide}"
            assert not violations(page), f"{lang} {view}"


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_without_a_script_the_form_answers(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/sparql")
    tab.page.locator("textarea").fill(COUNTS)
    tab.page.locator('main button[type="submit"]').click()
    assert column(tab.page, 2) == ["۹", "۱۰", "۲"]
    for hidden in ("#answer-views", "#answer-chart", "#answer-graph", "#history", "#editor"):
        expect(tab.page.locator(hidden)).to_be_hidden()
    tab.page.goto(f"{base}/fa/sparql")
    tab.page.locator("#question-list summary").click()
    tab.page.locator('#question-list a[href$="question=who-meets"]').click()
    assert "df:involvesAgency" in tab.page.locator("textarea").input_value()
