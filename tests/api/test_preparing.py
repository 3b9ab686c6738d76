"""While the tables of a large catalogue are made, pages say so and queries are answered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from api import warm
from api.app import create_app
from graph.analysis import analyst as analyst_module
from graph.derived import write
from graph.settings import Settings
from graph.store import Store
from graph.view.words import LANGS
from tests.api.client import Client
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
