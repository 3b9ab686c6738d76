"""An order for the rows of a table in which rows that are alike stand side by side.

Rows are compared by the Jaccard distance of their sets of columns, joined by average linkage, and the tree is
turned so that neighbours are as alike as it allows (optimal leaf ordering: Bar-Joseph, Gifford, Jaakkola,
"Fast optimal leaf ordering for hierarchical clustering", Bioinformatics 17, 2001; as in SciPy). That takes
time with the cube of the rows. Longer tables are ordered by reciprocal averaging instead (Hill,
"Correspondence analysis: a neglected multivariate method", Applied Statistics 23, 1974): rows and columns get
the scores of the strongest axis along which they go together, in time that grows with the number of cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

#: Rows that are ordered by their tree; more are ordered by reciprocal averaging.
MOST = 800
#: Axes of correspondence that are computed, the trivial one among them, and rounds that this may take.
_AXES, _ROUNDS = 2, 20_000

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the rows and of the columns of a table.

    Attributes:
        rows: Names of the rows, each once; those without any cell stand last.
        columns: Names of the columns, likewise.
        by_tree: Whether both were ordered by their trees; False when at least one was too long for that.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    by_tree: bool


def by_likeness(
    table: Incidence, *, most: int = MOST, progress: Callable[[int, int], None] | None = None
) -> Order:
    """Order rows and columns so that what is alike stands side by side.

    Args:
        table: The table.
        most: Rows, or columns, that are ordered by their tree.
        progress: Told the pieces of work done and in all; what it raises ends the work.

    Returns:
        The order; the same for the same table. The end with the fuller rows comes first, and columns run
        so that cells lie along the diagonal.

    Raises:
        ValueError: when ``most`` is not positive.

    Example:
        >>> table = Incidence.of({"P1": ["a", "b"], "P2": ["x"], "P3": ["a", "b", "c"], "P4": []})
        >>> by_likeness(table).rows
        ('P1', 'P3', 'P2', 'P4')
    """
    if most < 1:
        raise ValueError(f"most is the number of rows to order by their tree, at least 1, not {most}")
    tell = progress or (lambda _done, _total: None)
    sides = table.matrix, table.transposed.matrix
    scores = _averaged(table.matrix) if max(table.matrix.shape) > most else None
    found = []
    for number, cells in enumerate(sides):
        tell(number, 2)
        if scores is not None and cells.shape[0] > most:
            place = np.lexsort((np.arange(cells.shape[0]), scores[number]))
        else:
            place = _tree(cells)
        empty = _sizes(cells) == 0
        found.append(np.concatenate([place[~empty[place]], np.flatnonzero(empty)]))
    rows = _turned(found[0], _sizes(sides[0]))
    columns = _along(table.matrix, rows, found[1])
    tell(2, 2)
    return Order(
        tuple(table.rows[at] for at in rows.tolist()),
        tuple(table.columns[at] for at in columns.tolist()),
        scores is None,
    )


def _tree(cells: sparse.csr_array) -> Places:
    """Rows in the order of the leaves of their tree."""
    # slow to import: not when a server starts
    from scipy.cluster.hierarchy import average, leaves_list, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    filled = np.flatnonzero(_sizes(cells))
    if len(filled) < 3:
        return filled.astype(np.int64)
    dense = cells[filled].astype(np.float64)
    shared = (dense @ dense.T).toarray()
    sizes = np.diag(shared)
    apart = 1.0 - shared / (sizes[:, None] + sizes[None, :] - shared)
    np.fill_diagonal(apart, 0.0)
    distances = squareform(apart, checks=False)
    tree = optimal_leaf_ordering(average(distances), distances)
    order: Places = filled[leaves_list(tree)].astype(np.int64)
    return order


def _turned(place: Places, sizes: Places) -> Places:
    """An order may be read from both ends: the one with the fuller rows comes first."""
    filled = place[sizes[place] > 0]
    lean = float(sizes[filled] @ (np.arange(len(filled)) - (len(filled) - 1) / 2))
    if lean > 0 or (lean == 0 and len(filled) > 1 and filled[0] > filled[-1]):
        return np.concatenate([filled[::-1], place[len(filled) :]])
    return place


def _along(cells: sparse.csr_array, rows: Places, columns: Places) -> Places:
    """The columns from the end at which the cells run down the diagonal from the first row."""
    at_row, at_column = np.empty(len(rows)), np.empty(len(columns))
    at_row[rows], at_column[columns] = np.arange(len(rows)), np.arange(len(columns))
    pairs = cells.tocoo()
    if not pairs.nnz:
        return columns
    down, across = at_row[pairs.coords[0]], at_column[pairs.coords[1]]
    if float((down - down.mean()) @ (across - across.mean())) >= 0:
        return columns
    filled = int(np.count_nonzero(np.bincount(pairs.coords[1], minlength=len(columns))))
    return np.concatenate([columns[:filled][::-1], columns[filled:]])


def _averaged(cells: sparse.csr_array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of rows and columns on the strongest axis of correspondence, after the trivial one.

    They are where reciprocal averaging ends: the second singular vectors of the cells divided by the roots of
    the sums of row and column. A table with few columns, or one that does not settle, keeps its order.
    """
    from scipy.sparse.linalg import ArpackNoConvergence, svds  # slow to import: not when a server starts

    down = np.sqrt(np.maximum(_sizes(cells), 1).astype(np.float64))
    across = np.sqrt(np.maximum(np.asarray(cells.sum(axis=0), dtype=np.float64).ravel(), 1.0))
    level = np.zeros(len(down)), np.zeros(len(across))
    if min(cells.shape) <= _AXES:
        return level
    scaled = sparse.csr_array(sparse.diags_array(1 / down) @ cells @ sparse.diags_array(1 / across))
    # any start will do that is not level; this one is the same every time
    start = np.cos(np.arange(1, min(cells.shape) + 1, dtype=np.float64))
    try:
        left, strength, right = svds(scaled, k=_AXES, v0=start, maxiter=_ROUNDS)
    except ArpackNoConvergence:
        return level
    second = np.argsort(strength)[-2]
    return (left[:, second] / down).round(9), (right[second] / across).round(9)


def _sizes(cells: sparse.csr_array) -> Places:
    sizes: Places = np.diff(cells.indptr).astype(np.int64)
    return sizes
