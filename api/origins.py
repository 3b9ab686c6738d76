"""Whose pages may read our answers (CORS), and which host names we answer to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.settings import Settings

_OPEN = ("/sparql", "/id/", "/ontology", "/code/", "/api/questions", "/api/complete")
_ENDPOINT_METHODS = "GET, HEAD, OPTIONS, POST"
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_EXPOSED = "ETag, Retry-After, X-Daftar-Edition, X-Daftar-Rows, X-Daftar-Truncated"
_FOR_ALL = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", _EXPOSED.encode("ascii")),
)
_FOR_ALL_NAMES = frozenset(name for name, _ in _FOR_ALL)
_LONGEST_HOST = 300


class OpenData:
    """Lets every web page read the data, without the reader's cookies, and answers what browsers ask before.

    Args:
        app: The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not scope["path"].startswith(_OPEN):
            await self.app(scope, receive, send)
            return
        methods = _ENDPOINT_METHODS if scope["path"] == "/sparql" else "GET, HEAD, OPTIONS"

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [pair for pair in message.get("headers", ()) if pair[0] not in _FOR_ALL_NAMES]
                message["headers"] = [*others, *_FOR_ALL]
                if message["status"] == 405:
                    MutableHeaders(scope=message)["Allow"] = methods
            await send(message)

        if scope["method"] == "OPTIONS":
            answer = Response(
                status_code=204,
                headers={
                    "Allow": methods,
                    "Access-Control-Allow-Methods": methods,
                    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
                    "Access-Control-Max-Age": "86400",
                },
            )
            await answer(scope, receive, opened)
            return
        await self.app(scope, receive, opened)


class KnownHost:
    """Refuses a ``Host`` header that is no host name: it would end up in addresses that we write.

    Args:
        app: The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            _origin_form(scope)
            hosts = [value for name, value in scope["headers"] if name == b"host"]
            needed = scope.get("http_version") == "1.1"  # RFC 9112, section 3.2
            if len(hosts) > 1 or not (_is_host(hosts[0]) if hosts else not needed):
                refusal = JSONResponse({"status": 400, "error": "The Host header names no host."}, 400)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return len(value) < _LONGEST_HOST and _HOST.fullmatch(value.decode("latin-1")) is not None


def _origin_form(scope: Scope) -> None:
    """Servers take a whole address as the target of a request too (RFC 9112, section 3.2.2)."""
    if re.match(r"https?://", scope["path"], re.IGNORECASE):
        path = scope["path"].partition("://")[2].partition("/")[2]
        raw = bytes(scope.get("raw_path") or b"").partition(b"://")[2].partition(b"/")[2]
        scope["path"], scope["raw_path"] = "/" + path, b"/" + raw


def public_base(request: Request, settings: Settings) -> str:
    """The address under which the public reaches this server.

    Args:
        request: The request; its ``Host`` counts when the settings name no address.
        settings: The settings.

    Returns:
        An address that ends in a slash.
    """
    if settings.public_url:
        return settings.public_url
    parts = urlsplit(str(request.base_url))
    return f"{parts.scheme}://{parts.netloc}/"
