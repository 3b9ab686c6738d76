"""*overlap*: like processes, beside NetworkX, plain scipy and an inverted index written in numpy alone.

The table is drawn from the generator itself with a form for every process: that is 50,000 rows at 50,000, as
in the goal, without a store of that many whole forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bench.child import many, timed
from bench.children import call
from bench.model import Goal, Row, Sample
from bench.places import SEED
from bench.synthetic import Plan
from bench.synthetic.bodies import body_id
from bench.synthetic.forms import process_id, process_record

if TYPE_CHECKING:
    from scipy import sparse

    from graph.analysis.incidence import Incidence

NUMPY, SCIPY, NETWORKX = "numpy inverted index", "scipy, block by block", "NetworkX projection (Jaccard)"
TOP = 10
_PEERS_UP_TO = {NETWORKX: 3000, SCIPY: 50_000}
_ASKED = 300


def run(size: int) -> list[Row]:
    """Measure one process on demand, the table of all, and all pairs with two bodies in common."""
    return [_demand(size), _table(size), _pairs(size)]


def _demand(size: int) -> Row:
    ours, said = call("bench.overlap:ours_one", size)
    peer, _ = call("bench.overlap:numpy_one", size)
    goal = _goal(size, "as fast as the numpy index, explanation included", NUMPY)
    facts = {"names in the table": said.get("cells", 0)}
    return Row("overlap", "ten most similar of one process", size, "ms", ours, {NUMPY: peer}, goal, facts)


def _table(size: int) -> Row:
    ours, _ = call("bench.overlap:ours_all", size)
    peers: dict[str, Sample] = {NUMPY: call("bench.overlap:numpy_all", size)[0]}
    for name, function in ((SCIPY, "scipy_all"), (NETWORKX, "networkx_all")):
        if size <= _PEERS_UP_TO[name]:
            peers[name], _ = call(f"bench.overlap:{function}", size, time_limit=400)
    goal = _goal(size, "as fast as the numpy index", NUMPY)
    return Row("overlap", "ten most similar of every process", size, "s", ours, peers, goal)


def _pairs(size: int) -> Row:
    ours, said = call("bench.overlap:ours_pairs", size)
    peer, _ = call("bench.overlap:scipy_pairs", size, time_limit=400)
    facts = {"pairs": said.get("pairs", 0)}
    goal = _goal(size, "as fast as plain scipy", SCIPY)
    return Row("overlap", "all pairs with two bodies in common", size, "s", ours, {SCIPY: peer}, goal, facts)


def _goal(size: int, words: str, peer: str) -> Goal | None:
    """A goal for catalogues in which there is something to wait for."""
    return Goal(words, 1, "ratio", peer) if size >= 3000 else None


def table(size: int) -> Incidence:
    """Which process names which body, a form for each process."""
    from graph.analysis.incidence import Incidence

    plan = Plan(size, SEED, forms=1)
    named: dict[str, list[str]] = {}
    for process in range(size):
        rows = process_record(plan, process).get("partners", [])
        names = {one["agency"] for row in rows for one in row["names"] if "agency" in one}
        named[process_id(process)] = sorted(names)
    return Incidence.of(named, columns=[body_id(body) for body in range(plan.bodies)])


def ours_one(size: int) -> dict[str, Any]:
    """Daftar, one process on demand, with what both have and what each has alone."""
    from graph.analysis.overlap_nearest import SimilarityIndex

    made = table(size)
    index = SimilarityIndex(made)
    asked = _some(made)
    index.nearest(asked[0], TOP)
    each = [timed(lambda row=row: index.nearest(row, TOP), 1)[0] for row in asked]  # type: ignore[misc]
    return {**many(each), "cells": made.matrix.nnz}


def ours_all(size: int) -> dict[str, Any]:
    """Daftar, the table of all."""
    from graph.analysis.overlap_nearest import SimilarityIndex

    made = table(size)
    return {"values": timed(lambda: SimilarityIndex(made).all_nearest(TOP))}


def ours_pairs(size: int) -> dict[str, Any]:
    """Daftar, all pairs that share at least two bodies."""
    from graph.analysis.overlap_blocks import SharedCounts, each_block, row_blocks

    made, count = table(size), 0

    def work() -> None:
        nonlocal count
        shared = SharedCounts(made, 2)
        count = sum(len(found[0]) for found in each_block(shared.block, row_blocks([made])))

    return {"values": timed(work), "pairs": count}


class _Index:
    """What one would write in an hour: postings of each column, added up, and the best picked out."""

    def __init__(self, matrix: sparse.csr_array) -> None:
        self.rows, columns = matrix.tocsr(), matrix.tocsc()
        self.sizes = np.diff(self.rows.indptr)
        self.lists = np.split(columns.indices, columns.indptr[1:-1])

    def nearest(self, row: int) -> tuple[Any, Any]:
        own = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]
        shared = np.zeros(self.rows.shape[0], dtype=np.int32)
        for column in own:
            shared[self.lists[column]] += 1
        shared[row] = 0
        places = np.flatnonzero(shared)
        score = shared[places] / (self.sizes[places] + len(own) - shared[places])
        if len(places) > TOP:
            best = np.argpartition(score, -TOP)[-TOP:]
            places, score = places[best], score[best]
        order = np.argsort(-score, kind="stable")
        return places[order], score[order]


def numpy_one(size: int) -> dict[str, Any]:
    """The peer, one process on demand; numbers and scores only."""
    made = table(size)
    index = _Index(made.matrix)
    asked = [made.row_number[row] for row in _some(made)]
    index.nearest(asked[0])
    each = [timed(lambda row=row: index.nearest(row), 1)[0] for row in asked]  # type: ignore[misc]
    return dict(many(each))


def numpy_all(size: int) -> dict[str, Any]:
    """The peer, every process."""
    made = table(size)

    def work() -> None:
        index = _Index(made.matrix)
        for row in range(size):
            index.nearest(row)

    return {"values": timed(work)}


def scipy_all(size: int) -> dict[str, Any]:
    """Plain scipy: products of blocks of rows with all rows, the best of each row picked out."""
    matrix = table(size).matrix.astype(np.int32).tocsr()
    sizes, other = np.diff(matrix.indptr), matrix.T.tocsr()

    def work() -> None:
        for start in range(0, size, 500):
            block = (matrix[start : start + 500] @ other).tocsr()
            for row in range(block.shape[0]):
                places = block.indices[block.indptr[row] : block.indptr[row + 1]]
                shared = block.data[block.indptr[row] : block.indptr[row + 1]]
                score = shared / (sizes[places] + sizes[start + row] - shared)
                if len(score) > TOP + 1:
                    np.argpartition(score, -TOP - 1)

    return {"values": timed(work, 1)}


def scipy_pairs(size: int) -> dict[str, Any]:
    """Plain scipy: all pairs that share at least two columns, block by block; only counted."""
    from scipy import sparse

    matrix = table(size).matrix.astype(np.int32).tocsr()
    other = matrix.T.tocsr()

    def work() -> None:
        for start in range(0, size, 500):
            block = sparse.triu(matrix[start : start + 500] @ other, k=start + 1)
            np.count_nonzero(block.data >= 2)

    return {"values": timed(work, 1)}


def networkx_all(size: int) -> dict[str, Any]:
    """NetworkX: the projection with its own Jaccard weights, and the best neighbours of each."""
    import networkx as nx
    from networkx.algorithms import bipartite

    made = table(size)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((row, f"body {column}") for row in made.rows for column in made.columns_of(row))
    nodes = [row for row in made.rows if row in graph]

    def work() -> None:
        projected = bipartite.overlap_weighted_projected_graph(graph, nodes, jaccard=True)
        for row in nodes:
            sorted(projected[row].items(), key=lambda one: -one[1]["weight"])[:TOP]

    return {"values": timed(work, 1)}


def _some(made: Incidence) -> list[str]:
    filled = [row for row, size in zip(made.rows, np.diff(made.matrix.indptr), strict=True) if size]
    return [str(row) for row in np.random.default_rng(SEED).choice(filled, min(_ASKED, len(filled)), False)]
