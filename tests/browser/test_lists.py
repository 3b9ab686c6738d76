"""Lists, search as you type, flows and comparisons in Chromium with the network cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from api.bundle import bundle_stamp
from tests.browser.conftest import Tab, check_axe, check_colours

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 412, "height": 915}}
NO_SCRIPT = {"java_script_enabled": False}
PATHS = (
    "processes",
    "processes?agency=police&agency=nothere&confidential=yes&q=security",
    "processes?q=nosuchword",
    "agencies?sort=name",
    "steps?page=2",
    "services",
    "processes/P13",
    "agencies/police",
)


def check(page: Page, *, few: bool = False, contrast: bool = True) -> None:
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"{page.url} is {wide[0]} px wide in {wide[1]}"
    check_axe(page, few=few, contrast=contrast)


@pytest.mark.parametrize(
    ("lang", "tab"),
    [("fa", {}), ("en", PHONE)],
    indirect=["tab"],
    ids=["fa-1280", "en-412"],
)
def test_lists_and_profiles_are_accessible_and_fit(tab: Tab, base: str, lang: str) -> None:
    for path in PATHS:
        tab.page.goto(f"{base}/{lang}/{path}")
        check(tab.page, few=True, contrast=lang == "fa")


@pytest.mark.parametrize("tab", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_the_dark_colours_are_accessible(tab: Tab, base: str) -> None:
    for path in PATHS:
        tab.page.goto(f"{base}/fa/{path}")
        check_colours(tab.page)


@pytest.mark.parametrize("tab", [PHONE], indirect=True, ids=["412"])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_narrow_list_is_cards_that_are_still_a_table(tab: Tab, base: str, lang: str) -> None:
    tab.page.goto(f"{base}/{lang}/processes")
    table = tab.page.locator("table.cards-below")
    assert table.evaluate("(t) => getComputedStyle(t.rows[1]).display") == "flex"
    assert table.evaluate("(t) => t.scrollWidth <= t.clientWidth")
    expect(tab.page.get_by_role("table")).to_have_count(1)
    expect(tab.page.get_by_role("row")).to_have_count(35)
    expect(tab.page.get_by_role("columnheader")).to_have_count(7)
    expect(tab.page.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(6)
    expect(tab.page.get_by_role("row").nth(1).get_by_role("rowheader")).to_have_count(1)


@pytest.mark.parametrize("tab", [PHONE], indirect=True, ids=["412"])
def test_filters_open_and_close_on_a_phone(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/processes")
    police = tab.page.get_by_role("checkbox", name="Police (Law-Enforcement Force, NAJA)")
    expect(police).to_be_hidden()
    tab.page.get_by_role("link", name="Filter and sort").click()
    expect(police).to_be_visible()
    check(tab.page)
    tab.page.get_by_role("link", name="Back to the list").click()
    expect(police).to_be_hidden()
    tab.page.get_by_role("link", name="Filter and sort").click()
    police.check()
    tab.page.get_by_role("button", name="Show the choice").click()
    expect(tab.page.locator("#results-count")).to_have_text("15 of 34")
    expect(police).to_be_hidden()


@pytest.mark.parametrize("tab", [{}, NO_SCRIPT], indirect=True, ids=["script", "no-script"])
def test_a_planner_narrows_sorts_and_widens_with_the_keyboard(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/en/processes")
    page.get_by_role("checkbox", name="Police (Law-Enforcement Force, NAJA)").press("Space")
    page.get_by_role("button", name="Show the choice").press("Enter")
    expect(page.locator("#results-count")).to_have_text("15 of 34")
    page.locator("summary", has_text="Completeness").press("Enter")
    page.get_by_role("checkbox", name="81–90 %").press("Space")
    page.get_by_role("button", name="Show the choice").press("Enter")
    expect(page).to_have_url(f"{base}/en/processes?q=&sort=id&agency=police&answered=to-90")
    tally = page.locator("#results-count").inner_text()
    page.get_by_role("columnheader", name="Name", exact=True).get_by_role("link").press("Enter")
    expect(page.get_by_role("columnheader", name="Name", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    assert page.locator("#results-count").inner_text() == tally
    page.get_by_role("link", name="Remove: Agency named: Police").press("Enter")
    expect(page).to_have_url(f"{base}/en/processes?answered=to-90&sort=name")
    page.get_by_role("link", name="Clear all").first.press("Enter")
    expect(page.locator("#results-count")).to_have_text("34 entries")


def test_what_is_shown_can_be_taken_along(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/processes?agency=police")
    with tab.page.expect_download() as taking:
        tab.page.get_by_role("link", name="CSV").click()
    assert taking.value.suggested_filename == "processes.csv"
    assert len(taking.value.path().read_text("utf-8-sig").splitlines()) == 16


@pytest.fixture
def scripted() -> None:
    if bundle_stamp() is None:
        pytest.fail("the scripts are not bundled; run: make api/static/built/editor.js")


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search the catalogue")


@pytest.mark.usefixtures("scripted")
def test_the_search_box_offers_things_and_the_keyboard_chooses(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/en/processes")
    box(page).press_sequentially("organised")
    options = page.locator(".suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    check(page)
    box(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box(page).get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    check(page)
    box(page).press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    assert box(page).get_attribute("aria-activedescendant") is None
    box(page).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("organised")
    box(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box(page).press("Enter")
    expect(page).to_have_url(f"{base}/en/agencies/organised-crime-commission")


@pytest.mark.usefixtures("scripted")
def test_enter_without_a_choice_searches_everything(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/agencies")
    box(tab.page).press_sequentially("police")
    expect(tab.page.locator(".suggestions li").first).to_be_visible()
    box(tab.page).press("Enter")
    expect(tab.page).to_have_url(f"{base}/en/search?q=police")


@pytest.mark.usefixtures("scripted")
def test_the_search_box_folds_persian_and_the_pointer_chooses(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/fa/")
    field = page.get_by_role("combobox")
    field.press_sequentially("شاك")
    page.get_by_role("option", name="شورای امنیت کشور").first.click()
    expect(page).to_have_url(f"{base}/fa/agencies/state-security-council")


@pytest.mark.usefixtures("scripted")
def test_nothing_found_is_said_and_shows_no_list(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/en/processes")
    box(page).press_sequentially("xyzzy")
    expect(page.locator(".suggest [role=status]")).to_contain_text("Nothing was found")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("tab", [NO_SCRIPT], indirect=True, ids=["no-script"])
def test_without_javascript_the_search_box_is_a_form(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/processes")
    field = tab.page.get_by_role("searchbox", name="Search the catalogue")
    field.fill("organised crime")
    field.press("Enter")
    expect(tab.page).to_have_url(f"{base}/en/search?q=organised+crime")
    expect(tab.page.get_by_role("link", name="Commission on organised crime").first).to_be_visible()


@pytest.mark.parametrize("tab", [{}, PHONE], indirect=True, ids=["1280", "412"])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_flow_runs_in_the_direction_of_the_page(tab: Tab, base: str, lang: str) -> None:
    tab.page.goto(f"{base}/{lang}/processes/P13")
    steps = tab.page.locator("ol.flow > li")
    expect(steps).to_have_count(5)
    boxes = [steps.nth(n).bounding_box() for n in range(2)]
    assert boxes[0]
    assert boxes[1]
    if tab.page.viewport_size and tab.page.viewport_size["width"] < 600:
        assert boxes[1]["y"] > boxes[0]["y"]
    else:
        assert (boxes[1]["x"] > boxes[0]["x"]) == (lang == "en")
