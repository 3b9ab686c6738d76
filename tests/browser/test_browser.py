"""The pages in Chromium with the network cut off: accessibility, width, the graph by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.store import open_store
from graph.view.page import write_graph
from graph.view.words import Lang
from tests.browser.conftest import Tab, check_axe, check_colours
from tests.view.support import HOSTILE, hostile_trig, store_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: One address of each kind of page.
KINDS = (
    "",
    "processes",
    "processes/P23",
    "processes/P30",
    "services/S01",
    "agencies",
    "agencies?kind=police&q=ناجا",
    "steps",
    "agencies/police",
    "instruments/theft-document",
    "index",
    "doubts",
    "graph",
    "about",
    "components",
    "questions",
    "analyses/overlap",
    "search?q=ناجا",
    "sparql?query=SELECT * { ?s df:hasDoubt ?o } LIMIT 3",
)
PHONE = {"viewport": {"width": 390, "height": 844}}
WIDE = {"viewport": {"width": 1920, "height": 1080}}
DARK = {"color_scheme": "dark"}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_no_accessibility_violation_on_any_kind_of_page(tab: Tab, base: str, lang: str) -> None:
    for kind in KINDS:
        tab.page.goto(f"{base}/{lang}/{kind}")
        check_axe(tab.page, few=True, contrast=lang == "fa")


@pytest.mark.parametrize("tab", [DARK], indirect=True, ids=["dark"])
def test_the_dark_colours_are_accessible(tab: Tab, base: str) -> None:
    for kind in ("", "processes/P23", "agencies/police", "matrix", "components", "graph", "sparql"):
        tab.page.goto(f"{base}/fa/{kind}")
        check_colours(tab.page)


@pytest.mark.parametrize("tab", [PHONE], indirect=True, ids=["390-1920"])
def test_no_page_is_wider_than_the_window(tab: Tab, base: str) -> None:
    """Opened on a phone; then in a window that is made as wide as the screen of a desk."""
    for lang in ("fa", "en"):
        for kind in KINDS:
            for window in (PHONE["viewport"], WIDE["viewport"]):
                tab.page.set_viewport_size(window)
                if window == PHONE["viewport"]:
                    tab.page.goto(f"{base}/{lang}/{kind}")
                wide = tab.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
                assert wide[1] == window["width"]
                assert wide[0] <= wide[1], f"/{lang}/{kind} is {wide[0]} px wide in {wide[1]}"


def test_an_error_page_is_accessible(tab: Tab, base: str) -> None:
    tab.expected = "404"
    tab.page.goto(f"{base}/fa/nothing-here")
    check_axe(tab.page)


def test_the_language_switch_keeps_the_page(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/processes/P08")
    tab.page.get_by_role("link", name="English").click()
    expect(tab.page).to_have_url(f"{base}/en/processes/P08")
    expect(tab.page.locator("html")).to_have_attribute("dir", "ltr")


def test_a_planner_finds_an_agency_by_its_short_name(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/")
    tab.page.get_by_role("combobox").fill("ناجا")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("link", name="نیروی انتظامی", exact=True).first.click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("نیروی انتظامی")
    tab.page.locator("main").get_by_role(
        "link", name="انجام امورکمیسیون بررسی و اقدام درخصوص جرائم سازمان یافته"
    ).click()
    expect(tab.page).to_have_url(f"{base}/fa/processes/P08")


def test_the_first_tab_stop_skips_to_the_content(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/processes")
    tab.page.keyboard.press("Tab")
    focused = tab.page.evaluate("document.activeElement.className")
    assert focused == "skip"
    outline = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"


def ready(page: Page) -> None:
    page.wait_for_selector("#graph-canvas[data-ready]", timeout=15_000)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_graph_draws_and_shows_details(tab: Tab, base: str, lang: str) -> None:
    tab.page.goto(f"{base}/{lang}/graph")
    ready(tab.page)
    drawn = tab.page.evaluate(
        """() => { const c = document.querySelector('#graph-canvas canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )
    assert drawn > 5_000
    tab.page.locator('button[data-show="agency/police"]').press("Enter")
    panel = tab.page.locator("#graph-panel")
    expect(panel).to_be_focused()
    expect(panel.locator("h2")).to_have_text(
        "نیروی انتظامی" if lang == "fa" else "Police (Law-Enforcement Force, NAJA)"
    )
    expect(tab.page.locator('tr[data-key="agency/police"]')).to_have_attribute("aria-current", "true")
    assert panel.locator("li").count() == 15
    check_axe(tab.page)
    panel.locator("li button").first.press("Enter")
    expect(tab.page.locator('tr[data-key="agency/police"]')).to_have_attribute("aria-current", "false")
    tab.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_the_legend_hides_a_kind_in_graph_and_tables(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/graph")
    ready(tab.page)
    tab.page.locator('input[data-family="order"]').uncheck()
    expect(tab.page.locator('tr[data-key="agency/police"]')).to_be_hidden()
    assert tab.page.locator('tr[data-ends*="agency/police"]:visible').count() == 0
    tab.page.locator('input[data-family="order"]').check()
    expect(tab.page.locator('tr[data-key="agency/police"]')).to_be_visible()


def test_search_in_the_graph_folds_letters_and_chooses(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/graph")
    ready(tab.page)
    tab.page.locator("#graph-find").fill("نيروي انتظامي")
    expect(tab.page.locator("#graph-found button")).to_have_count(1)
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#graph-panel h2")).to_have_text("نیروی انتظامی")
    tab.page.locator("#graph-find").fill("هیچ چنین چیزی")
    expect(tab.page.locator("#graph-find-status")).not_to_be_empty()


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_without_javascript_every_page_is_whole(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/graph")
    expect(tab.page.locator("noscript p")).to_be_visible()
    assert tab.page.locator("tr[data-key]").count() > 50


def test_a_hostile_graph_file_runs_nothing(tab: Tab, tmp_path: Path) -> None:
    out = write_graph(store_of(hostile_trig()), tmp_path / "hostile.html", "fa")
    tab.page.goto(out.as_uri())
    ready(tab.page)
    tab.page.locator('button[data-show="agency/police"]').press("Enter")
    expect(tab.page.locator("#graph-panel h2")).to_have_text(HOSTILE[1])
    tab.page.locator("#graph-find").fill("script")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("window.pwned") is None
    assert tab.page.locator("img").count() == 0


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_graph_file_opens_from_disk(tab: Tab, folder: Path, tmp_path: Path, lang: Lang) -> None:
    tab.page.goto(write_graph(open_store(folder), tmp_path / "graph.html", lang).as_uri())
    ready(tab.page)
    tab.page.locator('button[data-show="process/P08"]').press("Enter")
    expect(tab.page.locator("#graph-panel h2")).not_to_be_empty()
    assert tab.page.locator("#graph-panel li").count() == 3
    check_axe(tab.page)
