"""The endpoint: forms of query, ways to send one, formats, refusals; and the page for people."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from api.routes.sparql import _EXAMPLES, _example
from tests.api.client import Client
from tests.view.support import Page

STEPS = 'SELECT ?n { ?p dct:identifier "P08" ; df:hasStep/df:stepNumber ?n } ORDER BY ?n'
DIRECT = {"Content-Type": "application/sparql-query"}


def rows(answer_json: dict[str, object]) -> list[dict[str, dict[str, str]]]:
    return answer_json["results"]["bindings"]  # type: ignore[index,no-any-return,call-overload]


def test_three_ways_to_send_a_query_give_one_answer(client: Client) -> None:
    answers = [
        client.get("/sparql", params={"query": STEPS}),
        client.post("/sparql", data={"query": STEPS}),
        client.post("/sparql", content=STEPS.encode(), headers=DIRECT),
    ]
    assert [a.status_code for a in answers] == [200, 200, 200]
    assert {a.content for a in answers} == {answers[0].content}
    # The form has four steps, counted in the document.
    assert [r["n"]["value"] for r in rows(answers[0].json())] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
    ],
)
def test_rows_in_the_format_asked_for(client: Client, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": STEPS}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ttl", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE <https://w3id.org/daftar/id/agency/police>",
        "CONSTRUCT { ?s dct:title ?t } WHERE { ?s a df:Process ; dct:title ?t }",
    ],
)
def test_graphs_in_the_format_asked_for(client: Client, query: str, name: str, form: ox.RdfFormat) -> None:
    answer = client.get("/sparql", params={"query": query, "format": name})
    assert answer.status_code == 200
    assert list(ox.parse(answer.content, format=form))


def test_ask(client: Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s a df:Process }"}).json()["boolean"] is True


def test_csv_is_exact(client: Client) -> None:
    query = 'SELECT ?x { VALUES ?x { "=1+1" "a,b" } }'
    text = client.get("/sparql", params={"query": query, "format": "csv"}).text
    assert sorted(row[0] for row in list(csv.reader(io.StringIO(text)))[1:]) == ["=1+1", "a,b"]


def test_the_default_graph_is_the_union_and_can_be_chosen(client: Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = int(rows(client.get("/sparql", params={"query": count}).json())[0]["n"]["value"])
    one = client.get(
        "/sparql", params={"query": count, "default-graph-uri": "https://w3id.org/daftar/id/graph/index"}
    )
    assert 0 < int(rows(one.json())[0]["n"]["value"]) < whole


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        ({"params": {"query": "SELECT * {"}}, 400, "line 1"),
        ({"params": {"query": "ASK { SERVICE <http://example.org/> {} }"}}, 400, "SERVICE"),
        ({"params": {"query": "SELECT * FROM <file:///etc/passwd> {}"}}, 400, "graph"),
        ({"params": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}, 400, "changes data"),
        ({"params": {"query": "ASK {} # " + "x" * 3_000}}, 413, "characters"),
        ({"params": {"query": "SELECT * " + "{" * 500 + "}" * 500}}, 400, "nest"),
        ({"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "exactly one"),
        ({"params": {"format": "json"}}, 400, "exactly one"),
        ({"params": {"query": "ASK {}", "format": "nonsense"}}, 406, "json"),
        ({"params": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400, "no update"),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "application/"),
        ({"params": {"query": "DESCRIBE <a:a>"}, "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
    ],
)
def test_refusals_say_why(client: Client, request_: dict[str, object], status: int, says: str) -> None:
    answer = client.get("/sparql", **request_)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert says in answer.json()["error"]


def test_other_bodies_are_refused(client: Client) -> None:
    assert client.post("/sparql", json={"query": STEPS}).status_code == 415
    assert client.post("/sparql", content=b"\xff\xfe", headers=DIRECT).status_code == 400
    assert client.post("/sparql", content=b"x" * 100_000, headers=DIRECT).status_code == 413
    assert client.request("PUT", "/sparql").status_code == 405


def test_a_slow_query_is_ended_and_the_server_lives(client: Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = client.get("/sparql", params={"query": slow})
    assert answer.status_code == 503
    assert "seconds" in answer.json()["error"]
    assert answer.headers["retry-after"]
    assert client.get("/healthz").status_code == 200


def test_a_browser_is_sent_to_the_page(client: Client) -> None:
    html = {"Accept": "text/html, */*;q=0.5", "Accept-Language": "en"}
    assert client.get("/sparql", headers=html).headers["location"] == "/en/sparql"
    asked = client.get("/sparql", params={"query": "ASK {}"}, headers=html)
    assert asked.headers["location"].startswith("/en/sparql?query=ASK")
    assert (
        client.get("/sparql", params={"query": "ASK {}", "format": "json"}, headers=html).status_code == 200
    )


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("name", [name for _, name in _EXAMPLES])
def test_every_example_is_answered_on_the_page(client: Client, lang: str, name: str) -> None:
    answer = client.get(f"/{lang}/sparql", params={"query": _example(name)})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert len(page.all("tr")) > 1 or "police" in page.all("pre")[0].text


def test_the_page_shows_the_parsers_message_and_the_query_as_text(client: Client) -> None:
    query = "SELECT </textarea><img src=x onerror=alert(1)>"
    answer = client.get("/en/sparql", params={"query": query})
    assert answer.status_code == 400
    page = Page(answer.text)
    assert not page.all("img")
    assert page.all("textarea")[0].text == query


def test_markup_in_an_answer_stays_text(client: Client) -> None:
    query = """SELECT * { VALUES (?a ?b) { ("<img src=x onerror=alert(1)>" <javascript:alert(1)>) } }"""
    page = Page(client.get("/en/sparql", params={"query": query}).text)
    assert not page.all("img")
    assert not [link for link in page.links if link.startswith("javascript")]


def test_a_cut_answer_says_so(client: Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.headers["x-daftar-truncated"] == "rows"
    assert len(rows(json.loads(answer.content))) == 10_000
