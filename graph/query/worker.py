"""The process that query workers are forked from. Started by :mod:`graph.query.runner`, never by hand.

It loads the graph once and then forks a worker (:mod:`graph.query.answering`) whenever it is sent a line for
one. It has one thread only and evaluates nothing itself: forking is safe, and every worker begins clean.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
from pathlib import Path

from graph.query.answering import answer_queries
from graph.query.wire import receive, send
from graph.store import Manifest, MemoryStore, Store, StoreError, open_store
from graph.store.editions import MANIFEST
from graph.store.memory import open_edition


def main() -> None:
    """Load the graph, say so, and fork until the asker closes the line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    try:
        store = _load(line, sys.argv[2])
    except StoreError as error:
        send(line, {"error": type(error).__name__, "message": str(error)})
        return
    gc.collect()
    gc.freeze()  # a collection in a worker would write to every object, and so copy every shared page
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    send(line, {"fingerprint": store.manifest.fingerprint})
    while True:
        message, handles, _, _ = socket.recv_fds(line, 1, 1)
        if not message:
            return
        with contextlib.ExitStack() as stack:
            channels = [stack.enter_context(socket.socket(fileno=handle)) for handle in handles]
            if channels and os.fork() == 0:
                line.close()
                answer_queries(store, channels[0])


def _load(line: socket.socket, location: str) -> Store:
    if location:
        folder = Path(location)
        return open_edition(folder) if (folder / MANIFEST).exists() else open_store(location)
    message = receive(line)
    if message is None:
        raise SystemExit(0)
    return MemoryStore(message[1], Manifest.from_dict(message[0]))


if __name__ == "__main__":
    main()
