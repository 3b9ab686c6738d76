"""``daftar view``: the graph as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.common import lang_option, progress, settings_with, store_option


@click.command("view")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="File to write.",
)
@lang_option("fa")
@store_option
def command(out: Path, lang: str, store: str | None) -> None:
    """Write the interactive graph as one HTML file that needs no network."""
    settings = settings_with(store=store)
    with progress() as say:
        say("Loading")
        from graph.store import open_store
        from graph.view.page import write_graph

        built = open_store(settings.store)
        say("Drawing the graph")
        write_graph(built, out, "en" if lang == "en" else "fa", base_iri=built.manifest.base_iri)
    click.echo(f"Wrote {out} ({out.stat().st_size:,} bytes).")
