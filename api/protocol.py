"""How requests come in: HTTP/1.1 read by llhttp, strictly, with limits of time, size and number.

llhttp (through httptools) takes a tenth of the time of a parser in Python, and refuses what two readers
could take for different requests (RFC 9112, section 11.2): two lengths, bare line feeds, folded fields.
What it leaves open is closed here:

- it holds a head of any size, so bytes are counted until a head is whole;
- it starts every request of a full buffer at once, so only a few may wait for the answer to the one before;
- it hands over the trailer of a chunked body like the head, and a trailer could then add a second ``Host``;
- it stops behind a head that offers another protocol, and would take the body for the next request. We
  speak no other, and Java's client offers HTTP/2 with its first request: the body is read as the head says.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

LARGEST_HEAD = 65_536
"""Bytes of a request line and its header fields."""
MOST_PIPELINED = 32
"""Requests of a connection that wait for the answer to the one before; the rest must be sent again."""
_VERSIONS = ("1.1", "1.0")
_OF_THE_BODY = (b"content-length", b"transfer-encoding")
_INVALID = 400, "Invalid HTTP request received."
_TOO_LARGE = 431, "The head of the request is too large."


class _EnoughError(Exception):
    """The head that was read is not to be answered as a request."""


def patient_for(seconds: float) -> type[asyncio.Protocol]:
    """A protocol of HTTP that closes a connection whose request head does not come in time.

    Args:
        seconds: Time from the first byte of a connection, or of its next request, to the end of the head.

    Returns:
        The protocol, for uvicorn.
    """

    class Patient(_Careful):
        _seconds = seconds

    return Patient


class _Together:
    """A transport that sends the head of an answer with the first piece of its body.

    uvicorn writes them one after the other, and each would be a packet for which the client wakes up.

    Args:
        transport: Where to.
        loop: Sends what no body followed.
    """

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        head, self._head = self._head, b""
        if head:
            self._transport.writelines([head, data])
        elif data.startswith(b"HTTP/1.1 ") and data.endswith(b"\r\n\r\n"):
            self._head = data
            self._loop.call_soon(self._send)
        else:
            self._transport.write(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        head, self._head = self._head, b""
        if head and not self._transport.is_closing():
            self._transport.write(head)


class _Careful(HttpToolsProtocol):
    """Reads requests within the limits."""

    _seconds = 15.0
    _late: asyncio.TimerHandle | None = None
    _head = 0  # bytes that came since the last head was whole
    _in_body = False
    _framing = b""  # what a head that offered another protocol says of its body
    _again = False  # those fields are being read a second time
    _ended = False  # nothing more is read

    def connection_made(self, transport: Any) -> None:
        joining: Any = _Together(transport, self.loop)
        super().connection_made(joining)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        if self._ended:
            return
        if not self._in_body:
            self._head += len(data)
        try:
            self._feed(data)
        except httptools.HttpParserError as error:
            large = isinstance(error.__context__, _EnoughError)
            self._refuse(*(_TOO_LARGE if large else _INVALID))
        else:
            if self._head > LARGEST_HEAD:
                self._refuse(*_TOO_LARGE)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        if not self._again:
            super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        if not self._again:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._again:
            self._again = False
            return
        size = len(self.url) + sum([len(name) + len(value) + 4 for name, value in self.headers])
        if size > LARGEST_HEAD:
            raise _EnoughError
        if len(self.pipeline) >= MOST_PIPELINED or self.parser.get_http_version() not in _VERSIONS:
            raise ValueError
        super().on_headers_complete()
        self._head, self._in_body = 0, True
        if self.parser.should_upgrade():
            about = [(name, value) for name, value in self.headers if name in _OF_THE_BODY]
            self._framing = b"".join(b"%b: %b\r\n" % pair for pair in about)

    def on_message_complete(self) -> None:
        if not self._framing:
            self._in_body = False
            super().on_message_complete()

    def _feed(self, data: bytes) -> None:
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as offered:
                data = data[offered.args[0] :]
                if self._framing:
                    self._again = True
                    data = b"POST / HTTP/1.1\r\n%b\r\n%b" % (self._framing, data)
                    self._framing = b""
            else:
                return

    def _refuse(self, status: int, words: str) -> None:
        """Read nothing more; the answers to requests that were whole go out first, and nothing else."""
        self._ended = True
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            cycle.keep_alive = False  # the latest: its answer is the last
            return
        self.logger.warning(words)
        under_way = cycle is not None and not cycle.response_complete
        if not under_way or not (self.pipeline or cycle.response_started):
            said = words.encode("ascii")
            head = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n" % len(said)
            self.transport.write(STATUS_LINE[status] + head + b"connection: close\r\n\r\n" + said)
        self.transport.close()

    def _wait(self) -> None:
        """Run the clock while a head is awaited, and only then."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(self._seconds, self._too_late)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _too_late(self) -> None:
        self._late = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
