"""``daftar ingest``: from a document to fields, draft records, or a comparison with the records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.common import data_option, settings_with

if TYPE_CHECKING:
    from graph.ingest.reading import Reading


@click.command("ingest")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["fields"]), help="Print the fields as JSON Lines.")
@click.option("--out", type=click.Path(path_type=Path), help="Write draft records to this new folder.")
@click.option(
    "--check", is_flag=True, help="Compare a fresh reading with the records; exit 1 on differences."
)
@click.option("--source", default="draft", show_default=True, help="Id of the document in the draft records.")
@data_option
def command(
    document: Path, form: str | None, out: Path | None, check: bool, source: str, data: Path | None
) -> None:
    """Read a DOCUMENT of process forms (UTF-8 text extracted from its pages).

    Prints what it holds; with --format fields what each form says, with --out draft records to review.
    Doubts are part of every result. Exits with 6 if the document cannot be read.
    """
    reading = _read(document)
    if form == "fields":
        click.echo(reading.json_lines(), nl=False)
    if out is not None:
        _write(reading, out, source, data)
    if check:
        sys.exit(_check(reading, data))
    if form is None and out is None:
        click.echo(_summary(reading))
    for line in reading.gaps():
        click.echo(f"daftar: {line}", err=True)


def _read(document: Path) -> Reading:
    from graph.cli.group import Failure
    from graph.ingest.document import UnreadableDocumentError
    from graph.ingest.reading import read_document

    with _progress() as say:
        try:
            return read_document(document, say)
        except UnreadableDocumentError as error:
            raise Failure(str(error), 6) from error


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many forms are read; show nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading forms", total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _write(reading: Reading, out: Path, source: str, data: Path | None) -> None:
    from graph.ingest.authority import Authority
    from graph.ingest.drafts import draft_records
    from graph.ingest.write import write_drafts
    from graph.records import load_catalogue

    catalogue = load_catalogue(settings_with(data=data).data_dir())
    agencies, collectives = (
        [r.data for r in records] for records in (catalogue.agencies, catalogue.collectives)
    )
    authority = Authority.of(agencies, collectives)
    files = draft_records(reading, authority, source)
    files["agencies.yaml"], files["collectives.yaml"] = authority.used_by(files)
    write_drafts(out, files)
    unresolved = sum(
        "status" in name and name["status"] == "unresolved"
        for data_ in files.values()
        if isinstance(data_, dict)
        for row in data_.get("partners", [])
        for name in row["names"]
    )
    click.echo(
        f"Wrote {len(files)} files of draft records to {out}; {unresolved} names are not resolved.", err=True
    )


def _check(reading: Reading, data: Path | None) -> int:
    from graph.cli.group import Failure
    from graph.ingest.check import differences
    from graph.records import load_catalogue

    try:
        found = differences(reading, load_catalogue(settings_with(data=data).data_dir()))
    except LookupError as error:
        raise Failure(str(error.args[0]), 6) from error
    for difference in found:
        click.echo(str(difference))
    click.echo(f"{len(found)} differences between the reading and the records.", err=True)
    return 1 if found else 0


def _summary(reading: Reading) -> str:
    kinds = [form["kind"] for form in reading.forms]
    doubts = sum(len(item.get("doubts", [])) for item in reading.fields())
    forms = f"{kinds.count('process')} process forms, {kinds.count('service')} service forms"
    return (
        f"{reading.document.path}: {len(reading.document.lines)} lines, "
        f"an index of {len(reading.index)} entries, {forms}, {doubts} doubts.\n"
        "Say --format fields to print what they say, or --out DIR to write draft records."
    )
