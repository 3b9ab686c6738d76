"""A loaded edition."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from graph.records import load_catalogue
from graph.store import (
    Manifest,
    MemoryStore,
    Store,
    StoreDamagedError,
    describe,
    fingerprint_of,
    open_store,
    write_edition,
)
from tests.records.conftest import SMALL
from tests.store.conftest import BASE, dataset, manifest_of


@pytest.fixture(scope="module")
def store() -> Store:
    nquads = dataset(30)
    # one statement in two graphs: the union has it once for each
    nquads = b"".join(
        sorted(
            [
                *nquads.splitlines(keepends=True),
                nquads.splitlines(keepends=True)[0].replace(b"graph/0", b"graph/2"),
            ]
        )
    )
    return MemoryStore(nquads, Manifest.from_dict(manifest_of(nquads)))


def count(store: Store, sparql: str, **options: object) -> int:
    answer = store.query(sparql, **options)  # type: ignore[arg-type]
    assert isinstance(answer, QuerySolutions)
    return sum(1 for _ in answer)


def test_the_default_graph_is_the_union(store: Store) -> None:
    assert count(store, "SELECT DISTINCT * { ?s ?p ?o }") == 30


def test_from_chooses_graphs(store: Store) -> None:
    assert count(store, "SELECT * FROM <graph/1> { ?s ?p ?o }", base_iri=BASE) == 10
    assert count(store, "SELECT * FROM NAMED <graph/1> { ?s ?p ?o }", base_iri=BASE) == 0
    assert count(store, "SELECT * FROM NAMED <graph/1> { GRAPH ?g { ?s ?p ?o } }", base_iri=BASE) == 10
    assert count(store, "SELECT DISTINCT ?s { ?s ?p ?o FILTER(?o != 'FROM <x>') }") == 30


def test_arguments_choose_graphs(store: Store) -> None:
    one, two = NamedNode(f"{BASE}graph/1"), NamedNode(f"{BASE}graph/2")
    assert count(store, "SELECT * { ?s ?p ?o }", default_graphs=[one]) == 10
    assert count(store, "SELECT DISTINCT * { ?s ?p ?o }", default_graphs=[one, two]) == 21
    assert count(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }", default_graphs=[one]) == 0
    assert count(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }", named_graphs=[one]) == 10
    assert count(store, "SELECT * { ?s ?p ?o }", named_graphs=[one]) == 0


def test_values_are_bound_as_terms_and_not_pasted(store: Store) -> None:
    hostile = Literal('x 3" } DROP ALL #', language="fa")
    assert count(store, "SELECT ?s ?o { ?s ?p ?o }", substitutions={"o": hostile}) == 0
    assert count(store, "SELECT ?s ?o { ?s ?p ?o }", substitutions={"o": Literal("x 3", language="fa")}) == 1


def test_ask_and_prefixes(store: Store) -> None:
    answer = store.query("ASK { <thing/00001> u:says ?o }", prefixes={"u": "urn:"}, base_iri=BASE)
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)


def test_graphs_and_quads(store: Store) -> None:
    assert store.graphs() == (f"{BASE}graph/0", f"{BASE}graph/1", f"{BASE}graph/2")
    assert len(list(store.quads())) == len(store) == 31


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # its own
def test_the_rdflib_copy_is_the_same(store: Store) -> None:
    copy = store.to_rdflib()
    ours = {f"{quad} ." for quad in store.quads()}
    theirs = {
        f"{s.n3()} {p.n3()} {o.n3()} {graph.identifier.n3()} ."
        for graph in copy.graphs()
        for s, p, o in graph
    }
    assert ours == theirs
    rows = list(copy.query("SELECT DISTINCT ?s { ?s <urn:says> ?o }"))
    assert len(rows) == 30  # rdflib sees the union too


def test_several_threads_may_ask_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: count(store, "SELECT DISTINCT * { ?s ?p ?o }"), range(40)))
    assert counts == [30] * 40


def test_what_is_no_nquads_is_damage() -> None:
    with pytest.raises(StoreDamagedError):
        MemoryStore(b"no statement\n", Manifest.from_dict(manifest_of(b"")))


def test_the_manifest_says_what_is_there() -> None:
    nquads = dataset(10)
    quads = list(pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    tehran = timezone(timedelta(hours=3, minutes=30))
    manifest = describe(
        nquads,
        quads,
        load_catalogue(SMALL),
        base_iri=BASE,
        clock=lambda: datetime(2026, 3, 21, 1, 0, 0, tzinfo=tehran),
    )
    assert manifest["fingerprint"] == fingerprint_of(nquads)
    assert manifest["built_at"] == "2026-03-20T21:30:00Z"
    assert manifest["quads"] == 10
    assert manifest["graphs"] == {f"{BASE}graph/0": 4, f"{BASE}graph/1": 3, f"{BASE}graph/2": 3}
    assert manifest["records"]["process"] == 2
    assert manifest["sources"] == {"sample-1396": "0" * 64}
    assert manifest["versions"]["pyoxigraph"] == pyoxigraph.__version__


def test_the_clock_is_utc_by_default() -> None:
    manifest = describe(b"", [], load_catalogue(SMALL), base_iri=BASE)
    built = datetime.fromisoformat(manifest["built_at"])
    assert abs(datetime.now(UTC) - built) < timedelta(minutes=1)


def test_open_store_takes_text_and_paths(tmp_path: Path) -> None:
    nquads = dataset(3)
    write_edition(tmp_path, nquads, manifest_of(nquads))
    assert len(open_store(str(tmp_path))) == len(open_store(tmp_path)) == 3


def test_a_manifest_with_a_key_missing_is_damage() -> None:
    whole = manifest_of(b"")
    del whole["quads"]
    with pytest.raises(StoreDamagedError, match="quads"):
        Manifest.from_dict(whole)
