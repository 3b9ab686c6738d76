"""The running server: hostile load, slow clients, new builds, and stopping."""

from __future__ import annotations

import signal
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.store import Manifest, fingerprint_of, write_edition
from tests.api.live import Live, live
from tests.view.support import BASE, hostile_trig

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q . ?r ?s ?t }"
LIMITS = {"query_seconds": 2, "query_concurrent": 3, "query_per_client": 3, "query_queue": 8}

STOPPED = (0, -signal.SIGTERM)  # uvicorn closes all in order, then hands the signal on


def edition(folder: Path, number: int) -> str:
    """Build a small catalogue that differs by its number; its fingerprint."""
    quads = set(ox.parse(hostile_trig().encode(), format=ox.RdfFormat.TRIG))
    of = ox.NamedNode("https://example.org/number")
    mark = ox.Quad(of, of, ox.Literal(number), ox.NamedNode(BASE + "graph/meta"))
    data = "".join(sorted(f"{quad} .\n" for quad in (*quads, mark))).encode()
    fingerprint = fingerprint_of(data)
    manifest = Manifest(fingerprint, "2026-01-01T00:00:00Z", BASE, len(quads) + 1)
    write_edition(folder, data, manifest.to_dict())
    return fingerprint


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    store = tmp_path_factory.mktemp("live")
    edition(store, 0)
    with live(store, store, body_seconds=1.5, query_queue_seconds=1, **LIMITS) as running:
        yield running


def test_health_is_quick_while_hostile_queries_run(server: Live) -> None:
    hostile = [
        {"query": ENDLESS},
        {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"},
        {"query": "SELECT * " + "{" * 3000 + "}" * 3000},
        {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "format": "xml"},
    ]

    def attack(number: int) -> int:
        answer = server.get("/sparql", params=hostile[number % len(hostile)])
        assert answer.status_code != 503 or int(answer.headers["retry-after"]) > 0
        return answer.status_code

    times: list[float] = []
    begun = time.monotonic()
    with ThreadPoolExecutor(64) as pool, httpx.Client(base_url=server.url, trust_env=False) as quick:
        attacks = [pool.submit(attack, number) for number in range(64)]
        while not all(one.done() for one in attacks):
            started = time.monotonic()
            assert quick.get("/healthz", timeout=30).status_code == 200
            times.append(time.monotonic() - started)
            time.sleep(0.05)
    attacked = time.monotonic() - begun
    seen = Counter(one.result() for one in attacks)
    assert set(seen) <= {200, 400, 503}
    assert seen[400] == 16  # too deep, each of them
    assert seen[503] > 0
    assert len(times) > 5
    # it never stands in their line, however busy the machine is
    assert statistics.median(times) < attacked / 10
    assert server.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_head_or_body_that_does_not_come_is_not_waited_for(server: Live) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/sparql-query\r\n"
    beginnings = (
        b"",
        b"GET /sparql HT",
        b"GET / HTTP/1.1\r\nHost: a",
        head + b"Content-Length: 10\r\n\r\nASK",
    )
    lines = []
    for beginning in beginnings * 8:
        line = socket.create_connection(("127.0.0.1", server.port), 30)
        line.sendall(beginning)
        lines.append((beginning, line))
    assert server.get("/healthz").status_code == 200
    for beginning, line in lines:
        with line:
            said = line.recv(2000)
            assert said.startswith(b"HTTP/1.1 408") if beginning.startswith(head) else said == b""
    assert server.get("/healthz").status_code == 200


def test_a_query_ends_when_its_client_goes_away(tmp_path: Path) -> None:
    edition(tmp_path / "store", 0)
    with live(tmp_path / "store", tmp_path, query_seconds=60) as running:
        for options in ({"params": {"query": ENDLESS}}, {"data": {"query": ENDLESS}}):
            method = "POST" if "data" in options else "GET"
            with pytest.raises(httpx.ReadTimeout):
                httpx.request(method, running.url + "/sparql", timeout=0.5, trust_env=False, **options)  # type: ignore[arg-type]
        end = time.monotonic() + 20
        while "daftar_queries_running 0" not in running.get("/metrics").text and time.monotonic() < end:
            time.sleep(0.05)
        assert 'daftar_queries_total{outcome="gone"} 2' in running.get("/metrics").text


@pytest.mark.parametrize("rest", [b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01"])
def test_what_is_no_request_ends_at_once(server: Live, rest: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 30) as line:
        line.sendall(rest + b"x" * 70_000)
        assert line.recv(2000)[:12] in (b"HTTP/1.1 400", b"")
    assert server.get("/healthz").status_code == 200


def test_a_request_without_a_host_is_refused_but_for_the_old_version(server: Live) -> None:
    for version, status in ((b"1.1", b"400"), (b"1.0", b"200")):
        with socket.create_connection(("127.0.0.1", server.port), 30) as line:
            line.sendall(b"GET /healthz HTTP/%b\r\nConnection: close\r\n\r\n" % version)
            assert line.recv(2000)[9:12] == status


def test_new_builds_answer_without_a_failed_request(tmp_path: Path) -> None:
    store = tmp_path / "store"
    edition(store, 0)
    failures: list[str] = []
    editions: set[str] = set()
    stop = threading.Event()

    def ask(client: httpx.Client) -> None:
        while not stop.is_set():
            query = {"query": "SELECT ?n { <https://example.org/number> ?p ?n }", "format": "csv"}
            for path, params in (("/sparql", query), ("/healthz", {}), ("/fa/", {})):
                answer = client.get(path, params=params)
                if answer.status_code != 200:
                    failures.append(f"{path}: {answer.status_code} {answer.text[:200]}")
                elif path == "/sparql":
                    editions.add(answer.headers["x-daftar-edition"])

    with live(store, tmp_path, log_requests="false") as running:
        with (
            ThreadPoolExecutor(4) as pool,
            httpx.Client(base_url=running.url, timeout=60, trust_env=False) as client,
        ):
            asking = [pool.submit(ask, client) for _ in range(4)]
            for number in range(1, 6):
                last = edition(store, number)
                time.sleep(0.8)
            end = time.monotonic() + 30
            while last not in editions and time.monotonic() < end:
                time.sleep(0.1)
            stop.set()
            for one in asking:
                one.result()
        assert not failures
        assert last in editions
        assert len(editions) >= 3
        assert running.stop() in STOPPED


def test_a_request_under_way_is_answered_before_the_server_stops(tmp_path: Path) -> None:
    edition(tmp_path / "store", 0)
    with live(tmp_path / "store", tmp_path, query_seconds=2) as running, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(running.get, "/sparql", params={"query": ENDLESS})
        while not running.get("/metrics").text.count("daftar_queries_running 1"):
            time.sleep(0.02)
        assert running.stop() in STOPPED
        assert slow.result().status_code == 503  # its own limit ended it, not the stop
        assert "2 seconds" in slow.result().json()["error"]
        lines = running.lines()
        assert [line["outcome"] for line in lines if line.get("status") == 503] == ["time"]
        assert "?a" not in running.log.read_text(encoding="utf-8")
    with pytest.raises(httpx.TransportError):
        running.get("/healthz")
