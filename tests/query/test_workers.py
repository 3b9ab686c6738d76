"""Workers that stay: who answers, who is replaced, and who gives way."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from graph.query import Limits, QueryCrashedError, QueryRunner, QueryTimeoutError
from graph.query.answering import LAST
from graph.query.stop import Stop
from graph.query.wire import receive, send
from graph.query.workers import Workers
from graph.store import MemoryStore, Store, open_store, write_edition
from tests.query.test_runner import ENDLESS, _cpu_seconds
from tests.store.conftest import dataset, manifest_of

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # 30 ** 4 rows: some tenths
_CODE = """
import socket, sys
from graph.query import answering
for name, value in {changed}.items():
    setattr(answering, name, value)
from tests.query.conftest import small_store
answering.answer_queries(small_store(), socket.socket(fileno=int(sys.argv[1])))
"""


@contextmanager
def worker(**changed: object) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """One worker by itself, with other limits of its own."""
    ours, theirs = socket.socketpair()
    line = [sys.executable, "-c", _CODE.replace("{changed}", repr(changed)), str(theirs.fileno())]
    with ours, subprocess.Popen(line, pass_fds=[theirs.fileno()], cwd=Path(__file__).parents[2]) as process:
        theirs.close()
        try:
            yield process, ours
        finally:
            ours.close()  # the worker ends, and is waited for


def ask(channel: socket.socket, query: str) -> dict[str, Any]:
    send(channel, {"query": query, "format": None, "limits": asdict(Limits())})
    answer = receive(channel)
    assert answer is not None
    return answer[0]


def test_one_worker_answers_query_after_query(store: Store) -> None:
    with QueryRunner(store) as runner:
        seen = set()
        for count in range(1, 6):
            assert runner.run(f"SELECT * {{ ?s ?p ?o }} LIMIT {count}", Limits()).rows == count
            seen.add(_answering(runner))
        assert len(seen) == 1
        with pytest.raises(QueryTimeoutError):
            runner.run(ENDLESS, Limits(seconds=0.2))
        assert runner.run("ASK {}", Limits()).rows == 1
        assert _within(lambda: _answering(runner) not in seen)  # what ended may be there a moment longer


def test_a_fresh_worker_is_ready_when_the_one_that_answers_ends(store: Store) -> None:
    with QueryRunner(store) as runner:
        assert runner.run("ASK {}", Limits()).rows == 1
        answering, spare = _both(runner)
        with pytest.raises(QueryTimeoutError):
            runner.run(ENDLESS, Limits(seconds=0.2))
        assert _within(lambda: _children(runner._workers.process) == [str(spare)])
        assert runner.run("ASK {}", Limits()).rows == 1
        assert _answering(runner) == spare != answering
        os.kill(_both(runner)[1], signal.SIGKILL)  # a spare that something ended is not handed out
        with pytest.raises(QueryTimeoutError):
            runner.run(ENDLESS, Limits(seconds=0.2))
        assert runner.run("ASK {}", Limits()).rows == 1


def test_a_worker_that_has_grown_ends_after_its_answer() -> None:
    with worker(KEPT=-1, _PLENTY=2.0) as (process, channel):
        answer = ask(channel, "SELECT * { ?s ?p ?o }")
        assert (answer["rows"], answer[LAST]) == (30, True)
        assert process.wait(10) == 0
    with worker(KEPT=-1, _PLENTY=0.0) as (process, channel):  # while there is room it may stay
        assert [ask(channel, "ASK {}")[LAST] for _ in range(3)] == [False] * 3
    with worker() as (process, channel):
        assert [ask(channel, "ASK {}")[LAST] for _ in range(3)] == [False] * 3
        channel.close()
        assert process.wait(10) == 0


def test_a_slow_query_gives_way_and_the_next_one_does_not() -> None:
    with worker(_PATIENCE=0.001) as (process, channel):
        assert set(_nice(process.pid)) == {os.nice(0)}
        send(channel, {"query": ENDLESS, "format": None, "limits": asdict(Limits(seconds=30))})
        assert _within(lambda: max(_nice(process.pid)) == min(19, os.nice(0) + 10))
        channel.close()
    with worker(_PATIENCE=0.001) as (process, channel):
        assert ask(channel, SLOW)["rows"] == 1
        assert ask(channel, "ASK {}")["rows"] == 1
        assert _within(lambda: set(_nice(process.pid)) == {os.nice(0)})


def test_a_worker_stays_after_slow_queries() -> None:
    with worker(_PATIENCE=0.001) as (process, channel):
        assert ask(channel, SLOW)["rows"] == 1
        size = _space(process.pid)
        for _ in range(5):
            assert ask(channel, SLOW)[LAST] is False
            assert _within(lambda: set(_nice(process.pid)) == {os.nice(0)})  # another thread is there
        assert _space(process.pid) < size + 100_000_000  # a stack has 512 MB


def test_without_a_thread(runner: QueryRunner) -> None:
    async def many() -> list[int]:
        asked = (runner.run_async(f"SELECT * {{ ?s ?p ?o }} LIMIT {n}", Limits()) for n in range(1, 12))
        return [answer.rows for answer in await asyncio.gather(*asked)]

    assert asyncio.run(many()) == list(range(1, 12))
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    assert asyncio.run(runner.run_async(large, Limits())).body == runner.run(large, Limits()).body
    with pytest.raises(QueryTimeoutError):
        asyncio.run(runner.run_async(ENDLESS, Limits(seconds=0.2)))


def test_without_a_thread_a_query_can_be_stopped_or_cancelled(store: Store) -> None:
    async def story(runner: QueryRunner) -> None:
        stop = Stop()
        asked = asyncio.create_task(runner.run_async(ENDLESS, Limits(seconds=60), stop=stop))
        await asyncio.sleep(0.1)
        stop.now()
        with pytest.raises(QueryCrashedError):
            await asked
        asked = asyncio.create_task(runner.run_async(ENDLESS, Limits(seconds=60)))
        await asyncio.sleep(0.1)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    with QueryRunner(store) as runner:
        asyncio.run(story(runner))
        assert runner.run("ASK {}", Limits()).rows == 1
        _both(runner)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_query_that_no_worker_has_read_goes_to_another(
    store: Store, monkeypatch: pytest.MonkeyPatch, asynchronous: bool
) -> None:
    def ask(query: str) -> int:
        if asynchronous:
            return asyncio.run(runner.run_async(query, Limits(seconds=30))).rows
        return runner.run(query, Limits(seconds=30)).rows

    with QueryRunner(store) as runner, ThreadPoolExecutor(1) as pool:
        assert ask("ASK {}") == 1
        ended = _answering(runner)
        os.kill(ended, signal.SIGKILL)
        assert _within(lambda: str(ended) not in _children(runner._workers.process))
        with monkeypatch.context() as blind:  # it ends between the look at it and the sending
            blind.setattr("graph.query.workers.gone", lambda channel: False)
            assert ask("SELECT * { ?s ?p ?o } LIMIT 2") == 2
        worker = _answering(runner)
        os.kill(worker, signal.SIGSTOP)  # it ends between the sending and its reading
        assert _within(lambda: _states(worker) == {"T"})
        asked = pool.submit(ask, "SELECT * { ?s ?p ?o } LIMIT 3")
        assert _within(lambda: not runner._workers._idle)
        time.sleep(0.2)
        assert not asked.done()
        os.kill(worker, signal.SIGKILL)
        assert asked.result(20) == 3


def test_a_query_that_was_read_is_evaluated_once(store: Store) -> None:
    with QueryRunner(store) as runner, ThreadPoolExecutor(1) as pool:
        for asked in (
            lambda: runner.run(ENDLESS, Limits(seconds=60)),
            lambda: asyncio.run(runner.run_async(ENDLESS, Limits(seconds=60))),
        ):
            assert runner.run("ASK {}", Limits()).rows == 1
            running, worker = pool.submit(asked), _answering(runner)
            assert _within(lambda pid=worker: _cpu_seconds(str(pid)) > 0.3)
            os.kill(worker, signal.SIGKILL)
            with pytest.raises(QueryCrashedError):
                running.result(20)
            assert _within(lambda pid=worker: str(pid) not in _children(runner._workers.process))
            time.sleep(0.3)
            # nobody began it anew
            assert all(_cpu_seconds(pid) < 0.2 for pid in _children(runner._workers.process))


def test_one_after_the_other_ends_before_it_reads(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when forking fails: there is an end to trying."""

    def dead(self: Workers) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.close()
        taken.append(ours.fileno())
        return ours

    taken: list[int] = []
    with QueryRunner(store) as runner:
        monkeypatch.setattr(Workers, "idle", dead)
        for ask in (runner.run, lambda *given: asyncio.run(runner.run_async(*given))):
            with pytest.raises(QueryCrashedError):
                ask("ASK {}", Limits())
        assert 2 < len(taken) < 10


def test_an_edition_is_loaded_from_its_folder_even_when_another_one_answers(tmp_path: Path) -> None:
    first = dataset(7)
    edition = write_edition(tmp_path, first, manifest_of(first))
    opened = open_store(tmp_path)
    assert isinstance(opened, MemoryStore)
    assert opened.edition == edition
    second = dataset(9)
    write_edition(tmp_path, second, manifest_of(second))
    with QueryRunner(opened) as runner:
        assert runner.run("SELECT * { ?s ?p ?o }", Limits()).rows == 7
    third = dataset(11)
    write_edition(tmp_path, third, manifest_of(third))  # sweeps the first
    assert not edition.exists()
    with QueryRunner(opened) as runner:
        assert runner.run("SELECT * { ?s ?p ?o }", Limits()).rows == 7


def test_idle_workers_are_not_kept_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(store)
    lines = [workers.take() for _ in range(3)]
    assert _within(lambda: len(_children(workers.process)) == 3 + 1)  # and one that is ready
    monkeypatch.setattr("graph.query.workers._IDLE_SECONDS", 0.0)
    for line in lines:
        workers.give_back(line)
    assert _within(lambda: len(_children(workers.process)) == 1 + 1)
    workers.close()


def _answering(runner: QueryRunner) -> int:
    """The worker that answered last, of one that was asked one query at a time."""
    return _both(runner)[0]


def _both(runner: QueryRunner) -> tuple[int, int]:
    """The worker that answers and the one that is ready, which was forked after it."""
    assert _within(lambda: len(_children(runner._workers.process)) == 2)
    first, second = _children(runner._workers.process)
    return int(first), int(second)


def _nice(pid: int) -> list[int]:
    """How nice each thread of a process is."""
    return [int(stat[16]) for stat in _stats(pid)]


def _states(pid: int) -> set[str]:
    """Whether the threads of a process run, wait or are stopped."""
    return {stat[0] for stat in _stats(pid)}


def _stats(pid: int) -> list[list[str]]:
    """What the system says of each thread, from its state on (proc_pid_stat(5))."""
    stats = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/stat")]
    return [stat.rpartition(")")[2].split() for stat in stats]


def _space(pid: int) -> int:
    """Bytes of address space (proc_pid_statm(5))."""
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGESIZE")


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _within(check: Any, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return False
