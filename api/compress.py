"""Compression with gzip (RFC 9110, section 8.4), outside the event loop where it takes time."""

from __future__ import annotations

import zlib
from functools import partial

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.negotiation import weights

_SMALLEST = 1_000
_AT_ONCE = 32_000
_LEVEL = 5
_TEXT = ("text/", "application/json", "application/ld+json", "application/sparql-results", "application/rdf")
_MORE_TEXT = ("application/n-", "application/trig", "application/xml", "application/javascript", "image/svg")


def accepts_gzip(header: str | None) -> bool:
    """Whether a client can read gzip.

    Args:
        header: The ``Accept-Encoding`` header.

    Returns:
        True when it names gzip, or anything, with a weight above nought.

    Example:
        >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip(None)
        (True, False, False)
    """
    known = dict(weights(header or ""))
    return known.get("gzip", known.get("x-gzip", known.get("*", 0.0))) > 0


class Compress:
    """Compresses text for clients that can read it.

    Args:
        app: The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        accepted = next((value for name, value in scope["headers"] if name == b"accept-encoding"), b"")
        wanted = accepts_gzip(accepted.decode("latin-1"))
        await self.app(scope, receive, _Sender(send, wanted).take)


class _Sender:
    """Holds the start of an answer until its first piece shows whether compression is worth it."""

    def __init__(self, send: Send, wanted: bool) -> None:
        self._send, self._wanted = send, wanted
        self._start: Message | None = None
        self._packer: zlib._Compress | None = None

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._start is not None:
            self._decide(self._start, body, more)
            await self._send(self._start)
            self._start = None
        if self._packer is not None:
            body = await _packed(self._packer, body, more)
        await self._send({**message, "body": body})

    def _decide(self, start: Message, body: bytes, more: bool) -> None:
        headers = MutableHeaders(raw=start["headers"])
        kind = headers.get("content-type", "")
        if not kind.startswith((*_TEXT, *_MORE_TEXT)) or "content-encoding" in headers:
            return
        headers.add_vary_header("Accept-Encoding")
        if self._wanted and start["status"] not in (204, 206, 304) and (more or len(body) >= _SMALLEST):
            self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
            headers["Content-Encoding"] = "gzip"
            del headers["Content-Length"]
            if not headers.get("etag", 'W/"').startswith("W/"):
                headers["ETag"] = f"W/{headers['etag']}"  # the bytes are others now (RFC 9110, 8.8.1)
        start["headers"] = headers.raw


async def _packed(packer: zlib._Compress, body: bytes, more: bool) -> bytes:
    work = partial(_pack, packer, body, more)
    return await to_thread.run_sync(work) if len(body) > _AT_ONCE else work()


def _pack(packer: zlib._Compress, body: bytes, more: bool) -> bytes:
    packed = packer.compress(body)
    return packed if more else packed + packer.flush()
