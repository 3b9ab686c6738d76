"""*analyses*: each report of the command line on a store, in one process after another piece of work."""

from __future__ import annotations

import re
import time
from typing import Any

from bench.child import held_mb, part
from bench.children import call
from bench.model import Row, Sample
from bench.places import store

#: What a report says of its own exactness is kept beside its time.
_EXACT = re.compile(r"exact|sampl|estimat|all of them|[Ee]very|shown|at most|not complete|cut")
_NAMES = ("impact", "overlap", "meetings", "matrix", "dependencies", "health", "centrality")
_LIMIT_S = 900.0


def run(size: int) -> list[Row]:
    """Measure the reading of the graph and every analysis with its usual options."""
    whole, said = call("bench.analyses:all_of_them", str(store(size)), time_limit=_LIMIT_S)
    parts = {one["name"]: one for one in said["parts"]}
    rows: list[Row] = []
    stopped = whole.stopped
    for name in ("open the store", "read the graph", *_NAMES):
        one = parts.get(name)
        if one is None:  # the first that is missing is the one that was ended; later ones were not begun
            ours = Sample(stopped=stopped or "not begun: the one before did not end", peak_mb=whole.peak_mb)
            stopped = ""
        else:
            ours = Sample((one["s"],), peak_mb=one["peak_mb"], note=one["note"], cpu=one["cpu"])
        rows.append(Row("analyses", name, size, "s", ours, note=ours.note))
    return rows


def all_of_them(path: str) -> dict[str, Any]:
    """Say what each took as soon as it is done."""
    from graph.analysis.analyst import Analyst
    from graph.analysis.reports import run as report
    from graph.store import open_store

    clock = _Clock()
    analyst = Analyst(open_store(path))
    clock.say("open the store")
    graph = analyst.graph
    clock.say("read the graph", f"{graph.number_of_nodes():,} things, {graph.number_of_edges():,} relations")
    table = analyst.agencies(["named"]).transposed
    busiest = max(table.rows, key=lambda row: (len(table.columns_of(row)), row))
    for name in _NAMES:
        clock = _Clock()
        made = report(analyst, name, {"without": [busiest]} if name == "impact" else {})
        said = [str(getattr(each, "en", each)) for each in getattr(made, "notes", ())]
        clock.say(name, " ".join(each for each in said if _EXACT.search(each)))
    return {"values": []}


class _Clock:
    """Says what was done since it was made or last said something."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def say(self, name: str, note: str = "") -> None:
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        part(name=name, s=wall, cpu=cpu, peak_mb=held_mb(), note=note)
        self._wall, self._cpu = time.perf_counter(), time.process_time()
