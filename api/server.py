"""Serving the application with uvicorn."""

from __future__ import annotations

import logging
import sys

import uvicorn

from api.app import create_app
from api.protocol import patient_for
from api.watch import JsonLines
from graph.settings import Settings

_TURN_SECONDS = 0.001
"""So long a thread that computes goes on while another waits for its turn. A request has several turns, so
with the five milliseconds that Python allows by itself one in a hundred small queries took 20 ms while an
analysis ran, and takes 8 so; shorter turns make all of them slower."""


def serve(settings: Settings) -> None:
    """Serve the site until it is stopped; requests under way are answered first.

    Args:
        settings: Where the store is, and the address to listen on.
    """
    sys.setswitchinterval(_TURN_SECONDS)
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
