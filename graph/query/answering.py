"""A worker: a forked process that answers queries, one after the other, until it is ended or has grown.

A thread with a stack for the deepest query reads, evaluates and writes. So a query can do what it likes: run
out of time (the kernel's alarm ends the process, whatever the engine is doing), out of memory or out of
stack, and only this process ends. When the asker closes the channel the main thread sees it, in the midst of
a query too, and ends the process.

The pages that a worker shares with its parent are copied when they are written to, and the engine writes even
when it reads: it counts references to the nodes of the graph. A worker therefore grows up to the size of the
graph. That is why it stays (a fresh one would copy anew), and why it ends itself beyond a limit when memory
gets scarce.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

from graph.query.errors import (
    QueryError,
    QueryFormatError,
    QueryRefused,
    QuerySyntaxError,
    QueryUnansweredError,
)
from graph.query.evaluate import evaluate
from graph.query.guard import Limits
from graph.query.room import room
from graph.query.wire import receive, send
from graph.store import Store

_STACK = 512 * 1024 * 1024
"""Stack of the evaluating thread, reserved and hardly used: no query of 64,000 characters needed more."""
_NICE = 10
_LEAST = 19
"""The least priority that Linux knows."""
_PATIENCE = 0.5
"""Seconds, once or twice, after which a query gives way to everybody else on the machine."""
_LEFT_BEHIND = 256 * 1024 * 1024
"""Bytes of address space that queries may leave behind; beyond, the memory limit would no longer be fair."""
KEPT = 1_000_000_000
"""Bytes of its own that a worker may always keep between queries, as a rule copies of pages of the graph."""
_PLENTY = 0.25
"""While so great a share of the memory is free, a worker may keep more: without its copies, queries that look
at much take twice as long."""
_LOOK_SECONDS = 1.0
"""A worker that keeps more looks no more often whether it may."""
LAST = "last"
"""Member of an answer after which the worker ends."""


def answer_queries(store: Store, channel: socket.socket) -> NoReturn:
    """Answer until the asker closes the channel, and end the process, whatever happens.

    Args:
        store: The graph.
        channel: The line to the asker.
    """
    try:
        _Worker(store, channel).work()
    finally:
        os._exit(0)


class _Worker:
    """Evaluates in one thread; the main thread watches it, and the line."""

    def __init__(self, store: Store, channel: socket.socket) -> None:
        self._store, self._channel = store, channel
        self._size = _Size()
        self._memory: int | None = None
        self._since = 0.0  # when the query that is being answered began; 0: there is none
        self._slow = False
        self._slow_answered, self._wake = os.pipe()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        threading.stack_size(_STACK)
        self._begin()

    def work(self) -> None:
        """Watch until the asker is gone; make a query that takes long give way."""
        watched = select.poll()
        watched.register(self._channel, 0)  # nothing but that the other side hung up
        watched.register(self._slow_answered, select.POLLIN)
        while True:
            seen = [handle for handle, _ in watched.poll(_PATIENCE * 1000)]
            if self._channel.fileno() in seen:
                return
            if self._slow_answered in seen:
                os.read(self._slow_answered, 1)
                self._end()
                self._begin()  # a thread cannot take back that it gives way
            elif self._since and not self._slow and time.monotonic() - self._since > _PATIENCE:
                self._slow = True
                with contextlib.suppress(OSError, TypeError):  # a system without numbers for threads
                    least = min(_LEAST, os.nice(0) + _NICE)
                    os.setpriority(os.PRIO_PROCESS, self._thread.native_id, least)  # type: ignore[arg-type]

    def _begin(self) -> None:
        self._slow = False
        self._thread = threading.Thread(target=self._evaluating, daemon=True)
        self._thread.start()

    def _end(self) -> None:
        """Wait until the system has ended the thread, so that the next one gets its stack and its heap.

        Beside it the next one would have others, and the old ones stay: the process would seem to have grown,
        and would end itself after every slow query, with its copies of the graph.
        """
        self._thread.join()
        left = Path(f"/proc/self/task/{self._thread.native_id}")  # Python is done with it a little earlier
        while left.exists():
            time.sleep(0.0001)

    def _evaluating(self) -> None:
        while (message := receive(self._channel)) is not None:
            self._since = time.monotonic()
            header, body = self._answer(message[0])
            self._since = 0.0
            slow = self._slow
            if slow:
                os.write(self._wake, b"s")
            with contextlib.suppress(OSError):
                send(self._channel, header, body)
            if header[LAST]:
                os._exit(0)
            if slow:
                return

    def _answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        limits = Limits(**request.pop("limits"))
        self._limit(limits)
        try:
            header, body = _evaluated(self._store, limits, request)
        except MemoryError:
            os._exit(1)
        except Exception as error:
            says = f"this is an error in Daftar, please report it: {error!r}"
            header, body = {"error": "QueryError", "message": says}, b""
        signal.setitimer(signal.ITIMER_REAL, 0)
        header[LAST] = self._size.too_large()
        return header, body

    def _limit(self, limits: Limits) -> None:
        if limits.memory != self._memory:
            self._memory = limits.memory
            self._size.limit(limits.memory)
        if limits.seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)


class _Size:
    """How large this process is, beyond the graph that it was forked with."""

    def __init__(self) -> None:
        self._statm = _opened("/proc/self/statm")
        self._begin = self._space()
        self._faults = _faults()
        self._large, self._looked = False, 0.0
        self._rest = resource.getrlimit(resource.RLIMIT_AS)

    def limit(self, memory: int | None) -> None:
        """Let queries take so many bytes beyond the graph; None: as many as the process might at first."""
        if self._begin is None:
            return
        soft, hard = self._rest
        room = soft if memory is None else self._begin + _STACK + memory
        with contextlib.suppress(ValueError, OSError):  # a tighter limit that is there already stays
            resource.setrlimit(resource.RLIMIT_AS, (room, hard))

    def _space(self) -> int | None:
        """Bytes of address space in use; None where the system does not say."""
        if self._statm is None:
            return None
        return int(os.pread(self._statm, 100, 0).split()[0]) * resource.getpagesize()

    def too_large(self) -> bool:
        """Whether the process keeps so much that a fresh one is better."""
        now = self._space()
        if now is not None and self._begin is not None and now > self._begin + _STACK + _LEFT_BEHIND:
            return True
        # each page of its own began with a fault, but not each fault made a page that is still there
        if (_faults() - self._faults) * resource.getpagesize() > KEPT:
            self._faults = _faults()
            own = own_memory()
            self._large, self._looked = own is None or own > KEPT, 0.0
        if not self._large or time.monotonic() - self._looked < _LOOK_SECONDS:
            return False
        self._looked = time.monotonic()
        return room() < _PLENTY


def _opened(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


def own_memory(process: int | str = "self") -> int | None:
    """Bytes in memory that a process shares with no other; None where the system does not say.

    Args:
        process: Its number.
    """
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024


def _faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _evaluated(store: Store, limits: Limits, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        answer = evaluate(store, request.pop("query"), limits, request.pop("format"), **request)
    except (QueryRefused, QuerySyntaxError) as error:
        place = {"reason": error.reason, "line": error.line, "column": error.column}
        code = {"code": error.code} if isinstance(error, QueryRefused) else {}
        return {"error": type(error).__name__, **place, **code}, b""
    except QueryError as error:
        known = isinstance(error, QueryFormatError | QueryUnansweredError)
        kind = type(error).__name__ if known else "QueryError"
        return {"error": kind, "message": str(error)}, b""
    header = {
        "form": answer.form,
        "format": answer.format.name,
        "rows": answer.rows,
        "truncated": answer.truncated,
    }
    return {**header, "seconds": answer.seconds, "fingerprint": answer.fingerprint}, answer.body
