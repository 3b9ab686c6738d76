"""An edition on servers of other people: Oxigraph, with and without a union default graph, and Virtuoso."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import QuerySolutions

from graph.query import Limits, QueryRefused, QueryRunner, QuerySyntaxError, QueryUnansweredError
from graph.query.question_answer import QuestionDesk
from graph.query.question_library import question_named, questions
from graph.settings_remote import RemoteSettings
from graph.store import (
    Store,
    StoreBusyError,
    StoreError,
    StoreMissingError,
    find_edition,
    newest_fingerprint,
    open_store,
    read_edition,
)
from graph.store.remote import RemoteStore, publish
from graph.store.remote.address import address_of
from graph.store.remote.client import Client
from tests.query.asking import asked_of
from tests.store.conftest import BASE, dataset, manifest_of
from tests.store.servers import Server, oxigraph, virtuoso
from tests.view.support import build_edition

KINDS = ("oxigraph", "oxigraph-union", "virtuoso")


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param)
    running = {
        "oxigraph": lambda: oxigraph(folder),
        "oxigraph-union": lambda: oxigraph(folder, "--union-default-graph"),
        "virtuoso": lambda: virtuoso(folder),
    }[request.param]()
    with running as found:
        yield found


@pytest.fixture(autouse=True)
def reach(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def small(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server with a small edition of a catalogue of its own."""
    monkeypatch.setenv("DAFTAR_STORE_BASE_IRI", BASE)
    nquads = dataset(30)
    publish(server.url, nquads, manifest_of(nquads))
    return server.url


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("shipped"))


@pytest.fixture
def catalogue(server: Server, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> RemoteStore:
    """The shipped catalogue on the server."""
    nquads, manifest = read_edition(find_edition(shipped))
    publish(server.url, nquads, manifest.to_dict())
    monkeypatch.setenv("DAFTAR_STORE_BASE_IRI", manifest.base_iri)
    opened = open_store(server.url)
    assert isinstance(opened, RemoteStore)
    return opened


def lines(store: Store) -> list[str]:
    return sorted(f"{quad} ." for quad in store.quads())


def graphs_there(url: str) -> set[str]:
    """What the server itself says that it keeps of the small catalogue, half-made things included."""
    answer = httpx.post(
        url,
        data={"query": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"},
        headers={"Accept": "application/sparql-results+json"},
    ).json()
    names = {row["g"]["value"] for row in answer["results"]["bindings"]}
    return {name for name in names if name.startswith(BASE)}


def test_what_was_published_is_there(small: str) -> None:
    store = open_store(small)
    assert lines(store) == dataset(30).decode().splitlines()
    assert len(store) == 30
    assert store.graphs() == tuple(f"{BASE}graph/{n}" for n in range(3))
    assert newest_fingerprint(small) == store.manifest.fingerprint


def test_to_publish_again_moves_nothing(small: str) -> None:
    nquads = dataset(30)
    done = publish(small, nquads, manifest_of(nquads))
    assert (done.put, done.kept, done.dropped) == (0, 3, 0)


def test_only_what_changed_travels_and_what_is_gone_goes(small: str) -> None:
    # graph/0 gets one more statement, graph/1 stays, graph/2 goes
    kept = [line for line in dataset(30).splitlines(keepends=True) if b"graph/2>" not in line]
    newer = b"".join(sorted([*kept, f"<{BASE}a> <urn:b> <{BASE}c> <{BASE}graph/0> .\n".encode()]))
    told: list[tuple[int, int]] = []
    done = publish(small, newer, manifest_of(newer), lambda *now: told.append(now))
    assert (done.put, done.kept, done.dropped) == (1, 1, 1)
    assert told == [(0, 1), (1, 1)]
    assert lines(open_store(small)) == newer.decode().splitlines()
    assert graphs_there(small) == {
        f"{BASE}graph/0",
        f"{BASE}graph/1",
        f"{BASE}graph/edition",
    }  # and nothing half-made


class InterruptedByTestError(Exception):
    pass


def test_when_it_is_interrupted_the_old_edition_answers_and_nothing_is_left_behind(small: str) -> None:
    before, there = lines(open_store(small)), graphs_there(small)
    newer = dataset(30, "y")

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise InterruptedByTestError

    with pytest.raises(InterruptedByTestError):
        publish(small, newer, manifest_of(newer), interrupt)
    assert lines(open_store(small)) == before
    assert graphs_there(small) == there


def test_what_a_killed_publisher_left_is_swept_up(small: str, server: Server) -> None:
    settings = RemoteSettings()
    old, young = (f"{BASE}graph/edition/new-{int(time.time()) - age}-00/0" for age in (4000, 60))
    with Client(address_of(server.url, settings), settings) as client:
        for graph in (old, young):
            client.put_graph(graph, b"<urn:a> <urn:b> <urn:c> .\n")
        nquads = dataset(30)
        publish(small, nquads, manifest_of(nquads))  # is there already, and sweeps nevertheless
        there = graphs_there(small)
        client.drop_graph(young)
    assert old not in there
    assert young in there  # may belong to one who is at work


def test_a_wrong_query_has_its_place(catalogue: RemoteStore, server: Server) -> None:
    with QueryRunner(catalogue) as runner, pytest.raises(QuerySyntaxError) as caught:
        runner.run("SELECT * { ?s ?p ?o FILTR }", Limits())
    assert "SPARQL query:" not in str(caught.value)
    assert "FILTR" in str(caught.value)
    if "query" in server.url:  # Oxigraph says where
        assert (caught.value.line, caught.value.column) == (1, 21)


def test_a_second_publisher_is_noticed(small: str) -> None:
    mine, others = dataset(30, "mine"), dataset(30, "others")

    def meanwhile(done: int, total: int) -> None:
        if done == 1:
            publish(small, others, manifest_of(others))

    with pytest.raises(StoreBusyError, match="meanwhile"):
        publish(small, mine, manifest_of(mine), meanwhile)
    assert lines(open_store(small)) == others.decode().splitlines()


def test_without_updates_graphs_are_put_in_place(
    small: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.settings_remote import RemoteSettings
    from graph.store.remote.address import address_of

    where = address_of(server.url, RemoteSettings()).graphs
    monkeypatch.setenv("DAFTAR_STORE_GRAPHS_URL", str(where))
    if "query" in small:  # Virtuoso needs its kind, for digest authentication
        monkeypatch.setenv("DAFTAR_STORE_KIND", "other")
        newer = dataset(30, "z")
        done = publish(small, newer, manifest_of(newer))
        assert (done.put, done.at_once) == (3, False)
        assert lines(open_store(small)) == newer.decode().splitlines()


def test_what_others_keep_on_the_server_is_not_seen(small: str, server: Server) -> None:
    settings = RemoteSettings()
    with Client(address_of(server.url, settings), settings) as client:
        client.put_graph("https://others.example/graph", b"<urn:a> <urn:b> <urn:c> .\n")
        try:
            store = open_store(small)
            assert len(lines(store)) == 30
            answer = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
            assert isinstance(answer, QuerySolutions)
            assert next(answer)["n"].value == "30"
        finally:
            client.drop_graph("https://others.example/graph")


def test_an_empty_server_says_that_nothing_was_published(server: Server, monkeypatch: Any) -> None:
    monkeypatch.setenv("DAFTAR_STORE_BASE_IRI", "https://nothing.example/id/")
    with pytest.raises(StoreMissingError, match="daftar build --store"):
        open_store(server.url)
    with pytest.raises(StoreMissingError):
        newest_fingerprint(server.url)


def test_every_statement_of_the_catalogue_is_there(catalogue: RemoteStore, shipped: Path) -> None:
    assert lines(catalogue) == lines(open_store(shipped))


@pytest.mark.slow
def test_every_question_has_the_same_answer(catalogue: RemoteStore, shipped: Path) -> None:
    here, there = QuestionDesk(open_store(shipped)), QuestionDesk(catalogue)
    for question in questions():
        for given in asked_of(question.id):
            expected = here.ask(question_named(question.id), given)
            found = there.ask(question_named(question.id), given)
            rows = [sorted(map(str, asked.rows)) for asked in (expected, found)]
            assert rows[0] == rows[1], question.id
            assert found.notes == expected.notes


def test_strangers_are_answered_in_their_own_process(catalogue: RemoteStore) -> None:
    with QueryRunner(catalogue) as runner:
        assert runner.fingerprint == catalogue.manifest.fingerprint
        found = runner.run("SELECT ?p { ?p a df:Process } ORDER BY ?p", Limits(rows=3), "csv")
        assert (found.rows, found.truncated) == (3, "rows")
        assert b"process/P01" in found.body
        assert runner.run("ASK { ?p a df:Process }", Limits()).body.strip().endswith(b"true}")
        made = runner.run("CONSTRUCT { ?p a <urn:x> } WHERE { ?p a df:Process }", Limits(), "ntriples")
        assert made.rows == 34
        with pytest.raises(QuerySyntaxError):
            runner.run("SELECT ?p WHERE { ?p a }", Limits())
        with pytest.raises(QueryRefused):
            runner.run("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", Limits())


def test_a_server_that_is_gone_is_an_answer_of_its_own(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("DAFTAR_STORE_ATTEMPTS", "1")
    nquads = dataset(30)
    with oxigraph(tmp_path) as short:
        monkeypatch.setenv("DAFTAR_STORE_BASE_IRI", BASE)
        publish(short.url, nquads, manifest_of(nquads))
        runner = QueryRunner(open_store(short.url))
        assert runner.run("ASK { ?s ?p ?o }", Limits()).rows == 1
    with runner, pytest.raises(QueryUnansweredError, match="does not answer"):
        runner.run("ASK { ?s ?p ?o }", Limits())
    with pytest.raises(StoreError, match="does not answer"):
        open_store(short.url)
