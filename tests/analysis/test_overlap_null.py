"""The null model of a table and the test of its pairs of rows, against enumeration and other methods."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from graph.analysis.chance import tosses_tail
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_chance import ChanceTest, Statistic
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


@pytest.mark.parametrize("by", ["count", "rarity"])
def test_probability_of_a_pair_by_enumeration(by: Statistic) -> None:
    ones = np.array([[1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [1, 0, 0, 0, 1], [0, 1, 0, 0, 0]])
    y = odds_by_iteration(ones)
    test = ChanceTest(incidence(ones), by)
    # four rows, so the weights are ln(5/3) for the first two columns and ln(5) for the rest: 0.511, 1.609.
    # The heaviest row has two of the former and one of the latter, 2.631, which is 2,000 units
    units = {"count": [1] * 5, "rarity": [388, 388, 1223, 1223, 1223]}[by]
    assert test.units.tolist() == units

    def sets(size: int) -> list[tuple[set[int], float]]:
        return [(set(a), math.prod(y[at] for at in a)) for a in itertools.combinations(range(5), size)]

    for i, j in itertools.combinations(range(4), 2):
        shared = int((ones[i] & ones[j]) @ units)
        assert test.shared(np.array([i]), np.array([j])).tolist() == [shared]
        both = [
            (sum(units[at] for at in a & b), v * w)
            for a, v in sets(ones[i].sum())
            for b, w in sets(ones[j].sum())
        ]
        wanted = sum(w for worth, w in both if worth >= shared) / sum(w for _, w in both)
        found = test.p(test.cases(np.array([i]), np.array([j]), np.array([shared])))
        assert found[0] == pytest.approx(wanted, rel=1e-5)
    assert test.method == "fixed-lengths"


def test_what_cannot_be_otherwise_is_no_surprise() -> None:
    # both columns stand in every row that has any: sharing them says nothing
    test = ChanceTest(incidence(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]])), "count")
    assert test.p(test.cases(np.array([0]), np.array([1]), np.array([2]))).tolist() == [1.0]
    assert test.tests == 1


def test_columns_that_all_have_are_set_aside() -> None:
    # column 0 is everybody's; the others are single draws of 3 with equal odds: a second one in common, 1/3
    ones = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]])
    test = ChanceTest(incidence(ones))
    one, other = test.units.tolist()[:2]
    cases = test.cases(np.array([0, 0]), np.array([1, 1]), np.array([one, one + other]))
    assert test.p(cases) == pytest.approx([1.0, 1 / 3])


@EXAMPLES
@given(tables(), st.sampled_from(["count", "rarity"]))
def test_long_rows_use_the_model_with_expected_lengths(ones: np.ndarray, by: Statistic) -> None:
    chances = fit_null_model(ones.sum(axis=1), ones.sum(axis=0)).probabilities()
    test = ChanceTest(incidence(ones), by, exact=0)
    assume(test.method == "expected-lengths")
    test._exact = 10**9  # the lengths are let vary, but the rest is still exact
    for i, j in itertools.combinations(range(len(ones)), 2):
        shared = test.shared(np.array([i]), np.array([j]))
        wanted = tosses_tail((chances[i] * chances[j])[None], np.ones_like(test.units), test.units, shared)
        found = test.p(test.cases(np.array([i]), np.array([j]), shared))
        assert found[0] == pytest.approx(wanted[0], abs=1e-7)


def test_very_long_rows_use_a_saddle_point_and_say_so() -> None:
    rng = np.random.default_rng(5)
    ones = (rng.random((4, 60)) < rng.random(60)).astype(np.int64)
    table = incidence(ones)
    exact, rough = ChanceTest(table, "count", exact=50_000), ChanceTest(table, "count", exact=1)
    both = [
        one.p(one.cases(*(np.array([at]) for at in (0, 1)), one.shared(np.array([0]), np.array([1]))))
        for one in (exact, rough)
    ]
    assert both[0] == pytest.approx(both[1], rel=0.05)
    assert (exact.method, rough.method) == ("expected-lengths", "saddlepoint")


@EXAMPLES
@given(tables())
def test_false_findings_are_controlled_over_all_pairs(ones: np.ndarray) -> None:
    test = ChanceTest(incidence(ones))
    filled = [row for row in range(len(ones)) if ones[row].any()]
    pairs = np.array(list(itertools.combinations(filled, 2)), dtype=np.int64).reshape(-1, 2)
    shared = test.shared(pairs[:, 0], pairs[:, 1])
    cases = test.cases(pairs[:, 0], pairs[:, 1], shared)
    p = test.p(cases)
    # pairs that share nothing are not taken in: they count as tests of probability 1; the others in two lists
    some = cases[shared > 0]
    test.count([some[::2], some[1::2]])
    wanted = false_discovery_control(np.where(shared > 0, p, 1.0), method="bh") if len(p) else np.empty(0)
    assert test.tests == len(pairs)
    assert test.q(cases)[shared > 0] == pytest.approx(wanted[shared > 0])
    assert test.q(cases)[shared == 0] == pytest.approx(1.0)


def test_bodies_of_one_commonness_count_as_one() -> None:
    table = incidence(np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1]]))
    assert ChanceTest(table).units.tolist() == [1, 1, 1, 1]


def test_cases_that_come_in_several_lists_are_added_up() -> None:
    # 4 rows with the one pair of columns and 4 with the other: 12 of 28 pairs share, all in the same case
    table = incidence(np.array([[1, 1, 0, 0]] * 4 + [[0, 0, 1, 1]] * 4))
    test = ChanceTest(table)
    first, second = np.array(list(itertools.combinations(range(8), 2))).T
    shared = test.shared(first, second)
    cases = test.cases(first, second, shared)[shared > 0]
    test.count([cases[:5], cases[5:9], cases[9:]])
    # four columns with equal odds, two of them drawn twice: one in six
    assert test.p(cases) == pytest.approx([1 / 6] * 12)
    assert test.q(cases) == pytest.approx([1 / 6 * 28 / 12] * 12)
