"""``daftar serve``: the pages and the SPARQL endpoint."""

from __future__ import annotations

import gc

import click

from graph.cli.common import settings_with, store_option
from graph.garbage import without_collecting


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: DAFTAR_HOST, else 127.0.0.1]")
@click.option("--port", type=int, help="Port; 0 picks a free one.  [default: DAFTAR_PORT, else 8000]")
@store_option
def command(host: str | None, port: int | None, store: str | None) -> None:
    """Serve the pages and the SPARQL endpoint until stopped with Ctrl-C."""
    from graph.store import newest_fingerprint

    settings = settings_with(host=host, port=port, store=store)
    newest_fingerprint(settings.store)  # say at once that there is nothing to serve
    settings = settings.model_copy(update={"port": free_port(settings.host, settings.port)})
    # looking for garbage took a tenth of the start; what is loaded stays, and need not be looked through
    with without_collecting():
        from api.server import serve

        gc.freeze()
    click.echo(f"Daftar is at {address(settings.host, settings.port)} (Ctrl-C stops it).")
    serve(settings)


def free_port(host: str, port: int) -> int:
    """See that a port can be had before anything is promised.

    Args:
        host: Address to listen on.
        port: Port; 0 for any that is free.

    Returns:
        The port.

    Raises:
        click.ClickException: when another program has it, or the address is not this machine's.
    """
    import socket

    from graph.cli.group import Failure

    try:
        family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server(found[:2], family=family) as probe:
            return int(probe.getsockname()[1])
    except OSError as error:
        reason = (
            f"cannot listen on {host}, port {port} ({error.strerror}); choose another with --host and --port"
        )
        raise Failure(reason, 4) from error


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server.

    Example:
        >>> address("127.0.0.1", 8000), address("0.0.0.0", 80), address("::1", 8000)
        ('http://127.0.0.1:8000', 'http://127.0.0.1:80', 'http://[::1]:8000')
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"
