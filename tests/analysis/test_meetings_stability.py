"""Stability against counting all subsets, against the recursion over the lattice, and its bounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.meetings import Meeting, meetings
from graph.analysis.meetings_search import Concept
from graph.analysis.meetings_stability import CLOSE_ENOUGH, Stability, stability
from tests.analysis.test_meetings import AGENCIES, Rows, common, modest, table_of, tables


def counted(rows: Rows, one: Meeting) -> float:
    """Share of the subsets of its processes that have just its bodies in common."""
    subsets = itertools.chain.from_iterable(
        itertools.combinations(one.processes, size) for size in range(one.support + 1)
    )
    same = sum(common(rows, frozenset(chosen)) == frozenset(one.agencies) for chosen in subsets)
    return same / 2**one.support


def over_lattice(found: tuple[Meeting, ...]) -> dict[tuple[str, ...], float]:
    """Roth, Obiedkov, Kourie (CLA 2006): subsets of a concept's rows, less those of the concepts below."""
    numbers: dict[tuple[str, ...], int] = {}
    for one in reversed(found):
        below = (o for o in found if set(o.agencies) > set(one.agencies))
        numbers[one.agencies] = 2**one.support - sum(numbers[other.agencies] for other in below)
    return {one.agencies: numbers[one.agencies] / 2**one.support for one in found}


@modest
@given(tables)
def test_stability_is_the_share_of_subsets(rows: Rows) -> None:
    found = meetings(table_of(rows), min_support=0, min_group=0).found
    recursion = over_lattice(found)
    for one in found:
        assert one.stability.method == "exact"
        assert one.stability.value == counted(rows, one) == recursion[one.agencies]


def concept_of(table: Incidence, agencies: str) -> Concept:
    columns = np.array([table.column_number[name] for name in agencies])
    rows = np.flatnonzero((table.matrix.toarray()[:, columns] == 1).all(axis=1))
    return Concept(columns, rows)


@modest
@given(tables.filter(bool), st.integers(0, 2**16))
def test_bounds_and_samples_hold(rows: Rows, seed: int) -> None:
    table = table_of(rows)
    for one in meetings(table, min_group=1).found:
        concept = concept_of(table, "".join(one.agencies))
        true = counted(rows, one)
        loose = stability(table.matrix, concept, close_enough=1)
        assert loose.low <= true <= loose.high
        sampled = stability(table.matrix, concept, exact_terms=0, seed=seed)
        # one case in a hundred may miss by the error, 0.026; twice that is one in ten to the ninth
        assert sampled.method in ("sampled", "exact")
        assert abs(sampled.value - true) <= 0.06


def test_sampled_says_so_and_repeats() -> None:
    # every two of 12 rows share a column that the other rows miss, so the sets of missing rows overlap
    rows = {
        f"P{i:02d}": ["x", *(f"c{j:02d}" for j in range(12) if j not in (i, (i + 1) % 12))] for i in range(12)
    }
    table = Incidence.of(rows)
    concept = Concept(np.array([table.column_number["x"]]), np.arange(12))
    exact = stability(table.matrix, concept)
    # by hand: a set of rows fails when two neighbours on the circle of 12 are both absent. Sets of absent
    # rows without neighbours on a circle of n number L(n), the Lucas numbers: L(12) = 322; 322 / 4096
    assert exact == Stability(322 / 4096, 322 / 4096, 322 / 4096, "exact")
    sampled = stability(table.matrix, concept, exact_terms=5, seed=3)
    assert sampled == stability(table.matrix, concept, exact_terms=5, seed=3)
    assert sampled.method == "sampled"
    # sqrt(ln(2 / 0.01) / 8000) = 0.02573
    assert sampled.high == pytest.approx(sampled.value + 0.02573, abs=1e-5)
    assert sampled.low <= 322 / 4096 <= sampled.high


def test_columns_that_miss_other_rows_are_counted_apart() -> None:
    # contranominal scale of 40: a selection shows the empty group only when it has all 40 rows; counted as
    # one, the unions of single rows would be 2^40
    names = [f"a{i:02d}" for i in range(40)]
    table = Incidence.of({f"P{i}": [a for a in names if a != f"a{i:02d}"] for i in range(40)})
    found = stability(table.matrix, Concept(np.arange(0), np.arange(40)), close_enough=0)
    assert found == Stability(2.0**-40, 2.0**-40, 2.0**-40, "exact")


def test_large_meetings_need_bounds_only() -> None:
    rows = {f"P{i:03d}": ["x", *("y" * (i >= 30)), *("z" * (i < 969))] for i in range(1000)}
    alone = meetings(Incidence.of(rows), min_group=1).found[0]
    # "y" is missing from 30 rows, "z" from 31: these are all left out with the probability 2^-30 or 2^-31
    assert (alone.agencies, alone.stability.method) == (("x",), "bounds")
    assert alone.stability.error <= CLOSE_ENOUGH
    assert (alone.stability.low, alone.stability.high) == (1 - 2.0**-30 - 2.0**-31, 1 - 2.0**-30)


def test_columns_missed_by_very_many_rows_widen_the_bounds_only() -> None:
    # "y" is missed by 2 rows of 60, "z" by 50: P(neither is common) is 3/4 less at most 2^-50
    rows = {f"P{i:02d}": ["x", *("y" * (i >= 2)), *("z" * (i >= 50))] for i in range(60)}
    table = Incidence.of(rows)
    found = stability(table.matrix, concept_of(table, "x"), close_enough=0)
    assert found.method == "bounds"
    assert found.low <= 0.75 - 2.0**-52 <= found.high == 0.75
    assert found.error < 1e-12


def test_all_bodies_together_cannot_change() -> None:
    table = Incidence.of({"P1": AGENCIES})
    [one] = meetings(table).found
    assert one.stability == Stability(1.0, 1.0, 1.0, "exact")
