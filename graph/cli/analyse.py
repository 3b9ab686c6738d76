"""``daftar analyse``: overlap, meetings, dependencies, impact, centrality and health, as tables and files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.cli.common import lang_option, save, settings_with, store_option

if TYPE_CHECKING:
    from graph.analysis.analyst import Analyst
    from graph.analysis.options import Option
    from graph.analysis.report import Report
    from graph.analysis.reports import Analysis
    from graph.query.question_library import Lang

_FORMATS = ("table", "json", "csv", "xlsx", "markdown", "html")
_ENDINGS = {".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".md": "markdown", ".html": "html"}


class AnalysisGroup(click.Group):
    """A command for each analysis, with the options that the analysis describes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The analyses in the order in which planners come to them."""
        from graph.analysis.reports import ANALYSES

        return list(ANALYSES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of an analysis."""
        from graph.analysis.reports import ANALYSES

        found = ANALYSES.get(cmd_name)
        return None if found is None else _command(found)


def _command(analysis: Analysis) -> click.Command:
    parameters: list[click.Parameter] = []
    for option in analysis.options:
        shown = option.default if option.kind != "choices" or len(option.default) < 40 else "all but owner"
        words = _help(option) + (f"  [default: {shown}]" if shown not in ("", "no") else "")
        name = f"--{option.name}"
        if option.kind == "flag":
            parameters.append(click.Option([name], is_flag=True, help=words))
        elif option.kind in ("things", "choices"):
            parameters.append(click.Option([name], multiple=True, metavar="WORD,…", help=words))
        else:
            metavar = {"integer": "N", "share": "0-1"}.get(option.kind, "|".join(option.among) or "TEXT")
            parameters.append(click.Option([name], metavar=metavar, help=words))
    command = click.Command(
        analysis.key,
        callback=_callback(analysis),
        params=parameters,
        help=f"{analysis.title.en}\n\n{analysis.says.en}",
    )
    for decorate in (store_option, lang_option("en"), _output_options):
        command = decorate(command)
    return command


def _help(option: Option) -> str:
    """What an option means and what may be written for it."""
    if option.kind == "things":
        return f"{option.label.en} (ids, names or spellings, with commas)."
    if option.kind == "choices" and len(option.among) < 20:
        return f"{option.label.en}: {', '.join(option.among)} (several with commas)."
    return f"{option.label.en}."


def _output_options(command: Any) -> Any:
    for option in (
        click.option(
            "--table", "table", metavar="KEY", help="Only this table; CSV is the first unless told."
        ),
        click.option("--format", "format_name", type=click.Choice(_FORMATS), help="How to write the result."),
        click.option(
            "--out",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write a file; its ending (.json, .csv, .xlsx, .md, .html) names the format.",
        ),
    ):
        command = option(command)
    return command


def _callback(analysis: Analysis) -> Any:
    def run(
        lang: Lang,
        store: str | None,
        table: str | None,
        format_name: str | None,
        out: Path | None,
        **told: Any,
    ) -> None:
        wanted = _format(format_name, out)
        given = _given(told)
        with _steps() as step:
            from graph.analysis.analyst import Analyst
            from graph.analysis.reports import run as analyse
            from graph.analysis.reports import written
            from graph.store import open_store

            analyst = Analyst(open_store(settings_with(store=store).store), progress=step)
            if wanted != "table":
                body = written(analyst, analysis.key, given, lang, wanted, table)
            else:
                report = analyse(analyst, analysis.key, given)
        if wanted == "table":
            _print(report, analyst, lang, table)
        else:
            save(body, out)

    return run


def _format(format_name: str | None, out: Path | None) -> str:
    ending = _ENDINGS.get(out.suffix.lower()) if out is not None else None
    if format_name is None and out is not None and ending is None:
        raise click.UsageError(f'"{out}": say --format, or end it in {", ".join(_ENDINGS)}')
    wanted = format_name or ending or "table"
    if wanted == "xlsx" and out is None:
        raise click.UsageError("a workbook needs --out FILE.xlsx")
    if wanted == "table" and out is not None:
        raise click.UsageError("a table is for the terminal; say --format json, csv, xlsx, markdown or html")
    return wanted


def _given(told: dict[str, Any]) -> dict[str, list[str]]:
    """The options that were given, as texts."""
    found: dict[str, list[str]] = {}
    for name, value in told.items():
        if value is True:
            found[name.replace("_", "-")] = ["yes"]
        elif value not in (None, (), False):
            found[name.replace("_", "-")] = list(value) if isinstance(value, tuple) else [str(value)]
    return found


@contextmanager
def _steps() -> Iterator[Any]:
    """Show the steps done on a terminal; Ctrl-C ends the work at the next step."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Analysing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(report: Report, analyst: Analyst, lang: Lang, key: str | None) -> None:
    from graph.analysis.report_text import cell_text, cut_words
    from graph.cli.table import print_rows

    click.echo(report.title.of(lang))
    for note in report.notes:
        click.echo(f"- {note.of(lang)}")
    for table in report.tables if key is None else (report.table(key),):
        click.echo(f"\n{table.title.of(lang)}\n{table.says.of(lang)}")
        if not table.rows:
            click.echo("هیچ." if lang == "fa" else "None.")
            continue
        rows = [
            [cell_text(c, v, analyst.labels, lang) for c, v in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        print_rows([column.label.of(lang) for column in table.columns], rows)
        if table.total is not None:
            click.echo(cut_words(table).of(lang))


@click.command("analyse", cls=AnalysisGroup)
def command() -> None:
    """Analyse the graph: who meets whom, what overlaps, what depends on what, what a reviewer should see."""
