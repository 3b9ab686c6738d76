"""The views of the graph against plain Python over the records and over made-up tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.overlap_findings import explain
from graph.analysis.overlap_words import KIND_WORDS
from graph.store import Store
from graph.view.graph_data import ADDED_AT_ONCE, block, neighbours
from graph.view.graph_families import families
from graph.view.graph_model import VIEWS, Asked, GraphModel, NoSuchThingError, key_of
from graph.view.graph_shared import EDGES_A_THING, TOGETHER_AT_MOST, usual_share
from graph.view.graph_source import Source
from graph.view.graph_views import AROUND_ALL, AROUND_FIRST, DRAW_AT_MOST, OPEN_AT_MOST, Pictures, graph_model
from graph.view.reading import Catalogue
from graph.view.words import LANGS, view_words
from tests.view.national import cells, national
from tests.view.support import BASE

PROCESSES, AGENCIES = 420, 130


@pytest.fixture(scope="module")
def shipped(catalogue: Catalogue) -> Source:
    return Source(catalogue)


@pytest.fixture(scope="module")
def large() -> Source:
    return Source(Catalogue(national(PROCESSES, AGENCIES)))


@pytest.fixture(scope="module")
def table() -> dict[str, list[str]]:
    return cells(PROCESSES, AGENCIES)


def pairs_of(model: GraphModel) -> dict[tuple[str, str], int]:
    return {tuple(sorted((e.source.id, e.target.id))): e.weight for e in model.edges}  # type: ignore[misc]


def shared_by(sets: dict[str, set[str]], least: int) -> dict[tuple[str, str], int]:
    """The plain way: every pair, by intersection."""
    found = {(a, b): len(sets[a] & sets[b]) for a, b in combinations(sorted(sets), 2)}
    return {pair: n for pair, n in found.items() if n >= least}


def test_overlap_ties_the_pairs_that_are_in_a_class(shipped: Source) -> None:
    """The plain way: every pair is explained by itself, without the table of pairs."""
    model = graph_model(shipped, Asked("overlap"))
    expected = {}
    for pair in combinations(sorted(shipped.named.rows, key=shipped.order), 2):
        found = explain(shipped.study, *pair)
        if found.kind != "none":
            expected[pair] = (found.kind, found.score, found.weak)
    drawn = {(e.source.iri, e.target.iri): (e.ties[0].reason, e.score, e.weak) for e in model.edges}
    assert drawn == expected
    assert {n.ref.iri for n in model.nodes} == {process for pair in expected for process in pair}
    assert model.alone == len(shipped.named.rows) - len(model.nodes)
    # the two forms that gather news have nearly one title, one audience and the same steps
    both = next(e for e in model.edges if (e.source.id, e.target.id) == ("P11", "P23"))
    assert both.ties[0].reason == "duplication"
    assert not both.weak


def test_the_tie_of_an_overlap_says_its_class_score_and_reason(shipped: Source) -> None:
    model = graph_model(shipped, Asked("overlap"))
    for lang in LANGS:
        words = view_words(lang)
        data = block(model, words, None, site=False)
        for edge, drawn in zip(model.edges, data["edges"], strict=True):
            said = drawn["daftar"]["ties"][0]
            score = f"{edge.score:.2f}"
            assert (
                drawn["label"]
                == said["score"]
                == (score if lang == "en" else words.num(score).replace(".", "٫"))
            )
            for end in (edge.source, edge.target):
                assert end.label(lang) in said["why"]
            assert data["reasons"][said["reason"]][0] == KIND_WORDS[edge.ties[0].reason].of(lang)  # type: ignore[index]


def test_overlap_keeps_to_pairs_that_share_enough(large: Source, table: dict[str, list[str]]) -> None:
    sets = {process: set(bodies) for process, bodies in table.items()}
    everything = pairs_of(graph_model(large, Asked("overlap", share=1, whole=True)))
    model = graph_model(large, Asked("overlap", share=5, whole=True))
    enough = shared_by(sets, 5)
    assert model.share == 5
    assert model.most_share == max(len(sets[a] & sets[b]) for a, b in everything)
    assert pairs_of(model).keys() == everything.keys() & enough.keys()


def test_together_counts_shared_processes(large: Source, table: dict[str, list[str]]) -> None:
    model = graph_model(large, Asked("together", share=9))
    sets: dict[str, set[str]] = {}
    for process, bodies in table.items():
        for body in bodies:
            sets.setdefault(body, set()).add(process)
    assert len(sets) <= TOGETHER_AT_MOST
    expected = shared_by(sets, 9)
    assert expected
    assert pairs_of(model) == expected
    assert {n.ref.id: n.weight for n in model.nodes} == {n.ref.id: len(sets[n.ref.id]) for n in model.nodes}


def test_kinds_count_processes_that_name_both(large: Source, table: dict[str, list[str]]) -> None:
    model = graph_model(large, Asked("kinds"))
    family = {iri.rsplit("/", 1)[-1]: large.family(iri).name for iri in large.named.columns}
    kinds = [{family[body] for body in bodies} for bodies in table.values()]
    expected = Counter(pair for found in kinds for pair in combinations(sorted(found), 2))
    assert pairs_of(model) == expected
    assert {n.ref.id: n.weight for n in model.nodes} == Counter(name for found in kinds for name in found)
    assert {n.ref.id: n.members for n in model.nodes} == Counter(family.values())


def test_copied_lists_alone_make_a_weak_tie(shipped: Source) -> None:
    strong = shipped.named.without_weak.transposed
    seen = set()
    for share in (1, 5, 10):
        for edge in graph_model(shipped, Asked("together", share=share)).edges:
            both = strong.columns_of(edge.source.iri) & strong.columns_of(edge.target.iri)
            assert edge.weak == (len(both) < share)
            seen.add(edge.weak)
    assert seen == {True, False}


def test_agencies_are_those_that_the_projection_names(shipped: Source) -> None:
    model = graph_model(shipped, Asked())
    expected = {
        (process, body)
        for process, body, said in shipped.graph.edges(data=True)
        if said["relation"] in ("involvesAgency", "involvesCollective", "involvesAgencyInferred")
    }
    assert {(e.source.iri, e.target.iri) for e in model.edges} == expected
    assert all(e.ties[0].words and e.ties[0].lines for e in model.edges if not e.inferred)


def test_needs_point_along_the_line(shipped: Source) -> None:
    model = graph_model(shipped, Asked("dependencies"))
    x = {n.ref.iri: n.x for n in model.nodes}
    assert model.edges
    assert all(x[e.source.iri] < x[e.target.iri] for e in model.edges)
    assert not model.circles
    assert "partner" not in dict(model.reasons)
    assert "partner" in dict(graph_model(shipped, Asked("dependencies", partners=True)).reasons)


def test_circles_of_needs_are_marked(catalogue: Catalogue, shipped: Source) -> None:
    graph = shipped.graph.copy()
    a, b, c = (f"{BASE}process/{p}" for p in ("P01", "P02", "P03"))
    for one, other in ((a, b), (b, a), (c, a)):
        graph.add_edge(
            one, other, key="requires", relation="requires", evidence="reading", source="x",
            lines="", words="", weak=False,
        )  # fmt: skip
    model = graph_model(Source(catalogue, graph), Asked("dependencies"))
    assert [[ref.id for ref in circle] for circle in model.circles] == [["P01", "P02"]]
    marked = {(e.source.id, e.target.id) for e in model.edges if e.circle}
    assert marked == {("P01", "P02"), ("P02", "P01")}


@pytest.mark.parametrize("depth", [1, 2])
def test_surroundings_are_what_is_near(shipped: Source, depth: int) -> None:
    model = graph_model(shipped, Asked("around", of="instrument/constitution", depth=depth))
    plain = nx.Graph((a, b) for a, b in shipped.ties.edges() if a != b)
    near = nx.ego_graph(plain, f"{BASE}instrument/constitution", radius=depth)
    assert {n.ref.iri for n in model.nodes} == set(near)
    assert model.cut is None
    middle = next(n for n in model.nodes if n.ref == model.centre)
    assert (middle.x, middle.y) == (0, 0)
    for node in model.nodes:
        assert node.total == plain.degree(node.ref.iri)
        assert node.drawn == len(set(plain[node.ref.iri]) & set(near))


def test_surroundings_without_a_thing_open_the_busiest(shipped: Source) -> None:
    plain = nx.Graph((a, b) for a, b in shipped.ties.edges() if a != b)
    centre = graph_model(shipped, Asked("around")).centre
    assert centre is not None
    assert plain.degree(centre.iri) == max(degree for _, degree in plain.degree())


def test_large_surroundings_are_cut_and_say_so(large: Source, table: dict[str, list[str]]) -> None:
    one = graph_model(large, Asked("around", of="agency/a00000"))
    everything = 1 + sum("a00000" in bodies for bodies in table.values())
    assert one.cut == (AROUND_FIRST + 1, everything)
    name = max(table, key=lambda process: len(table[process]))
    two = graph_model(large, Asked("around", of=f"process/{name}", depth=2))
    near = {p for p, bodies in table.items() if set(bodies) & set(table[name])} | set(table[name])
    assert two.cut == (AROUND_ALL, len(near | {name}))


def test_a_large_view_opens_a_summary(large: Source) -> None:
    things = PROCESSES + len(large.named.columns)
    assert OPEN_AT_MOST < things < DRAW_AT_MOST
    model = graph_model(large, Asked())
    assert (model.view, model.asked.view, model.whole) == ("together", "agencies", things)
    whole = graph_model(large, Asked(whole=True))
    assert (whole.view, len(whole.nodes)) == ("agencies", things)
    assert graph_model(large, Asked("overlap")).aggregated_instead


def test_many_bodies_open_by_kind() -> None:
    many = Source(Catalogue(national(900, 4_000)))
    assert len(many.named.columns) > OPEN_AT_MOST
    assert graph_model(many, Asked()).view == "kinds"
    together = graph_model(many, Asked("together", share=1))
    assert len(together.nodes) <= TOGETHER_AT_MOST
    assert together.cut == (TOGETHER_AT_MOST, len(many.named.columns))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("whole", [False, True])
def test_no_node_lies_on_another_and_two_runs_agree(store: Store, view: str, whole: bool) -> None:
    source = Source(Catalogue(national(300, 180))) if whole else Source(Catalogue(store))
    asked = Asked(view, whole=whole)  # type: ignore[arg-type]
    model = graph_model(source, asked)
    assert len({(n.x, n.y) for n in model.nodes}) == len(model.nodes)
    assert {key_of(e.source) for e in model.edges} <= {n.key for n in model.nodes}
    again = Source(Catalogue(national(300, 180))) if whole else Source(Catalogue(store))
    assert graph_model(again, asked) == model


def test_pictures_are_kept(shipped: Source) -> None:
    pictures = Pictures(shipped)
    assert pictures.model(Asked("kinds")) is pictures.model(Asked("kinds"))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked("around", of="agency/nobody"), NoSuchThingError),
        (Asked("around", of="police"), NoSuchThingError),
        (Asked("around", of="agency/x> } DROP ALL #"), NoSuchThingError),
        (Asked("around", of="agency/police", depth=3), ValueError),
        (Asked("together", of="nobody"), ValueError),
    ],
)
def test_what_does_not_exist_is_refused(shipped: Source, asked: Asked, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"say|1 or 2"):
        graph_model(shipped, asked)


def test_a_family_narrows_the_bodies(shipped: Source) -> None:
    model = graph_model(shipped, Asked("together", of="society", share=1))
    assert {f.name for f, _ in model.families} == {"society"}
    assert model.whole == sum(shipped.family(iri) is families()["society"] for iri in shipped.named.columns)


@given(st.lists(st.integers(1, 9), max_size=60), st.integers(1, 20))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_the_usual_threshold_is_the_lowest_that_fits(counts: list[int], things: int) -> None:
    share = usual_share(counts, things)

    def left(least: int) -> int:
        return sum(count >= least for count in counts)

    most = EDGES_A_THING * things
    assert left(share) <= most or share == max(counts)
    assert share == 1 or left(share - 1) > most


def test_neighbours_come_page_by_page_and_once(large: Source, table: dict[str, list[str]]) -> None:
    words, found, start = view_words("fa"), [], 0
    while start is not None:
        page = neighbours(large, "agency/a00001", words, None, start=start)
        assert len(page["nodes"]) <= ADDED_AT_ONCE
        ids = {n["id"] for n in page["nodes"]}
        assert all(e["from"] in ids or e["to"] in ids for e in page["edges"])
        found += [n["id"] for n in page["nodes"]]
        start = page["next"]
    assert sorted(found) == sorted(f"process/{p}" for p, bodies in table.items() if "a00001" in bodies)
    assert page["total"] == len(found)


def test_the_address_of_a_view_says_what_differs() -> None:
    assert Asked().query == "view=agencies"
    assert replace(Asked("together", of="order", share=3), whole=True).query == (
        "view=together&of=order&share=3&whole=1"
    )
