"""The process that answers queries. Started by :class:`graph.query.runner.QueryRunner`, never by hand.

It loads the graph once and then, for every query, forks: the child shares the loaded graph's memory,
evaluates and ends. It has one thread only, so that forking is safe. A query can therefore do what it likes:
run out of time (the kernel's alarm ends the child, whatever the engine is doing), out of memory or out of
stack, and only its own child ends. When the asker goes away the child ends too.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from graph.query.errors import (
    QueryError,
    QueryFormatError,
    QueryRefused,
    QuerySyntaxError,
    QueryUnansweredError,
)
from graph.query.evaluate import evaluate
from graph.query.guard import Limits
from graph.query.wire import receive, send
from graph.store import Manifest, MemoryStore, Store, StoreError, open_store

_STACK = 512 * 1024 * 1024
"""Stack of the evaluating thread, reserved and hardly used: no query of 64,000 characters needed more."""

_NICE = 10


def main() -> None:
    """Load the graph, say so, and answer until the asker closes the line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    try:
        store = _load(line, sys.argv[2])
    except StoreError as error:
        send(line, {"error": type(error).__name__, "message": str(error)})
        return
    send(line, {"fingerprint": store.manifest.fingerprint})
    os.nice(_NICE)  # a server that is asked hard questions must still answer easy requests at once
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while True:
        message, handles, _, _ = socket.recv_fds(line, 1, 1)
        if not message:
            return
        with contextlib.ExitStack() as stack:
            channels = [stack.enter_context(socket.socket(fileno=handle)) for handle in handles]
            if channels and os.fork() == 0:
                line.close()
                _child(store, channels[0])


def _load(line: socket.socket, location: str) -> Store:
    if location:
        return open_store(location)
    message = receive(line)
    if message is None:
        raise SystemExit(0)
    return MemoryStore(message[1], Manifest.from_dict(message[0]))


def _child(store: Store, channel: socket.socket) -> None:
    """Answer one query and end, whatever happens."""
    try:
        message = receive(channel)
        if message is not None:
            request = message[0]
            limits = Limits(**request.pop("limits"))
            _limit(limits)
            threading.stack_size(_STACK)
            threading.Thread(target=_answer, args=(store, channel, limits, request), daemon=True).start()
            channel.recv(1)  # returns when the asker closes the channel: with the answer in hand, or without
    finally:
        os._exit(0)


def _limit(limits: Limits) -> None:
    used = _address_space()
    if limits.memory is not None and used is not None:
        room = used + _STACK + limits.memory
        with contextlib.suppress(ValueError, OSError):  # a tighter limit that is there already stays
            resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.seconds is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def _address_space() -> int | None:
    """Bytes of address space in use; None, and no limit, where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize()


def _answer(store: Store, channel: socket.socket, limits: Limits, request: dict[str, Any]) -> None:
    try:
        header, body = _evaluated(store, limits, request)
    except MemoryError:
        os._exit(1)
    except Exception as error:
        header, body = (
            {"error": "QueryError", "message": f"this is an error in Daftar, please report it: {error!r}"},
            b"",
        )
    with contextlib.suppress(OSError):
        send(channel, header, body)


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


if __name__ == "__main__":
    main()
