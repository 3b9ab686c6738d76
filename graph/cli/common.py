"""What several commands share: options, settings, progress, languages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from graph.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def data_option(function: Command) -> Command:
    """``--data DIR``."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder with the records.  [default: DAFTAR_DATA, else the catalogue that came with Daftar]",
    )(function)


def store_option(function: Command) -> Command:
    """``--store DIR|URL``."""
    return click.option(
        "--store",
        metavar="DIR|URL",
        help="Folder of the built graph, or a SPARQL endpoint.  [default: DAFTAR_STORE, else .daftar]",
    )(function)


def base_option(function: Command) -> Command:
    """``--base-iri IRI``."""
    return click.option("--base-iri", metavar="IRI", help="First part of every resource IRI.")(function)


def html_option(function: Command) -> Command:
    """``--out FILE.html``."""
    return click.option(
        "--out",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE.html",
        help="File to write.",
    )(function)


def lang_option(default: str) -> Callable[[Command], Command]:
    """``--lang fa|en``."""
    return click.option(
        "--lang",
        type=click.Choice(["fa", "en"]),
        default=default,
        show_default=True,
        help="Language: Persian or English.",
    )


def settings_with(**given: Any) -> Settings:
    """The settings, with what the command line says put over them.

    Args:
        **given: Options; None means that the option was not given.

    Returns:
        The settings.
    """
    from graph.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on a terminal what is being done; say nothing elsewhere.

    Yields:
        A function that takes the words for the present step.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


def save(body: bytes, out: Path | None) -> None:
    """Write to a file and say so, or to the standard output.

    Args:
        body: What to write.
        out: The file; None for the standard output.
    """
    if out is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    from graph.export.files import write_file

    write_file(out, body)
    click.echo(f"Wrote {out} ({len(body):,} bytes).")
