"""What is written down of a request: one line of JSON, and the counters."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

REQUESTS = logging.getLogger("daftar.requests")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_LONGEST = 300


class JsonLines(logging.Formatter):
    """A log record as one line of JSON, whatever characters are in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record.

        Args:
            record: The record; its ``facts``, when it has some, become members.

        Returns:
            The line.
        """
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "logger": record.name}
        facts: dict[str, Any] = getattr(record, "facts", {})
        line |= facts or {"message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


def note(scope: Scope, **facts: object) -> None:
    """Add facts to the line that will be written about a request.

    Args:
        scope: The request's scope.
        **facts: What JSON can say; never the text of a query unless that is wanted.
    """
    scope.setdefault("daftar.facts", {}).update(facts)


class Watch:
    """Counts requests and, when wanted, writes a line about each.

    Neither the query string nor the address of the client is written down.

    Args:
        app: The application behind.
        metrics: The counters.
        write: Whether to write lines.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, write: bool) -> None:
        self.app, self._metrics, self._write = app, metrics, write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, size = time.monotonic(), 500, 0
        facts: dict[str, Any] = scope.setdefault("daftar.facts", {})

        async def watching(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watching)
        finally:
            self._done(scope, facts, status, size, time.monotonic() - started)

    def _done(self, scope: Scope, facts: dict[str, Any], status: int, size: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", "none")
        labels = {"method": method, "route": route, "status": str(status)}
        self._metrics.count("daftar_requests_total", "Requests answered.", labels)
        says = "Seconds from request to the end of its answer."
        self._metrics.observe("daftar_request_seconds", says, seconds, {"route": route})
        if self._write and REQUESTS.isEnabledFor(logging.INFO):
            line = {"method": method, "path": scope["path"][:_LONGEST], "status": status}
            line |= {"bytes": size, "milliseconds": round(seconds * 1000, 1), **facts}
            about = {"name": REQUESTS.name, "levelno": logging.INFO, "levelname": "INFO"}
            # as REQUESTS.info does, but for the search for the caller, which is always this line
            REQUESTS.handle(logging.makeLogRecord({**about, "msg": "request", "facts": line}))
