"""Groups of processes: distances, silhouettes and trees against plain Python, and worked examples."""

from __future__ import annotations

import itertools
import math
from statistics import fmean

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.clusters import clusters
from graph.analysis.clusters_measure import distances, silhouette
from graph.analysis.clusters_words import cut_reason
from graph.analysis.incidence import Incidence
from graph.analysis.overlap import IMPORTANCE
from graph.analysis.overlap_facets import overlap_facets
from tests.analysis import overlap_brute as brute

modest = settings(max_examples=40, deadline=None, derandomize=True)


def square_of(found: dict[str, dict[str, frozenset[str]]]) -> np.ndarray:
    return distances(brute.tables_of(found), np.arange(len(brute.PROCESSES)), IMPORTANCE)


@modest
@given(brute.facets())
def test_distance_is_one_less_the_combined_score(found: dict[str, dict[str, frozenset[str]]]) -> None:
    square = square_of(found)
    for (i, one), (j, other) in itertools.combinations(enumerate(brute.PROCESSES), 2):
        by = {name: brute.scores(cells, one, other) for name, cells in found.items()}
        assert square[i, j] == square[j, i] == pytest.approx(1 - brute.combined(by, IMPORTANCE))
    assert not square.diagonal().any()


@modest
@given(st.lists(st.integers(0, 3), min_size=3, max_size=8), st.integers(0, 99))
def test_silhouette_is_that_of_the_definition(labels: list[int], seed: int) -> None:
    points = np.random.default_rng(seed).integers(0, 6, len(labels)).astype(float)
    square = np.abs(points[:, None] - points[None, :])
    if len(set(labels)) < 2:
        return
    values = []
    for i, own in enumerate(labels):
        mates = [j for j, other in enumerate(labels) if other == own and j != i]
        if not mates:
            values.append(0.0)
            continue
        a = fmean(square[i, j] for j in mates)
        b = min(
            fmean(square[i, j] for j, other in enumerate(labels) if other == group)
            for group in set(labels) - {own}
        )
        values.append((b - a) / max(a, b) if max(a, b) else 0.0)
    assert silhouette(square, np.array(labels)) == pytest.approx(fmean(values))


def tree_by_hand(square: np.ndarray) -> list[float]:
    """Heights of the joins: always the two groups with the least mean distance between their members."""
    groups = [[place] for place in range(len(square))]
    heights = []
    while len(groups) > 1:
        apart = {
            (a, b): fmean(square[i, j] for i in groups[a] for j in groups[b])
            for a, b in itertools.combinations(range(len(groups)), 2)
        }
        (a, b), height = min(apart.items(), key=lambda one: one[1])
        heights.append(height)
        groups[a] += groups.pop(b)
    return heights


@modest
@given(brute.facets())
def test_the_tree_joins_the_nearest_groups_and_the_best_cut_is_taken(
    found: dict[str, dict[str, frozenset[str]]],
) -> None:
    result = clusters(brute.tables_of(found))
    known = [name for name in brute.PROCESSES if any(found[facet][name] for facet in found)]
    assert result.leaves == tuple(known)
    assert result.unknown == tuple(name for name in brute.PROCESSES if name not in known)
    members = [name for group in result.found for name in group.members]
    assert sorted([*members, *result.alone]) == known
    if len(known) < 3:
        return
    square = square_of(found)[np.ix_(*[[brute.PROCESSES.index(name) for name in known]] * 2)]
    heights = [height for _, _, height, _ in result.tree]
    assert heights == sorted(heights)
    ties = len(set(np.round(square[np.triu_indices(len(known), 1)], 9))) < len(known) * (len(known) - 1) / 2
    if not ties:  # with equal distances there are several such trees
        assert heights == pytest.approx(tree_by_hand(square))
    if result.cut is not None:
        label = {name: number for number, group in enumerate(result.found) for name in group.members}
        label |= {name: -1 - number for number, name in enumerate(result.alone)}
        labels = np.array([label[name] for name in known])
        assert result.cut.groups == len(set(labels.tolist()))
        assert result.cut.silhouette == pytest.approx(silhouette(square, labels))
        assert result.cut.silhouette == max(cut.silhouette for cut in result.cuts)


def test_two_clear_groups_and_one_alone() -> None:
    table = Incidence.of({"P1": "ab", "P2": "abc", "P3": "xy", "P4": "xyz", "P5": "m", "P6": ""})
    result = clusters({"agency": table})
    assert [group.members for group in result.found] == [("P1", "P2"), ("P3", "P4")]
    assert (result.alone, result.unknown) == (("P5",), ("P6",))
    assert result.found[0].common == {"agency": (("a", 2), ("b", 2))}
    # weights: five rows have anything; a, b, x, y stand in two: ln 3; c, z, m in one: ln 6
    apart = 1 - 2 * math.log(3) / (2 * math.log(3) + math.log(6))
    assert result.found[0].spread == pytest.approx(apart)
    # of each pair: (1 - apart) / 1; alone: 0
    assert result.cut is not None
    assert result.cut.silhouette == pytest.approx(4 / 5 * (1 - apart))
    assert result.cophenetic == pytest.approx(1)


def test_a_cut_that_is_asked_for() -> None:
    table = Incidence.of({"P1": "ab", "P2": "abc", "P3": "xy", "P4": "xyz"})
    fine, whole = (clusters({"agency": table}, distance=at) for at in (0.1, 1.0))
    assert (fine.found, len(fine.alone)) == ((), 4)
    assert [len(group.members) for group in whole.found] == [4]
    assert "as asked" in cut_reason(fine).en
    assert "highest" not in cut_reason(fine).en


def test_too_many_for_a_tree_are_joined_to_their_neighbours() -> None:
    table = Incidence.of(
        {"P1": "abcd", "P2": "abcd", "P3": "abc", "P4": "xy", "P5": "xy", "P6": "dq", "P7": ""}
    )
    result = clusters({"agency": table}, most=5)
    # rows with anything: 6. a, b, c: ln(7/3), d: ln(7/3), x, y: ln(7/2), q: ln 7. P3 has three of the four
    # equal weights of P1: 3/4. P6 has d of P1: ln(7/3) of 4 ln(7/3) + ln 7, less than one half: alone
    assert result.method == "neighbours"
    assert [group.members for group in result.found] == [("P1", "P2", "P3"), ("P4", "P5")]
    assert (result.alone, result.unknown) == (("P6",), ("P7",))
    assert result.tree == ()
    assert "too many" in cut_reason(result).en
    assert "۳" in cut_reason(result).fa


def test_few_or_no_processes() -> None:
    for cells in ({}, {"P1": "a"}, {"P1": "a", "P2": "a"}):
        result = clusters({"agency": Incidence.of(cells)})
        assert (result.found, result.cut) == ((), None)
        assert cut_reason(result).fa
    with pytest.raises(ValueError, match="at least one table"):
        clusters({})
    with pytest.raises(ValueError, match="importance"):
        clusters({"agency": Incidence.of({"P1": "a", "P2": "a", "P3": "b"})}, importance={})


def test_processes_that_are_all_the_same() -> None:
    result = clusters({"agency": Incidence.of(dict.fromkeys(["P1", "P2", "P3"], "ab"))})
    assert [group.members for group in result.found] == [("P1", "P2", "P3")]
    assert result.cut is not None
    assert (result.cut.groups, result.cut.silhouette) == (1, 0)
    assert math.isnan(result.cophenetic)
    unlike = clusters({"agency": Incidence.of({"P1": "a", "P2": "b", "P3": "c"})})
    assert (unlike.found, len(unlike.alone)) == ((), 3)


def test_groups_of_the_catalogue(shipped: nx.MultiDiGraph) -> None:
    result = clusters(overlap_facets(shipped))
    groups = [{shipped.nodes[name]["id"] for name in group.members} for group in result.found]
    # the forms with one list of seven bodies, and those with one list of three (and P11, which adds one more)
    assert {"P04", "P05", "P06", "P07"} in groups
    assert {"P08", "P11", "P14", "P15", "P19", "P20", "P22", "P23", "P26"} in groups
    # water resources: two bodies and three recipients, of which only the residents stand anywhere else
    assert "P24" in {shipped.nodes[name]["id"] for name in result.alone}
    words = cut_reason(result)
    assert "not clear-cut" in words.en
    assert "مرز روشنی ندارند" in words.fa
