"""*build*: records to store, beside pyoxigraph reading the very statements that come out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from bench.child import timed
from bench.children import call, command, daftar
from bench.model import Goal, Row, Sample, peak
from bench.places import BASE, catalogue, quads, work

PARSE, LOAD = "pyoxigraph: parse", "pyoxigraph: load into memory"


def run(size: int) -> list[Row]:
    """Measure the build of a catalogue of a size, and of one with a changed record."""
    data, scratch = catalogue(size), work() / "build-scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        whole = _whole(data, scratch)
        if whole.stopped:
            return [Row("build", "records to store", size, "s", whole, goal=_goal(size))]
        lines = str(quads(scratch))
        parsed, said = call("bench.build:parse", lines)
        loaded, _ = call("bench.build:load", lines)
        count = said.get("quads", 0)
        facts = {"statements": count, "statements a second": count / (whole.value or 1)}
        peers = {PARSE: parsed, LOAD: loaded}
        found = [Row("build", "records to store", size, "s", whole, peers, _goal(size), facts)]
        found.append(
            Row("build", "memory of that", size, "MB", peak(whole), {LOAD: peak(loaded)}, _room(size))
        )
        return [*found, _changed(size, data, scratch)]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _whole(data: Path, scratch: Path) -> Sample:
    """A build into a folder with nothing in it; the last one stays."""
    samples: list[Sample] = []
    while len(samples) < 3 and sum(one.value or 1e9 for one in samples) < 30:
        shutil.rmtree(scratch, ignore_errors=True)
        samples.append(_build(data, scratch))
    values = tuple(value for one in samples for value in one.values)
    peak = max(one.peak_mb or 0 for one in samples)
    cpu = sum(one.cpu_s or 0 for one in samples)
    return Sample(values, cpu, peak, samples[-1].stopped, cpu=cpu / len(samples))


def _build(data: Path, into: Path) -> Sample:
    return command(daftar("build", "--data", data, "--store", into, "--base-iri", BASE))


def _goal(size: int) -> Goal | None:
    return Goal("within 3 times of parsing alone", 3, "ratio", PARSE) if size >= 3000 else None


def _room(size: int) -> Goal | None:
    return Goal("under 2 GiB", 2147) if size >= 50_000 else None


def _changed(size: int, data: Path, scratch: Path) -> Row:
    """Build again after a word of one record has changed, three times, each time another record."""
    changed = work() / "build-changed"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(data, changed, copy_function=os.link)
    values: list[float] = []
    cpu = peak = 0.0
    stopped = ""
    try:
        for process in (1, size // 2, size - 1):
            change(changed, process)
            one = _build(changed, scratch)
            values.extend(one.values)
            peak, stopped, cpu = max(peak, one.peak_mb or 0), one.stopped, cpu + (one.cpu_s or 0)
            if stopped or sum(values) > 60:
                break
    finally:
        shutil.rmtree(changed, ignore_errors=True)
    goal = Goal("under 3 s", 3) if size >= 50_000 else None
    return Row(
        "build",
        "again after one changed record",
        size,
        "s",
        Sample(tuple(values), cpu, peak, stopped, cpu=cpu / max(1, len(values))),
        goal=goal,
    )


def change(data: Path, process: int) -> None:
    """Change the title of one process; the file is a new one, for the old may be linked elsewhere."""
    path = data / "processes" / f"P{process:02}.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text.replace("  text: ", "  text: نو ", 1), encoding="utf-8")


def parse(path: str) -> dict[str, Any]:
    """Read N-Quads into nothing: what any build of them must at least do."""
    import pyoxigraph as ox

    count = 0

    def read() -> None:
        nonlocal count
        count = sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.N_QUADS))

    return {**timed(read, enough_s=15), "quads": count}


def load(path: str) -> dict[str, Any]:
    """Read N-Quads into a store in memory."""
    import pyoxigraph as ox

    return timed(lambda: ox.Store().bulk_load(path=path, format=ox.RdfFormat.N_QUADS), enough_s=15)
