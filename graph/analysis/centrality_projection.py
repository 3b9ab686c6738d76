"""The graph of bodies that sit together, made from a table with sparse algebra.

Counting the processes that two bodies share lets one process with thirteen bodies weigh as much as 78
meetings of two. So each process spreads one unit of each of its bodies over the others that sit there: the
tie of two bodies is the sum of ``1 / (n - 1)`` over the processes they share, where ``n`` bodies sit (Newman,
"Scientific collaboration networks II", Physical Review E 64 (2001) 016132). The ties of a body then add up to
the number of processes where it meets anyone.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

__all__ = ["Sitting", "active", "sitting_together"]


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """Bodies and how closely they sit together.

    Attributes:
        bodies: The bodies, sorted.
        ties: Ties of the bodies as defined above, symmetric, nothing on the diagonal.
        component: For each body the number of its component, counted from the largest; the smaller name
            decides where two are equally large.
    """

    bodies: tuple[str, ...]
    ties: sparse.csr_array
    component: NDArray[np.int64]

    @property
    def partners(self) -> NDArray[np.int64]:
        """For each body the number of others it sits with."""
        return np.diff(self.ties.indptr).astype(np.int64)

    def graph(self) -> nx.Graph[int]:
        """The ties as a NetworkX graph over the positions of the bodies, with ``weight``."""
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(self.bodies)))
        upper = sparse.triu(self.ties).tocoo()
        rows, columns = upper.coords
        graph.add_weighted_edges_from(zip(rows.tolist(), columns.tolist(), upper.data.tolist(), strict=True))
        return graph


def active(table: Incidence) -> Incidence:
    """The table with its columns sorted and those left out that no row has.

    A body that sits nowhere, for example when copied lists are taken away, would count among the pairs that
    do not find each other.

    Args:
        table: Processes by bodies.

    Returns:
        The same rows; fewer columns perhaps.

    Example:
        >>> active(Incidence.of({"P1": ["police"]}, columns=["police", "army"])).columns
        ('police',)
    """
    used = np.bincount(table.matrix.indices, minlength=len(table.columns)) > 0
    order = sorted((name, place) for place, name in enumerate(table.columns) if used[place])
    places = [place for _, place in order]
    return Incidence(
        table.rows,
        tuple(name for name, _ in order),
        table.matrix[:, places].tocsr(),
        table.weak[:, places].tocsr(),
    )


def sitting_together(table: Incidence) -> Sitting:
    """Project a table onto its bodies.

    Args:
        table: Processes by bodies.

    Returns:
        The bodies that sit anywhere, and their ties.

    Example:
        >>> table = Incidence.of({"P1": ["army", "court", "police"], "P2": ["army", "police"]})
        >>> sitting = sitting_together(table)
        >>> sitting.bodies, sitting.ties.toarray()[0].tolist()  # 1/2 with the court, 1/2 + 1 with the police
        (('army', 'court', 'police'), [0.0, 0.5, 1.5])
    """
    table = active(table)
    cells = table.matrix.astype(np.float64)
    others = np.diff(cells.indptr) - 1
    shares = sparse.dia_array(
        (np.divide(1.0, others, where=others > 0, out=np.zeros(len(others)))[None], [0]),
        shape=(len(others), len(others)),
    )
    ties = (cells.T @ shares @ cells).tocsr()
    ties.setdiag(0)
    ties.eliminate_zeros()
    ties.sort_indices()
    return Sitting(table.columns, ties, _components(ties))


def _components(ties: sparse.csr_array) -> NDArray[np.int64]:
    from scipy.sparse.csgraph import connected_components  # slow to import: not when a server starts

    count, label = connected_components(ties, directed=False)
    sizes = np.bincount(label, minlength=count)
    first = np.full(count, ties.shape[0])
    np.minimum.at(first, label, np.arange(len(label)))
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(count)
    numbered: NDArray[np.int64] = rank[label]
    return numbered
