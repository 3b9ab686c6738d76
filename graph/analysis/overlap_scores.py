"""How much pairs of rows share: counts, Jaccard, containment, and a score that weighs rare columns more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Pairs that are compared at once; bounds the memory.
CHUNK = 100_000


@dataclass(frozen=True, eq=False)
class FacetScores:
    """What pairs of rows share in one table.

    Attributes:
        shared: Number of columns that both rows have.
        jaccard: Shared columns as a share of those that either row has (Jaccard 1901); 0 when there are none.
        containment: Shared columns as a share of the shorter row (Szymkiewicz-Simpson); 0 when it is empty.
        rarity: Weight of the shared columns as a share of the weight of those that either row has.
        stated: Whether both rows have any column; where one is empty nothing can be said.
    """

    shared: Ints
    jaccard: Floats
    containment: Floats
    rarity: Floats
    stated: Bools

    def __getitem__(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> FacetScores:
        """The scores of some of the pairs."""
        return FacetScores(
            self.shared[chosen],
            self.jaccard[chosen],
            self.containment[chosen],
            self.rarity[chosen],
            self.stated[chosen],
        )


def joined(parts: list[FacetScores]) -> FacetScores:
    """Scores of several lists of pairs, one after the other."""
    names = ("shared", "jaccard", "containment", "rarity", "stated")
    return FacetScores(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def rarity_weights(table: Incidence) -> Floats:
    """Weight of each column: the rarer, the heavier.

    The inverse document frequency of Spärck Jones (Journal of Documentation 28 (1972) 11-21),
    ln((N + 1) / n): N rows that have any column, n of them with this one. One is added so that a column that
    every row has still weighs a little, and equal rows always score 1.

    Args:
        table: The table.

    Returns:
        The weights; 0 for a column that no row has.

    Example:
        >>> rarity_weights(Incidence.of({"a": ["x", "y"], "b": ["x"]})).round(3).tolist()
        [0.405, 1.099]
    """
    sizes = np.diff(table.matrix.indptr)
    counts = np.bincount(table.matrix.indices, minlength=len(table.columns))
    weights = np.zeros(len(counts))
    used = counts > 0
    weights[used] = np.log((np.count_nonzero(sizes) + 1) / counts[used])
    return weights


def shared_sums(
    ones: sparse.csr_array, first: NDArray[np.integer], second: NDArray[np.integer], values: Floats
) -> Floats:
    """Add up over the columns that rows share.

    Args:
        ones: The cells, as floating-point numbers, sorted within the rows.
        first: Number of the one row of each pair.
        second: Number of the other row of each pair.
        values: What each column counts for, shape (columns, sums).

    Returns:
        The sums, shape (pairs, sums).
    """
    sums = np.empty((len(first), values.shape[1]))
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        sums[part] = ones[first[part]].multiply(ones[second[part]]) @ values
    return sums


class PairScorer:
    """Scores pairs of rows of one table.

    Args:
        table: The table.
        weights: Weights of the columns; None for `rarity_weights` of the table.
    """

    def __init__(self, table: Incidence, weights: Floats | None = None) -> None:
        self.weights = rarity_weights(table) if weights is None else weights
        self.counts: Ints = np.bincount(table.matrix.indices, minlength=len(table.columns)).astype(np.int64)
        self._ones = table.matrix.astype(np.float64)
        self._ones.sort_indices()
        self.sizes: Ints = np.diff(self._ones.indptr).astype(np.int64)
        self._heft: Floats = self._ones @ self.weights
        self._both = np.column_stack([np.ones_like(self.weights), self.weights])

    def score(self, first: NDArray[np.integer], second: NDArray[np.integer]) -> FacetScores:
        """Compare rows.

        Args:
            first: Number of the one row of each pair.
            second: Number of the other row of each pair.

        Returns:
            The scores, in the order of the pairs.

        Example:
            >>> scorer = PairScorer(Incidence.of({"a": ["x", "y"], "b": ["x"]}))
            >>> found = scorer.score(np.array([0]), np.array([1]))
            >>> found.shared.tolist(), found.jaccard.tolist(), found.containment.tolist()
            ([1], [0.5], [1.0])
        """
        sums = shared_sums(self._ones, first, second, self._both)
        shared = np.rint(sums[:, 0]).astype(np.int64)
        one, other = self.sizes[first], self.sizes[second]
        stated = (one > 0) & (other > 0)
        heft = self._heft[first] + self._heft[second] - sums[:, 1]
        return FacetScores(
            shared,
            _share(shared, one + other - shared),
            _share(shared, np.minimum(one, other)),
            np.minimum(_share(sums[:, 1], heft), 1.0),
            stated,
        )


def _share(part: NDArray[np.generic], whole: NDArray[np.generic]) -> Floats:
    found = np.zeros(len(part))
    np.divide(part, whole, out=found, where=np.asarray(whole) > 0)
    return found


def combined(scores: Mapping[str, FacetScores], importance: Mapping[str, float]) -> Floats:
    """One number for a pair: the mean of the rarity-weighted scores of all tables, by their importance.

    A table that one of the rows has nothing in adds nothing: what is not stated is no evidence of sharing.

    Args:
        scores: Scores by name of the table.
        importance: Importance by name of the table; those not named count 0.

    Returns:
        Scores from 0 to 1.

    Raises:
        ValueError: when no table has any importance.
    """
    total = sum(importance.get(name, 0.0) for name in scores)
    if total <= 0:
        raise ValueError("give at least one of these tables an importance: " + ", ".join(sorted(scores)))
    return np.asarray(sum(importance.get(name, 0.0) * one.rarity for name, one in scores.items()) / total)
