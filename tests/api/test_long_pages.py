"""Pages of a large catalogue come in parts: nothing is shown twice, nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import paging
from api.app import create_app
from api.routes import pages
from graph.settings import Settings
from graph.store import open_store
from graph.view.doubtful import comparison_views, comparisons
from graph.view.reading import Catalogue
from tests.api.client import Client
from tests.view.support import BASE, Page, build_edition, store_of

PAIRS = "".join(
    f":{n} a df:Comparison ; dct:description '{n}'@en ; df:compares <{BASE}process/P0{n}> . "
    for n in range(1, 8)
)
COMPARED = (
    "@prefix df: <https://w3id.org/daftar/ontology#> . @prefix dct: <http://purl.org/dc/terms/> . "
    f"@prefix : <{BASE}comparison/> . <{BASE}graph/comparisons> {{ {PAIRS} }}"
)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with Client(create_app(Settings(store=str(build_edition(tmp_path / "store"))))) as client:
        yield client


def entries(client: Client, page: int) -> list[str]:
    """The texts of the doubts on a page."""
    answer = client.get(f"/en/doubts?page={page}")
    assert answer.status_code == 200
    return [
        part.split("</div></div>")[0]
        for part in answer.text.split('<div class="entry"><div class="name">')[1:]
    ]


def test_all_doubts_are_on_one_page_each(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entries(client, 1)
    assert len(whole) > 60
    monkeypatch.setattr(paging, "DOUBTS", 30)
    last = -(-len(whole) // 30)
    parts = [entries(client, page) for page in range(1, last + 1)]
    assert [each for part in parts for each in part] == whole
    assert len(parts[0]) == 30
    assert entries(client, last + 5) == parts[-1]


def test_pairs_stand_on_as_many_pages_as_they_need(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(store_of(COMPARED))
    iris = comparisons(catalogue)
    assert iris == tuple(f"{BASE}comparison/{n}" for n in range(1, 8))
    shown = [
        view.ref.id for first in (0, 3, 6) for view in comparison_views(catalogue, iris[first : first + 3])
    ]
    assert shown == [str(n) for n in range(1, 8)]
    assert comparison_views(catalogue) == comparison_views(catalogue, iris)
    # the shipped catalogue has one pair: on the first page only, however many pages there are
    monkeypatch.setattr(paging, "DOUBTS", 30)
    monkeypatch.setattr(paging, "PAIRS", 1)
    assert [Page(client.get(f"/en/doubts?page={page}").text).ids.count("pairs") for page in (1, 2)] == [
        1,
        0,
    ]


def test_more_pages_of_pairs_than_of_doubts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    there = comparisons(Catalogue(open_store(client.app.state.site.settings.store)))
    monkeypatch.setattr("api.edition.comparisons", lambda catalogue: (*there, *("none",) * 2 * len(there)))
    monkeypatch.setattr(paging, "PAIRS", len(there))
    texts = [client.get(f"/en/doubts?page={page}").text for page in (1, 2, 3, 9)]
    assert [text.count('id="pairs"') for text in texts] == [1, 0, 0, 0]
    assert ["<h3>" in text for text in texts] == [True, False, False, False]
    assert texts[2] == texts[3].replace("page=9", "page=3")


def test_many_sources_are_named_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = client.get("/en/about").text
    monkeypatch.setattr(pages, "SOURCES", 0)
    many = client.get("/en/about").text
    ids = {ident for ident in Page(few).ids if ident not in Page(many).ids}
    assert ids == set()
    assert "SHA-256" in few
    assert len(many) < len(few)


def test_a_link_to_a_place_on_a_long_page_names_its_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [ident for ident in Page(client.get("/en/index").text).ids if re.fullmatch(r"I\d+", ident)]
    assert len(whole) > 20
    monkeypatch.setattr(paging, "ENTRIES", 10)
    for ident in (whole[0], whole[9], whole[10], whole[-1]):
        answer = client.get(f"/id/index/{ident}", headers={"Accept": "text/html"}, follow_redirects=False)
        address = answer.headers["location"]
        assert address.endswith(f"#{ident}")
        assert ident in Page(client.get(address).text).ids
        assert ("page=" in address) == (whole.index(ident) >= 10)
