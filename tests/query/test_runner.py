"""Queries in processes that can be ended."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.query import (
    Limits,
    QueryCrashedError,
    QueryError,
    QueryFormatError,
    QueryRefused,
    QueryRunner,
    QuerySyntaxError,
    QueryTimeoutError,
    run_query,
)
from graph.store import Store, StoreDamagedError, StoreMissingError, write_edition
from tests.store.conftest import dataset, manifest_of

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"


def greedy() -> str:
    """A query for a string of a hundred million letters, several times over."""
    doubled = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 10)}) AS ?x{n + 1})" for n in range(9))
    return f"SELECT (STRLEN(?x9) AS ?n) {{ BIND('aaaaaaaaaa' AS ?x0) {doubled} }}"


def test_answers(runner: QueryRunner, store: Store) -> None:
    answer = runner.run("SELECT ?s { ?s ?p ?o }", Limits(rows=3), "csv")
    assert (answer.rows, answer.truncated, answer.format.name, answer.form) == (3, "rows", "csv", "SELECT")
    assert answer.body.startswith(b"s\r\n")
    assert answer.fingerprint == runner.fingerprint == store.manifest.fingerprint


def test_graphs_by_argument(runner: QueryRunner) -> None:
    one = "https://example.org/id/graph/1"
    assert runner.run("SELECT * { ?s ?p ?o }", Limits(), default_graphs=[one]).rows == 10
    assert runner.run("SELECT * { GRAPH ?g { ?s ?p ?o } }", Limits(), named_graphs=[one]).rows == 10


def test_errors_come_through(runner: QueryRunner) -> None:
    with pytest.raises(QuerySyntaxError) as wrong:
        runner.run("SELECT * { ?s ?p\n ?o ?z }", Limits())
    assert (wrong.value.line, wrong.value.column) == (2, 5)
    with pytest.raises(QueryRefused) as refused:
        runner.run("SELECT * FROM <urn:x> {}", Limits())
    assert refused.value.code == "graph"
    with pytest.raises(QueryRefused, match="only questions"):
        runner.run("DROP ALL", Limits())
    with pytest.raises(QueryFormatError, match="cannot be written as turtle"):
        runner.run("ASK {}", Limits(), "turtle")


def test_time_is_limited(runner: QueryRunner) -> None:
    with pytest.raises(QueryTimeoutError, match=r"ended after 0\.3 seconds"):
        runner.run(ENDLESS, Limits(seconds=0.3))
    assert runner.run("ASK {}", Limits()).rows == 1


def test_memory_is_limited(runner: QueryRunner) -> None:
    with pytest.raises(QueryCrashedError, match="for want of memory"):
        runner.run(greedy(), Limits(seconds=30, memory=100_000_000))
    assert runner.run("ASK {}", Limits()).rows == 1


def test_depth_that_would_end_a_process_does_not(runner: QueryRunner) -> None:
    """Even with the guard off the way: the evaluating thread has a stack that is large enough."""
    deep = "SELECT * {" + "{" * 5000 + "}" * 5000 + "}"
    assert runner.run(deep, Limits(depth=6000)).rows == 1
    chain = "SELECT * { FILTER(" + "!" * 20_000 + "true) }"
    assert runner.run(chain, Limits()).rows == 1


def test_nothing_leaves_the_machine(runner: QueryRunner) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{address}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
            "SELECT * FROM <ADDRESS> { ?s ?p ?o }".replace("ADDRESS", address),
            "SELECT * FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }".replace("ADDRESS", address),
            f"LOAD <{address}>",
        ):
            with pytest.raises(QueryRefused):
                runner.run(query, Limits())
        runner.run(f"DESCRIBE <{address}>", Limits())
        with pytest.raises(TimeoutError):
            listener.accept()


def test_many_at_once_and_none_waits_for_a_slow_one(runner: QueryRunner) -> None:
    def slow() -> None:
        with pytest.raises(QueryTimeoutError):
            runner.run(ENDLESS, Limits(seconds=5))

    waiting = threading.Thread(target=slow)
    waiting.start()
    with ThreadPoolExecutor(8) as pool:
        rows = list(
            pool.map(lambda n: runner.run(f"SELECT * {{ ?s ?p ?o }} LIMIT {n}", Limits()).rows, range(1, 25))
        )
    assert rows == list(range(1, 25))
    assert waiting.is_alive()
    waiting.join()


def test_a_killed_process_is_replaced(store: Store) -> None:
    with QueryRunner(store) as running:
        assert running.run("ASK {}", Limits()).rows == 1
        parent = running._workers.process
        assert running.run("SELECT * { ?s ?p ?o }", Limits()).rows == 30
        workers = _children(parent)
        for pid in (*map(int, workers), parent):
            os.kill(pid, signal.SIGKILL)
        running._workers._process.wait()
        # a query handed to a worker in the moment of its death is lost, and says so
        assert _within(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert running.run("SELECT * { ?s ?p ?o }", Limits()).rows == 30


def test_a_closed_runner_answers_no_more_and_leaves_nothing(store: Store) -> None:
    running = QueryRunner(store)
    assert _within(lambda: len(_children(running._workers.process)) == 1)
    workers = _children(running._workers.process)
    running.close()
    assert running._workers._process.returncode == 0
    assert _within(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    with pytest.raises(QueryError, match="shutting down"):
        running.run("ASK {}", Limits())


def test_an_asker_that_goes_away_ends_its_query(store: Store) -> None:
    with QueryRunner(store) as running:
        channel = running._workers.take()
        from dataclasses import asdict

        from graph.query.wire import send

        request = {"query": ENDLESS, "format": None, "limits": asdict(Limits(seconds=60))}
        send(channel, {**request, "default_graphs": None, "named_graphs": None})
        assert _within(lambda: len(_children(running._workers.process)) == 2)
        worker, ready = _children(running._workers.process)
        assert _within(lambda: _cpu_seconds(worker) > 0.3)
        channel.close()
        assert _within(lambda: _children(running._workers.process) == [ready])


def _cpu_seconds(pid: str) -> float:
    spent = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _within(check: object, seconds: float = 5.0) -> bool:
    assert callable(check)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return False


def test_one_query_from_a_folder(tmp_path: Path) -> None:
    nquads = dataset(12)
    edition = write_edition(tmp_path, nquads, manifest_of(nquads))
    assert run_query(tmp_path, "SELECT * { ?s ?p ?o }").rows == 12
    assert run_query(str(tmp_path), "ASK {}", Limits(), "csv").body == b"true"
    (edition / "dataset.nq").write_bytes(b"")
    with pytest.raises(StoreDamagedError, match="daftar build"):
        run_query(tmp_path, "ASK {}")


def test_one_query_from_nowhere(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="daftar build"):
        run_query(tmp_path / "nowhere", "ASK {}")


def test_one_query_of_a_store_or_a_runner(store: Store, runner: QueryRunner) -> None:
    assert run_query(store, "ASK {}").rows == run_query(runner, "ASK {}").rows == 1
