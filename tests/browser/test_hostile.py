"""Markup and scripts in every word of a catalogue: every kind of page, the review file, the static site.

Nothing may run, ask for anything or open anything, and the words stand on the page as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.bundle import OFFLINE_SCRIPT
from api.offline.build import build_site
from graph.settings import Settings
from graph.view.review.page import review_page
from graph.view.words import LANGS, Lang
from tests.browser.conftest import Tab, serving
from tests.view.support import HOSTILE, hostile_store

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: Pages that nothing links to, or only with words of the reader's: markup in every parameter.
WORDS = quote(HOSTILE[1] + HOSTILE[0])
ASKED = (
    f"search?q={WORDS}",
    f"processes?q={WORDS}",
    f"processes?agency={WORDS}&sort={WORDS}&page=99",
    f"matrix?bodies={WORDS}&kind={WORDS}",
    f"compare?one={WORDS}&other=P01",
    f"analyses/impact?without={WORDS}",
    f"questions/who-meets?agency={WORDS}",
    f"questions?tag={WORDS}",
    f"sparql?query={WORDS}",
    f"sparql?query={quote('SELECT * { ?s ?p ?o FILTER isLiteral(?o) }')}",
    f"graph?view=around&of={WORDS}",
    f"{WORDS}",
    f"processes/{WORDS}",
)
#: Of many questions, or of many things of a kind, so many pages are opened.
MOST_OF_A_KIND = 12


class Trap:
    """Notices whatever a page does that it should not."""

    def __init__(self, page: Page) -> None:
        self.caught: list[str] = []
        page.on("dialog", lambda dialog: (self.caught.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.caught.append(f"opened {popup.url}"))
        self._page = page

    def check(self) -> None:
        """Nothing ran."""
        page = self._page
        assert page.evaluate("window.pwned") is None, page.url
        assert not page.locator("img, iframe, object, embed, [onerror], [onload], [onclick]").count(), (
            page.url
        )
        assert not self.caught, (page.url, self.caught)


def links_of(page: Page) -> set[str]:
    """Addresses that a page leads to, without their fragments."""
    given = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
    found = {urljoin(page.url, href).partition("#")[0] for href in given}
    here = urlsplit(page.url)
    assert not [to for to in found if urlsplit(to)[:2] != here[:2]], (
        page.url
    )  # no other scheme, no other host
    return found


@pytest.fixture(scope="module")
def hostile_base() -> Iterator[str]:
    with serving(create_app(Settings(), hostile_store())) as base:
        yield base


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_of_the_server_runs_a_word(tab: Tab, hostile_base: str, lang: Lang) -> None:
    """All pages that can be reached, and pages that are asked for with markup."""
    page, trap = tab.page, Trap(tab.page)
    tab.expected = "Failed to load resource"  # pages that say 400 and 404
    start = f"{hostile_base}/{lang}/"
    waiting, seen, kinds = [start, *(f"{start}{path}" for path in ASKED)], set[str](), Counter[str]()
    shown = False
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        kind = path.rpartition("/")[0]
        known = address in seen or (urlsplit(address).query and path in seen and address not in ASKED)
        known = known or (kind != f"/{lang}" and kinds[kind] >= MOST_OF_A_KIND)
        data = Path(path).suffix or "/graph/file" in path or "format=" in address
        if known or data or not address.startswith(start):
            continue
        seen |= {address, path}
        kinds[kind] += 1
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        trap.check()
        shown = shown or HOSTILE[0] in page.locator("body").inner_text()
        found = links_of(page)
        if lang == "fa":  # the templates are the same: one language is walked through, the other is asked
            waiting += found - seen
    assert shown
    assert len(seen) > (60 if lang == "fa" else len(ASKED))


@pytest.mark.parametrize("lang", LANGS)
def test_the_review_file_runs_no_word(tab: Tab, tmp_path: Path, lang: Lang) -> None:
    page, trap = tab.page, Trap(tab.page)
    path = tmp_path / "hostile.html"
    path.write_text(review_page(hostile_store(), lang), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.locator("#graph-canvas")).to_have_attribute("data-settled", "true")
    for button in page.locator("[data-show], [data-show-edge]").all():
        button.click()
        expect(page.locator("#graph-panel")).to_be_visible()
    place = page.locator('[data-remark="process/P01"]')
    place.get_by_role("radio").first.check()
    place.get_by_role("textbox").fill(HOSTILE[0] + HOSTILE[1])
    expect(page.locator("#desk-rows tr")).to_have_count(1)
    trap.check()
    assert HOSTILE[0] in page.locator("body").inner_text()


def test_the_static_site_runs_no_word(tab: Tab, tmp_path: Path) -> None:
    if not OFFLINE_SCRIPT.is_file():
        pytest.skip("the scripts are not bundled: make test")
    out = tmp_path / "site"
    with ThreadPoolExecutor(1) as pool:  # the thread of the tests has the loop of the browser
        pool.submit(build_site, hostile_store(), out, Settings()).result()
    page, trap = tab.page, Trap(tab.page)
    pages = [path for lang in LANGS for path in sorted((out / lang).rglob("*.html"))]
    assert len(pages) > 60
    kinds = Counter[Path]()
    for path in pages:
        kinds[path.parent.parent] += 1
        if kinds[path.parent.parent] <= MOST_OF_A_KIND:
            page.goto(path.as_uri())
            trap.check()
    page.goto((out / "en/index.html").as_uri())
    page.get_by_role("combobox").fill("window pwned")
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#offline-hits > li").first).to_be_visible()
    trap.check()
    assert HOSTILE[0] in page.locator("#offline-hits").inner_text()
