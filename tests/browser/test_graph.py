"""The graph page in Chromium: every view, additions, the address, pictures to take away, the offline file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from graph.store import open_store
from graph.view.graph_model import VIEWS, Asked
from graph.view.graph_source import Source
from graph.view.graph_views import Pictures
from graph.view.page import write_graph
from graph.view.reading import Catalogue
from graph.view.words import Lang
from tests.browser.conftest import Tab, check_axe
from tests.browser.test_browser import PHONE
from tests.view.national import national
from tests.view.support import HOSTILE, hostile_trig, store_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(folder: Path) -> Pictures:
    return Pictures(Source(Catalogue(open_store(folder))))


def settled(page: Page) -> None:
    page.wait_for_selector("#graph-canvas[data-settled]", state="attached", timeout=15_000)


def hash_of(page: Page) -> dict[str, str]:
    parts = urlsplit(page.url).fragment.split("&")
    return dict(part.split("=", 1) for part in parts if part)


def take_away(page: Page, form: str, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f'[data-export="{form}"]').click()
    out = folder / waiting.value.suggested_filename
    waiting.value.save_as(out)
    return out.read_bytes()


@pytest.mark.parametrize(
    ("lang", "tab"), [("fa", {}), ("en", PHONE)], indirect=["tab"], ids=["fa-1280", "en-390"]
)
def test_every_view_is_accessible_and_fits(tab: Tab, base: str, lang: str) -> None:
    for view in VIEWS:
        tab.page.goto(f"{base}/{lang}/graph?view={view}")
        settled(tab.page)
        tab.page.locator("[data-show]").first.press("Enter")
        expect(tab.page.locator("#graph-panel h2")).not_to_be_empty()
        check_axe(tab.page, contrast=lang == "fa")
        wide = tab.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{view} is {wide[0]} px wide in {wide[1]}"


def test_a_tie_shows_its_evidence_from_table_and_back(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/graph")
    settled(tab.page)
    row = tab.page.locator('tr[data-ends="process/P08 agency/police"]')
    row.locator("[data-show-edge]").press("Enter")
    panel = tab.page.locator("#graph-panel")
    expect(panel).to_be_focused()
    expect(panel.locator("[lang=fa]").first).not_to_be_empty()
    expect(panel.locator(".ln").first).not_to_be_empty()
    expect(row).to_have_attribute("aria-current", "true")
    assert hash_of(tab.page) == {"edge": str(row.get_attribute("data-edge"))}
    panel.get_by_role("link", name="Its row in the table").press("Enter")
    expect(row).to_be_focused()
    assert "edge" in hash_of(tab.page)
    tab.page.reload()
    settled(tab.page)
    expect(row).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("offline", [False, True])
def test_more_neighbours_are_drawn_on_demand(
    tab: Tab, base: str, pictures: Pictures, tmp_path: Path, offline: bool
) -> None:
    if offline:
        asked = Asked("around", of="process/P08")
        address = write_graph(pictures, tmp_path / "g.html", "en", asked).as_uri()
    else:
        address = f"{base}/en/graph?view=around&of=process/P08"
    tab.page.goto(address)
    settled(tab.page)
    nodes, edges = tab.page.locator("tr[data-key]"), tab.page.locator("tr[data-tie]")
    before, ties = nodes.count(), edges.count()
    tab.page.locator('[data-show="agency/police"]').press("Enter")
    more = tab.page.locator("#graph-panel .more")
    expect(more).to_contain_text("1 of 17 things tied to it are drawn")
    more.get_by_role("button", name="Draw 12 more").press("Enter")
    expect(more).to_contain_text("13 of 17")
    expect(nodes).to_have_count(before + 12)
    assert edges.count() >= ties + 12
    expect(more.get_by_role("button")).to_be_focused()
    assert hash_of(tab.page)["open"] == "agency/police:12"
    drawn = tab.page.evaluate("window.daftarGraph.network.getPositions()")
    assert len({(p["x"], p["y"]) for p in drawn.values()}) == before + 12
    check_axe(tab.page)
    tab.page.reload()
    settled(tab.page)
    assert tab.page.evaluate("window.daftarGraph.network.getPositions()") == drawn
    expect(nodes).to_have_count(before + 12)
    tab.page.locator("[data-reset]").click()
    expect(nodes).to_have_count(before)


def test_moves_and_filters_stand_in_the_address(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/fa/graph?view=kinds")
    settled(tab.page)
    at = tab.page.evaluate(
        """() => { const g = window.daftarGraph, places = g.network.getPositions();
        const p = g.network.canvasToDOM(places["family/order"]);
        const box = g.canvas.getBoundingClientRect(); return [box.x + p.x, box.y + p.y]; }"""
    )
    tab.page.mouse.move(*at)
    tab.page.mouse.down()
    tab.page.mouse.move(at[0] + 60, at[1] + 30, steps=5)
    tab.page.mouse.up()
    tab.page.locator('input[data-family="society"]').uncheck()
    said = hash_of(tab.page)
    assert said["hide"] == "society"
    key, x, y = said["at"].split(":")
    assert key == "family/order"
    tab.page.get_by_role("link", name="English").click()
    settled(tab.page)
    assert hash_of(tab.page) == said
    expect(tab.page.locator('input[data-family="society"]')).not_to_be_checked()
    expect(tab.page.locator('tr[data-key="family/society"]')).to_be_hidden()
    place = tab.page.evaluate('window.daftarGraph.network.getPositions()["family/order"]')
    assert (place["x"], place["y"]) == (int(x), int(y))


def test_a_kind_of_tie_can_be_hidden(tab: Tab, base: str) -> None:
    tab.page.goto(f"{base}/en/graph?view=dependencies#off=named-in-step")
    settled(tab.page)
    rows = tab.page.locator('tr[data-tie="named-in-step"]')
    assert rows.count() > 5
    assert tab.page.locator('tr[data-tie="named-in-step"]:visible').count() == 0
    tab.page.locator("details.ties summary").click()
    tab.page.locator('input[data-reason="named-in-step"]').check()
    expect(rows.first).to_be_visible()
    assert hash_of(tab.page) == {}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_pictures_to_take_away(tab: Tab, base: str, tmp_path: Path, lang: str) -> None:
    tab.page.goto(f"{base}/{lang}/graph?view=dependencies")
    settled(tab.page)
    root = ElementTree.fromstring(take_away(tab.page, "svg", tmp_path))  # noqa: S314 (our own page made it)
    names = tab.page.evaluate("[...window.daftarGraph.nodes.values()].map((n) => n.label)")
    labels = [" ".join(t.text or "" for t in text.iter(f"{SVG}tspan")) for text in root.iter(f"{SVG}text")]
    assert sorted(labels) == sorted(name.replace("\n", " ") for name in names)
    assert len(list(root.iter(f"{SVG}line"))) == tab.page.evaluate("window.daftarGraph.edges.size")
    assert not list(root.iter(f"{SVG}image"))
    directions = {text.get("direction") for text in root.iter(f"{SVG}text")}
    assert directions == ({"rtl"} if lang == "fa" else {"ltr"})
    png = take_away(tab.page, "png", tmp_path)
    assert png.startswith(b"\x89PNG")
    assert len(png) > 20_000
    tab.page.locator('input[data-family="process"]').uncheck()
    fewer = ElementTree.fromstring(take_away(tab.page, "svg", tmp_path))  # noqa: S314
    assert len(list(fewer.iter(f"{SVG}text"))) < len(labels)


def test_hostile_words_stay_text_in_picture_and_panel(tab: Tab, tmp_path: Path) -> None:
    for view in ("agencies", "around"):
        asked = Asked(view, of="agency/police" if view == "around" else "")  # type: ignore[arg-type]
        tab.page.goto(write_graph(store_of(hostile_trig()), tmp_path / f"{view}.html", "en", asked).as_uri())
        settled(tab.page)
        tab.page.locator('[data-show="process/P01"]').press("Enter")
        root = ElementTree.fromstring(take_away(tab.page, "svg", tmp_path))  # noqa: S314
        titles = [title.text for title in root.iter(f"{SVG}title")]
        assert HOSTILE[0] in titles
        assert {e.tag for e in root.iter()} <= {
            SVG + tag for tag in ("svg", "title", "rect", "g", "line", "polygon", "text", "tspan", "circle")
        }
        tab.page.locator("[data-show-edge]").first.press("Enter")
        assert tab.page.evaluate("window.pwned") is None
        assert tab.page.locator("img").count() == 0


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_one_offline_file(
    tab: Tab, pictures: Pictures, tmp_path: Path, lang: Lang, view: str
) -> None:
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    out = write_graph(pictures, tmp_path / "g.html", lang, view)
    tab.page.goto(out.as_uri())
    settled(tab.page)
    tab.page.locator("[data-show]").first.press("Enter")
    expect(tab.page.locator("#graph-panel h2")).not_to_be_empty()
    assert asked == [out.as_uri()]
    check_axe(tab.page)


def test_two_thousand_things_are_drawn(tab: Tab, tmp_path: Path) -> None:
    store = national(1_500, 490)
    for name, asked in (("whole", Asked(whole=True)), ("summary", Asked())):
        out = write_graph(store, tmp_path / f"{name}.html", "fa", asked)
        tab.page.goto(out.as_uri(), wait_until="commit")
        tab.page.wait_for_selector("#graph-canvas[data-ready]", state="attached", timeout=60_000)
    assert tab.page.locator("tr[data-key]").count() < 20
