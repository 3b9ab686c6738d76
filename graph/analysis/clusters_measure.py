"""What groups of processes are measured by, and why they are these groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_scores import rarity_weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def distances(facets: Mapping[str, Incidence], leaves: Ints, importance: Mapping[str, float]) -> Floats:
    """Distances between some rows: one minus the combined score of `overlap_scores.combined`.

    Args:
        facets: Tables by name, all with the same rows.
        leaves: Numbers of the rows.
        importance: Importance of each table.

    Returns:
        Distances from 0 to 1, a symmetric matrix.

    Raises:
        ValueError: when no table has any importance.
    """
    total = sum(importance.get(name, 0.0) for name in facets)
    if total <= 0:
        raise ValueError("give at least one of these tables an importance: " + ", ".join(sorted(facets)))
    score = np.zeros((len(leaves), len(leaves)))
    for name, table in facets.items():
        if share := importance.get(name, 0.0) / total:
            ones = table.matrix.astype(np.float64)[leaves]
            weighted = sparse.csr_array(ones @ sparse.diags_array(rarity_weights(table)))
            both = np.asarray((weighted @ ones.T).toarray())
            heft = both.diagonal()
            either = heft[:, None] + heft[None, :] - both
            np.divide(both, either, out=both, where=either > 0)
            score += share * both
    apart = np.clip(1.0 - score, 0.0, 1.0)
    np.fill_diagonal(apart, 0.0)
    return (apart + apart.T) / 2


def silhouette(square: Floats, labels: Ints) -> float:
    """Mean silhouette of a grouping: how much nearer members are to their own group than to the next.

    For a member with mean distance a to the others of its group and b to the nearest other group it is
    (b - a) / max(a, b); 0 for a group of one. Source: Rousseeuw (1987), see the module.

    Args:
        square: Distances, a symmetric matrix.
        labels: Group of each row; at least two groups.

    Returns:
        The mean, from -1 to 1.

    Example:
        >>> far = np.array([[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]], dtype=float)
        >>> round(silhouette(far, np.array([0, 0, 1, 1])), 3)
        0.889
    """
    _, group, size = np.unique(labels, return_inverse=True, return_counts=True)
    rows = np.arange(len(group))
    member = sparse.csr_array((np.ones(len(group)), (rows, group)), shape=(len(group), len(size)))
    sums = np.asarray(square @ member)
    own = sums[rows, group] / np.maximum(size[group] - 1, 1)
    sums /= size
    sums[rows, group] = np.inf
    next_best = sums.min(axis=1)
    scale = np.maximum(own, next_best)
    found = np.divide(next_best - own, scale, out=np.zeros(len(rows)), where=scale > 0)
    return float(np.where(size[group] > 1, found, 0.0).mean())
