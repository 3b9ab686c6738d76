"""``python -m bench.generate``: a made-up catalogue of any size, in the format of ``data/``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from bench.synthetic import Plan, write_catalogue


@click.command()
@click.option("--processes", type=click.IntRange(2), required=True, help="How many processes.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another catalogue.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder.")
@click.option(
    "--forms",
    type=click.FloatRange(0, 1),
    default=Plan.forms,
    show_default=True,
    help="Share of processes whose form is there; the others have a title only.",
)
def command(processes: int, seed: int, out: Path, forms: float) -> None:
    """Write a made-up catalogue: the same numbers give the same files, byte for byte.

    No name in it is real and no person occurs in it.
    """
    started = time.monotonic()

    def say(done: int, total: int) -> None:
        print(f"\rWriting: {done:,} of {total:,} files", end="", file=sys.stderr, flush=True)

    try:
        records, files = write_catalogue(Plan(processes, seed, forms), out, progress=say)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    print(file=sys.stderr)
    click.echo(f"{records:,} records in {files:,} files, {time.monotonic() - started:.1f} s: {out}")


if __name__ == "__main__":
    command()
