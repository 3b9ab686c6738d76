"""Ending a query whose asker has gone away."""

from __future__ import annotations

import contextlib
import socket
import threading


class Stop:
    """A handle on one query that another thread is asking.

    Example:
        >>> stop = Stop()
        >>> stop.now()
        >>> stop.asked
        True
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel: socket.socket | None = None
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether the query is to end, or has been ended."""
        return self._asked

    def hold(self, channel: socket.socket | None) -> None:
        """Take the line to the process that answers, or give it back.

        Args:
            channel: The line; None before it is closed.
        """
        with self._lock:
            self._channel = channel
            if self._asked:
                self._hang_up()

    def now(self) -> None:
        """End the query: its process ends when nobody listens."""
        with self._lock:
            self._asked = True
            self._hang_up()

    def _hang_up(self) -> None:
        if self._channel is not None:
            with contextlib.suppress(OSError):
                self._channel.shutdown(socket.SHUT_RDWR)
