"""The catalogue on a server of somebody else: what Daftar asks of it, and what that costs.

``python -m bench.remote`` publishes the shipped catalogue to the `oxigraph` server and to Virtuoso, opens
Daftar on them, and counts the queries of the start and of each kind of page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from bench.places import results
from bench.soak import build
from graph.paths import bundled_data_dir
from graph.settings import Settings
from graph.store import open_store
from graph.store.remote.client import Client
from tests.store.servers import Server, oxigraph, virtuoso

_PAGES = {
    "home": "/en/",
    "process": "/en/processes/P05",
    "list": "/en/agencies",
    "search": "/en/search?q=police",
    "graph": "/en/graph",
    "question": "/en/questions/who-meets?agency=police",
    "matrix": "/en/matrix",
    "analysis": "/api/analyses/overlap",
}
_ROUNDS = 5


class _Counted:
    """Counts what is sent to the server, by wrapping the one method that sends."""

    def __init__(self) -> None:
        self.queries = 0
        self.bytes = 0
        self._send = Client._send

    def __enter__(self) -> _Counted:
        def send(client: Client, *given: Any, **named: Any) -> Any:
            answer = self._send(client, *given, **named)
            self.queries += 1
            self.bytes += len(answer.content)
            return answer

        Client._send = send  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        Client._send = self._send  # type: ignore[method-assign]


def measure(location: str) -> dict[str, Any]:
    """Start Daftar on a store, embedded or remote, and ask for each kind of page.

    Args:
        location: Folder or address.

    Returns:
        Queries and milliseconds of the start, and of each kind of page.
    """
    found: dict[str, Any] = {}
    with _Counted() as counted, asyncio.Runner() as runner:
        started = time.perf_counter()
        app = create_app(Settings(store=location, query_per_client=8), open_store(location))
        app.state.site.edition().warm()
        found["start"] = {"queries": counted.queries, "MB": counted.bytes / 1e6, "ms": _since(started)}
        line = httpx.ASGITransport(app=app)
        client = httpx.AsyncClient(transport=line, base_url="http://127.0.0.1", timeout=120)
        for name, path in _PAGES.items():
            spent, before = [], counted.queries
            for _ in range(_ROUNDS):
                begun = time.perf_counter()
                answer = runner.run(client.get(path))
                answer.raise_for_status()
                spent.append(_since(begun))
            queries = (counted.queries - before) / _ROUNDS
            found[name] = {"queries": queries, "ms": round(statistics.median(spent), 1)}
        runner.run(client.aclose())
        app.state.site.close()
    return found


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def main() -> None:
    """Measure all, or the one that is named, and add it to ``bench/results/remote.json``."""
    kinds = {"embedded": None, "oxigraph": oxigraph, "virtuoso": virtuoso}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=kinds)
    only = parser.parse_args().only
    for name, start in kinds.items():
        if only in (None, name):
            with tempfile.TemporaryDirectory() as place:
                _keep(name, _embedded(Path(place)) if start is None else _on_server(start, Path(place)))


def _embedded(place: Path) -> dict[str, Any]:
    if failure := build(bundled_data_dir(), place):
        raise RuntimeError(failure)
    return measure(str(place))


def _on_server(start: Callable[[Path], AbstractContextManager[Server]], place: Path) -> dict[str, Any]:
    with start(place) as server:
        os.environ |= server.environment
        begun = time.perf_counter()
        failure = build(bundled_data_dir(), server.url)
        return {"publish": {"ms": _since(begun), "failure": failure}} | measure(server.url)


def _keep(name: str, found: dict[str, Any]) -> None:
    file = results() / "remote.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(known | {name: found}, indent=1) + "\n", encoding="utf-8")
    print(name, json.dumps(found))


if __name__ == "__main__":
    main()
