"""*validation*: `daftar validate`, beside pySHACL with the same shapes on the whole graph."""

from __future__ import annotations

import os
import shutil
from typing import Any

from bench.build import change
from bench.child import timed
from bench.children import call, command, daftar
from bench.model import Goal, Row, Sample, peak
from bench.places import BASE, ROOT, catalogue, quads, store, work

PYSHACL = "pySHACL on the whole graph"
_PEER_UP_TO = 3000
_PEER_SECONDS = 240.0


def run(size: int) -> list[Row]:
    """Measure the validation of a catalogue of a size, and of one with a changed record."""
    line = daftar("validate", "--data", catalogue(size))
    ours = command(line, runs=3, accept=(0, 1, 2))
    peers: dict[str, Sample] = {}
    if size <= _PEER_UP_TO:
        peers[PYSHACL], _ = call("bench.validation:whole", str(quads(store(size))), time_limit=_PEER_SECONDS)
    goal = Goal("under 3 minutes", 180) if size >= 50_000 else None
    note = (
        "Daftar reads the records, builds the graph and asks its own rules too; pySHACL has the shapes only."
    )
    room = Goal("under 2 GiB", 2147) if size >= 50_000 else None
    rows = [
        Row("validation", "whole catalogue", size, "s", ours, peers, goal, note=note),
        Row("validation", "memory of that", size, "MB", peak(ours), goal=room),
    ]
    return rows if ours.stopped else [*rows, _changed(size)]


def _changed(size: int) -> Row:
    """Check one record that changed since the catalogue was built."""
    built = store(size)
    changed = work() / "validate-changed"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(catalogue(size), changed, copy_function=os.link)
    try:
        change(changed, size // 2)
        place = ("--data", changed, "--store", built, "--base-iri", BASE)
        line = daftar("validate", *place, "--record", f"P{size // 2:02}")
        ours = command(line, runs=3, accept=(0, 1, 2))
    finally:
        shutil.rmtree(changed, ignore_errors=True)
    goal = Goal("under 1 s", 1)
    return Row("validation", "again after one changed record", size, "s", ours, goal=goal)


def whole(path: str) -> dict[str, Any]:
    """The union of all graphs in rdflib, validated in one go; reading it is not counted."""
    import pyoxigraph as ox
    import pyshacl

    from graph.build.dataset import Dataset
    from graph.build.shapes import read_shapes
    from graph.build.shapes_pyshacl import plain_graph

    held = ox.Store()
    held.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    dataset = Dataset(held, BASE, ROOT / "ontology")
    data, shapes = plain_graph(dataset), read_shapes(dataset)
    return timed(lambda: pyshacl.validate(data, shacl_graph=shapes, inference="none"), 1)
