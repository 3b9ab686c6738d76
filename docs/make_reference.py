"""Makes ``docs/reference.md`` from the code: ``python docs/make_reference.py [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic_settings import BaseSettings

from graph.analysis.reports import ANALYSES
from graph.cli import main as program
from graph.made_page import write_or_check
from graph.settings import Settings
from graph.settings_remote import RemoteSettings

PAGE = Path(__file__).parent / "reference.md"
_HEAD = """# Reference

<!-- Made from the code by: python docs/make_reference.py. Do not edit. -->

The commands, the analyses and the settings. The questions of the library: [questions.md](questions.md). The
interface over HTTP: `/openapi.json`. The vocabulary: the page `/en/ontology` of a running server.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join((_HEAD, *_commands(), *_analyses(), *_settings())) + "\n"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    context = click.Context(program, info_name="daftar")
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None  # noqa: S101 - it was listed
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join([f"daftar {name}", *command.collect_usage_pieces(inner)])
        yield f"### daftar {name}\n\n    {usage}\n"
        yield "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n")) + "\n"
        yield from _options(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [f"| `{_cell(record[0])}` | {_cell(record[1])} |" for record in records if record is not None]
    if rows:
        yield "\n".join(["| option | meaning |", "|---|---|", *rows, ""])


def _analyses() -> Iterator[str]:
    yield "## Analyses\n"
    yield "`daftar analyse NAME`, `/api/analyses/NAME`, and in Python `run(Analyst(store), NAME, {…})`.\n"
    for analysis in ANALYSES.values():
        yield f"### {analysis.key}\n\n**{analysis.title.en}** {analysis.says.en}\n"
        yield f'<p dir="rtl" lang="fa"><b>{analysis.title.fa}</b> {analysis.says.fa}</p>\n'
        rows = [
            f"| `{option.name}` | {_cell(option.label.en)} | {_cell(', '.join(option.among)) or option.kind} "
            f"| {f'`{option.default}`' if option.default else ''} |"
            for option in analysis.options
        ]
        yield "\n".join(["| option | meaning | values | default |", "|---|---|---|---|", *rows, ""])


def _settings() -> Iterator[str]:
    yield "## Settings\n\nEnvironment variables; an option of a command wins over them.\n"
    for kind in (Settings, RemoteSettings):
        yield "\n".join(["| variable | meaning | default |", "|---|---|---|", *_variables(kind), ""])


def _variables(kind: type[BaseSettings]) -> Iterator[str]:
    prefix = str(kind.model_config["env_prefix"])
    for name, field in sorted(kind.model_fields.items()):
        shown: Any = "" if field.default is None else f"`{field.default}`"
        yield f"| `{prefix}{name.upper()}` | {_cell(field.description or '')} | {shown} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is current.

    Args:
        arguments: The command line.

    Returns:
        1 when the page is not current, else 0.
    """
    return write_or_check(PAGE, page(), arguments, "python docs/make_reference.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
