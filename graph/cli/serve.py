"""``daftar serve``: the pages and the SPARQL endpoint."""

from __future__ import annotations

import click

from graph.cli.common import settings_with, store_option


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: DAFTAR_HOST, else 127.0.0.1]")
@click.option(
    "--port", type=int, help="Port to listen on; 0 picks a free one.  [default: DAFTAR_PORT, else 8000]"
)
@store_option
def command(host: str | None, port: int | None, store: str | None) -> None:
    """Serve the pages and the SPARQL endpoint until stopped with Ctrl-C."""
    settings = settings_with(host=host, port=port, store=store)
    from pathlib import Path

    from graph.store import find_edition

    find_edition(Path(settings.store))  # say at once that there is nothing to serve
    from api.server import serve

    serve(settings)
