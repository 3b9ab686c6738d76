"""While the tables of a large catalogue are made, pages say so and queries are answered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from api import site as site_module
from api import warm
from api.app import create_app
from api.site import Site
from graph.analysis import analyst as analyst_module
from graph.derived import write
from graph.query.errors import RunnerClosedError
from graph.query.guard import Limits
from graph.query.runner import QueryRunner
from graph.settings import Settings
from graph.store import Manifest, MemoryStore, Store, StoreError, open_store
from graph.view.words import LANGS
from tests.api.client import Client
from tests.store.conftest import dataset, manifest_of
from tests.view.support import build_edition


@pytest.mark.parametrize("broken", [False, True])
def test_pages_wait_and_queries_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bool) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(store: Store, folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
        if progress is not None:
            progress(3, 11)
        begun.set()
        assert go.wait(60)
        if broken:
            raise OSError("no room")
        write(store, folder, progress)

    monkeypatch.setattr(analyst_module, "MOST_READ", 0)
    monkeypatch.setattr(warm, "write", slow)
    monkeypatch.setattr(warm, "_PATIENCE_SECONDS", 0.0)
    folder = build_edition(tmp_path / "store")
    app = create_app(Settings(store=str(folder)))
    app.state.site.warms = True
    warming = threading.Thread(target=warm.warm, args=(app.state.site, app.state.desk))
    warming.start()
    with Client(app) as client:
        assert begun.wait(60)
        for lang in LANGS:
            page = client.get(f"/{lang}/processes")
            assert page.status_code == 503
            assert page.headers["retry-after"]
            assert {"fa": "آماده", "en": "prepared"}[lang] in page.text
        data = client.get("/api/search", params={"q": "police"})
        assert (data.status_code, data.json()["done"], data.json()["total"]) == (503, 3, 11)
        assert client.get("/healthz").status_code == 200
        asked = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "format": "json"})
        assert asked.json()["boolean"] is True
        go.set()
        warming.join(60)
        assert client.get("/fa/processes").status_code == 200
        app.state.site.close()


def test_a_large_edition_is_loaded_in_both_processes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build_edition(tmp_path / "store")
    with_small = Site(Settings(store=str(folder)))
    assert not with_small.edition().answering  # of a small one the first page is not made to wait
    with_small.close()
    monkeypatch.setattr(site_module, "_LARGE", 0)
    together = threading.Barrier(2)  # whoever came first would wait for the other in vain

    def opened(where: str) -> Store:
        together.wait(30)
        return open_store(where)

    class Beside(QueryRunner):
        def __init__(self, where: Path) -> None:
            together.wait(30)
            super().__init__(where)

    monkeypatch.setattr(site_module, "open_store", opened)
    monkeypatch.setattr(site_module, "QueryRunner", Beside)
    site = Site(Settings(store=str(folder)))
    assert site.edition().answering
    assert isinstance(site.edition().runner, Beside)
    assert site.edition().runner.run("ASK { ?s ?p ?o }", Limits()).body
    site.close()


def test_what_was_loaded_beside_is_ended_when_it_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[QueryRunner] = []

    class Beside(QueryRunner):
        def __init__(self, where: Path) -> None:
            super().__init__(where)
            made.append(self)

    def failing(where: str) -> Store:
        raise StoreError("damaged")

    monkeypatch.setattr(site_module, "_LARGE", 0)
    monkeypatch.setattr(site_module, "QueryRunner", Beside)
    folder = build_edition(tmp_path / "store")
    other = MemoryStore(dataset(7), Manifest.from_dict(manifest_of(dataset(7))))
    # a build in the very moment: what is opened is another edition than what was loaded beside
    monkeypatch.setattr(site_module, "open_store", lambda where: other)
    site = Site(Settings(store=str(folder)))
    assert not site.edition().answering
    monkeypatch.setattr(site_module, "open_store", failing)
    with pytest.raises(StoreError):
        Site(Settings(store=str(folder))).edition()
    assert len(made) == 2
    for runner in made:
        with pytest.raises(RunnerClosedError):
            runner.run("ASK {}", Limits())
    site.close()
