"""What-if on random catalogues, as NetworkX and as RDF: against SPARQL paths and the definitions."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.dependency import dependency_graph
from graph.analysis.dependency_reasons import BY_RELATION, DEFAULT_REASONS, REASONS, STOPS
from graph.analysis.impact import impact, needs_of
from graph.analysis.impact_single import single_partners

KINDS = ("process", "service", "agency", "collective", "instrument", "template")
NAMES = tuple(f"{kind}-{number}" for kind in KINDS for number in range(3))
RELATIONS = tuple(name for name, reason in BY_RELATION.items() if reason.id in DEFAULT_REASONS)
#: any relation between any two things, circles included
edges = st.sets(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(RELATIONS), st.sampled_from(NAMES)), max_size=30
)
removed = st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)
few = settings(max_examples=80, deadline=None, derandomize=True)


def catalogue_of(found: set[tuple[str, str, str]]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in NAMES:
        graph.add_node(name, kind=name.rpartition("-")[0], id=name, subkinds=())
    for a, relation, b in sorted(found):
        graph.add_edge(a, b, relation, relation=relation, evidence="reading", lines="", weak=False)
    return graph


def closure(found: set[tuple[str, str, str]], taken: set[str]) -> set[str]:
    """What needs what is taken, by a SPARQL property path."""
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"x:{a}"), ox.NamedNode(f"p:{relation}"), ox.NamedNode(f"x:{b}"))
        for a, relation, b in found
    )
    path = "|".join(f"<p:{relation}>" for relation in RELATIONS)
    values = " ".join(f"<x:{name}>" for name in taken)
    rows = store.query(f"SELECT DISTINCT ?x WHERE {{ VALUES ?y {{ {values} }} ?x ({path})+ ?y }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row["x"].value).removeprefix("x:") for row in rows}


@given(edges, removed)
@few
def test_reach_is_the_property_path(found: set[tuple[str, str, str]], taken: set[str]) -> None:
    result = impact(dependency_graph(catalogue_of(found)), taken)
    assert {one.thing for one in result.affected} == closure(found, taken) - taken


@given(edges, removed)
@few
def test_paths_are_shortest_and_real(found: set[tuple[str, str, str]], taken: set[str]) -> None:
    needs = dependency_graph(catalogue_of(found))
    plain = nx.DiGraph(needs)
    for one in impact(needs, taken).affected:
        lengths = nx.single_source_shortest_path_length(plain, one.thing)
        assert len(one.path) == one.generation == min(lengths[end] for end in taken if end in lengths)
        assert one.path[0].thing == one.thing
        assert one.path[-1].needs in taken
        assert all(first.needs == second.thing for first, second in pairwise(one.path))
        assert all(needs.has_edge(link.thing, link.needs, link.reason) for link in one.path)


def gone_by_definition(needs: nx.MultiDiGraph[str], taken: set[str]) -> set[str]:
    """Lost and taken, word for word: again and again, until nothing more falls."""
    gone = set(taken)
    while True:
        more = set()
        for thing in set(needs) - gone:
            pools: dict[str, list[str]] = {}
            for _, needed, reason in needs.out_edges(thing, keys=True):
                if REASONS[reason].each and needed in gone and REASONS[reason].stops:
                    more.add(thing)
                elif REASONS[reason].stops and not REASONS[reason].each:
                    pools.setdefault(REASONS[reason].pool, []).append(needed)
            if any(all(needed in gone for needed in pool) for pool in pools.values()):
                more.add(thing)
        if not more:
            return gone
        gone |= more


@given(edges, removed)
@few
def test_lost_is_what_the_definition_says(found: set[tuple[str, str, str]], taken: set[str]) -> None:
    needs = dependency_graph(catalogue_of(found))
    assert {one.thing for one in impact(needs, taken).lost} == gone_by_definition(needs, taken) - taken


@given(edges, removed, removed)
@few
def test_taking_more_away_never_saves_anything(
    found: set[tuple[str, str, str]], taken: set[str], further: set[str]
) -> None:
    needs = dependency_graph(catalogue_of(found))
    less, more = impact(needs, taken), impact(needs, taken | further)
    assert {one.thing for one in less.lost} <= {one.thing for one in more.lost} | further
    both = {one.thing for one in less.affected} | {one.thing for one in impact(needs, further).affected}
    assert {one.thing for one in more.affected} == both - taken - further


@given(edges, removed)
@few
def test_without_pools_that_stop_nothing_is_lost(found: set[tuple[str, str, str]], taken: set[str]) -> None:
    needs = dependency_graph(catalogue_of(found))
    assert not impact(needs, taken, stops=frozenset()).lost
    for thing in needs:
        assert all(need.pool in STOPS for need in needs_of(needs, thing) if need.stops)


KINDS_OF_BODIES = st.fixed_dictionaries(
    {
        f"agency-{number}": st.lists(st.sampled_from(["judicial", "police", "other"]), max_size=2)
        for number in range(3)
    }
)
partners = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)


@given(edges, partners, KINDS_OF_BODIES)
@few
def test_single_partners_are_what_is_lost_to_one_body_alone(
    found: set[tuple[str, str, str]], named: set[tuple[str, str]], kinds: dict[str, list[str]]
) -> None:
    needs = dependency_graph(catalogue_of(found))
    for one, other in sorted(named):
        needs.add_edge(one, other, "partner", evidence="document", lines="", weak=len(one) == len(other))
    for body, codes in kinds.items():
        needs.nodes[body]["subkinds"] = tuple(codes)
    expected = {
        body: alone
        for body in kinds
        if (alone := tuple(only for only in impact(needs, [body]).only_partners if only.gone == (body,)))
    }
    assert single_partners(needs) == expected
