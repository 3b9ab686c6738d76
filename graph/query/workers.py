"""The processes that answer queries: one that loaded the graph, and workers forked from it that stay."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from graph.query.errors import QueryCrashedError, RunnerClosedError
from graph.query.wire import gone, receive, send
from graph.store import (
    MemoryStore,
    Store,
    StoreAwayError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    is_address,
)
from graph.store.editions import MANIFEST

_GRACE = 5.0
"""Seconds after which a process that does not end is killed."""
_MOST_IDLE = 8
_IDLE_SECONDS = 60.0
"""A worker that nobody needed for so long is ended, and with it its copies of pages; one always stays."""
_STORE_ERRORS = {
    kind.__name__: kind
    for kind in (StoreError, StoreAwayError, StoreMissingError, StoreDamagedError, StoreBusyError)
}


class Workers:
    """Workers over one edition. May be used from several threads at once.

    Args:
        where: Folder or address of a store, or a store that is open.

    Raises:
        StoreError: of the kind that says why the graph could not be loaded.
    """

    def __init__(self, where: Store | str | Path) -> None:
        self._where = where
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._closed = False
        self._idle: list[tuple[float, socket.socket]] = []
        self._spare: socket.socket | None = None
        self._start()
        self._spare = self._ask_for_one()

    @property
    def fingerprint(self) -> str:
        """The edition that answers."""
        return self._fingerprint

    @property
    def process(self) -> int:
        """Number of the process that the workers are forked from."""
        return self._process.pid

    def take(self) -> socket.socket:
        """A line to a worker that has nothing to do; forked when there is none.

        Returns:
            The line, to be handed to :meth:`give_back` or :meth:`give_up`.

        Raises:
            RunnerClosedError: when the workers were closed.
        """
        channel = self.idle()
        return self._fork() if channel is None else channel

    def idle(self) -> socket.socket | None:
        """A line to a worker that is there and has nothing to do, if there is one; never waits.

        Raises:
            RunnerClosedError: when the workers were closed.
        """
        with self._lock:
            if self._closed:
                raise RunnerClosedError("the server is shutting down")
            while self._idle:
                channel = self._idle.pop()[1]  # the one that was used last: it has its pages already
                if not gone(channel):
                    return channel
                channel.close()
            return self._take_spare()

    def _take_spare(self) -> socket.socket | None:
        """The fresh worker that is ready; another one is forked, which takes 50 ms with a large graph."""
        channel, self._spare = self._spare, None
        with contextlib.suppress(OSError):  # when even the parent is gone, the next query starts it anew
            self._spare = self._ask_for_one()
        if channel is not None and gone(channel):
            channel.close()
            return None
        return channel

    def give_back(self, channel: socket.socket) -> None:
        """Keep a worker for the next query.

        Args:
            channel: The line to it.
        """
        now = time.monotonic()
        with self._lock:
            if self._closed or len(self._idle) >= _MOST_IDLE:
                channel.close()
                return
            if self._idle and now - self._idle[0][0] > _IDLE_SECONDS:
                self._idle.pop(0)[1].close()
            self._idle.append((now, channel))

    def give_up(self, channel: socket.socket) -> None:
        """Give a worker up; a fresh one is ready.

        Args:
            channel: The line to it; closing it ends the worker.
        """
        channel.close()

    def close(self) -> None:
        """End the processes; queries that are being answered are answered still."""
        with self._starting:
            with self._lock:
                self._closed = True
                self._drop_idle()
            self._line.close()
            self._end()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        location = _location(self._where)
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen(
                # -P: a folder named "graph" where the user stands is not ours
                [sys.executable, "-P", "-m", "graph.query.worker", str(handle), location],
                pass_fds=[handle],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us; the process ends when the line is closed
            )
        self._line = ours
        try:
            self._fingerprint = self._hello(location)
        except BaseException:
            self._line.close()
            self._end()
            raise

    def _hello(self, location: str) -> str:
        if isinstance(self._where, Store) and not location:
            nquads = b"\n".join(f"{quad} .".encode() for quad in self._where.quads())
            send(self._line, self._where.manifest.to_dict(), nquads)
        message = receive(self._line)
        if message is None:
            raise QueryCrashedError("the process that answers queries ended while it loaded the graph")
        if "error" in message[0]:
            raise _STORE_ERRORS[message[0]["error"]](message[0]["message"])
        return str(message[0]["fingerprint"])

    def _end(self) -> None:
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _fork(self) -> socket.socket:
        """A line to a fresh worker; its parent is started anew when something ended it."""
        asked = self._process
        try:
            return self._ask_for_one()
        except OSError:
            self._start_again(asked)
        return self._ask_for_one()

    def _start_again(self, ended: subprocess.Popen[bytes]) -> None:
        with self._starting:
            if self._closed:
                raise RunnerClosedError("the server is shutting down")
            if self._process is not ended:
                return  # another thread was faster
            self._line.close()
            ended.kill()
            ended.wait()
            self._start()
            with self._lock:  # what it loaded may be a newer edition
                self._drop_idle()

    def _drop_idle(self) -> None:
        for _, channel in self._idle:
            channel.close()
        self._idle.clear()
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def _ask_for_one(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._line, [b"q"], [theirs.fileno()])
        except BaseException:
            ours.close()
            raise
        return ours


def _location(where: Store | str | Path) -> str:
    """The argument of the process: an address, a folder, or nothing for a store that is sent to it."""
    if isinstance(where, MemoryStore):
        edition = (
            where.edition
        )  # from its files it is had in a tenth of the time; a later build may sweep them
        return str(edition.resolve()) if edition is not None and (edition / MANIFEST).exists() else ""
    if isinstance(where, Store):
        return where.location
    return str(where) if is_address(where) else str(Path(where).resolve())
