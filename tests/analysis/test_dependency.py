"""What needs what in the shipped catalogue, worked by hand from data/*.yaml, and its shape by brute force."""

from __future__ import annotations

from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.dependency import dependencies, dependency_graph
from graph.analysis.dependency_cuts import cut_points, dominators
from graph.analysis.dependency_reasons import BY_RELATION, DEFAULT_REASONS, REASONS
from graph.analysis.dependency_shape import cycles, layers, longest_chains
from tests.query.reference.records import authority, bodies, groups, processes

IRI = "https://w3id.org/daftar/id/"


@pytest.fixture(scope="module")
def needs(shipped: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    return dependency_graph(shipped)


def pairs(needs: nx.MultiDiGraph[str], reason: str) -> set[tuple[str, str]]:
    found = {(a, b) for a, b, key in needs.edges(keys=True) if key == reason}
    return {(a.removeprefix(IRI), b.removeprefix(IRI)) for a, b in found}


def test_the_one_input_of_the_catalogue(needs: nx.MultiDiGraph[str]) -> None:
    # Of all documents fields only line 2108 (P14: "resolutions of the council") carries requires: [P13].
    assert pairs(needs, "input") == {("process/P14", "process/P13")}
    said = needs.edges[f"{IRI}process/P14", f"{IRI}process/P13", "input"]
    assert (said["lines"], said["evidence"]) == ("provincial-security-office-1396:2108", "reading")


def test_rules_and_their_issuers(needs: nx.MultiDiGraph[str]) -> None:
    # Mentions of kind "identified": P01, P08 and P13 one each, P26 three.
    assert pairs(needs, "rule") == {
        ("process/P01", "instrument/sport-security-directive"),
        ("process/P08", "instrument/theft-document"),
        ("process/P13", "instrument/governors-duties-law"),
        ("process/P26", "instrument/leader-command-and-wishes"),
        ("process/P26", "instrument/constitution-principle-22"),
        ("process/P26", "instrument/vision-1404"),
    }
    # Mentions of kind "issuer-only". The issuers of the identified ones (P01 and P08 state-security-council,
    # P26 leader) are reached through their instruments and are not among these.
    council = "agency/state-security-council"
    assert pairs(needs, "issuer-rules") == {
        ("process/P01", "agency/central-sport-security-commission"),
        ("process/P02", council),
        ("process/P02", "agency/central-explosives-commission"),
        ("process/P03", "agency/arbaeen-central-secretariat"),
        ("process/P04", council),
        ("process/P05", council),
        ("process/P06", council),
        ("process/P06", "agency/national-election-security-headquarters"),
        ("process/P13", council),
        ("process/P14", council),
        ("process/P14", "agency/interior-ministry"),
        ("process/P16", "agency/sustainable-security-secretariat"),
        ("process/P27", council),
    }
    assert pairs(needs, "issued-by") == {
        ("instrument/theft-document", council),
        ("instrument/sport-security-directive", council),
        ("instrument/leader-command-and-wishes", "agency/leader"),
    }


def test_the_other_reasons_against_the_records(needs: nx.MultiDiGraph[str]) -> None:
    partners = {
        (f"process/{name}", f"{kind}/{one}")
        for name, record in processes().items()
        for kind, found in (("agency", bodies(record)), ("collective", groups(record)))
        for one in found
    }
    assert pairs(needs, "partner") == partners
    assert len(partners) == 120
    above = {
        (f"agency/{name}", f"agency/{entry['parent']}")
        for name, entry in authority("agencies").items()
        if "parent" in entry
    }
    assert pairs(needs, "sub-body-of") == above
    assert len(above) == 11
    # services S01 (line 1896) and S02 (line 2001) name the council, read as the process of its meetings
    assert pairs(needs, "service-of") == {("service/S01", "process/P13"), ("service/S02", "process/P13")}
    # steps of type report-up that name a body: lines 531, 1623 (two bodies), 3028, 3456
    assert pairs(needs, "reports-to") == {
        ("process/P03", "agency/arbaeen-headquarters"),
        ("process/P11", "agency/border-guard"),
        ("process/P11", "agency/interior-ministry"),
        ("process/P20", "agency/border-development-unit"),
        ("process/P23", "agency/interior-ministry"),
    }


def test_each_need_says_why_and_from_where(needs: nx.MultiDiGraph[str]) -> None:
    for _, _, key, said in needs.edges(keys=True, data=True):
        assert said["relation"] == "needs"
        assert said["reason"] == key
        assert said["evidence"] in {"document", "curated", "reading", "inferred"}
        # only what the authority files say of bodies has no line of its own
        assert said["lines"] or key in {"sub-body-of", "members-of"}


def test_copied_lists_can_be_left_out(shipped: nx.MultiDiGraph[str]) -> None:
    # P05, P06 and P07 print the partner row of P04 word for word (7 bodies each); see copied-partner-lists.
    strict = pairs(dependency_graph(shipped, weak=False), "partner")
    assert not {a for a, _ in strict} & {"process/P05", "process/P06", "process/P07"}
    assert ("process/P04", "agency/army") in strict


def test_layers_of_the_catalogue(needs: nx.MultiDiGraph[str]) -> None:
    shape = dependencies(needs)
    where = {thing.removeprefix(IRI): n for n, level in enumerate(shape.layers) for (thing,) in level}
    # P13 needs the members of its council, who need the council; S01, S02 and P14 need P13.
    chain = ["agency/provincial-security-council", "collective/provincial-security-council-members"]
    assert [where[name] for name in (*chain, "process/P13", "service/S01", "process/P14")] == [0, 1, 2, 3, 3]
    # P24 names district governors in step 2, posts in an office under the governor's under the ministry.
    assert shape.chains.length == 4
    assert [[t.removeprefix(IRI) for (t,) in chain.things] for chain in shape.chains.chains] == [
        [
            "process/P24",
            "agency/district-governor",
            "agency/district-governors-office",
            "agency/governors-office",
            "agency/interior-ministry",
        ]
    ]
    assert shape.chains.complete
    assert shape.cycles == ()


def test_what_hangs_on_one_thing(needs: nx.MultiDiGraph[str]) -> None:
    shape = dependencies(needs)
    # Bodies named as partners by P01 and by no other form (lines 209-216), and its central commission.
    only_p01 = {"sport-and-youth", "islamic-guidance", "emergency-medical", "cooperatives-labour-welfare"}
    elsewhere = {one for name, record in processes().items() if name != "P01" for one in bodies(record)}
    assert only_p01 == set(bodies(processes()["P01"])) - elsewhere
    # The four, the group "federation and boards" and the commission: six things hang on P01.
    cut = next(one for one in shape.cut_points if one.thing == f"{IRI}process/P01")
    assert (cut.severed, cut.pieces[1:]) == (6, (1,) * 6)
    over = {one.thing.removeprefix(IRI): one for one in shape.dominators}
    assert over["process/P13"].over == (f"{IRI}service/S01", f"{IRI}service/S02")
    # ministry: secretariat, border development, governor's office, and under that: security office, governor,
    # district governors' offices and, under these, district governors.
    assert over["agency/interior-ministry"].count == 7
    # seven processes have no form, so nothing is known of what they need
    without = {f"{IRI}process/P{n}" for n in range(28, 35)}
    assert without <= set(shape.alone)


def test_what_does_not_exist() -> None:
    with pytest.raises(ValueError, match='no reason "rules"; there are input, rule'):
        dependency_graph(nx.MultiDiGraph(), reasons=["rules"])
    with pytest.raises(ValueError, match="at least 1"):
        longest_chains(nx.MultiDiGraph(), most=0)
    empty = dependencies(nx.MultiDiGraph())
    assert (empty.layers, empty.chains.chains, empty.cut_points, empty.dominators) == ((), (), (), ())


def test_an_output_that_is_required_leads_to_its_maker() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind in (("A", "process"), ("B", "process"), ("o", "output")):
        graph.add_node(name, kind=kind)
    graph.add_edge("A", "o", relation="requires", evidence="document", lines="d:1")
    graph.add_edge("B", "o", relation="produces", evidence="document", lines="d:2")
    assert list(dependency_graph(graph).edges(keys=True)) == [("A", "B", "input")]


def test_a_need_said_twice_keeps_the_stronger_evidence() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["A", "B"], kind="agency")
    for relation, evidence, lines in (("unitOf", "reading", "d:1"), ("subOrganizationOf", "document", "d:2")):
        graph.add_edge("A", "B", relation=relation, evidence=evidence, lines=lines, weak=False)
    said = dependency_graph(graph).edges["A", "B", "sub-body-of"]
    assert (said["evidence"], said["lines"]) == ("document", "d:2; d:1")


def test_every_reason_is_worded_in_both_languages() -> None:
    assert set(BY_RELATION.values()) == set(REASONS.values())
    assert set(REASONS) - {"owner"} == DEFAULT_REASONS
    for reason in REASONS.values():
        for words in (reason.label, reason.says):
            assert words.en.isascii()
            assert not any("a" <= letter <= "z" for letter in words.fa.lower())


def test_progress_can_stop_it(needs: nx.MultiDiGraph[str]) -> None:
    def stop(done: int, total: int) -> None:
        assert done <= total
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        dependencies(needs, progress=stop)


# Small graphs against definitions written out.

NODES = tuple("abcdefg")
edges = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=12)
acyclic = st.sets(st.sampled_from([(a, b) for a, b in permutations(NODES, 2) if a < b]), max_size=12)
few = settings(max_examples=60, deadline=None, derandomize=True)


def graph_of(found: set[tuple[str, str]]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for a, b in sorted(found):
        graph.add_edge(a, b, "rule", evidence="document", lines="")
    return graph


def all_paths(found: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = [(node,) for node in NODES]
    for path in paths:  # grows while it is read
        paths += [(*path, b) for a, b in sorted(found) if a == path[-1] and b not in path]
    return paths


def reachable(found: set[tuple[str, str]], start: set[str]) -> set[str]:
    seen = set(start)
    while more := {b for a, b in found if a in seen} - seen:
        seen |= more
    return seen


@given(acyclic)
@few
def test_longest_chains_are_the_longest_paths(found: set[tuple[str, str]]) -> None:
    longest = max(len(path) for path in all_paths(found)) - 1
    expected = sorted(path for path in all_paths(found) if len(path) - 1 == longest) if longest else []
    chains = longest_chains(graph_of(found), most=1000)
    assert (chains.length, chains.complete) == (longest, True)
    assert [tuple(thing for (thing,) in chain.things) for chain in chains.chains] == expected
    for chain in chains.chains:
        steps = [(a, b) for (a,), (b,) in pairwise(chain.things)]
        assert [(link.thing, link.needs) for link in chain.links] == steps
    cut = longest_chains(graph_of(found), most=1)
    assert cut.chains == chains.chains[:1]
    assert cut.complete == (len(expected) <= 1)


@given(edges)
@few
def test_layers_hold_what_only_needs_lower_ones(found: set[tuple[str, str]]) -> None:
    graph = graph_of(found)
    levels = layers(graph)
    where = {thing: n for n, level in enumerate(levels) for group in level for thing in group}
    assert sorted(where) == sorted(graph)
    mutual = {
        (a, b) for a in graph for b in graph if a in reachable(found, {b}) and b in reachable(found, {a})
    }
    for a, b in found:
        assert where[a] == where[b] if (a, b) in mutual else where[a] > where[b]
    for level in levels[1:]:
        for group in level:
            below = [where[b] for a, b in found if a in group and b not in group]
            assert max(below) == where[group[0]] - 1
    together = {frozenset(b for b in graph if (a, b) in mutual) for a in graph}
    loops = {group for group in together if len(group) > 1 or (min(group), min(group)) in found}
    assert {frozenset(group) for group in cycles(graph)} == loops


@given(edges)
@few
def test_cut_points_by_taking_each_away(found: set[tuple[str, str]]) -> None:
    graph = graph_of(found)
    plain = nx.Graph(graph.to_undirected())
    expected = {}
    for node in plain:
        home = nx.node_connected_component(plain, node) - {node}
        pieces = sorted(map(len, nx.connected_components(plain.subgraph(home))), reverse=True)
        if len(pieces) > 1:
            expected[node] = tuple(pieces)
    assert {one.thing: one.pieces for one in cut_points(graph)} == expected
    assert all(one.severed == sum(one.pieces[1:]) for one in cut_points(graph))


@given(edges)
@few
def test_dominators_by_taking_each_away(found: set[tuple[str, str]]) -> None:
    graph = graph_of(found)
    # what a thing rests on in the end: what needs nothing, or a circle that needs nothing outside itself
    ground = {a for a in graph if all(a in reachable(found, {b}) for b in reachable(found, {a}))}
    expected = {}
    for one in graph:
        around = {(a, b) for a, b in found if one not in (a, b)}
        under = {x for x in set(graph) - {one} if not reachable(around, {x}) & (ground - {one})}
        if under:
            expected[one] = len(under)
    assert {one.thing: one.count for one in dominators(graph)} == expected
