"""The group of commands: loads a command when it is asked for, and turns errors into one clean message."""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

_COMMANDS = (
    "build",
    "validate",
    "query",
    "ask",
    "analyse",
    "network",
    "info",
    "view",
    "report",
    "remarks",
    "site",
    "export",
    "ingest",
    "serve",
)
_HELP = """Turn a catalogue of process forms into a knowledge graph, ask it and look at it.

Begin with "daftar build", then "daftar serve" or "daftar query".
"""


class DaftarGroup(click.Group):
    """A group whose commands live in ``graph.cli.<name>``, each in an object called ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which people use them."""
        return [name for name in _COMMANDS if find_spec(f"graph.cli.{name}") is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"graph.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command.

        Raises:
            click.ClickException: for every error that the user can do something about.
        """
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            known = _known(error)
            if known is None:
                raise
            raise known from error


class Failure(click.ClickException):
    """An error with an exit code of its own."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.__dict__["exit_code"] = exit_code  # click declares it for the class

    def show(self, file: Any = None) -> None:
        """Print the message."""
        click.echo(f"daftar: {self.format_message()}", file=file or sys.stderr)


def _known(error: Exception) -> Failure | None:
    """What to tell the user, or None for an error of ours, which needs its trace."""
    from graph.export.errors import ExportError
    from graph.query.errors import QueryError
    from graph.records.errors import RecordErrors
    from graph.store.errors import StoreError

    if isinstance(error, RecordErrors):
        return Failure(str(error), 2)
    if isinstance(error, StoreError):
        return Failure(str(error), 4)
    if isinstance(error, ExportError):
        return Failure(str(error), 2)
    if isinstance(error, QueryError):
        return Failure(str(error), 5)
    if type(error).__module__.startswith("graph.build"):
        return Failure(str(error), 3)
    if type(error).__name__ == "ValidationError" and type(error).__module__.startswith("pydantic"):
        return Failure(_settings_message(error), 2)
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        where = f"{error.filename}: " if error.filename else ""
        return Failure(f"{where}{error.strerror or error}", 4)
    return None


def _settings_message(error: Any) -> str:
    parts = []
    for found in error.errors():
        name = str(found["loc"][0]) if found["loc"] else ""
        parts.append(
            f"the setting {name} (DAFTAR_{name.upper()}) is wrong: {found['msg']}, not {found['input']!r}"
        )
    return "\n".join(parts)


@click.group(cls=DaftarGroup, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="daftar", prog_name="daftar", message="%(prog)s %(version)s")
def main() -> None:
    """The entry point of the ``daftar`` command."""
