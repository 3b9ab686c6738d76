"""Answers that are kept: the same question gets the same answer again, and nobody gets another's."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from graph.build.edition import build_edition
from graph.paths import bundled_data_dir, ontology_dir
from graph.settings import Settings
from tests.api.client import Client

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a df:Process }"
LIST = "SELECT ?s { ?s a df:Process } ORDER BY ?s"
#: What a server says of each answer anew.
ANEW = {"x-request-id", "date", "server-timing"}


@pytest.fixture
def asked(folder: Path) -> Iterator[Client]:
    with Client(create_app(Settings(store=str(folder)))) as client:
        client.get("/healthz")
        yield client


def kept(client: Client) -> int:
    """How many queries got an answer that was kept."""
    lines = client.get("/metrics").text.splitlines()
    found = [line for line in lines if line.startswith('daftar_queries_total{outcome="kept"}')]
    return int(found[0].rsplit(" ", 1)[1]) if found else 0


def said(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: text for name, text in answer.headers.items() if name not in ANEW}
    return answer.status_code, answer.content, headers


def ask(client: Client, query: str, **params: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **params})


def test_the_same_question_is_evaluated_once(asked: Client) -> None:
    first, second = (ask(asked, LIST) for _ in range(2))
    assert first.status_code == 200
    assert said(first) == said(second)
    assert kept(asked) == 1
    # a POST asks the same question
    assert asked.post("/sparql", data={"query": LIST}).content == first.content
    assert kept(asked) == 2


def test_another_question_format_or_graph_has_an_answer_of_its_own(asked: Client) -> None:
    answers = [
        ask(asked, COUNT),
        ask(asked, COUNT + " "),
        ask(asked, COUNT, format="csv"),
        ask(asked, COUNT, **{"default-graph-uri": "https://w3id.org/daftar/id/graph/codes"}),
        asked.get("/sparql", params={"query": COUNT}, headers={"Accept": "application/sparql-results+xml"}),
    ]
    assert kept(asked) == 0
    assert answers[0].content == answers[1].content
    assert len({answer.content for answer in answers}) == 4


def test_an_answer_that_is_cut_is_cut_again_and_says_so(folder: Path) -> None:
    with Client(create_app(Settings(store=str(folder), query_rows=3))) as client:
        client.get("/healthz")
        first, second = (ask(client, LIST) for _ in range(2))
        assert kept(client) == 1
        assert second.headers["x-daftar-truncated"] == "rows"
        assert said(first) == said(second)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "STRUUID()", "UUID()"])
def test_what_changes_by_itself_is_evaluated_each_time(asked: Client, call: str) -> None:
    texts = {ask(asked, f"SELECT ({call} AS ?x) {{}}").content for _ in range(2)}
    assert kept(asked) == 0
    assert len(texts) == 2 or call == "NOW()"


def test_what_got_no_answer_is_not_kept(asked: Client) -> None:
    for _ in range(2):
        assert ask(asked, "SELECT * {").status_code == 400
    assert kept(asked) == 0


@pytest.mark.parametrize(("memory", "wanted"), [(0, 0), (20_000, 0), (2_000_000, 1)])
def test_answers_have_so_much_room(folder: Path, memory: int, wanted: int) -> None:
    # about 2 kB with what is around it, and one answer may take a sixteenth
    with Client(create_app(Settings(store=str(folder), answer_memory=memory))) as client:
        client.get("/healthz")
        for _ in range(2):
            assert ask(client, LIST).status_code == 200
        assert kept(client) == wanted


def test_a_new_edition_answers_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.site._LOOK_AGAIN_SECONDS", 0.0)
    data, store = Path(shutil.copytree(bundled_data_dir(), tmp_path / "data")), tmp_path / "store"

    def build() -> None:
        build_edition(data, store, base_iri="https://w3id.org/daftar/id/", ontology=ontology_dir())

    build()
    query = 'SELECT ?title { ?p dct:identifier "P08" ; a df:Process ; dct:title ?title }'
    with Client(create_app(Settings(store=str(store)))) as client:
        client.app.state.site.prepare = lambda edition: None
        client.get("/healthz")
        before = [ask(client, query).text for _ in range(2)]
        assert kept(client) == 1
        path = data / "processes" / "P08.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("  text: ", "  text: نو ", 1), "utf-8")
        build()
        changed = until(lambda: ask(client, query).text, before[0])
        assert changed.count("نو ") == before[0].count("نو ") + 1
        assert client.get("/sparql", params={"query": query}).text == changed


def until(ask_again: Callable[[], str], other_than: str) -> str:
    """Ask until the answer is another one: the edition is replaced beside the first requests."""
    for _ in range(200):
        if (found := ask_again()) != other_than:
            return found
        time.sleep(0.02)
    raise AssertionError("the new edition never answered")
