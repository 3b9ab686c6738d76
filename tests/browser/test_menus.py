"""The menus in the head of every page: with and without a script, by keyboard, at every width, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab, check_axe
from tests.browser.test_browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ROWS = """new Set([...document.querySelectorAll('nav.main .top')]
    .map(each => Math.round(each.getBoundingClientRect().top))).size"""
_SIZES = [PHONE, {"viewport": {"width": 768, "height": 900}}, {"viewport": {"width": 1280, "height": 900}}]


@pytest.mark.parametrize("tab", _SIZES, indirect=True, ids=["390", "768", "1280"])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_menus_stand_in_one_row_and_open_inside_the_window(tab: Tab, base: str, lang: str) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/agencies")
    assert page.evaluate(_ROWS) == 1
    for head in page.locator("nav.main summary").all():
        head.click()
        box = page.locator("nav.main details[open] .sub").bounding_box()
        width = page.evaluate("window.innerWidth")
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("nav.main details[open]").count() == 1
    check_axe(page)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_reader_walks_the_menus_by_keyboard(tab: Tab, base: str, lang: str) -> None:
    page = tab.page
    page.goto(f"{base}/{lang}/")
    head = page.locator("nav.main summary").nth(1)
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("nav.main details").nth(1)).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(page.locator(f'nav.main a[href="/{lang}/matrix"]')).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f'nav.main a[href="/{lang}/analyses/overlap"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(head).to_be_focused()
    expect(page.locator("nav.main details[open]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/{lang}/matrix")


def test_a_menu_closes_when_the_reader_turns_elsewhere(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/en/doubts")
    heads = page.locator("nav.main summary")
    heads.nth(0).click()
    page.locator("h1").click()
    expect(page.locator("nav.main details[open]")).to_have_count(0)
    heads.nth(0).click()
    page.locator(".lang").focus()
    expect(page.locator("nav.main details[open]")).to_have_count(0)


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_the_menus_open_without_a_script(tab: Tab, base: str) -> None:
    page = tab.page
    page.goto(f"{base}/fa/")
    page.locator("nav.main summary").first.click()
    page.locator('nav.main a[href="/fa/services"]').click()
    expect(page).to_have_url(f"{base}/fa/services")


def test_paper_has_no_menus(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/doubts")
    tab.page.emulate_media(media="print")
    expect(tab.page.locator("nav.main")).to_be_hidden()
    expect(tab.page.locator("h1")).to_be_visible()
