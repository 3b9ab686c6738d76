"""Which bodies and processes hold the whole together: numbers of their place among the others.

All numbers come from the two-mode graph of processes and bodies, where a body counts once in a process, or
from its projection onto the bodies (:mod:`graph.analysis.centrality_projection`). Edges to the owner of a
process are in neither: they would tie every process to one office. Each number is worked out with and without
the cells that rest only on copied lists or generic wording.

What the numbers mean for a planner is said by :func:`graph.analysis.centrality_words.explain`.
"""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np

from graph.analysis.centrality_betweenness import EXACT_WORK, SOURCES, Betweenness, betweenness
from graph.analysis.centrality_model import (
    AgencyNumbers,
    BothWays,
    Centrality,
    Measure,
    ProcessNumbers,
    Seat,
    Shift,
)
from graph.analysis.centrality_projection import Sitting, active, sitting_together
from graph.analysis.incidence import Incidence

__all__ = [
    "AgencyNumbers",
    "BothWays",
    "Centrality",
    "Measure",
    "ProcessNumbers",
    "Seat",
    "Shift",
    "both_ways",
    "centrality",
]

#: Seats that are listed at most.
MAX_SEATS = 1_000
#: Up to so many bodies the eigenvector comes from a full decomposition, beyond from Lanczos' iteration.
_FULL = 300
#: Digits of the values kept, so that what is equal is equal in every order of summing.
_DIGITS = 10

Progress = Callable[[int, int], None]


def centrality(
    table: Incidence,
    *,
    exact_up_to: int = EXACT_WORK,
    sources: int = SOURCES,
    seed: int = 0,
    max_seats: int = MAX_SEATS,
    progress: Progress | None = None,
) -> Centrality:
    """Work out the numbers of a table.

    Args:
        table: Processes by bodies, without the owners of the processes.
        exact_up_to: Where the number of bodies times that of cells is larger, betweenness is sampled.
        sources: Size of the sample.
        seed: Seed of the sample.
        max_seats: Seats that are listed at most.
        progress: Called with the number of sources of paths done and of all; raising from it cancels.

    Returns:
        The numbers.

    Raises:
        ValueError: when the size of the sample is not positive.

    Example:
        >>> table = Incidence.of({"P1": ["court", "police"], "P2": ["media", "police"]})
        >>> first = centrality(table).agencies[0]
        >>> first.agency, first.processes, first.partners, first.betweenness
        ('police', 2, 2, 1.0)
    """
    table = active(table)
    sitting = sitting_together(table)
    paths = betweenness(table, exact_up_to=exact_up_to, sources=sources, seed=seed, progress=progress)
    row_cores, cores = _cores(table)
    degrees = np.bincount(table.matrix.indices, minlength=len(table.columns))
    influence = _eigenvector(sitting)
    agencies = [
        AgencyNumbers(
            name,
            int(degrees[place]),
            int(sitting.partners[place]),
            round(float(paths.columns[place]), _DIGITS),
            influence[place],
            cores[place],
            int(sitting.component[place]),
        )
        for place, name in enumerate(table.columns)
    ]
    lengths = np.diff(table.matrix.indptr)
    processes = [
        ProcessNumbers(name, int(lengths[place]), round(float(paths.rows[place]), _DIGITS), row_cores[place])
        for place, name in enumerate(table.rows)
    ]
    return Centrality(
        tuple(sorted(agencies, key=lambda one: (-one.processes, -one.betweenness, one.agency))),
        tuple(sorted(processes, key=lambda one: (-one.betweenness, one.process))),
        _seats(table, paths, max_seats),
        table.matrix.nnz <= max_seats,
        paths.accuracy,
        tuple(np.bincount(sitting.component).tolist()),
    )


def both_ways(
    table: Incidence,
    *,
    exact_up_to: int = EXACT_WORK,
    sources: int = SOURCES,
    seed: int = 0,
    max_seats: int = MAX_SEATS,
    progress: Progress | None = None,
) -> BothWays:
    """Work out the numbers of a table twice: as it is, and without copied lists.

    Args:
        table: Processes by bodies.
        exact_up_to: As for :func:`centrality`, and so for the others.
        sources: Size of the sample.
        seed: Seed of the sample.
        max_seats: Seats that are listed at most.
        progress: Called as for :func:`centrality`, for the one table and then for the other.

    Returns:
        Both.

    Raises:
        ValueError: when the size of the sample is not positive.

    Example:
        >>> table = Incidence.of({"P1": ["police"], "P2": ["police"]}, weak=[("P2", "police")])
        >>> both_ways(table).side_by_side("processes")
        (Shift(agency='police', value=2, without=1, rank=1, rank_without=1),)
    """
    whole, without = (
        centrality(
            one, exact_up_to=exact_up_to, sources=sources, seed=seed, max_seats=max_seats, progress=progress
        )
        for one in (table, table.without_weak)
    )
    return BothWays(whole, without)


def _seats(table: Incidence, paths: Betweenness, most: int) -> tuple[Seat, ...]:
    cells = table.matrix.tocoo()
    rows, columns = cells.coords
    values = np.round(paths.cells, _DIGITS)
    # the columns are sorted by name already, the rows need not be
    names = np.empty(len(table.rows), dtype=np.int64)
    names[sorted(range(len(table.rows)), key=table.rows.__getitem__)] = np.arange(len(table.rows))
    order = np.lexsort((columns, names[rows], -values))[:most].tolist()
    return tuple(
        Seat(table.rows[rows[place]], table.columns[columns[place]], float(values[place])) for place in order
    )


def _cores(table: Incidence) -> tuple[list[int], list[int]]:
    """Core numbers of the rows and of the columns in the two-mode graph."""
    height, width = table.matrix.shape
    rows, columns = table.matrix.tocoo().coords
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(height + width))
    graph.add_edges_from(zip(rows.tolist(), (columns + height).tolist(), strict=True))
    found = nx.core_number(graph)
    return [found[place] for place in range(height)], [found[height + place] for place in range(width)]


def _eigenvector(sitting: Sitting) -> list[float | None]:
    """Principal eigenvector of the ties within the largest component, its highest value 1."""
    values: list[float | None] = [None] * len(sitting.bodies)
    members = np.flatnonzero(sitting.component == 0)
    if len(members) < 2:
        return values
    ties = sitting.ties[members][:, members]
    if len(members) <= _FULL:
        vector = np.linalg.eigh(ties.toarray())[1][:, -1]
    else:
        # the start is fixed so that the same table gives the same digits
        from scipy.sparse.linalg import eigsh  # slow to import: not when a server starts

        vector = eigsh(ties, k=1, which="LA", v0=np.ones(len(members)))[1][:, 0]
    # all values have one sign (Perron and Frobenius): the component hangs together
    shares = np.abs(vector) / np.abs(vector).max()
    for place, value in zip(members.tolist(), shares.tolist(), strict=True):
        values[place] = round(value, _DIGITS)
    return values
