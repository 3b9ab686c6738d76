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
from scipy.cluster.hierarchy import average, leaves_list, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from graph.analysis.incidence import Incidence

#: Rows that are ordered by their tree; more are ordered by reciprocal averaging.
MOST = 800
#: Rounds of reciprocal averaging, and the change of scores at which it ends.
_ROUNDS, _STILL = 300, 1e-9


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
        The order; the same for the same table. The end with the fuller rows comes first.

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
    long = [side for side in table.matrix.shape if side > most]
    scores = _averaged(table.matrix, tell) if long else None
    sides = []
    for number, (names, cells) in enumerate(
        ((table.rows, table.matrix), (table.columns, table.transposed.matrix))
    ):
        tell(number, 2)
        if len(names) > most and scores is not None:
            place = np.lexsort((np.arange(len(names)), scores[number]))
        else:
            place = _tree(cells)
        sides.append(tuple(names[at] for at in _finished(cells, place).tolist()))
    tell(2, 2)
    return Order(sides[0], sides[1], not long)


def _tree(cells: sparse.csr_array) -> NDArray[np.int64]:
    """Rows in the order of the leaves of their tree."""
    filled = np.flatnonzero(_sizes(cells))
    if len(filled) < 3:
        return np.arange(cells.shape[0])
    dense = cells[filled].astype(np.float64)
    shared = (dense @ dense.T).toarray()
    sizes = np.diag(shared)
    apart = 1.0 - shared / (sizes[:, None] + sizes[None, :] - shared)
    np.fill_diagonal(apart, 0.0)
    distances = squareform(apart, checks=False)
    tree = optimal_leaf_ordering(average(distances), distances)
    order: NDArray[np.int64] = filled[leaves_list(tree)].astype(np.int64)
    return order


def _finished(cells: sparse.csr_array, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fuller half first, rows without any cell last: a tree may be read from both ends."""
    sizes = _sizes(cells)
    filled = place[sizes[place] > 0]
    weight = sizes[filled].astype(np.float64)
    where = np.arange(len(filled)) - (len(filled) - 1) / 2
    lean = float(weight @ where)
    if lean > 0 or (lean == 0 and len(filled) > 1 and filled[0] > filled[-1]):
        filled = filled[::-1]
    return np.concatenate([filled, np.flatnonzero(sizes == 0)])


def _averaged(
    cells: sparse.csr_array, tell: Callable[[int, int], None]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of rows and columns on the strongest axis of correspondence, after the trivial one."""
    ones = cells.astype(np.float64)
    turned = ones.T.tocsr()
    down = np.maximum(_sizes(cells), 1).astype(np.float64)
    across = np.maximum(np.asarray(ones.sum(axis=0)).ravel(), 1.0)
    weight = across / across.sum()
    # any start will do that is not level; this one is the same every time
    columns = np.cos(np.arange(1, len(across) + 1, dtype=np.float64))
    rows = np.zeros(len(down))
    for done in range(_ROUNDS):
        tell(done, _ROUNDS)
        columns = columns - weight @ columns
        length = float(np.sqrt(weight @ columns**2))
        columns = columns / (length or 1.0)
        rows = (ones @ columns) / down
        newer = (turned @ rows) / across
        change = float(np.abs(newer / (np.sqrt(weight @ newer**2) or 1.0) - columns).max(initial=0.0))
        columns = newer
        if change < _STILL:
            break
    return rows.round(9), columns.round(9)


def _sizes(cells: sparse.csr_array) -> NDArray[np.int64]:
    sizes: NDArray[np.int64] = np.diff(cells.indptr).astype(np.int64)
    return sizes
