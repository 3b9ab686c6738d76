"""Serving the application with uvicorn."""

from __future__ import annotations

import uvicorn

from api.app import create_app
from graph.settings import Settings


def serve(settings: Settings) -> None:
    """Serve the site until it is stopped.

    Args:
        settings: Where the store is, and the address to listen on.
    """
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )
