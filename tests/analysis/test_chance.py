"""The test against chance, against exhaustive enumeration and independent computation."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, false_discovery_control, hypergeom

from graph.analysis.chance import (
    benjamini_hochberg,
    hypergeometric_tail,
    poisson_binomial_tail,
    saddlepoint_tail,
    weighted_tails,
)
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_chance import ChanceTest
from graph.analysis.overlap_null import fit_null_model

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)


def tables(most_rows: int = 6, most_columns: int = 6) -> st.SearchStrategy[np.ndarray]:
    """Small tables of zeros and ones."""
    return st.tuples(st.integers(1, most_rows), st.integers(1, most_columns)).flatmap(
        lambda shape: st.lists(
            st.lists(st.booleans(), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        ).map(lambda rows: np.array(rows, dtype=np.int64))
    )


def incidence(ones: np.ndarray) -> Incidence:
    columns = [f"c{number}" for number in range(ones.shape[1])]
    return Incidence.of(
        {f"r{row}": [columns[at] for at in np.flatnonzero(cells)] for row, cells in enumerate(ones)},
        (),
        columns,
    )


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
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.data())
def test_weighted_tail_sums_the_weights_of_all_pairs_of_sets(pulls: list[float], data: st.DataObject) -> None:
    most = data.draw(st.integers(1, len(pulls)))
    tails = weighted_tails(np.array(pulls), most)

    def sets(size: int) -> list[tuple[set[int], float]]:
        return [
            (set(a), math.exp(sum(pulls[at] for at in a)))
            for a in itertools.combinations(range(len(pulls)), size)
        ]

    for one, other in itertools.product(range(most + 1), repeat=2):
        both = [(len(a & b), v * w) for a, v in sets(one) for b, w in sets(other)]
        whole = sum(weight for _, weight in both)
        for shared in range(min(one, other) + 1):
            wanted = sum(weight for many, weight in both if many >= shared) / whole
            assert tails[one, other, shared] == pytest.approx(wanted, rel=1e-9)


def test_weighted_tail_with_equal_odds_is_hypergeometric() -> None:
    tails = weighted_tails(np.full(40, 1.7), 12)
    for one, other, shared in itertools.product(range(13), range(13), range(13)):
        if shared <= min(one, other):
            wanted = hypergeom.sf(shared - 1, 40, one, other)
            assert tails[one, other, shared] == pytest.approx(wanted, rel=1e-9)


def test_weighted_tail_keeps_its_digits_far_out() -> None:
    # both rows must take all three of the last columns: (e_3 of one set)^2 over all sets, by exact fractions
    pulls = np.log(np.arange(1, 31, dtype=float))
    odds = range(1, 31)
    whole = sum(math.prod(a) for a in itertools.combinations(odds, 3))
    twice = sum(math.prod(a) ** 2 for a in itertools.combinations(odds, 3))
    assert weighted_tails(pulls, 3)[3, 3, 3] == pytest.approx(twice / whole**2, rel=1e-12)


@EXAMPLES
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 2)), min_size=1, max_size=4), st.data())
def test_poisson_binomial_tail_sums_all_outcomes(kinds: list[tuple[float, int]], data: st.DataObject) -> None:
    tosses = [chance for chance, count in kinds for _ in range(count)]
    least = data.draw(st.integers(0, len(tosses)))
    wanted = sum(
        math.prod(p if hit else 1 - p for p, hit in zip(tosses, outcome, strict=True))
        for outcome in itertools.product((False, True), repeat=len(tosses))
        if sum(outcome) >= least
    )
    found = poisson_binomial_tail(
        np.array([[chance for chance, _ in kinds]]),
        np.array([count for _, count in kinds]),
        np.array([least]),
    )
    assert found[0] == pytest.approx(wanted, abs=1e-12)


def test_poisson_binomial_tail_of_equal_tosses_is_binomial_also_far_out() -> None:
    least = np.array([0, 1, 30, 90, 100])
    found = poisson_binomial_tail(np.full((5, 1), 0.03), np.array([100]), least)
    assert found == pytest.approx(binom.sf(least - 1, 100, 0.03), rel=1e-9)
    assert found[-1] < 1e-150


def test_saddle_point_agrees_with_the_exact_tail() -> None:
    rng = np.random.default_rng(3)
    chances = rng.random((40, 12)) ** 3
    counts = rng.integers(5, 40, 12)
    mean = (chances * counts).sum(axis=1)
    for distance in (-2, -0.5, 0, 0.01, 1, 3, 8):
        least = np.clip(np.rint(mean * (1 + distance / 4)), 1, counts.sum() - 2).astype(np.int64)
        exact = poisson_binomial_tail(chances, counts, least)
        assert saddlepoint_tail(chances, counts, least) == pytest.approx(exact, rel=0.02)


def test_saddle_point_at_the_middle_and_at_the_ends() -> None:
    chances, counts = np.array([[0.5, 1.0, 0.0]]), np.array([100, 3, 7])
    for least, wanted in ((0, 1.0), (3, 1.0), (53, binom.sf(49, 100, 0.5)), (103, 0.5**100), (104, 0.0)):
        found = saddlepoint_tail(chances, counts, np.array([least]))
        assert found[0] == pytest.approx(wanted, rel=0.01), least


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


@EXAMPLES
@given(tables())
def test_null_model_expects_the_rows_and_columns_of_the_table(ones: np.ndarray) -> None:
    chances = fit_null_model(ones.sum(axis=1), ones.sum(axis=0)).probabilities()
    assert chances.min() >= 0
    assert chances.max() <= 1
    assert chances.sum(axis=1) == pytest.approx(ones.sum(axis=1), abs=1e-6)
    assert chances.sum(axis=0) == pytest.approx(ones.sum(axis=0), abs=1e-6)


def test_null_model_has_the_odds_of_rows_times_those_of_columns() -> None:
    ones = np.array([[1, 1, 0, 0, 1], [0, 1, 1, 0, 0], [1, 0, 0, 1, 0], [0, 0, 1, 0, 0]])
    chances = fit_null_model(ones.sum(axis=1), ones.sum(axis=0)).probabilities()
    odds = chances / (1 - chances)
    ratio = odds / odds[0]
    assert ratio == pytest.approx(np.broadcast_to(ratio[:, :1], ratio.shape), rel=1e-6)


def test_null_model_of_a_table_that_can_be_filled_in_one_way_only() -> None:
    nested = np.array([[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    chances = fit_null_model(nested.sum(axis=1), nested.sum(axis=0)).probabilities()
    assert chances.tolist() == nested.tolist()


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ([1, 1], [1], "same number"),
        ([2, 0], [3, -1], "fewer than 0 or more than 2"),
        ([3], [1, 2], "more than 2"),
    ],
)
def test_null_model_refuses_sizes_that_no_table_has(rows: list[int], columns: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fit_null_model(np.array(rows), np.array(columns))


def odds_by_iteration(ones: np.ndarray) -> np.ndarray:
    """Odds of the columns by fixed-point iteration (Saracco and others 2017), as an independent method."""
    rows, columns = ones.sum(axis=1).astype(float), ones.sum(axis=0).astype(float)
    x, y = rows / np.sqrt(ones.sum()), columns / np.sqrt(ones.sum())
    for _ in range(20_000):
        x = rows / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
    return y


def test_probability_of_a_pair_by_enumeration() -> None:
    ones = np.array([[1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [1, 0, 0, 0, 1], [0, 1, 0, 0, 0]])
    y = odds_by_iteration(ones)
    test = ChanceTest(incidence(ones))

    def sets(size: int) -> list[tuple[set[int], float]]:
        return [(set(a), math.prod(y[at] for at in a)) for a in itertools.combinations(range(5), size)]

    for i, j in itertools.combinations(range(4), 2):
        shared = int((ones[i] & ones[j]).sum())
        both = [(len(a & b), v * w) for a, v in sets(ones[i].sum()) for b, w in sets(ones[j].sum())]
        wanted = sum(w for many, w in both if many >= shared) / sum(w for _, w in both)
        found = test.p(test.cases(np.array([i]), np.array([j]), np.array([shared])))
        assert found[0] == pytest.approx(wanted, rel=1e-5)
    assert test.method == "fixed-lengths"


def test_what_cannot_be_otherwise_is_no_surprise() -> None:
    # both columns stand in every row that has any: sharing them says nothing
    test = ChanceTest(incidence(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]])))
    assert test.p(test.cases(np.array([0]), np.array([1]), np.array([2]))).tolist() == [1.0]
    assert test.tests == 1


def test_columns_that_all_have_are_set_aside() -> None:
    # column 0 is everybody's; the others are single draws of 3 with equal odds: a second one in common, 1/3
    ones = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]])
    test = ChanceTest(incidence(ones))
    cases = test.cases(np.array([0, 0]), np.array([1, 1]), np.array([1, 2]))
    assert test.p(cases) == pytest.approx([1.0, 1 / 3])


@EXAMPLES
@given(tables())
def test_long_rows_use_the_model_with_expected_lengths(ones: np.ndarray) -> None:
    table = incidence(ones)
    chances = fit_null_model(ones.sum(axis=1), ones.sum(axis=0)).probabilities()
    test = ChanceTest(table, exact=6 * ones.shape[1])
    assume(test.method == "expected-lengths")
    for i, j in itertools.combinations(range(len(ones)), 2):
        shared = int((ones[i] & ones[j]).sum())
        wanted = poisson_binomial_tail(
            (chances[i] * chances[j])[None], np.ones(ones.shape[1], dtype=np.int64), np.array([shared])
        )
        found = test.p(test.cases(np.array([i]), np.array([j]), np.array([shared])))
        assert found[0] == pytest.approx(wanted[0], abs=1e-7)


def test_very_long_rows_use_a_saddle_point_and_say_so() -> None:
    rng = np.random.default_rng(5)
    ones = (rng.random((4, 60)) < rng.random(60)).astype(np.int64)
    table = incidence(ones)
    exact, rough = ChanceTest(table, exact=50_000), ChanceTest(table, exact=1)
    shared = (ones[0] & ones[1]).sum()
    both = [one.p(one.cases(np.array([0]), np.array([1]), np.array([shared]))) for one in (exact, rough)]
    assert both[0] == pytest.approx(both[1], rel=0.05)
    assert (exact.method, rough.method) == ("expected-lengths", "saddlepoint")


@EXAMPLES
@given(tables())
def test_false_findings_are_controlled_over_all_pairs(ones: np.ndarray) -> None:
    test = ChanceTest(incidence(ones))
    filled = [row for row in range(len(ones)) if ones[row].any()]
    pairs = np.array(list(itertools.combinations(filled, 2)), dtype=np.int64).reshape(-1, 2)
    shared = (ones[pairs[:, 0]] & ones[pairs[:, 1]]).sum(axis=1)
    cases = test.cases(pairs[:, 0], pairs[:, 1], shared)
    p = test.p(cases)
    # pairs that share nothing are not taken in: they count as tests of probability 1
    test.count([cases[shared > 0]])
    wanted = false_discovery_control(np.where(shared > 0, p, 1.0), method="bh") if len(p) else np.empty(0)
    assert test.tests == len(pairs)
    assert test.q(cases)[shared > 0] == pytest.approx(wanted[shared > 0])
    assert test.q(cases)[shared == 0] == pytest.approx(1.0)
