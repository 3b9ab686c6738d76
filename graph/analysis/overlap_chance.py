"""The test against chance for all pairs of rows of a table, with control of false findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.analysis.chance import (
    benjamini_hochberg,
    poisson_binomial_tail,
    saddlepoint_tail,
    weighted_tails,
)
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_null import fit_null_model

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Method = Literal["fixed-lengths", "expected-lengths", "saddlepoint"]

#: Additions that an exact computation may take (about three seconds for each thousand million).
EXACT = 500_000_000
#: Cases of which the probabilities are held at once.
CASES = 4_096


class ChanceTest:
    """How likely rows of a table share so much if only lengths and the commonness of columns mattered.

    Columns keep the odds that the null model gives them, and both rows keep their lengths
    (`chance.weighted_tails`). Where rows are too long for that, their lengths hold in expectation only, which
    makes sharing look less rare than it is. The probability depends on the two lengths and the number shared,
    so pairs fall into a few cases, and each case is computed once.

    Args:
        table: The table.
        exact: Additions that the exact computation may take.

    Attributes:
        method: ``fixed-lengths`` (exact), ``expected-lengths`` (exact but for the lengths) or ``saddlepoint``
            (approximated).
        tests: Number of pairs of rows that are not empty.
    """

    def __init__(self, table: Incidence, exact: int = EXACT) -> None:
        sizes: Ints = np.diff(table.matrix.indptr).astype(np.int64)
        counts: Ints = np.bincount(table.matrix.indices, minlength=len(table.columns)).astype(np.int64)
        self._model = fit_null_model(sizes, counts)
        filled = int(np.count_nonzero(sizes))
        self.tests = filled * (filled - 1) // 2
        self._exact = exact
        self._span = len(table.columns) + 1
        self._tails = self._fixed_lengths()
        self.method: Method = "expected-lengths" if self._tails is None else "fixed-lengths"
        self._cases = np.empty(0, dtype=np.int64)
        self._p = self._q = np.empty(0)

    def _fixed_lengths(self) -> Floats | None:
        model = self._model
        is_open = np.isfinite(model.column_pull)
        most = int(model.row_size[np.isfinite(model.row_pull)].max(initial=0))
        pulls = np.repeat(model.column_pull[is_open], model.column_count[is_open])
        if (most + 1) ** 3 * len(pulls) > self._exact:
            return None
        return weighted_tails(pulls, most)

    def cases(self, first: Ints, second: Ints, shared: Ints) -> Ints:
        """The case that each pair falls into, as a number.

        Args:
            first: Number of the one row of each pair.
            second: Number of the other row of each pair.
            shared: How many columns they share.
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
            settled = ~np.isfinite(model.column_pull)
            any_row = model.chances[low[chancy[0]]]
            sure = int((model.column_count * (any_row >= 1))[settled].sum())
            one, other = model.row_size[low[chancy]] - sure, model.row_size[high[chancy]] - sure
            found[chancy] = self._tails[one, other, np.maximum(shared[chancy] - sure, 0)]
        return found

    def _long(self, low: Ints, high: Ints, shared: Ints) -> Floats:
        model = self._model
        work = float(np.maximum(shared, 1).sum()) * float(model.column_count.sum())
        tail = poisson_binomial_tail
        if work > self._exact:
            tail, self.method = saddlepoint_tail, "saddlepoint"
        found = np.empty(len(low))
        for start in range(0, len(low), CASES):
            part = slice(start, start + CASES)
            both = model.chances[low[part]] * model.chances[high[part]]
            found[part] = tail(both, model.column_count, shared[part])
        return found

    def count(self, found: Iterable[Ints]) -> None:
        """Take in the cases of all pairs that may be findings; all other pairs count as probability 1.

        Args:
            found: Cases of the pairs, in any number of lists.
        """
        total: Counter[int] = Counter()
        for cases in found:
            different, many = np.unique(cases, return_counts=True)
            total.update(dict(zip(different.tolist(), many.tolist(), strict=True)))
        counted = np.array(sorted(total), dtype=np.int64)
        many_each = np.array([total[case] for case in sorted(total)], dtype=np.int64)
        p = self.p(counted)
        self._q = benjamini_hochberg(p, many_each, self.tests)
        self._cases, self._p = counted, p

    def q(self, cases: Ints) -> Floats:
        """The share of false findings at which a case would still be reported, among all pairs.

        Args:
            cases: Cases as `cases` gives them.

        Returns:
            The shares, in their order; 1 for cases that were not counted.
        """
        return self._known(cases, self._q)[0]
