"""``daftar validate``: is the catalogue right, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from graph.cli.common import base_option, data_option, lang_option, progress, settings_with, store_option

if TYPE_CHECKING:
    from graph.build import Report


@click.command("validate")
@data_option
@store_option
@base_option
@click.option("--strict", is_flag=True, help="Let warnings fail too (exit code 1).")
@lang_option("en")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="For people, or for programs (both languages): JSON, or a SHACL validation report.",
)
@click.option(
    "--record", "only", multiple=True, metavar="ID", help="Check this record only; may be repeated."
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "pyshacl"]),
    default="compiled",
    show_default=True,
    help="What checks the shapes: SPARQL made from them, or pySHACL (slow; for comparison).",
)
@click.pass_context
def command(
    ctx: click.Context,
    data: Path | None,
    store: str | None,
    base_iri: str | None,
    strict: bool,
    lang: str,
    format_name: str,
    only: tuple[str, ...],
    engine: Literal["compiled", "pyshacl"],
) -> None:
    """Check the records and the graph that they make.

    Prints each finding with its file and line and the lines of the document. The exit code is 2 when a record
    is wrong or a rule is violated, 1 when there are only warnings and --strict is given, else 0.

    With --record, the graph that was built last is used for what is not checked: only the record is read, and
    what changed since.
    """
    settings = settings_with(data=data, store=store, base_iri=base_iri)
    with progress() as say:
        say("Reading the lists")
        from graph.build import inspect, report_json, report_turtle
        from graph.paths import ontology_dir

        found = inspect(
            settings.data_dir(),
            base_iri=settings.base_iri,
            ontology=ontology_dir(),
            only=only,
            engine=engine,
            edition=_edition(settings.store),
            progress=lambda done, all_: say(f"Checking ({100 * done // all_}%)"),
        )
        report = found.report
    if format_name == "json":
        click.echo(report_json(report))
    elif format_name == "turtle":
        click.echo(report_turtle(report, settings.base_iri), nl=False)
    else:
        for finding in report.findings:
            click.echo(finding.text(lang))
        count = len(set(only)) or found.records
        click.echo(_summary(report, count, lang))
    ctx.exit(exit_code(report.counts["violation"], report.counts["warning"], strict=strict))


def _edition(store: str) -> Path | None:
    """The edition that was built last, where there is one on this machine."""
    from graph.store import StoreError, find_edition, is_address

    try:
        return None if is_address(store) else find_edition(Path(store))
    except StoreError:
        return None


def exit_code(violations: int, warnings: int, *, strict: bool) -> int:
    """The exit code for so many findings.

    Example:
        >>> exit_code(0, 3, strict=False), exit_code(0, 3, strict=True), exit_code(1, 0, strict=False)
        (0, 1, 2)
    """
    if violations:
        return 2
    return 1 if strict and warnings else 0


def _summary(report: Report, records: int, lang: str) -> str:
    violations, warnings, notes = (report.counts[severity] for severity in ("violation", "warning", "info"))
    if lang == "fa":
        return f"{records} رکورد: {violations} نادرست، {warnings} هشدار، {notes} آگاهی."
    found = (_many(violations, "violation"), _many(warnings, "warning"), _many(notes, "note"))
    return f"{_many(records, 'record')}: {', '.join(found)}."


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
