"""The static site, opened from disk in Chromium with the network cut off: what scripts do on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from graph.store import Store
from graph.view.lists import ListTable
from graph.view.lists_state import ListState
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.words import LANGS, Lang, view_words
from tests.browser.conftest import Tab, check_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def kinds_of_pages(site: Path) -> Iterator[Path]:
    """One page of every folder of pages: a list, one of its things, an analysis, a view of the graph ..."""
    for lang in LANGS:
        for folder in (site / lang, *sorted(path for path in (site / lang).iterdir() if path.is_dir())):
            if (folder / "index.html").is_file():
                yield folder / "index.html"
            yield from sorted(folder.glob("*/index.html"))[: 9 if folder.name == "graph" else 1]


def test_no_page_asks_for_anything_that_a_file_cannot_give(tab: Tab, site: Path) -> None:
    """The tab fails on every error in the console: a refused request, a broken policy, a missing file."""
    seen = 0
    for path in kinds_of_pages(site):
        tab.page.goto(path.as_uri())
        assert tab.page.locator("h1").count() == 1, path
        seen += 1
    assert seen > 40


def test_the_site_opens_from_disk_and_its_links_lead_on(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "index.html").as_uri())
    expect(page).to_have_url((site / "fa/index.html").as_uri())
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url((site / "en/index.html").as_uri())
    page.locator("nav.main summary", has_text="Explore").click()
    page.get_by_role("navigation").get_by_role("link", name="Processes").click()
    page.get_by_role("link", name="Commission on organised crime").first.click()
    expect(page).to_have_url((site / "en/processes/P08/index.html").as_uri())
    expect(page.locator("body")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.goto((site / "fa/graph/index.html").as_uri())
    expect(page.locator("#graph-canvas")).to_have_attribute("data-ready", "true")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_search_of_the_site_finds_what_the_server_finds(
    tab: Tab, site: Path, store: Store, lang: Lang
) -> None:
    index, page = SearchIndex.build(Catalogue(store)), tab.page
    page.goto((site / lang / "index.html").as_uri())
    page.locator("input[name=q]").first.fill("ناجا")
    page.keyboard.press("Enter")
    expect(page.locator("#offline-hits > li").first).to_be_visible()
    check_site(page)
    for query in (
        "ناجا",
        "شوراي تأمين",
        "police",
        "P08",
        "می‌شود",
        "كميسيون",
        "۱۳۹۶",
        "court order",
        "zzz",
        "security",
    ):
        page.locator("main input[name=q]").fill(query)
        found = page.evaluate(
            "[...document.querySelectorAll('#offline-hits > li h2 a')].map((a) => a.getAttribute('href'))"
        )
        expected = [hit.ref for hit in index.find(query, limit=60)]
        assert [link.split("/")[-2] for link in found] == [ref.id for ref in expected], query
        if found:
            assert page.locator("#offline-hits mark").count() > 0


def test_what_needs_the_server_names_the_address_that_was_asked(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "en/questions/who-meets/index.html").as_uri())
    page.get_by_role("button", name="Ask").click()
    address = page.locator("#offline-address")
    expect(address).to_contain_text("http://127.0.0.1:8000/en/questions/who-meets?agency=police")
    check_site(page)


@pytest.mark.parametrize("lang", LANGS)
def test_lists_choose_and_sort_as_the_server_does(tab: Tab, site: Path, store: Store, lang: Lang) -> None:
    catalogue = Catalogue(store)
    index, page = SearchIndex.build(catalogue), tab.page
    for plural, kind, query in (
        ("processes", "process", "agency=police&sort=-uses"),
        ("agencies", "agency", "q=ناجا"),
        ("processes", "process", "q=ناجا&confidential=yes"),
        ("steps", "step", "q=بازدید&sort=-name"),
        ("agencies", "agency", "q=zzz"),
    ):
        page.goto(f"{(site / lang / plural / 'index.html').as_uri()}?{query}")
        state = ListState.read(kind, parse_qsl(query))
        wanted = ListTable.build(catalogue, index, kind).selection(state, lang)
        expect(page.locator(".chips.chosen")).to_be_visible()
        rows = page.locator(".results tbody tr:visible")
        expect(rows).to_have_count(len(wanted))
        links = rows.locator("th a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        assert [link.split("/")[-2] for link in links] == [line.ref.id for line in wanted], query
    check_site(page)
    page.goto(f"{(site / lang / 'processes' / 'index.html').as_uri()}?agency=police")
    page.locator("thead th a").nth(1).click()
    expect(page.locator("thead th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator('.facet input[name="agency"][value="police"]')).to_be_checked()
    expect(page.locator(".results tbody tr:visible")).to_have_count(15)
    page.locator(".chips.chosen a.chip").click()
    expect(page.locator(".results tbody tr:visible")).to_have_count(34)


@pytest.mark.parametrize("lang", LANGS)
def test_the_box_of_every_page_offers_things_as_you_type(
    tab: Tab, site: Path, store: Store, lang: Lang
) -> None:
    page = tab.page
    page.goto((site / lang / "processes/P08/index.html").as_uri())
    box = page.get_by_role("combobox")
    for query in ("ناجا", "كميسيون", "police"):
        box.fill(query)
        options = page.locator(".suggestions").get_by_role("option")
        hits = SearchIndex.build(Catalogue(store)).find(query)
        names = [hit.ref.label(lang) for hit in hits[:8]]
        expect(options).to_have_count(len(names) + 1)
        expect(page.locator(".suggestions .what")).to_have_text(names)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(names[0])
    assert page.url.startswith((site / lang).as_uri())
    page.get_by_role("combobox").fill("zzz")
    expect(page.locator(".suggest [role=status]")).not_to_be_empty()
    page.get_by_role("combobox").fill("police")
    expect(page.locator(".suggestions .all")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#offline-hits > li").first).to_be_visible()


def test_a_click_draws_more_without_a_server(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "en/graph/dependencies/index.html").as_uri())
    expect(page.locator("#graph-canvas")).to_have_attribute("data-settled", "true")
    rows = page.locator("#graph-node-table tbody tr")
    before = rows.count()
    page.locator('[data-show="process/P08"]').click()
    more = page.locator("#graph-panel [data-more]")
    more.click()
    expect(page.locator("#graph-said")).not_to_be_empty()
    assert rows.count() > before
    page.locator("#graph-panel").get_by_role("link", name=view_words("en").t("graph.open")).click()
    expect(page).to_have_url((site / "en/processes/P08/index.html").as_uri())


def test_views_of_the_graph_are_pages_and_the_rest_names_its_address(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "fa/graph/index.html").as_uri())
    page.locator("nav.views a").nth(2).click()
    expect(page).to_have_url((site / "fa/graph/overlap/index.html").as_uri())
    page.locator("a.lang").click()
    expect(page).to_have_url((site / "en/graph/overlap/index.html").as_uri())
    page.get_by_role("button", name=view_words("en").t("graph.apply"), exact=True).click()
    expect(page.locator("#offline-address")).to_contain_text("/en/graph?view=overlap&share=")
    page.go_back()
    page.locator(".takeaway a").click()
    expect(page.locator("#offline-address")).to_contain_text("/en/graph/file?view=overlap")


def test_a_cell_of_the_matrix_leads_to_its_words(tab: Tab, site: Path) -> None:
    page = tab.page
    page.goto((site / "fa/matrix/index.html").as_uri())
    page.locator("#matrix td.on a").first.focus()
    why = page.locator("#matrix-why")
    expect(why).to_be_visible()
    for link in why.get_by_role("link").all():
        assert (link.get_attribute("href") or "").startswith("../")
    why.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(re.escape((site / "fa/processes").as_uri()) + r"/P\d+/index\.html#"))
