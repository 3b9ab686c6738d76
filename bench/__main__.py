"""``python -m bench``: measure, write the figures, and make the page of them."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bench.model import Row, Sample, from_json, to_json
from bench.places import ROOT, results
from bench.report import write_page

MEASURES = ("build", "validation", "queries", "search", "overlap", "analyses", "pages", "drawing", "start")
_PAGE = ROOT / "docs" / "benchmarks.md"


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, help="Processes; may be given several times.")
@click.option("--only", default="", help=f"Measures with commas between: {', '.join(MEASURES)}.")
@click.option(
    "--report-only", is_flag=True, help="Measure nothing; make the page from the results there are."
)
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), default=_PAGE, show_default=True)
def command(sizes: Sequence[int], only: str, report_only: bool, page: Path) -> None:
    """Measure Daftar beside its peers at 36 and 3,000 processes, or the sizes given.

    Every measure writes its figures as soon as it has them; the page is made from the newest figures of each
    measure and size.
    """
    chosen = [name.strip() for name in only.split(",") if name.strip()] or list(MEASURES)
    if unknown := sorted(set(chosen) - set(MEASURES)):
        raise click.UsageError(f'there is no measure "{unknown[0]}"; there are {", ".join(MEASURES)}')
    if not report_only:
        for size in sizes or (36, 3000):
            for name in chosen:
                _measure(name, size)
    write_page(page, read_results())
    click.echo(f"Wrote {page}.")


def _measure(name: str, size: int) -> None:
    try:
        module = importlib.import_module(f"bench.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"bench.{name}":
            raise
        click.echo(f"{name}: there is no bench/{name}.py yet", err=True)
        return
    load, started = os.getloadavg()[0], time.monotonic()
    click.echo(f"{name} at {size:,} ...", err=True)
    try:
        rows: list[Row] = module.run(size)
    except Exception as error:  # one measure that breaks must not end the others; the table shows it
        words = f"error: {type(error).__name__}: {error}"[:200]
        click.echo(words, err=True)
        rows = [Row(name, "the whole measure", size, "s", Sample(stopped=words), growth=False)]
    took = time.monotonic() - started
    about = {"load": [load, os.getloadavg()[0]], "seconds": took, "date": time.strftime("%Y-%m-%d %H:%M")}
    said: dict[str, Any] = {"measure": name, "size": size, **about, "machine": _machine()}
    path = results() / f"{name}-{size}.json"
    said["rows"] = [to_json(row) for row in rows]
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{name} at {size:,}: {took:.0f} s, load {load:.1f}", err=True)


def read_results(folder: Path | None = None) -> list[dict[str, Any]]:
    """The newest figures of each measure and size, rows as `bench.model.Row`; measures in their order."""
    found = []
    for path in sorted((folder or results()).glob("*-*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        said["rows"] = [from_json(row) for row in said["rows"]]
        found.append(said)
    return sorted(found, key=lambda said: (MEASURES.index(said["measure"]), said["size"]))


def _machine() -> dict[str, Any]:
    """What a reader needs to know of the machine, and nothing that names it."""
    with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123
        kilobytes = int(file.readline().split()[1])
    return {
        "processors": os.cpu_count(),
        "memory GB": round(kilobytes * 1024 / 1e9, 1),
        "python": sys.version.split()[0],
    }


if __name__ == "__main__":
    command()
