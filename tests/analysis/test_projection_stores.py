"""The projection over other stores: no union of graphs, another engine, made-up statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.projection import agency_table, read_graph
from graph.analysis.projection_facts import Facts, Part, Statement
from graph.analysis.projection_support import Support
from graph.build import Dataset, nquads
from graph.store import Store
from graph.store.bridge import to_rdflib
from tests.build.conftest import catalogue, dataset  # noqa: F401 - fixtures

Graph = nx.MultiDiGraph
BASE = "https://example.org/graph/id/"  # a base that looks like the name of a graph


class Recorder:
    """A store whose default graph is empty and which counts what it is asked."""

    def __init__(self, nquads: bytes) -> None:
        self.store = ox.Store()
        self.store.bulk_load(input=nquads, format=ox.RdfFormat.N_QUADS)
        self.asked: list[str] = []

    def query(
        self, sparql: str, *, prefixes: Mapping[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        self.asked.append(sparql)
        return self.store.query(sparql, prefixes=dict(prefixes or {}))


class OtherEngine:
    """The same statements in rdflib, an engine of other authors; answers travel as SPARQL JSON."""

    def __init__(self, nquads: bytes) -> None:
        self.data = to_rdflib(Recorder(nquads).store)

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions:
        found = self.data.query(sparql, initNs=dict(prefixes or {})).serialize(format="json")
        assert found is not None
        # without a name: rdflib keeps errors as values, and with them the frames below, until another thread
        # may collect them, where the engine's answer must not be dropped
        return cast(ox.QuerySolutions, ox.parse_query_results(found, format=ox.QueryResultsFormat.JSON))


def flat(graph: Graph[str]) -> tuple[list[Any], list[Any]]:
    return list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))


def trig(text: str) -> bytes:
    head = f"""
    @prefix df: <https://w3id.org/daftar/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix cv: <http://data.europa.eu/m8g/> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix i: <{BASE}> . @prefix g: <{BASE}graph/> .
    @prefix f: <{BASE}graph/record/> . @prefix r: <{BASE}graph/inferred/> .
    @prefix field: <https://w3id.org/daftar/code/field/> .
    """
    quads = ox.parse((head + text).encode(), format=ox.RdfFormat.TRIG)
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


MEMBERS = trig("""
f:P1 {
  i:P1 a df:Process ; dct:identifier "P1" ; cv:hasParticipation i:P1p1, i:P1p2 .
  i:F1 df:documents i:P1 ; prov:hadPrimarySource i:one .
  i:P1p1 a df:Participation ; df:asWritten "members"@fa ; df:rowNumber 1 ;
    df:sourceLineStart 7 ; df:sourceLineEnd 7 .
  i:P1p2 a df:Participation ; df:asWritten "branch"@fa ; df:rowNumber 2 ;
    df:sourceLineStart 8 ; df:sourceLineEnd 9 .
}
f:P2 {
  i:P2 a df:Process ; dct:identifier "P2" . i:F2 df:documents i:P2 ; prov:hadPrimarySource i:two .
}
g:sources { i:one dct:identifier "one" . i:two dct:identifier "two" . }
g:agencies {
  i:council a cv:PublicOrganisation ; dct:identifier "council" .
  i:police a cv:PublicOrganisation ; dct:identifier "police" ; org:subOrganizationOf i:branch .
  i:branch a cv:PublicOrganisation ; dct:identifier "branch" ; org:subOrganizationOf i:police .
  i:m1 a org:Membership ; org:organization i:council ; org:member i:police ; df:sourceLineStart 3 ;
    df:sourceLineEnd 3 .
}
g:collectives { i:members a df:Collective ; dct:identifier "members" ; df:membersOf i:council . }
g:resolution {
  i:P1p1 cv:hasParticipant i:members . i:P1p2 cv:hasParticipant i:branch . i:P2 dct:requires i:lost .
}
r:involves-agency-inferred { i:P1 df:involvesAgencyInferred i:police . }
r:involves-agency { i:P1 df:involvesAgency i:branch . }
r:involves-agency-rollup { i:P1 df:involvesAgencyRollup i:police . }
""")


@pytest.fixture(scope="module")
def members() -> Graph[str]:
    return read_graph(Recorder(MEMBERS))


def test_a_store_without_union_gives_the_same_graph(store: Store, shipped: Graph[str]) -> None:
    quads = b"".join(f"{quad} .\n".encode() for quad in store.quads())
    assert flat(read_graph(Recorder(quads))) == flat(shipped)


def test_the_order_of_answers_does_not_matter(store: Store, shipped: Graph[str]) -> None:
    class Backwards:
        def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions:
            found = store.query(sparql, prefixes=prefixes)
            assert isinstance(found, ox.QuerySolutions)
            names = [f"?{v.value}" for v in found.variables]
            lines = ["\t".join("" if t is None else str(t) for t in row) for row in found]
            table = "\n".join(["\t".join(names), *reversed(lines)]) + "\n"
            answer = ox.parse_query_results(table.encode(), format=ox.QueryResultsFormat.TSV)
            assert isinstance(answer, ox.QuerySolutions)
            return answer

    assert flat(read_graph(Backwards())) == flat(shipped)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's evaluation warns of itself
def test_another_engine_gives_the_same_graph(dataset: Dataset) -> None:  # noqa: F811
    quads = nquads(dataset)
    assert flat(read_graph(OtherEngine(quads))) == flat(read_graph(Recorder(quads)))


def test_few_queries_whatever_the_size(store: Store) -> None:
    quads = b"".join(f"{quad} .\n".encode() for quad in store.quads())
    small, large = Recorder(MEMBERS), Recorder(quads)
    read_graph(small)
    read_graph(large)
    assert small.asked == large.asked
    assert len(large.asked) < 25


def test_progress_is_told_and_cancels() -> None:
    told: list[tuple[int, int]] = []
    read_graph(Recorder(MEMBERS), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == len({done for done, _ in told}) - 1

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    store = Recorder(MEMBERS)
    with pytest.raises(KeyboardInterrupt):
        read_graph(store, progress=stop)
    assert len(store.asked) == 3


def test_members_of_a_group_named_are_inferred_with_its_lines(members: Graph[str]) -> None:
    said = members.edges[BASE + "P1", BASE + "police", "involvesAgencyInferred"]
    assert (said["evidence"], said["lines"], said["words"]) == ("inferred", "one:7", "members")
    member = members.edges[BASE + "police", BASE + "council", "memberOf"]
    assert (member["evidence"], member["source"], member["lines"]) == ("curated", "agencies", "3")
    table = agency_table(members, named=False, collectives=False, inferred=True, rollup=False)
    assert table.columns_of(BASE + "P1") == {BASE + "police"}
    assert not table.columns_of(BASE + "P2")


def test_bodies_that_stand_under_each_other_do_not_hang(members: Graph[str]) -> None:
    assert members.edges[BASE + "P1", BASE + "police", "involvesAgencyRollup"]["lines"] == "one:8-9"


def test_what_no_graph_describes_is_a_bare_node(members: Graph[str]) -> None:
    assert members.nodes[BASE + "lost"] == {
        "kind": "other",
        "id": "lost",
        "subkinds": (),
        "lines": "",
        "evidence": "curated",
    }


def test_unresolved_names_are_mentions(dataset: Dataset) -> None:  # noqa: F811
    graph = read_graph(Recorder(nquads(dataset)))
    found = {d["fa"]: n for n, d in graph.nodes(data=True) if "unresolved" in d["subkinds"]}
    assert set(found) == {"بیمارستان"}
    ((source, _, key, said),) = graph.in_edges(found["بیمارستان"], keys=True, data=True)
    assert (graph.nodes[source]["id"], key, said["evidence"]) == ("P01", "hasParticipation", "document")


def test_a_store_that_answers_otherwise_is_told_apart() -> None:
    class Yes:
        def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> ox.QueryBoolean:
            found = ox.Store().query("ASK {}")
            assert isinstance(found, ox.QueryBoolean)
            return found

    with pytest.raises(TypeError, match=r"things\.rq"):
        read_graph(Yes())


WORDS = st.sampled_from(["", "a", "b", "c"])
Table = list[tuple[str, list[str]]]
ROWS = st.lists(st.tuples(WORDS, st.lists(st.sampled_from(["police", "court"]), max_size=2)), max_size=3)
FORMS = st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), ROWS)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(FORMS)
def test_a_body_is_weak_where_each_of_its_rows_is_a_copy(
    forms: dict[str, Table],
) -> None:
    facts = Facts()
    for process, table in forms.items():
        for row, (words, names) in enumerate(table):
            reading = Part(f"{process}/row{row}", process, "hasFieldReading", str(row), words, None, (), "")
            facts.fields[process, "partners"].append(reading)
            for place, name in enumerate(names):
                part = Part(
                    f"{process}/{row}/{place}", process, "hasParticipation", str(row), name, None, (), ""
                )
                facts.parts[process].append(part)
                facts.resolved[part.iri]["hasParticipant"] = {name: "resolution"}
    support = Support(facts)
    for process, table in forms.items():
        for name in ("police", "court"):
            own = [words for words, names in table if name in names]
            earlier = [words for other in forms if other < process for words, _ in forms[other]]
            copied = bool(own) and all(words and words in earlier for words in own)
            parts = support.parts(Statement(process, "involvesAgency", name, ""))
            assert support.copied(parts) == copied
