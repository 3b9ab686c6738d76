"""How likely at least so much sharing is by chance, and which of many such findings to believe.

If all columns were alike, the number that two rows of given lengths share would be hypergeometric
(`hypergeometric_tail`). Columns are not alike: what sits in two rows out of three is shared by most pairs,
and sharing what is rare says more. So each column has its odds and a whole number that it counts for, and
what is asked is how likely two rows are to share columns that together count for at least so much.
`weighted_tails` is the exact answer for rows of given lengths. For very long rows the lengths are let vary:
then it is a sum of unlike coin tosses, which with equal numbers is Poisson-binomial, and its tail is found
exactly (`tosses_tail`) or by a saddle point (`saddlepoint_tail`). Of many tests some look rare by luck;
`benjamini_hochberg` says how far to trust the list.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when they are first used: special takes long, and no server needs it to start
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Numbers that one step of the exact computation holds at most: few enough for the processor's cache.
CELLS = 1 << 16
#: Closer to the middle than this (in standard deviations) the saddle point formula is 0/0.
MIDDLE = 1e-3
#: Root of two pi, in the density of the normal distribution.
ROOT = float(np.sqrt(2 * np.pi))


def hypergeometric_tail(shared: Ints, first: Ints, second: Ints, columns: int) -> Floats:
    """Probability that two random rows of these lengths share at least so much, all columns being alike.

    Args:
        shared: Number of columns shared, by pair.
        first: Length of the one row, by pair.
        second: Length of the other row, by pair.
        columns: Number of columns there are.

    Returns:
        The probabilities.

    Example:
        >>> hypergeometric_tail(np.array([2]), np.array([2]), np.array([2]), 4).round(4).tolist()
        [0.1667]
    """
    from scipy.stats import hypergeom  # slow to import: not when a server starts

    return np.asarray(hypergeom.sf(shared - 1, columns, first, second))


def weighted_tails(pulls: Floats, values: Ints, most: int, top: int) -> Floats:
    """Probability that two random rows of given lengths share columns that count for at least so much.

    Each row is a random set of exactly so many columns; a set is as likely as the product of the odds of its
    columns. This is sampling of a fixed size that assumes nothing else (Chen, Dempster and Liu, "Weighted
    finite population sampling to maximize entropy", Biometrika 81 (1994) 457-469). With equal odds and values
    of one it is the hypergeometric distribution. Computed exactly: column by column, the distribution of the
    lengths of both rows and of what is shared, all of independent tosses; then lengths are held fixed.

    Args:
        pulls: Logarithm of the odds of each column, up to a number added to all.
        values: What each column counts for when it is shared.
        most: Length of the longest row.
        top: The highest sum asked for.

    Returns:
        The probabilities, indexed by length of the one row, length of the other, and least sum.

    Example:
        >>> weighted_tails(np.zeros(4), np.ones(4, dtype=np.int64), 2, 2)[2, 2, 2].round(4)
        np.float64(0.1667)
    """
    from scipy.optimize import brentq  # slow to import: not when a server starts

    expected = min(most / 2, 0.9 * len(pulls))
    level = (
        brentq(lambda more: scipy.special.expit(pulls + more).sum() - expected, -1e3, 1e3)
        if expected
        else 0.0
    )
    joint = np.zeros((most + 1, most + 1, top + 1))
    joint[0, 0, 0] = 1.0
    for chance, value in zip(
        scipy.special.expit(pulls + level).tolist(), np.minimum(values, top).tolist(), strict=True
    ):
        one = joint * (chance * (1 - chance))
        both = joint[:-1, :-1] * (chance * chance)
        joint *= (1 - chance) ** 2
        joint[1:] += one[:-1]
        joint[:, 1:] += one[:, :-1]
        joint[1:, 1:, value:] += both[:, :, : top + 1 - value]
        joint[1:, 1:, top] += both[:, :, top + 1 - value :].sum(axis=2)  # the last place holds all above it
    tails = joint[:, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    whole = tails[:, :, :1].copy()
    np.divide(tails, whole, out=tails, where=whole > 0)
    return tails


def tosses_tail(chances: Floats, counts: Ints, values: Ints, least: Ints) -> Floats:
    """Probability that independent tosses, not alike, bring at least so much, exactly.

    The tosses are taken one after the other. What is kept is the distribution of what is still missing; what
    reaches the goal is added up, so only positive terms are added and tiny tails keep their digits. With
    values of one it is the tail of the Poisson-binomial distribution (compare the recursion of Barlow and
    Heidtmann, IEEE Transactions on Reliability 33 (1984) 322-323).

    Args:
        chances: Probability of success, shape (cases, kinds of toss).
        counts: Number of tosses of each kind.
        values: What a success of each kind brings: whole numbers from 1.
        least: What is asked for, by case.

    Returns:
        The probabilities, by case.

    Example:
        >>> ones = np.array([1, 1])
        >>> tosses_tail(np.array([[0.5, 0.1]]), ones, ones, np.array([2])).tolist()
        [0.05]
    """
    found = np.ones(len(least))
    order = np.argsort(least, kind="stable")
    order = order[least[order] > 0]
    while order.size:
        # cases with like goals together, and as many at once as fit
        size = max(1, CELLS // (int(least[order[-1]]) + 1))
        part, order = order[-size:], order[:-size]
        found[part] = _reached(chances[part], counts, values, least[part])
    return np.minimum(found, 1.0)


def _reached(chances: Floats, counts: Ints, values: Ints, least: Ints) -> Floats:
    most = int(least.max())
    missing = np.zeros((len(least), most + 1))
    missing[np.arange(len(least)), least] = 1.0
    reached = np.zeros(len(least))
    for kind, (count, value) in enumerate(zip(counts.tolist(), values.tolist(), strict=True)):
        chance = chances[:, kind, None]
        for _ in range(count):
            gain = missing * chance
            reached += gain[:, : value + 1].sum(axis=1)
            missing -= gain
            missing[:, 1 : max(most + 1 - value, 1)] += gain[:, value + 1 :]
    return reached


def saddlepoint_tail(chances: Floats, counts: Ints, values: Ints, least: Ints) -> Floats:
    """The same probability, approximately, at a cost that does not grow with what is asked for.

    Lugannani and Rice's formula with the first continuity correction for whole numbers: Daniels, "Tail
    probability approximations", International Statistical Review 55 (1987) 37-48; Butler, "Saddlepoint
    approximations with applications" (2007), section 1.2.

    Args:
        chances: Probability of success, shape (cases, kinds of toss).
        counts: Number of tosses of each kind.
        values: What a success of each kind brings: whole numbers from 1 without a common divisor.
        least: What is asked for, by case.

    Returns:
        The probabilities, by case: right to some per cent also far out in the tail, less so where all hangs
        on a handful of tosses.

    Example:
        >>> case = np.array([[0.1]]), np.array([100]), np.array([1]), np.array([20])
        >>> bool(abs(saddlepoint_tail(*case) / tosses_tail(*case) - 1) < 0.02)
        True
    """
    worth = counts * values
    sure = ((chances >= 1) * worth).sum(axis=1)
    possible = ((chances > 0) * worth).sum(axis=1)
    found = np.where(least <= sure, 1.0, 0.0)
    every = (least == possible) & (least > sure)
    with np.errstate(divide="ignore"):
        found[every] = np.exp((np.log(chances[every]) * counts).sum(axis=1, where=chances[every] > 0))
    rest = np.flatnonzero((least > sure) & (least < possible))
    size = max(1, 16 * CELLS // chances.shape[1]) if chances.shape[1] else 1
    for start in range(0, len(rest), size):
        part = rest[start : start + size]
        found[part] = _lugannani_rice(chances[part], counts, values, least[part].astype(float))
    return found


def _lugannani_rice(chances: Floats, counts: Ints, values: Ints, least: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        hit, miss = np.log(chances), np.log1p(-chances)
    at = _saddle(hit - miss, counts, values, least)
    tilted = scipy.special.expit(hit - miss + at[:, None] * values)
    spread = counts * values**2 * tilted * (1 - tilted)
    bend = spread.sum(axis=1)
    height = (counts * np.logaddexp(miss, hit + at[:, None] * values)).sum(axis=1)
    far = np.sign(at) * np.sqrt(2 * np.maximum(at * least - height, 0))
    near = np.abs(far) < MIDDLE
    found = np.empty(len(least))
    w, u = far[~near], (-np.expm1(-at) * np.sqrt(bend))[~near]
    found[~near] = np.exp(scipy.special.log_ndtr(-w)) + np.exp(-(w**2) / 2) / ROOT * (1 / u - 1 / w)
    skew = (spread * values * (1 - 2 * tilted)).sum(axis=1)[near]
    found[near] = 0.5 - 1 / ROOT * (skew / (6 * bend[near] ** 1.5) - 1 / (2 * np.sqrt(bend[near])))
    return np.clip(found, 0.0, 1.0)


def _saddle(odds: Floats, counts: Ints, values: Ints, least: Floats) -> Floats:
    """Where tilting the tosses makes what is asked for the expected sum: Newton's method between brackets."""
    low, high = np.full(len(least), -50.0), np.full(len(least), 50.0)
    at = np.zeros(len(least))
    for _ in range(100):
        tilted = scipy.special.expit(odds + at[:, None] * values)
        off = (counts * values * tilted).sum(axis=1) - least
        if np.abs(off).max() < 1e-9 * max(float(least.max()), 1.0):
            break
        low, high = np.where(off < 0, at, low), np.where(off > 0, at, high)
        slope = (counts * values**2 * tilted * (1 - tilted)).sum(axis=1)
        new = at - off / np.maximum(slope, 1e-300)
        at = np.where((new > low) & (new < high), new, (low + high) / 2)
    return at


def benjamini_hochberg(p: Floats, counts: Ints | None = None, tests: int | None = None) -> Floats:
    """The smallest share of false findings at which each test would still be reported.

    Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B
    57 (1995) 289-300. It holds for independent tests and for tests that err in the same direction.

    Args:
        p: Probabilities by chance.
        counts: How many tests have each of these probabilities; None for one each.
        tests: Number of all tests; those not given count as probability 1. None for those given.

    Returns:
        The adjusted probabilities (q), in the order of ``p``.

    Example:
        >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
        [0.03, 0.04, 0.04]
    """
    if not len(p):
        return np.empty(0)
    many = np.ones(len(p), dtype=np.int64) if counts is None else counts
    order = np.argsort(p, kind="stable")
    rank = np.cumsum(many[order])
    total = int(rank[-1]) if tests is None else tests
    adjusted = np.minimum.accumulate((p[order] * total / rank)[::-1])[::-1]
    found = np.empty(len(p))
    found[order] = np.minimum(adjusted, 1.0)
    return found
