"""``daftar view``: a view of the graph as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.common import html_option, lang_option, progress, settings_with, store_option

_VIEWS = ("agencies", "dependencies", "overlap", "together", "kinds", "around")


@click.command("view")
@html_option
@click.option(
    "--view",
    "view",
    type=click.Choice(_VIEWS),
    default="agencies",
    show_default=True,
    help="What to draw: bodies and processes, needs, processes that overlap, bodies by shared processes, "
    "kinds of bodies, or the surroundings of one thing.",
)
@click.option(
    "--of",
    default="",
    metavar="KIND/ID",
    help="For around: the thing in the middle, such as agency/police or process/P08; else the one with most "
    "ties. For together: a family of bodies, such as order.",
)
@click.option(
    "--depth",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="For around: 1 for what is tied to the thing, 2 for what is tied to that too.",
)
@click.option(
    "--share",
    type=click.IntRange(1),
    help="For overlap and together: tie what shares at least so many; else the lowest readable number.",
)
@click.option("--partners", is_flag=True, help="For dependencies: count partners as needs.")
@click.option("--whole", is_flag=True, help="Draw up to 2,000 things instead of a summary.")
@lang_option("fa")
@store_option
def command(
    out: Path,
    view: str,
    of: str,
    depth: int,
    share: int | None,
    partners: bool,
    whole: bool,
    lang: str,
    store: str | None,
) -> None:
    """Write a view of the interactive graph as one HTML file that needs no network."""
    settings = settings_with(store=store)
    with progress() as say:
        say("Loading")
        from graph.store import open_store
        from graph.view.graph_model import Asked
        from graph.view.page import write_graph
        from graph.view.words import as_lang

        built = open_store(settings.store)
        say("Drawing the graph")
        asked = Asked(view, of, depth, share, partners, whole)  # type: ignore[arg-type]
        try:
            write_graph(built, out, as_lang(lang), asked, base_iri=built.manifest.base_iri)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {out} ({out.stat().st_size:,} bytes).")
