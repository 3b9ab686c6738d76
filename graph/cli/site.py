"""``daftar site``: all pages as files."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.common import progress, settings_with, store_option


@click.command("site")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to write; a former site there is replaced, anything else is refused.",
)
@click.option(
    "--public", is_flag=True, help="Leave out everything that is marked confidential, and say how much."
)
@store_option
def command(out: Path, public: bool, store: str | None) -> None:
    """Write every page in both languages as files, for any web server or to open from disk.

    The folder is written whole or not at all; a dead link is an error. The same edition gives the same bytes,
    which manifest.json lists with their SHA-256.
    """
    settings = settings_with(store=store)
    with progress() as say:
        say("Loading")
        from api.offline.build import build_site
        from graph.export.redact import redact
        from graph.paths import ontology_dir
        from graph.store import open_store

        edition, left_out = open_store(settings.store), None
        if public:
            say("Leaving out what is confidential")
            edition, left_out = redact(edition, ontology_dir())
        files = build_site(
            edition, out, settings, lambda done, known: say(f"{done:,} of {known:,} files known so far")
        )
    click.echo(f"Wrote {files:,} files to {out}; open {out / 'index.html'}.")
    if left_out is not None:
        click.echo(f"Left out {left_out.values} confidential values with {left_out.statements} statements.")
