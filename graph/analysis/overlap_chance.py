"""The test against chance for all pairs of rows of a table, with control of false findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.analysis.chance import benjamini_hochberg, saddlepoint_tail, tosses_tail, weighted_tails
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_null import fit_null_model
from graph.analysis.overlap_scores import rarity_weights, shared_sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Statistic = Literal["rarity", "count"]
Method = Literal["fixed-lengths", "expected-lengths", "saddlepoint"]

#: Additions that an exact computation may take (about three seconds for each thousand million).
EXACT = 1_000_000_000
#: Cases of which the probabilities are held at once.
CASES = 4_096
#: Whole number that the heaviest row counts for, about: how finely weights are told apart. The more the exact
#: computation costs, the fewer; at 2,000 probabilities hardly change any more, at 200 by up to a third.
UNITS = (200, 2_000)
#: Additions that fine units may cost.
FINE = 300_000_000


class ChanceTest:
    """How likely rows of a table share so much if only lengths and the commonness of columns mattered.

    What two rows share counts by its rarity weight (`overlap_scores.rarity_weights`), in whole units, or as
    one each. Columns keep the odds that the null model gives them, and both rows keep their lengths
    (`chance.weighted_tails`). Where rows are too long for that, their lengths hold in expectation only, which
    makes sharing look less rare than it is. The probability depends on the two lengths and the sum of the
    units shared, so pairs fall into cases, each of which is computed once.

    Args:
        table: The table.
        by: ``rarity`` or ``count``.
        exact: Additions that the exact computation may take.

    Attributes:
        units: Whole number that each column counts for.
        method: ``fixed-lengths`` (exact), ``expected-lengths`` (exact but for the lengths) or ``saddlepoint``
            (approximated).
        tests: Number of pairs of rows that are not empty.
    """

    def __init__(self, table: Incidence, by: Statistic = "rarity", exact: int = EXACT) -> None:
        self._ones = table.matrix.astype(np.float64)
        self._ones.sort_indices()
        sizes: Ints = np.diff(self._ones.indptr).astype(np.int64)
        counts: Ints = np.bincount(self._ones.indices, minlength=len(table.columns)).astype(np.int64)
        finest = FINE // ((int(sizes.max(initial=0)) + 1) ** 2 * max(len(counts), 1))
        weights = rarity_weights(table)
        self.units = np.ones(len(weights), dtype=np.int64)
        if by == "rarity":
            self.units = self._in_units(weights, float(np.clip(finest, *UNITS)))
        self._model = fit_null_model(sizes, counts)
        filled = int(np.count_nonzero(sizes))
        self.tests = filled * (filled - 1) // 2
        self._exact = exact
        self._span = int((self._ones @ self.units).max(initial=0)) + 1
        self._tails = self._fixed_lengths()
        self.method: Method = "expected-lengths" if self._tails is None else "fixed-lengths"
        self._cases = np.empty(0, dtype=np.int64)
        self._p = self._q = np.empty(0)

    def _in_units(self, weights: Floats, finest: float) -> Ints:
        """Weights as whole numbers from 1 without a common divisor; columns of one count have one number."""
        heaviest = float((self._ones @ weights).max(initial=0))
        if heaviest == 0:
            return np.ones(len(weights), dtype=np.int64)
        units = np.maximum(np.rint(weights * (finest / heaviest)), 1).astype(np.int64)
        found: Ints = units // np.gcd.reduce(units[weights > 0])
        return np.maximum(found, 1)

    def _fixed_lengths(self) -> Floats | None:
        model = self._model
        is_open = np.isfinite(model.column_pull)[model.column_class]
        most = int(model.row_size[np.isfinite(model.row_pull)].max(initial=0))
        if (most + 1) ** 2 * self._span * int(is_open.sum()) > self._exact:
            return None
        pulls = model.column_pull[model.column_class][is_open]
        return weighted_tails(pulls, self.units[is_open], most, self._span - 1)

    def shared(self, first: Ints, second: Ints) -> Ints:
        """The sum of the units of what rows share.

        Args:
            first: Number of the one row of each pair.
            second: Number of the other row of each pair.
        """
        sums = shared_sums(self._ones, first, second, self.units[:, None].astype(np.float64))
        return np.rint(sums[:, 0]).astype(np.int64)

    def cases(self, first: Ints, second: Ints, shared: Ints) -> Ints:
        """The case that each pair falls into, as a number.

        Args:
            first: Number of the one row of each pair.
            second: Number of the other row of each pair.
            shared: The sum of the units of what they share.
        """
        one, other = self._model.row_class[first], self._model.row_class[second]
        low, high = np.minimum(one, other), np.maximum(one, other)
        found: Ints = (low * len(self._model.row_size) + high) * self._span + shared
        return found

    def p(self, cases: Ints) -> Floats:
        """Probability of sharing at least so much by chance.

        Args:
            cases: Cases as `cases` gives them.

        Returns:
            The probabilities, in their order.
        """
        different, place = np.unique(cases, return_inverse=True)
        found, known = self._known(different, self._p)
        new = np.flatnonzero(~known)
        if new.size:
            pair, shared = np.divmod(different[new], self._span)
            low, high = np.divmod(pair, len(self._model.row_size))
            found[new] = (self._long if self._tails is None else self._short)(low, high, shared)
        filled: Floats = found[place]
        return filled

    def _known(self, cases: Ints, values: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Values of the cases that were counted, 1 for the others; and which were."""
        if not len(self._cases):
            return np.ones(len(cases)), np.zeros(len(cases), dtype=bool)
        place = np.minimum(np.searchsorted(self._cases, cases), len(self._cases) - 1)
        known = self._cases[place] == cases
        return np.where(known, values[place], 1.0), known

    def _short(self, low: Ints, high: Ints, shared: Ints) -> Floats:
        """Both rows keep their lengths. A row with settled cells only leaves nothing to chance."""
        model = self._model
        found = np.ones(len(low))
        chancy = np.flatnonzero(np.isfinite(model.row_pull[low]) & np.isfinite(model.row_pull[high]))
        if chancy.size and self._tails is not None:
            # columns that every such row must have: they are shared for sure, and take up part of each row
            sure = ~np.isfinite(model.column_pull) & (model.chances[low[chancy[0]]] >= 1)
            many = int(model.column_count[sure].sum())
            worth = int(self.units[sure[model.column_class]].sum())
            one, other = model.row_size[low[chancy]] - many, model.row_size[high[chancy]] - many
            found[chancy] = self._tails[one, other, np.maximum(shared[chancy] - worth, 0)]
        return found

    def _long(self, low: Ints, high: Ints, shared: Ints) -> Floats:
        model = self._model
        # columns of one count have one number of units
        values = np.ones(len(model.column_count), dtype=np.int64)
        values[model.column_class] = self.units
        tail = tosses_tail
        if float(np.maximum(shared, 1).sum()) * float(model.column_count.sum()) > self._exact:
            tail, self.method = saddlepoint_tail, "saddlepoint"
        found = np.empty(len(low))
        for start in range(0, len(low), CASES):
            part = slice(start, start + CASES)
            both = model.chances[low[part]] * model.chances[high[part]]
            found[part] = tail(both, model.column_count, values, shared[part])
        return found

    def count(self, found: Iterable[Ints]) -> None:
        """Take in the cases of all pairs that may be findings; all other pairs count as probability 1.

        Args:
            found: Cases of the pairs, in any number of lists.
        """
        counted, many = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        for cases in found:
            new, place, times = np.unique(
                np.concatenate([counted, cases]), return_inverse=True, return_counts=True
            )
            times[place[: len(counted)]] += many - 1
            counted, many = new, times
        p = self.p(counted)
        self._q = benjamini_hochberg(p, many, self.tests)
        self._cases, self._p = counted, p

    def q(self, cases: Ints) -> Floats:
        """The share of false findings at which a case would still be reported, among all pairs.

        Args:
            cases: Cases as `cases` gives them.

        Returns:
            The shares, in their order; 1 for cases that were not counted.
        """
        return self._known(cases, self._q)[0]
