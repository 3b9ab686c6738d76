"""Centrality against enumeration of all paths, peeling by definition and NetworkX on a projection by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.centrality import both_ways, centrality
from graph.analysis.centrality_betweenness import RISK, Accuracy, betweenness
from graph.analysis.centrality_projection import sitting_together
from graph.analysis.centrality_words import MEASURES, explain, how_known
from graph.analysis.incidence import Incidence

AGENCIES = "abcdef"
Rows = Mapping[str, frozenset[str]]
modest = settings(max_examples=60, deadline=None, derandomize=True)
tables = st.dictionaries(
    st.sampled_from([f"P{n}" for n in range(6)]), st.frozensets(st.sampled_from(AGENCIES))
)


def projection(rows: Rows) -> nx.Graph[str]:
    """Ties of bodies by definition."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(frozenset[str]().union(*rows.values())))
    for found in rows.values():
        for one, other in combinations(sorted(found), 2):
            before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
            graph.add_edge(one, other, weight=before + 1 / (len(found) - 1))
    return graph


def all_paths(rows: Rows, path: tuple[str, ...], end: str) -> Iterator[tuple[str, ...]]:
    """Every path from the last body of a path to the end: body, process, body ..."""
    if path[-1] == end:
        yield path
        return
    for process, found in rows.items():
        if path[-1] in found and process not in path:
            for body in found:
                if body not in path:
                    yield from all_paths(rows, (*path, process, body), end)


def shares(rows: Rows) -> tuple[dict[str, Fraction], dict[tuple[str, str], Fraction]]:
    """By node and by seat the number of ordered pairs of bodies, each spread over its shortest paths."""
    bodies = sorted(frozenset[str]().union(*rows.values()))
    nodes: dict[str, Fraction] = {}
    seats: dict[tuple[str, str], Fraction] = {}
    for start, end in permutations(bodies, 2):
        found = list(all_paths(rows, (start,), end))
        shortest = [path for path in found if len(path) == min(map(len, found))]
        for path in shortest:
            for node in path[1:-1]:
                nodes[node] = nodes.get(node, Fraction()) + Fraction(1, len(shortest))
            for one, other in pairwise(path):
                seat = (one, other) if one in rows else (other, one)
                seats[seat] = seats.get(seat, Fraction()) + Fraction(1, len(shortest))
    return nodes, seats


@modest
@given(tables)
def test_betweenness_is_the_share_of_shortest_paths(rows: Rows) -> None:
    nodes, seats = shares(rows)
    found = centrality(Incidence.of(rows, columns=AGENCIES))
    count = len(found.agencies)
    pairs, others = max(count * (count - 1), 1), max((count - 1) * (count - 2), 1)
    assert {one.agency: one.betweenness for one in found.agencies} == {
        one.agency: pytest.approx(float(nodes.get(one.agency, 0) / others), abs=1e-9)
        for one in found.agencies
    }
    assert {one.process: one.betweenness for one in found.processes} == {
        process: pytest.approx(float(nodes.get(process, 0) / pairs), abs=1e-9) for process in rows
    }
    assert found.seats_complete
    assert {(one.process, one.agency): one.betweenness for one in found.seats} == {
        (process, agency): pytest.approx(float(seats.get((process, agency), 0) / pairs), abs=1e-9)
        for process, agencies in rows.items()
        for agency in agencies
    }


@modest
@given(tables)
def test_degrees_and_cores(rows: Rows) -> None:
    def core_of(node: str) -> int:
        """Peel the two-mode graph for every k and see how long the node stays."""
        for k in range(8):
            left = {(process, agency) for process, found in rows.items() for agency in found}
            while True:
                kept = {
                    (process, agency)
                    for process, agency in left
                    if sum(p == process for p, _ in left) >= k and sum(a == agency for _, a in left) >= k
                }
                if kept == left:
                    break
                left = kept
            if k and not any(node in seat for seat in left):
                return k - 1
        raise AssertionError

    found = centrality(Incidence.of(rows))
    for one in found.agencies:
        assert one.processes == sum(one.agency in agencies for agencies in rows.values())
        assert one.partners == len(frozenset().union(*(a for a in rows.values() if one.agency in a))) - 1
        assert one.core == core_of(one.agency)
    for process in found.processes:
        assert process.agencies == len(rows[process.process])
        assert process.core == core_of(process.process)


@modest
@given(tables)
def test_ties_components_and_eigenvector(rows: Rows) -> None:
    graph = projection(rows)
    sitting = sitting_together(Incidence.of(rows))
    assert list(sitting.bodies) == sorted(graph)
    wanted = nx.to_numpy_array(graph, nodelist=sorted(graph)) if graph else np.zeros((0, 0))
    assert sitting.ties.toarray() == pytest.approx(wanted)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    found = centrality(Incidence.of(rows))
    assert found.components == tuple(map(len, parts))
    largest = parts[0] if parts and len(parts[0]) > 1 else set()
    for one in found.agencies:
        assert one.agency in parts[one.component]
        assert (one.eigenvector is not None) == (one.agency in largest)
    values = {one.agency: one.eigenvector for one in found.agencies if one.eigenvector is not None}
    if len(largest) > 2:
        theirs = nx.eigenvector_centrality_numpy(graph.subgraph(largest), weight="weight")
        top = max(theirs.values())
        assert values == {name: pytest.approx(value / top, abs=1e-6) for name, value in theirs.items()}
    elif largest:
        assert set(values.values()) == {1.0}


def large_table(bodies: int, processes: int, seed: int) -> Incidence:
    random = np.random.default_rng(seed)
    common = 1 / np.arange(1, bodies + 1)
    rows = {
        f"P{n:03d}": [
            f"a{one:03d}"
            for one in set(
                random.choice(bodies, size=random.integers(1, 6), p=common / common.sum()).tolist()
            )
        ]
        for n in range(processes)
    }
    return Incidence.of(rows)


def test_betweenness_equals_networkx_on_a_larger_table() -> None:
    table = large_table(90, 150, 1)
    graph: nx.Graph[object] = nx.Graph()
    graph.add_edges_from((row, column) for row in table.rows for column in table.columns_of(row))
    bodies = list(table.columns)
    theirs = nx.betweenness_centrality_subset(graph, bodies, bodies)
    others = (len(bodies) - 1) * (len(bodies) - 2) / 2
    assert betweenness(table).columns == pytest.approx([theirs[one] / others for one in bodies])


@pytest.mark.parametrize("seed", range(4))
def test_sampled_betweenness_keeps_its_word(seed: int) -> None:
    table = large_table(120, 200, seed)
    exact = betweenness(table)
    sampled = betweenness(table, exact_up_to=0, sources=40, seed=seed)
    accuracy = sampled.accuracy
    assert exact.accuracy == Accuracy(True, len(table.columns), None, 0.0, 0.0)
    assert (accuracy.exact, accuracy.sources, accuracy.seed) == (False, 40, seed)
    off = np.concatenate(
        [sampled.columns - exact.columns, sampled.rows - exact.rows, sampled.cells - exact.cells]
    )
    assert 0 < np.abs(off).max() < accuracy.error
    # the guarantee is wide; the likely error, for one value, is passed by five standard errors hardly ever
    assert np.abs(sampled.columns - exact.columns).max() < 5 * accuracy.standard_error
    again = betweenness(table, exact_up_to=0, sources=40, seed=seed)
    assert (sampled.columns == again.columns).all()
    assert (sampled.columns != betweenness(table, exact_up_to=0, sources=40, seed=seed + 9).columns).any()


def test_mean_of_samples_is_the_exact_value() -> None:
    """Estimates are unbiased: over all samples of one source their mean is the exact value."""
    table = large_table(12, 20, 3)
    exact = betweenness(table)
    means: dict[int, list[float]] = {}
    for seed in range(200):
        sampled = betweenness(table, exact_up_to=0, sources=1, seed=seed)
        [start] = np.random.default_rng(seed).choice(len(table.columns), size=1, replace=False).tolist()
        means[start] = sampled.columns.tolist()
    assert len(means) == len(table.columns)
    assert np.mean(list(means.values()), axis=0) == pytest.approx(exact.columns)


def test_error_bound_by_hand() -> None:
    # 200 of 1000 things, 1000 values: 1000/999 sqrt(ln(2000 / 0.05) (1 - 199/1000) / 400) = 0.1458
    table = large_table(12, 20, 3)
    sampled = betweenness(table, exact_up_to=0, sources=6)
    values = len(table.columns) + len(table.rows) + table.matrix.nnz
    bodies = len(table.columns)
    left = 1 - 5 / bodies
    wanted = bodies / (bodies - 1) * np.sqrt(np.log(2 * values / RISK) * left / 12)
    assert sampled.accuracy.error == pytest.approx(min(wanted, 1))


@modest
@given(tables, st.permutations(AGENCIES))
def test_order_of_the_table_does_not_matter(rows: Rows, order: list[str]) -> None:
    turned = dict(reversed(rows.items()))
    assert centrality(Incidence.of(rows)) == centrality(Incidence.of(turned, columns=order))


def test_seats_are_cut_and_said() -> None:
    table = Incidence.of({"P1": "ab", "P2": "bc"})
    found = centrality(table, max_seats=1)
    assert not found.seats_complete
    # a-b and b-c each by one seat of b, a-c by both; P1 stands first: 4 of 6 ordered pairs
    [seat] = found.seats
    assert (seat.process, seat.agency, seat.betweenness) == ("P1", "a", pytest.approx(4 / 6))


def test_both_ways_side_by_side() -> None:
    table = Incidence.of(
        {"P1": "ab", "P2": "bc", "P3": "a", "P4": "a"}, weak=[("P2", "c"), ("P3", "a"), ("P4", "a")]
    )
    both = both_ways(table)
    shifts = {one.agency: one for one in both.side_by_side("processes")}
    assert list(shifts) == ["a", "b", "c"]
    assert [(s.value, s.without, s.rank, s.rank_without) for s in shifts.values()] == [
        (3, 1, 1, 2),
        (2, 2, 2, 1),
        (1, None, 3, None),
    ]
    assert [one.rank for one in both.side_by_side("partners")] == [1, 2, 2]
    assert both.whole == centrality(table)


def test_eigenvector_outside_the_largest_part_is_none() -> None:
    both = both_ways(Incidence.of({"P1": "abc", "P2": "de"}))
    shifts = both.side_by_side("eigenvector")
    assert [one.agency for one in shifts] == ["a", "b", "c", "d", "e"]
    assert [one.rank for one in shifts] == [1, 1, 1, None, None]


def test_progress_and_wrong_limits() -> None:
    told: list[tuple[int, int]] = []
    table = large_table(90, 150, 1)
    centrality(table, progress=lambda done, total: told.append((done, total)))
    assert told == [(start, len(table.columns)) for start in range(0, len(table.columns), 32)]
    with pytest.raises(ValueError, match="at least one source"):
        betweenness(table, sources=0)


def test_an_empty_table_has_no_numbers() -> None:
    found = centrality(Incidence.of({"P1": []}))
    assert (found.agencies, found.seats, found.components) == ((), (), ())
    assert [one.betweenness for one in found.processes] == [0.0]


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_number_is_said_in_both_languages(measure: str) -> None:
    words = explain(measure, 0.5)
    assert "{" not in words.en + words.fa
    assert any(text in words.en for text in ("0.5", "50"))
    assert any(text in words.fa for text in ("۰٫۵", "۵۰"))
    assert explain(measure, None).en.startswith("Not defined")


def test_how_well_it_is_known() -> None:
    said = how_known(Accuracy(False, 500, 7, 0.12, 0.003))
    assert "500 random starts (seed 7)" in said.en
    assert "12.0%" in said.en
    assert "۵۰۰ آغاز تصادفی" in said.fa
    assert "۰٫۶٪" in said.fa
