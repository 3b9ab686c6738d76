"""Serving the application with uvicorn."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.app import create_app
from api.watch import JsonLines
from graph.settings import Settings


def serve(settings: Settings) -> None:
    """Serve the site until it is stopped; requests under way are answered first.

    Args:
        settings: Where the store is, and the address to listen on.
    """
    write_logs(logging.INFO if settings.log_requests else logging.WARNING)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=patient_for(settings.body_seconds),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=settings.stop_seconds,
    )


def write_logs(level: int) -> None:
    """Write log records as lines of JSON to standard error.

    Args:
        level: The least level of our own records; those of libraries start at warnings.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("daftar", "api", "graph"):
        logging.getLogger(name).setLevel(level)


def patient_for(seconds: float) -> type[asyncio.Protocol]:
    """A protocol of HTTP that closes a connection whose request head does not come in time.

    Args:
        seconds: Time from the first byte of a connection, or of its next request, to the end of the head.

    Returns:
        The protocol, for uvicorn.
    """

    class Patient(H11Protocol):
        _late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            super().connection_lost(exc)

        def _wait(self) -> None:
            """Run the clock while a head is awaited, and only then."""
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop()
            elif self._late is None and not self.transport.is_closing():
                self._late = self.loop.call_later(seconds, self._too_late)

        def _stop(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

        def _too_late(self) -> None:
            self._late = None
            if self.cycle is None or self.cycle.response_complete:
                self.transport.close()

    return Patient
