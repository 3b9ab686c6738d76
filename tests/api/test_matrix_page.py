"""The page of the matrix, the pages of the analyses and the comparison, over HTTP in both languages."""

from __future__ import annotations

import json
import re

import pytest

from graph.analysis.analyst import Analyst
from graph.analysis.reports import ANALYSES, run
from graph.store import open_store
from graph.view.alike import Alike
from graph.view.reading import Catalogue
from graph.view.words import LANGS, Lang
from tests.api.client import Client
from tests.view.support import Page

HOSTILE = (
    "</script><script>alert(1)</script>",
    "\u0000",
    "police' OR 1=1",
    "=cmd|' /C calc'!A0",
    "x" * 3_000,
)


@pytest.fixture(scope="module")
def analyst(folder: object) -> Analyst:
    return Analyst(open_store(str(folder)))


def page(client: Client, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    assert len(answer.content) < 300_000
    return Page(answer.text)


@pytest.mark.parametrize("lang", LANGS)
def test_the_matrix_shows_each_cell_with_its_evidence(client: Client, analyst: Analyst, lang: Lang) -> None:
    shown = page(client, f"/{lang}/matrix")
    cells = {row[0:2] for row in run(analyst, "matrix").table("cells").rows}
    filled = [e for e in shown.all("td") if "on" in e.attributes.get("class", "").split()]
    assert len(filled) == len(cells)
    links = [link for link in shown.links if re.search(r"/processes/P\d+#partner-", link)]
    assert len(links) == len(cells)  # each leads to the very name in the table of partners
    data = json.loads(next(e.text for e in shown.all("script") if e.attributes.get("id") == "matrix-data"))
    assert len(data["cells"]) == len(cells)


def test_the_links_of_the_cells_lead_to_the_words(client: Client) -> None:
    links = [link for link in page(client, "/en/matrix").links if "/processes/P08#partner-" in link]
    ids = page(client, "/en/processes/P08").ids
    assert len(links) == 3
    assert all(link.partition("#")[2] in ids for link in links)


def test_the_state_of_the_matrix_is_in_the_address(client: Client) -> None:
    shown = page(
        client, "/fa/matrix?bodies=agency/police&bodies=irgc&order=count&swap=yes&kind=police,military"
    )
    checked = {
        (e.attributes["name"], e.attributes["value"]) for e in shown.all("input") if "checked" in e.attributes
    }
    assert ("bodies", "agency/police") in checked
    assert ("swap", "yes") in checked
    assert ("kind", "police") in checked
    assert ("involved", "named") in checked
    csv = next(link for link in shown.links if "format=csv" in link and "table" not in link)
    assert "swap=yes" in csv
    assert client.get(csv).text.splitlines()[0].startswith("\ufeffthing,thing_label,process/")


def test_a_body_outside_the_part_shown_stays_chosen(client: Client) -> None:
    shown = page(client, "/en/matrix?bodies=police&most=2&most-bodies=2&order=id")
    kept = [e for e in shown.all("input") if e.attributes.get("value") == "agency/police"]
    assert len(kept) == 1
    assert "checked" in kept[0].attributes
    assert "2 of 27 processes and 2 of 31 bodies" in shown.text
    assert any("from-process=3" in link for link in shown.links)
    assert any("from-body=3" in link for link in shown.links)


@pytest.mark.parametrize(
    "option", ["bodies", "processes", "kind", "order", "most", "from-body", "involved", "nothing"]
)
def test_hostile_choices_of_the_matrix_are_refused_in_words(client: Client, option: str) -> None:
    for text in HOSTILE:
        answer = client.get("/en/matrix", params={option: text})
        if text == "\u0000" and answer.status_code == 200:
            continue
        assert answer.status_code == 400
        shown = Page(answer.text)
        sources = [e.attributes.get("src", "") for e in shown.all("script") if "type" not in e.attributes]
        assert all(source.startswith("/static/") for source in sources)
        assert shown.all("table"), "the usual view is shown beside the error"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [name for name in ANALYSES if name != "matrix"])
def test_every_analysis_has_a_page_with_its_tables_and_its_form(
    client: Client, analyst: Analyst, lang: Lang, name: str
) -> None:
    shown = page(client, f"/{lang}/analyses/{name}")
    report = run(analyst, name)
    for table in report.tables:
        assert f"table-{table.key}" in shown.ids
        assert " ".join(table.title.of(lang).split()) in shown.text
    for note in report.notes:
        assert " ".join(note.of(lang).split()) in shown.text
    told = {e.attributes.get("name") for e in shown.all("input", "select")}
    assert {option.name for option in ANALYSES[name].options} <= told
    assert {f"format={key}" for key in ("csv", "json", "xlsx", "html", "markdown")} <= {
        part for link in shown.links for part in link.partition("?")[2].split("&")
    }


def test_the_list_names_every_analysis(client: Client) -> None:
    for lang in LANGS:
        links = page(client, f"/{lang}/analyses").links
        for name in ANALYSES:
            assert f"/{lang}/matrix" in links if name == "matrix" else f"/{lang}/analyses/{name}" in links


def test_the_matrix_among_the_analyses_is_its_page(client: Client) -> None:
    answer = client.get("/en/analyses/matrix?order=id")
    assert (answer.status_code, answer.headers["location"]) == (308, "/en/matrix?order=id")
    assert client.get("/en/analyses/nothing").status_code == 404


@pytest.mark.parametrize("name", [name for name in ANALYSES if name != "matrix"])
def test_hostile_options_of_analyses_are_said_beside_the_form(client: Client, name: str) -> None:
    for option in (*(each.name for each in ANALYSES[name].options if each.kind != "flag"), "nothing"):
        for text in HOSTILE[:1] + HOSTILE[2:]:
            answer = client.get(f"/fa/analyses/{name}", params={option: text})
            assert answer.status_code == 400, (option, text)
            shown = Page(answer.text)
            assert "options" in shown.ids
            assert any(e.attributes.get("role") == "alert" for e in shown.elements)


def test_what_was_written_stands_in_the_form_again_with_the_name_of_the_language(client: Client) -> None:
    persian = page(client, "/fa/analyses/impact?without=police&without=P13")
    values = [
        e.attributes.get("value") for e in persian.all("input") if e.attributes.get("name") == "without"
    ]
    assert values == ["نیروی انتظامی", "P13", ""]
    english = page(client, "/en/analyses/impact?without=ناجا")  # its name has a comma, so it is written by id
    values = [
        e.attributes.get("value") for e in english.all("input") if e.attributes.get("name") == "without"
    ]
    assert values == ["police", ""]
    assert any(e.tag == "h3" and e.text == "Step 1" for e in english.elements)


def test_persian_digits_are_taken_and_shown(client: Client) -> None:
    shown = page(client, "/fa/analyses/meetings?least-processes=۱۴")
    figure = next(e for e in shown.all("input") if e.attributes.get("name") == "least-processes")
    assert figure.attributes["value"] == "۱۴"
    assert len(shown.all("h3")) == 1  # one group meets in 14 processes


def test_the_drawing_of_needs_has_a_twin_in_the_table(client: Client, analyst: Analyst) -> None:
    shown = page(client, "/en/analyses/dependencies?most=500")
    arrows = [
        e
        for e in shown.all("path")
        if "need" in e.attributes.get("class", "").split() and "marker-end" in e.attributes
    ]
    pairs = {row[0:3:2] for row in run(analyst, "dependencies", {"most": ["500"]}).table("needs").rows}
    assert len(arrows) == len(pairs)
    assert not any("style" in e.attributes for e in shown.elements)


@pytest.mark.parametrize("lang", LANGS)
def test_two_processes_side_by_side(client: Client, analyst: Analyst, lang: Lang) -> None:
    facets = Alike(analyst, Catalogue(analyst.store)).study.facets
    there = page(client, f"/{lang}/compare?one=P01&other=P12")
    back = page(client, f"/{lang}/compare?one=P12&other=P01")
    base = analyst.store.manifest.base_iri
    one, other = (facets["agency"].columns_of(f"{base}process/{name}") for name in ("P01", "P12"))

    def names(things: frozenset[str]) -> set[str]:
        return {analyst.labels.named(thing).label(lang) for thing in things}

    for shown, first, second in ((there, one, other), (back, other, one)):
        cells = shown.all("td")[:3]
        listed = [set(re.findall(r"\S.*?(?=\n|$)", cell.text.strip())) for cell in cells]
        for cell, expected in zip(cells, (first - second, first & second, second - first), strict=True):
            assert all(name in cell.text for name in names(expected)), listed
        assert not any(name in cells[1].text for name in names(first - second))


def test_wrong_comparisons_are_said(client: Client) -> None:
    for query, words in (
        ("one=P04&other=P04", "two different"),
        ("one=P04&other=P99", "P99"),
        ("one=P04&other=P30", "no form"),
        (f"one=P04&other={HOSTILE[0]}", "there is no thing"),
    ):
        answer = client.get(f"/en/compare?{query}")
        assert answer.status_code == 400
        assert words in Page(answer.text).text
    for query in ("", "?one=P04"):  # with one of the two the form asks for the other
        asked = client.get(f"/en/compare{query}")
        assert asked.status_code == 200
        assert "doubtbox" not in asked.text


def test_a_process_says_what_is_like_it_and_what_it_needs(client: Client, analyst: Analyst) -> None:
    shown = page(client, "/en/processes/P04")
    assert {"similar", "needs"} <= set(shown.ids)
    assert "/en/compare?one=P04&other=P05" in shown.links
    needed = page(client, "/en/processes/P13")
    assert "needed" in needed.ids  # P14 needs the decisions of P13
    assert "similar" not in page(client, "/en/processes/P30").ids


def test_results_are_kept_for_the_edition(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/en/analyses/health?most=7")
    asked: list[str] = []
    monkeypatch.setattr("api.turns.in_turn", lambda *_: asked.append("again"))
    assert client.get("/fa/analyses/health?most=7").status_code == 200
    assert not asked
