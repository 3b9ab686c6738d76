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
            ours = Sample((one["s"],), peak_mb=one["peak_mb"], note=one["note"])
        rows.append(Row("analyses", name, size, "s", ours, note=ours.note))
    return rows


def all_of_them(path: str) -> dict[str, Any]:
    """Say what each took as soon as it is done."""
    from graph.analysis.analyst import Analyst
    from graph.analysis.reports import run as report
    from graph.store import open_store

    started = time.perf_counter()
    analyst = Analyst(open_store(path))
    part(name="open the store", s=time.perf_counter() - started, peak_mb=held_mb(), note="")
    started = time.perf_counter()
    graph = analyst.graph
    size = f"{graph.number_of_nodes():,} things, {graph.number_of_edges():,} relations"
    part(name="read the graph", s=time.perf_counter() - started, peak_mb=held_mb(), note=size)
    table = analyst.agencies(["named"])
    busiest = max(table.columns, key=lambda column: len(table.transposed.columns_of(column)))
    for name in _NAMES:
        started = time.perf_counter()
        made = report(analyst, name, {"without": [busiest]} if name == "impact" else {})
        said = [str(getattr(each, "en", each)) for each in getattr(made, "notes", ())]
        note = " ".join(each for each in said if _EXACT.search(each))
        part(name=name, s=time.perf_counter() - started, peak_mb=held_mb(), note=note)
    return {"values": []}
