"""The order by likeness: against brute force on small tables, its laws on any table, and on long ones."""

from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.seriation import by_likeness

TABLES = st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=7).map(
    lambda sets: Incidence.of({f"P{number}": found for number, found in enumerate(sets)}, columns="abcdef")
)


def apart(one: frozenset[str], other: frozenset[str]) -> float:
    return 1 - len(one & other) / len(one | other)


def length(table: Incidence, order: tuple[str, ...]) -> float:
    """Sum of the distances of neighbours, rows without cells left out."""
    sets = [table.columns_of(row) for row in order if table.columns_of(row)]
    return sum(apart(a, b) for a, b in pairwise(sets))


@given(TABLES)
@settings(max_examples=60)
def test_every_row_and_column_stands_once_and_empty_ones_last(table: Incidence) -> None:
    order = by_likeness(table)
    assert sorted(order.rows) == sorted(table.rows)
    assert sorted(order.columns) == sorted(table.columns)
    filled = [bool(table.columns_of(row)) for row in order.rows]
    assert filled == sorted(filled, reverse=True)
    assert by_likeness(table) == order


def test_two_blocks_come_apart() -> None:
    cells = {"P1": "abc", "P2": "xyz", "P3": "abd", "P4": "xyw", "P5": "abc"}
    order = by_likeness(Incidence.of(cells))
    sides = ["first" if row in ("P1", "P3", "P5") else "second" for row in order.rows]
    assert sides in (["first"] * 3 + ["second"] * 2, ["second"] * 2 + ["first"] * 3)
    assert abs(order.rows.index("P1") - order.rows.index("P5")) == 1


def test_a_band_is_found_and_no_other_order_is_shorter() -> None:
    """Rows along a band have one best order, which brute force finds among all; names are shuffled."""
    band = {"P3": "ab", "P1": "bc", "P5": "cd", "P2": "de", "P4": "ef"}
    table = Incidence.of(band)
    found = by_likeness(table).rows
    best = min(length(table, order) for order in permutations(table.rows))
    assert length(table, found) == pytest.approx(best)


def test_a_long_table_is_ordered_along_one_axis_and_says_so() -> None:
    """Rows of a shuffled band: reciprocal averaging puts it back in order, up to its direction."""
    random = np.random.default_rng(7)
    places = random.permutation(60).tolist()
    cells = {f"P{place:02}": [f"c{place + step:02}" for step in range(4)] for place in places}
    order = by_likeness(Incidence.of(cells), most=10)
    assert not order.by_tree
    straight = [f"P{place:02}" for place in range(60)]
    assert list(order.rows) in (straight, straight[::-1])
    assert order == by_likeness(Incidence.of(cells), most=10)


def test_progress_can_end_it_and_a_wrong_limit_is_refused() -> None:
    table = Incidence.of({"P1": "ab", "P2": "bc"})

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_likeness(table, progress=stop)
    with pytest.raises(ValueError, match="at least 1"):
        by_likeness(table, most=0)
