"""The test against chance, against exhaustive enumeration and independent computation."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, false_discovery_control, hypergeom

from graph.analysis.chance import (
    benjamini_hochberg,
    hypergeometric_tail,
    saddlepoint_tail,
    tosses_tail,
    weighted_tails,
)

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)


@EXAMPLES
@given(st.integers(1, 6), st.data())
def test_hypergeometric_tail_counts_all_pairs_of_sets(columns: int, data: st.DataObject) -> None:
    one, other = data.draw(st.integers(0, columns)), data.draw(st.integers(0, columns))
    shared = data.draw(st.integers(0, min(one, other)))
    pairs = [
        len(set(a) & set(b)) >= shared
        for a in itertools.combinations(range(columns), one)
        for b in itertools.combinations(range(columns), other)
    ]
    found = hypergeometric_tail(np.array([shared]), np.array([one]), np.array([other]), columns)
    assert found[0] == pytest.approx(np.mean(pairs))


@EXAMPLES
@given(st.lists(st.tuples(st.floats(-3, 3), st.integers(1, 3)), min_size=1, max_size=5), st.data())
def test_weighted_tail_sums_the_weights_of_all_pairs_of_sets(
    columns: list[tuple[float, int]], data: st.DataObject
) -> None:
    pulls, values = [pull for pull, _ in columns], [value for _, value in columns]
    most = data.draw(st.integers(1, len(columns)))
    top = data.draw(st.integers(1, sum(values)))
    tails = weighted_tails(np.array(pulls), np.array(values), most, top)

    def sets(size: int) -> list[tuple[set[int], float]]:
        return [
            (set(a), math.exp(sum(pulls[at] for at in a)))
            for a in itertools.combinations(range(len(pulls)), size)
        ]

    for one, other in itertools.product(range(most + 1), repeat=2):
        both = [(sum(values[at] for at in a & b), v * w) for a, v in sets(one) for b, w in sets(other)]
        whole = sum(weight for _, weight in both)
        for least in range(top + 1):
            wanted = sum(weight for worth, weight in both if worth >= least) / whole
            assert tails[one, other, least] == pytest.approx(wanted, rel=1e-9)


def test_weighted_tail_with_equal_odds_is_hypergeometric() -> None:
    tails = weighted_tails(np.full(40, 1.7), np.ones(40, dtype=np.int64), 12, 12)
    for one, other, shared in itertools.product(range(13), range(13), range(13)):
        if shared <= min(one, other):
            wanted = hypergeom.sf(shared - 1, 40, one, other)
            assert tails[one, other, shared] == pytest.approx(wanted, rel=1e-9)


def test_weighted_tail_keeps_its_digits_far_out() -> None:
    # both rows are the same set of three: the sum of the squares of the weights of all sets, by whole numbers
    odds = range(1, 31)
    whole = sum(math.prod(a) for a in itertools.combinations(odds, 3))
    twice = sum(math.prod(a) ** 2 for a in itertools.combinations(odds, 3))
    tails = weighted_tails(np.log(np.array(odds, dtype=float)), np.ones(30, dtype=np.int64), 3, 3)
    assert tails[3, 3, 3] == pytest.approx(twice / whole**2, rel=1e-12)


@EXAMPLES
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 2), st.integers(1, 3)), min_size=1, max_size=4),
    st.data(),
)
def test_tail_of_tosses_sums_all_outcomes(kinds: list[tuple[float, int, int]], data: st.DataObject) -> None:
    tosses = [(chance, value) for chance, count, value in kinds for _ in range(count)]
    goals = data.draw(st.lists(st.integers(0, sum(value for _, value in tosses)), min_size=1, max_size=3))
    chances, counts, values = (np.array(column) for column in zip(*kinds, strict=True))
    found = tosses_tail(np.tile(chances, (len(goals), 1)), counts, values, np.array(goals))
    for least, tail in zip(goals, found.tolist(), strict=True):
        wanted = sum(
            math.prod(p if hit else 1 - p for (p, _), hit in zip(tosses, outcome, strict=True))
            for outcome in itertools.product((False, True), repeat=len(tosses))
            if sum(value for (_, value), hit in zip(tosses, outcome, strict=True) if hit) >= least
        )
        assert tail == pytest.approx(wanted, abs=1e-12)


def test_tail_of_equal_tosses_is_binomial_also_far_out() -> None:
    least = np.array([0, 1, 30, 90, 100])
    found = tosses_tail(np.full((5, 1), 0.03), np.array([100]), np.array([1]), least)
    assert found == pytest.approx(binom.sf(least - 1, 100, 0.03), rel=1e-9)
    assert found[-1] < 1e-150


def test_saddle_point_agrees_with_the_exact_tail() -> None:
    rng = np.random.default_rng(3)
    chances, counts = rng.random((40, 12)) ** 3, rng.integers(5, 40, 12)
    for values in (np.ones(12, dtype=np.int64), rng.integers(1, 5, 12)):
        mean = (chances * counts * values).sum(axis=1)
        spread = np.sqrt((chances * (1 - chances) * counts * values**2).sum(axis=1))
        for away in (-3, -1, 0, 0.01, 1, 3, 8, 15):
            least = np.maximum(np.rint(mean + away * spread), 1).astype(np.int64)
            exact = tosses_tail(chances, counts, values, least)
            assert saddlepoint_tail(chances, counts, values, least) == pytest.approx(exact, rel=0.1, abs=0)


def test_saddle_point_at_the_middle_and_at_the_ends() -> None:
    chances, counts = np.array([[0.5, 1.0, 0.0]]), np.array([100, 3, 7])
    ones = np.ones(3, dtype=np.int64)
    for least, wanted in ((0, 1.0), (3, 1.0), (53, binom.sf(49, 100, 0.5)), (103, 0.5**100), (104, 0.0)):
        found = saddlepoint_tail(chances, counts, ones, np.array([least]))
        assert found[0] == pytest.approx(wanted, rel=0.01), least


def test_saddle_point_in_the_very_middle_of_uneven_tosses() -> None:
    # the expected sum is asked for, where the formula is 0/0 and its limit with the skewness is used
    case = np.array([[0.5, 0.1]]), np.array([100, 100]), np.array([1, 4]), np.array([90])
    assert saddlepoint_tail(*case) == pytest.approx(tosses_tail(*case), rel=1e-3)


@EXAMPLES
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_is_that_of_scipy(values: list[float]) -> None:
    p = np.array(values)
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"))


@EXAMPLES
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), min_size=1, max_size=10), st.integers(0, 20))
def test_benjamini_hochberg_of_cases_is_that_of_the_written_out_list(
    cases: list[tuple[float, int]], more: int
) -> None:
    p, counts = np.array([value for value, _ in cases]), np.array([count for _, count in cases])
    written = np.concatenate([np.repeat(p, counts), np.ones(more)])
    wanted = false_discovery_control(written, method="bh")[np.cumsum(counts) - 1]
    assert benjamini_hochberg(p, counts, len(written)) == pytest.approx(wanted)


def test_benjamini_hochberg_of_nothing() -> None:
    assert benjamini_hochberg(np.empty(0)).tolist() == []
