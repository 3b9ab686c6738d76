"""``daftar report``: the whole catalogue as one HTML file for reviewers."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.common import html_option, lang_option, progress, settings_with, store_option


@click.command("report")
@html_option
@click.option(
    "--public", is_flag=True, help="Leave out everything that is marked confidential, and say how much."
)
@lang_option("fa")
@store_option
def command(out: Path, public: bool, lang: str, store: str | None) -> None:
    """Write the review file: findings, graph, matrix and every record in one HTML file that needs no network.

    Reviewers note their remarks in it and save them to a file; "daftar remarks" puts such files together.
    """
    settings = settings_with(store=store)
    left_out = None
    with progress() as say:
        say("Loading")
        from api.bundle import face_css
        from graph.export.files import write_file
        from graph.export.redact import redact
        from graph.paths import ontology_dir
        from graph.store import open_store
        from graph.view.review.page import review_page
        from graph.view.words import as_lang

        edition = open_store(settings.store)
        if public:
            say("Leaving out what is confidential")
            edition, left_out = redact(edition, ontology_dir())
        face = face_css()
        page = review_page(edition, as_lang(lang), left_out=left_out, face=face, progress=say)
        write_file(out, page.encode("utf-8"))
    click.echo(f"Wrote {out} ({out.stat().st_size:,} bytes).")
    if not face:
        click.echo(
            "The file uses the fonts of the reader's machine, because Vazirmatn is not built: "
            'run "make run" once, then write it again.',
            err=True,
        )
    if left_out is not None:
        click.echo(f"Left out {left_out.values} confidential values with {left_out.statements} statements.")
