"""Circles of bodies: modularity by its formula, agreement by counting pairs, the same answer every time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.centrality_communities import adjusted_rand_index, communities
from graph.analysis.incidence import Incidence
from tests.analysis.test_centrality import Rows, large_table, modest, projection, tables

TWO_CIRCLES = {"P1": "abc", "P2": "abc", "P3": "xyz", "P4": "xyz", "P5": "cx", "P6": "l"}


def test_two_circles_with_one_tie_between() -> None:
    found = communities(Incidence.of(TWO_CIRCLES))
    assert [[one.agency for one in circle] for circle in found.circles] == [["a", "b", "c"], ["x", "y", "z"]]
    # each pair within a circle is tied by 1/2 + 1/2, c and x by 1: 6 of 7 within; each has half of the ends
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)
    members = {one.agency: one for circle in found.circles for one in circle}
    assert members["a"].inside == 1
    assert members["c"].inside == pytest.approx(2 / 3)
    assert "l" not in members


@modest
@given(tables)
def test_modularity_by_its_formula(rows: Rows) -> None:
    found = communities(Incidence.of(rows), runs=3)
    graph = projection(rows)
    total = graph.size(weight="weight")
    circle = {one.agency: number for number, part in enumerate(found.circles) for one in part}
    assert set(circle) == {name for name, degree in graph.degree() if degree}
    if total:
        strength = dict(graph.degree(weight="weight"))
        ties = sum(
            graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
            - strength[one] * strength[other] / (2 * total)
            for one in circle
            for other in circle
            if circle[one] == circle[other]
        )
        assert found.modularity == pytest.approx(ties / (2 * total), abs=1e-9)
    assert found.lowest_modularity <= found.modularity


def test_the_same_in_every_order_and_run() -> None:
    table = large_table(60, 80, 2)
    turned = Incidence.of({row: table.columns_of(row) for row in reversed(table.rows)})
    first = communities(table)
    assert first == communities(table) == communities(turned)
    assert first.runs == 10
    assert -1 <= first.agreement < 1
    assert first.lowest_modularity < first.modularity
    assert communities(table, seed=5).seed == 5


def test_agreement_is_measured_against_the_other_runs() -> None:
    # a ring of equal ties has no division of its own: runs cut it at different places
    ring = {f"P{n:02d}": [f"a{n:02d}", f"a{(n + 1) % 12:02d}"] for n in range(12)}
    found = communities(Incidence.of(ring))
    assert found.agreement < 0.9
    assert min(one.steady for circle in found.circles for one in circle) < 1
    sure = communities(Incidence.of(TWO_CIRCLES))
    assert sure.agreement == 1
    assert {one.steady for circle in sure.circles for one in circle} == {1.0}


def test_fewer_runs_in_a_large_graph_are_said() -> None:
    table = Incidence.of(TWO_CIRCLES)
    told: list[tuple[int, int]] = []
    found = communities(table, max_ties=21, progress=lambda done, total: told.append((done, total)))
    # seven ties: three runs
    assert found.runs == 3
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert communities(table, max_ties=1).runs == 2


def test_resolution() -> None:
    table = Incidence.of(TWO_CIRCLES)
    assert len(communities(table, resolution=0.1).circles) == 1
    assert len(communities(table, resolution=4).circles) > 2


def test_nobody_meets() -> None:
    found = communities(Incidence.of({"P1": "a", "P2": "b"}))
    assert (found.circles, found.runs) == ((), 0)
    with pytest.raises(ValueError, match="at least two runs"):
        communities(Incidence.of({}), runs=1)


@modest
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_adjusted_rand_index_by_counting_pairs(labels: list[tuple[int, int]]) -> None:
    one, other = (np.array(part) for part in zip(*labels, strict=True))
    pairs = list(combinations(range(len(labels)), 2))
    ours = sum(one[a] == one[b] for a, b in pairs)
    theirs = sum(other[a] == other[b] for a, b in pairs)
    both = sum(one[a] == one[b] and other[a] == other[b] for a, b in pairs)
    expected = ours * theirs / len(pairs)
    most = (ours + theirs) / 2
    wanted = 1 if most == expected else (both - expected) / (most - expected)
    assert adjusted_rand_index(one, other) == pytest.approx(wanted)
    assert adjusted_rand_index(other, one) == pytest.approx(wanted)
