"""The matrix and the analyses in Chromium: keyboard, evidence, accessibility, width, no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.reports import ANALYSES
from tests.browser.conftest import Tab, check_axe, check_colours
from tests.browser.test_browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = (
    "matrix?bodies=police&bodies=irgc&processes=P04&processes=P05&involved=named,collectives,inferred,rollup",
    "matrix?bodies=polise",
    "analyses",
    *(f"analyses/{name}" for name in ANALYSES if name != "matrix"),
    "analyses/impact?without=police",
    "compare?one=P04&other=P05",
    "processes/P04",
)


@pytest.mark.parametrize(
    ("lang", "tab"), [("en", {}), ("fa", PHONE)], indirect=["tab"], ids=["en-1280", "fa-390"]
)
def test_no_accessibility_violation_and_no_page_too_wide(tab: Tab, base: str, lang: str) -> None:
    tab.expected = "400"
    for kind in KINDS:
        tab.page.goto(f"{base}/{lang}/{kind}")
        wide = tab.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"/{lang}/{kind} is {wide[0]} px wide in {wide[1]}"
        check_axe(tab.page, few=True, contrast=lang == "fa")


@pytest.mark.parametrize("tab", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_the_dark_colours_are_accessible(tab: Tab, base: str) -> None:
    for kind in (
        "matrix?bodies=police",
        "analyses/dependencies",
        "analyses/meetings",
        "compare?one=P04&other=P05",
    ):
        tab.page.goto(f"{base}/fa/{kind}")
        check_colours(tab.page)


def where(page: Page) -> tuple[int, int]:
    """Row and column of the cell that has the focus."""
    found = page.evaluate(
        """() => { const c = document.activeElement.closest('td, th');
        return c ? [c.parentElement.rowIndex, c.cellIndex] : [-1, -1]; }"""
    )
    return found[0], found[1]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_grid_is_one_tab_stop_and_the_arrows_walk(tab: Tab, base: str, lang: str) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/matrix")
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    assert grid.locator('[tabindex="0"]').count() == 1
    page.locator(".matrix-scroll").focus()
    page.keyboard.press("Tab")
    assert where(page) == (1, 1)
    ahead, back = ("ArrowLeft", "ArrowRight") if lang == "fa" else ("ArrowRight", "ArrowLeft")
    page.keyboard.press(ahead)
    page.keyboard.press("ArrowDown")
    assert where(page) == (2, 2)
    page.keyboard.press(back)
    page.keyboard.press(back)
    page.keyboard.press(back)
    assert where(page) == (2, 0)
    page.keyboard.press("End")
    assert where(page) == (2, 32)
    page.keyboard.press("Control+End")
    assert where(page) == (28, 32)
    page.keyboard.press("Control+Home")
    assert where(page) == (0, 0)
    page.keyboard.press("ArrowUp")
    assert where(page) == (0, 0)
    page.keyboard.press("Tab")
    assert where(page) == (-1, -1)
    page.keyboard.press("Shift+Tab")
    assert where(page) == (0, 0)


def test_the_cell_with_the_focus_is_not_under_the_heads(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/matrix")
    tab.page.locator("#matrix td.on a").first.focus()
    for key in ("Control+End", *["ArrowUp"] * 24, *["ArrowLeft"] * 28):
        tab.page.keyboard.press(key)
        clear = tab.page.evaluate(
            """() => { const c = document.activeElement.closest('td, th'), r = c.getBoundingClientRect();
            const e = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
            return c === e || c.contains(e); }"""
        )
        assert clear, where(tab.page)


def test_the_evidence_of_a_cell_shows_on_focus_and_click_and_enter_leads_to_it(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/fa/matrix")
    why = page.locator("#matrix-why")
    expect(why).to_be_hidden()
    cell = page.locator('#matrix a[href="/fa/processes/P08#partner-1-2"]')
    cell.focus()
    expect(why).to_contain_text("«ناجا»")
    expect(why).to_contain_text("۱۲۰۱")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(why).to_contain_text("«ناجا»")
    other = page.locator('#matrix a[href^="/fa/processes/P22#partner"]').first
    other.click()
    expect(page).to_have_url(f"{base}/fa/matrix")
    expect(why.locator(".chip.doubt").first).to_have_text("فهرست رونوشت")
    check_axe(page)
    why.get_by_role("link").first.click()
    expect(page).to_have_url(f"{base}/fa/processes/P22#partner-1-1")
    page.go_back()
    cell.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/fa/processes/P08#partner-1-2")


def test_an_empty_cell_says_that_nothing_is_named(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/matrix")
    tab.page.locator("#matrix td:not(.on):not(.sum)").first.click()
    expect(tab.page.locator("#matrix-why")).to_contain_text("does not name this body")


def test_a_planner_ticks_bodies_by_keyboard_and_sees_what_they_share(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/en/matrix?order=count")
    page.locator("#matrix td.on a").first.focus()
    page.keyboard.press("Control+Home")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
    page.get_by_role("button", name="What do the ticked ones share?").click()
    expect(page.get_by_role("heading", name="What the chosen bodies share")).to_be_visible()
    assert page.url.count("bodies=agency") == 2
    assert "order=count" in page.url
    assert page.locator("section.shared ul.columns li").count() > 10


def test_a_click_ticks_a_head_that_had_not_the_focus(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/matrix?kind=police")
    expect(tab.page.locator("details.more")).to_have_attribute("open", "")  # the choice is one of those in it
    for box in (
        tab.page.locator("#matrix thead input").first,
        tab.page.locator("#matrix tbody th input").nth(2),
    ):
        box.check()  # it moved away under the pointer when the cross of heads was drawn
        expect(box).to_be_checked()


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_without_javascript_the_matrix_is_a_table_that_filters(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/fa/matrix")
    assert page.get_by_role("grid").count() == 0
    expect(page.get_by_role("table")).to_be_visible()
    page.locator('input[name="kind"][value*="police"]').first.check()
    page.get_by_role("button", name="نشان بده").click()
    assert page.locator("#matrix thead th").count() == 8
    page.locator("#matrix td.on a").first.click()
    expect(page).to_have_url(re.compile(re.escape(base) + r"/fa/processes/P\d+#partner-"))


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_planner_asks_what_if_and_reads_what_follows(tab: Tab, base: str, lang: str) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/analyses/impact")
    page.locator("table.report button").first.click()
    assert "without=" in page.url
    expect(page.locator("ol.waves > li").first.locator("h3")).to_be_visible()
