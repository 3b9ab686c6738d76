"""Stability of a formal concept: does the group stay the same when some of its processes are taken away?

The (intensional) stability of a concept with rows A and columns B is the share of the subsets of A whose
common columns are exactly B: Kuznetsov, "On stability of a formal concept", Annals of Mathematics and
Artificial Intelligence 49 (2007) 101-115. A column outside B is absent from some rows of A: they miss it. A
subset of A has exactly B in common when it holds a row that misses it for every such column. So:

* exact, by inclusion and exclusion over the sets of rows that miss a column, with equal unions put together,
  and sets that have nothing to do with each other counted apart;
* bounds: one column alone is common with probability 2^-missed, hence
  ``1 - sum(2^-missed) <= stability <= 1 - max(2^-missed)`` (Buzmakov, Kuznetsov, Napoli, "Scalable estimates
  of concept stability", ICFCA 2014);
* sampled: the share among random subsets; Hoeffding's inequality gives the error (as in Babin and Kuznetsov,
  "Approximating concept stability", ICFCA 2012).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.meetings_search import Concept

#: Bounds closer together than this need nothing better.
CLOSE_ENOUGH = 1e-6
#: Unions that the exact count may hold at a time.
EXACT_TERMS = 4096
#: Random subsets, where neither bounds nor the exact count will do.
SAMPLES = 4000
#: Chance that a sampled value is farther off than its error says.
RISK = 0.01
#: A column that so many rows miss changes the value by less than 2^-40; it goes into the bounds only.
_FAR = 40


@dataclass(frozen=True, slots=True)
class Stability:
    """A stability and how well it is known.

    Attributes:
        value: The stability, or the middle of what is known of it.
        low: It is not less than this.
        high: It is not more than this.
        method: ``exact``, to the precision of a float; ``bounds``, certain; ``sampled``, where ``low`` and
            ``high`` hold with a chance of at least ``1 - RISK``.

    Example:
        >>> Stability(0.75, 0.75, 0.75, "exact").error
        0.0
    """

    value: float
    low: float
    high: float
    method: Literal["exact", "bounds", "sampled"]

    @property
    def error(self) -> float:
        """How far off the value can be."""
        return max(self.high - self.value, self.value - self.low)


def stability(
    cells: sparse.csr_array,
    concept: Concept,
    *,
    close_enough: float = CLOSE_ENOUGH,
    exact_terms: int = EXACT_TERMS,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Stability:
    """The stability of a concept of a table.

    Args:
        cells: The table, ones where a row holds a column.
        concept: A concept of this table.
        close_enough: Bounds closer together than this are given as they are; 0 asks for the exact value.
        exact_terms: Unions that the exact count may hold; beyond, subsets are sampled.
        samples: Subsets to sample.
        seed: Seed of the sampling.

    Returns:
        The stability.

    Example:
        Any two of the rows have just "b" in common, one alone has more.

        >>> from graph.analysis.incidence import Incidence
        >>> table = Incidence.of({"P1": "ab", "P2": "bc", "P3": "bd"})
        >>> one = Concept(np.array([1]), np.array([0, 1, 2]))
        >>> stability(table.matrix, one).value  # 4 of 8 subsets
        0.5
    """
    part = cells[concept.rows]
    missed = len(concept.rows) - np.bincount(part.indices, minlength=cells.shape[1])
    missed[concept.columns] = np.iinfo(missed.dtype).max
    outside = missed[missed <= len(concept.rows)]
    if not len(outside):
        return Stability(1.0, 1.0, 1.0, "exact")
    low = max(0.0, 1 - float(np.sum(np.exp2(-outside.astype(np.float64)))))
    high = 1 - 2.0 ** -float(outside.min())
    if high - low <= close_enough:
        return _between(low, high)
    # columns that all rows miss need one set for all of them; as a rule these are most columns
    near = np.flatnonzero(missed <= min(_FAR, len(concept.rows) - 1))
    everything = [(1 << len(concept.rows)) - 1] if len(concept.rows) <= _FAR else []
    sets = _smallest(_missed_rows(part, near) + everything * bool((outside == len(concept.rows)).any()))
    ignored = float(np.sum(np.exp2(-outside[outside > _FAR].astype(np.float64))))
    exact = _exact(sets, exact_terms)
    if exact is not None:
        return _between(max(0.0, exact - ignored), exact)
    return _sampled(sets, low, high, ignored, samples, seed)


def _between(low: float, high: float) -> Stability:
    return Stability((low + high) / 2, low, high, "exact" if low == high else "bounds")


def _missed_rows(part: sparse.csr_array, columns: NDArray[np.intp]) -> list[int]:
    """For each column the rows without it, as bits."""
    absent = part[:, columns].toarray() == 0
    packed = np.packbits(absent, axis=0, bitorder="little")
    return [int.from_bytes(packed[:, place].tobytes(), "little") for place in range(len(columns))]


def _smallest(sets: list[int]) -> list[int]:
    """Those that contain no other; to hit these is to hit all."""
    kept: list[int] = []
    for one in sorted(set(sets), key=lambda bits: (bits.bit_count(), bits)):
        if not any(one & other == other for other in kept):
            kept.append(one)
    return kept


def _exact(sets: list[int], terms: int) -> float | None:
    """Share of the subsets that hold an element of every set; None when it takes too many terms."""
    product = Fraction(1)
    for group in _apart(sets):
        share = _hitting(group, terms)
        if share is None:
            return None
        product *= share
    return float(product)


def _apart(sets: list[int]) -> list[list[int]]:
    """Groups of sets such that sets of different groups share no element; their shares multiply."""
    groups: list[tuple[int, list[int]]] = []
    for one in sets:
        touched = [group for group in groups if group[0] & one]
        groups = [group for group in groups if not group[0] & one]
        union, members = one, [one]
        for other, found in touched:
            union, members = union | other, found + members
        groups.append((union, members))
    return [members for _, members in groups]


def _hitting(sets: list[int], terms: int) -> Fraction | None:
    signs = {0: 1}
    for one in sets:
        for union, sign in list(signs.items()):
            signs[union | one] = signs.get(union | one, 0) - sign
        signs = {union: sign for union, sign in signs.items() if sign}
        if len(signs) > terms:
            return None
    longest = max(union.bit_count() for union in signs)
    return Fraction(sum(sign << (longest - union.bit_count()) for union, sign in signs.items()), 1 << longest)


def _sampled(sets: list[int], low: float, high: float, ignored: float, samples: int, seed: int) -> Stability:
    places = [[place for place in range(one.bit_length()) if one >> place & 1] for one in sets]
    rows = {row: position for position, row in enumerate(sorted({row for one in places for row in one}))}
    wanted = np.zeros((len(rows), len(sets)), dtype=np.float32)
    for number, one in enumerate(places):
        wanted[[rows[row] for row in one], number] = 1
    chosen = np.random.default_rng(seed).integers(0, 2, (samples, len(rows)), dtype=np.int8)
    share = float(np.mean(((chosen.astype(np.float32) @ wanted) > 0).all(axis=1)))
    error = math.sqrt(math.log(2 / RISK) / (2 * samples))
    low, high = max(low, share - error - ignored), min(high, share + error)
    return Stability(min(max(share, low), high), low, high, "sampled")
