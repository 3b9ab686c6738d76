"""``daftar query``: ask the graph in SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.common import settings_with, store_option

if TYPE_CHECKING:
    from graph.query import Answer, Limits
    from graph.settings import Settings

_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld")


@click.command("query")
@click.argument("text", required=False, metavar="[TEXT|FILE|-]")
@click.option(
    "--file", "file", type=click.Path(dir_okay=False, path_type=Path), help="Read the query from this file."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    help="How to write the answer.  [default: table for rows, turtle for graphs]",
)
@click.option("--limit", type=click.IntRange(min=0), help="Most rows of the answer; 0 for all.")
@click.option("--timeout", type=click.FloatRange(min=0), help="Most seconds to take; 0 for no limit.")
@store_option
def command(
    text: str | None,
    file: Path | None,
    format_name: str | None,
    limit: int | None,
    timeout: float | None,
    store: str | None,
) -> None:
    """Ask the graph in SPARQL.

    The query is an argument, a file, or standard input. It sees the union of all graphs; the usual prefixes
    (df:, dct:, skos: ...) need not be declared. When the answer was cut, standard error says so.
    """
    settings = settings_with(store=store)
    from graph.query import check_query, run_query

    limits = _limits(settings, limit, timeout)
    query = _read(text, file)
    form = check_query(query, limits).form
    tabular = format_name == "table" or (format_name is None and form in ("SELECT", "ASK"))
    wanted = ("json" if form in ("SELECT", "ASK") else "turtle") if tabular else format_name
    answer = run_query(settings.store, query, limits, wanted)
    if tabular and answer.format.name == "json":
        from graph.cli.table import print_table
        from graph.store import read_manifest

        print_table(answer, read_manifest(settings.store).base_iri)
    else:
        _write(answer)
    if answer.truncated:
        what = f"{answer.rows} rows" if answer.truncated == "rows" else f"{limits.size} bytes"
        click.echo(f"The answer was cut after {what}; --limit 0 gives all of it.", err=True)


def _limits(settings: Settings, limit: int | None, timeout: float | None) -> Limits:
    """The limits for somebody at a terminal, who may lift them."""
    from graph.query import Limits

    everything = limit == 0
    return Limits(
        length=settings.query_length,
        depth=settings.query_depth,
        seconds=(settings.query_seconds if timeout is None else timeout) or None,
        rows=(settings.query_rows if limit is None else limit) or None,
        size=None if everything else settings.query_bytes,
        memory=None if everything else settings.query_memory,
    )


def _read(text: str | None, file: Path | None) -> str:
    if file is not None:
        if text is not None:
            raise click.UsageError("give the query as an argument or with --file, not both")
        return _file(file)
    if text == "-" or (text is None and not sys.stdin.isatty()):
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if text is None:
        raise click.UsageError("give a query, a file with one, or - for standard input")
    if not any(letter in text for letter in "{\n") and Path(text).is_file():
        return _file(Path(text))
    return text


def _file(path: Path) -> str:
    return _decoded(path.read_bytes(), str(path))


def _decoded(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{where} is not UTF-8 (byte {error.start})") from error


def _write(answer: Answer) -> None:
    stream = sys.stdout.buffer
    stream.write(answer.body)
    if answer.body and not answer.body.endswith(b"\n"):
        stream.write(b"\n")
    stream.flush()
