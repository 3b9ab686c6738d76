"""Betweenness in a two-mode table: how many pairs of bodies find each other through a body or a process.

Two bodies find each other through processes where they sit, and through bodies that sit in these: paths of
the two-mode graph (Borgatti and Everett, "Network analysis of 2-mode data", Social Networks 19 (1997)
243-269). Pairs of bodies count, over all shortest paths between them, each pair as one. This is Freeman's
betweenness for chosen ends (Brandes, "On variants of shortest-path betweenness centrality and their generic
computation", Social Networks 30 (2008) 136-145), summed by Brandes' recursion. All sources of a batch go
through the graph at once, level by level, as products of sparse matrices (Kepner and Gilbert, "Graph
Algorithms in the Language of Linear Algebra", SIAM 2011, chapter 6): some thirty times as fast as NetworkX.

In a table beyond a stated size, paths start from a random sample of the bodies (Brandes and Pich, "Centrality
estimation in large networks", International Journal of Bifurcation and Chaos 17 (2007) 2303-2318). What one
source adds to a mean lies between 0 and 1, so Hoeffding's inequality in Serfling's form, for samples without
repetition ("Probability inequalities for the sum in sampling without replacement", Annals of Statistics 2
(1974) 39-48), bounds the error of all values at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

__all__ = ["EXACT_WORK", "RISK", "SOURCES", "Accuracy", "Betweenness", "betweenness", "sampling_error"]

#: Up to so many bodies times cells every body is a source, and the values are exact: ten seconds or so.
EXACT_WORK = 200_000_000
#: Sources in a larger table.
SOURCES = 500
#: Chance that any of the sampled values is farther off than the error says.
RISK = 0.05
_BATCH = 32
#: Cells whose paths are summed in one go.
_CELLS = 65_536

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well values are known.

    Attributes:
        exact: Whether every body was a source.
        sources: Number of sources.
        seed: Seed of the sample; None when exact.
        error: With a chance of at least ``1 - RISK`` no value is farther off than this; 0 when exact.
        standard_error: Standard error of the value that is known least; what is likely, where ``error`` is
            what is guaranteed.
    """

    exact: bool
    sources: int
    seed: int | None
    error: float
    standard_error: float


@dataclass(frozen=True, slots=True, eq=False)
class Betweenness:
    """Betweenness of the columns, rows and cells of a table, each between 0 and 1.

    Attributes:
        columns: For each body the share of the pairs of other bodies that find each other through it.
        rows: For each process the share of all pairs of bodies that find each other through it.
        cells: For each cell, in the order of ``table.matrix``, the share of all pairs of bodies that find
            each other through this body in this process.
        accuracy: How well these are known.
    """

    columns: Floats
    rows: Floats
    cells: Floats
    accuracy: Accuracy


def betweenness(
    table: Incidence,
    *,
    exact_up_to: int = EXACT_WORK,
    sources: int = SOURCES,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Betweenness:
    """Betweenness of bodies, processes and cells.

    Args:
        table: Processes by bodies; every body that has a row or not counts among the pairs.
        exact_up_to: Where the number of bodies times that of cells is larger, paths start from a sample.
        sources: Size of the sample.
        seed: Seed of the sample.
        progress: Called with the number of sources done and of all; raising from it cancels.

    Returns:
        The values.

    Raises:
        ValueError: when the size of the sample is not positive.

    Example:
        "court" and "media" meet nowhere; "police" sits with each of them.

        >>> table = Incidence.of({"P1": ["court", "police"], "P2": ["media", "police"]})
        >>> table.columns, betweenness(table).columns.tolist()
        (('court', 'media', 'police'), [0.0, 0.0, 1.0])
    """
    if sources < 1:
        raise ValueError(f"at least one source is needed, not {sources}")
    bodies = len(table.columns)
    exact = bodies <= sources or bodies * table.matrix.nnz <= exact_up_to
    chosen = np.arange(bodies)
    if not exact:
        chosen = np.sort(np.random.default_rng(seed).choice(bodies, size=sources, replace=False))
    paths = _Paths(table.matrix)
    for start in range(0, len(chosen), _BATCH):
        if progress:
            progress(start, len(chosen))
        paths.add(chosen[start : start + _BATCH])
    # every source stands for as many as the sample is smaller than the whole
    scale = bodies / max(len(chosen), 1)
    pairs = max(bodies * (bodies - 1), 1)
    others = max((bodies - 1) * (bodies - 2), 1)
    accuracy = _accuracy(paths, chosen, exact, seed)
    return Betweenness(
        paths.columns * scale / others, paths.rows * scale / pairs, paths.cells * scale / pairs, accuracy
    )


def _accuracy(paths: _Paths, chosen: NDArray[np.int64], exact: bool, seed: int) -> Accuracy:
    if exact:
        return Accuracy(True, len(chosen), None, 0.0, 0.0)
    bodies, taken = len(paths.columns), len(chosen)
    error = sampling_error(bodies + len(paths.rows) + len(paths.cells), taken, bodies)
    mean = paths.columns / taken
    variance = np.maximum(paths.squares / taken - mean**2, 0) * taken / max(taken - 1, 1)
    standard = np.sqrt(variance * (1 - taken / bodies) / taken) / max(bodies - 2, 1)
    return Accuracy(False, taken, seed, error, float(standard.max()))


def sampling_error(values: int, sources: int, things: int) -> float:
    """How far sampled values of betweenness can be off (Hoeffding and Serfling, see above).

    Args:
        values: Number of values that shall all hold at once.
        sources: Size of the sample.
        things: Number of things that it was drawn from.

    Returns:
        The error that is passed with a chance of ``RISK`` at most.

    Example:
        >>> round(sampling_error(1000, 200, 1000), 3)
        0.146
    """
    left = 1 - (sources - 1) / things
    # a source adds 0 to 1 to the mean over all; the mean that is told leaves out the thing itself
    error = things / (things - 1) * math.sqrt(math.log(2 * values / RISK) * left / (2 * sources))
    return min(error, 1.0)


class _Paths:
    """Sums over sources of the share of shortest paths that go through each body, process and cell."""

    def __init__(self, matrix: sparse.csr_array) -> None:
        cells = matrix.tocoo()
        self.row_of, self.column_of = cells.coords
        self.to_rows = matrix.astype(np.float64)
        self.to_columns = sparse.csr_array(self.to_rows.T)
        self.rows, self.columns = (np.zeros(size) for size in matrix.shape)
        self.squares = np.zeros(matrix.shape[1])
        self.cells = np.zeros(len(self.row_of))

    def add(self, sources: NDArray[np.int64]) -> None:
        """Sum the paths that start at the sources and end at bodies."""
        ahead = self._forward(sources)
        through: list[Floats] = [np.zeros_like(ahead[-1])]
        back: list[Floats] = []
        for level in range(len(ahead) - 1, 0, -1):
            ends = 1.0 if level % 2 == 0 else 0.0
            paths = ahead[level]
            share = np.divide(ends + through[-1], paths, out=np.zeros_like(paths), where=paths > 0)
            back.append(share)
            onto = self.to_columns if level % 2 else self.to_rows
            through.append((onto @ share) * ahead[level - 1])
        through.reverse()
        back.reverse()
        self._sum(ahead, through, back)

    def _forward(self, sources: NDArray[np.int64]) -> list[Floats]:
        """Numbers of shortest paths from each source, by level: bodies, processes, bodies ..."""
        start = np.zeros((len(self.columns), len(sources)))
        start[sources, np.arange(len(sources))] = 1
        levels = [start]
        seen = [start > 0, np.zeros((len(self.rows), len(sources)), dtype=bool)]
        while True:
            side = len(levels) % 2
            paths = (self.to_rows if side else self.to_columns) @ levels[-1]
            paths[seen[side]] = 0
            if not paths.any():
                # paths end at bodies: processes that lead no further are on none
                return levels if side else levels[:-1]
            seen[side] |= paths > 0
            levels.append(paths)

    def _sum(self, ahead: list[Floats], through: list[Floats], back: list[Floats]) -> None:
        bodies = sum(through[2::2], np.zeros_like(through[0]))
        self.columns += bodies.sum(axis=1)
        self.squares += (bodies**2).sum(axis=1)
        self.rows += sum((one.sum(axis=1) for one in through[1::2]), np.zeros(len(self.rows)))
        for level, share in enumerate(back):
            near, far = (self.row_of, self.column_of) if level % 2 else (self.column_of, self.row_of)
            starts, ends = np.flatnonzero(ahead[level].sum(axis=1)), np.flatnonzero(share.sum(axis=1))
            cells = np.flatnonzero(np.isin(near, starts) & np.isin(far, ends))
            for part in np.array_split(cells, len(cells) // _CELLS + 1):
                self.cells[part] += np.einsum("ij,ij->i", ahead[level][near[part]], share[far[part]])
