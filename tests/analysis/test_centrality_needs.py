"""Centrality in graphs of needs against enumeration and NetworkX."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.centrality_betweenness import sampling_error
from graph.analysis.centrality_needs import needs_centrality
from tests.analysis.test_centrality import modest

edges = st.frozensets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=14)


@modest
@given(edges)
def test_betweenness_and_degrees_by_definition(found: frozenset[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edge for edge in found if edge[0] != edge[1])
    others = max((len(graph) - 1) * (len(graph) - 2), 1)
    wanted = dict.fromkeys(graph, 0.0)
    for start, end in permutations(graph, 2):
        if nx.has_path(graph, start, end):
            paths = list(nx.all_shortest_paths(graph, start, end))
            for path in paths:
                for thing in path[1:-1]:
                    wanted[thing] += 1 / len(paths) / others
    told = needs_centrality(nx.DiGraph(found))
    assert {one.thing: one.betweenness for one in told.things} == {
        thing: pytest.approx(value, abs=1e-9) for thing, value in wanted.items()
    }
    for one in told.things:
        assert (one.needs, one.needed_by) == (graph.out_degree(one.thing), graph.in_degree(one.thing))


@modest
@given(edges)
def test_hubs_and_authorities_feed_each_other(found: frozenset[tuple[str, str]]) -> None:
    told = needs_centrality(nx.DiGraph(found)).things
    authority = {one.thing: one.authority for one in told}
    hub = {one.thing: one.hub for one in told}
    if told:
        pointed = {t: sum(authority[b] for a, b in found if a == t != b) for t in hub}
        assert hub == {
            t: pytest.approx(value / max(pointed.values()), abs=1e-6) for t, value in pointed.items()
        }
        assert max(authority.values()) == max(hub.values()) == 1


def test_hits_equals_networkx_where_one_part_is_strongest() -> None:
    graph = nx.DiGraph([("a", "x"), ("b", "x"), ("c", "x"), ("c", "y"), ("d", "z"), ("x", "z")])
    hubs, authorities = nx.hits(graph)
    told = {one.thing: one for one in needs_centrality(graph).things}
    for thing in graph:
        assert told[thing].hub == pytest.approx(hubs[thing] / max(hubs.values()), abs=1e-6)
        assert told[thing].authority == pytest.approx(
            authorities[thing] / max(authorities.values()), abs=1e-6
        )


def test_equally_strong_parts_share_the_authority() -> None:
    told = {one.thing: one for one in needs_centrality(nx.DiGraph([("a", "x"), ("b", "y")])).things}
    assert told["x"].authority == told["y"].authority == told["a"].hub == told["b"].hub == 1
    assert told["a"].authority == told["x"].hub == 0


def test_several_reasons_count_once() -> None:
    needs: nx.MultiDiGraph[str] = nx.MultiDiGraph([("P14", "P13"), ("P14", "P13"), ("P13", "P13")])
    needs.add_node("alone")
    told = needs_centrality(needs).things
    assert [(one.thing, one.needs, one.needed_by) for one in told] == [("P13", 0, 1), ("P14", 1, 0)]


def test_sampled_chains_keep_their_word() -> None:
    graph = nx.gnp_random_graph(150, 0.02, seed=4, directed=True)
    named = nx.relabel_nodes(graph, {n: f"t{n:03d}" for n in graph})
    exact = {one.thing: one.betweenness for one in needs_centrality(named).things}
    told: list[tuple[int, int]] = []
    found = needs_centrality(
        named, exact_up_to=0, sources=60, seed=1, progress=lambda done, total: told.append((done, total))
    )
    off = max(abs(one.betweenness - exact[one.thing]) for one in found.things)
    assert found.accuracy.error == sampling_error(len(exact), 60, len(exact))
    assert 0 < off < found.accuracy.error
    assert off < 5 * found.accuracy.standard_error
    assert told == [(start, 60) for start in range(0, 60, 6)]
    assert found == needs_centrality(named, exact_up_to=0, sources=60, seed=1)
    theirs = nx.betweenness_centrality(named)
    assert exact == {thing: pytest.approx(theirs[thing], abs=1e-9) for thing in exact}


def test_nothing_needs_anything() -> None:
    told = needs_centrality(nx.DiGraph())
    assert (told.things, told.accuracy.exact) == ((), True)
    with pytest.raises(ValueError, match="at least one source"):
        needs_centrality(nx.DiGraph(), sources=0)
    assert np.isfinite(sampling_error(1, 1, 2))
