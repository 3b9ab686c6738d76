"""``daftar network``: the graph for NetworkX, Gephi, Pajek and spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.common import lang_option, progress, settings_with, store_option

if TYPE_CHECKING:
    from graph.query.question_library import Lang

_ENDINGS = {".graphml": "graphml", ".gexf": "gexf", ".net": "pajek", ".json": "json", "": "csv"}


@click.command("network")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="File, whose ending (.gexf, .graphml, .net, .json) names the format; a folder for CSV.",
)
@click.option("--needs", is_flag=True, help="Only what needs what, as in daftar analyse dependencies.")
@click.option("--spreadsheet", is_flag=True, help="CSV for people who open it in a spreadsheet.")
@lang_option("fa")
@store_option
def command(out: Path, needs: bool, spreadsheet: bool, lang: Lang, store: str | None) -> None:
    """Write things and relations as a network for other tools.

    Names in both languages, evidence and source lines are on everything. Gephi keeps relations apart in GEXF
    and CSV; in GraphML and Pajek it merges them.
    """
    format_name = _ENDINGS.get(out.suffix.lower())
    if format_name is None:
        raise click.UsageError(f'"{out}": end it in .gexf, .graphml, .net or .json, or name a folder for CSV')
    if spreadsheet and format_name != "csv":
        raise click.UsageError("--spreadsheet is for CSV; name a folder")
    with progress() as say:
        say("Reading the graph")
        from graph.analysis.analyst import Analyst
        from graph.analysis.exchange import write_graph
        from graph.store import open_store

        analyst = Analyst(open_store(settings_with(store=store).store))
        chosen = analyst.needs if needs else analyst.graph
        say("Writing")
        files = write_graph(chosen, out, format_name, lang=lang, spreadsheet=spreadsheet)
    counts = f"{chosen.number_of_nodes():,} things, {chosen.number_of_edges():,} relations"
    click.echo(f"Wrote {counts} to {', '.join(map(str, files))}.")
