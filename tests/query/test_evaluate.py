"""Evaluation within limits of rows and bytes, and what is said about wrong queries."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query import Limits, QueryRefused, QuerySyntaxError, evaluate
from graph.query.cut import say_cut
from graph.store import Store
from tests.store.conftest import BASE

ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"


def test_a_whole_answer_is_not_called_cut(store: Store) -> None:
    answer = evaluate(store, ALL, Limits(rows=30))
    assert (answer.rows, answer.truncated, answer.form) == (30, "", "SELECT")
    assert answer.fingerprint == store.manifest.fingerprint


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_are_cut_honestly(store: Store, name: str) -> None:
    answer = evaluate(store, ALL, Limits(rows=7), name)
    assert (answer.rows, answer.truncated, answer.format.name) == (7, "rows", name)
    whole = evaluate(store, ALL + " LIMIT 7", Limits(), name)
    assert answer.body == say_cut(whole.body, whole.format, "rows", 7, 2)
    assert answer.body != whole.body
    assert whole.truncated == ""


@given(st.integers(100, 6000), st.sampled_from(["json", "xml", "csv", "tsv"]))
@settings(max_examples=40, deadline=None)
def test_bytes_are_cut_to_a_whole_document(size: int, name: str) -> None:
    answer = evaluate(_STORE, ALL, Limits(size=size), name)
    assert answer.rows == 0 or len(answer.body) <= size
    part = evaluate(_STORE, f"{ALL} LIMIT {answer.rows}", Limits(), name)
    cut = say_cut(part.body, part.format, "bytes", answer.rows, 2)
    assert answer.body == (cut if answer.truncated else part.body)
    assert (answer.truncated == "bytes") == (answer.rows < 30)


@given(st.integers(1, 40), st.sampled_from(["turtle", "ntriples", "jsonld", "rdfxml"]))
@settings(max_examples=30, deadline=None)
def test_triples_are_cut_honestly(rows: int, name: str) -> None:
    answer = evaluate(_STORE, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", Limits(rows=rows), name)
    assert answer.rows == min(rows, 30)
    assert (answer.truncated == "rows") == (rows < 30)


def test_triples_are_counted_once(store: Store) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } { ?s ?p ?o }"
    answer = evaluate(store, query, Limits(rows=1))
    assert (answer.rows, answer.truncated) == (1, "")


def test_one_huge_value_does_not_get_through(store: Store) -> None:
    query = "SELECT ?x { BIND('aaaaaaaaaa' AS ?a) BIND(CONCAT(?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a) AS ?x) }"
    answer = evaluate(store, query, Limits(size=100))
    assert (answer.rows, answer.truncated) == (0, "bytes")
    assert json.loads(answer.body)["results"]["bindings"] == []


def test_ask(store: Store) -> None:
    assert json.loads(evaluate(store, "ASK { ?s ?p ?o }", Limits()).body)["boolean"] is True
    assert json.loads(evaluate(store, "ASK { ?s ?p 5 }", Limits()).body)["boolean"] is False


def test_prefixes_and_relative_iris_are_known(store: Store) -> None:
    assert evaluate(store, "SELECT ?o { <thing/00004> ?p ?o }", Limits()).rows == 1
    assert evaluate(store, "ASK { ?s a df:Process ; dct:title ?t }", Limits()).form == "ASK"
    own = evaluate(store, "PREFIX df: <urn:> SELECT ?o { ?s df:says ?o }", Limits())
    assert own.rows == 30  # a prefix that the query declares wins


def test_graphs_by_argument(store: Store) -> None:
    one = f"{BASE}graph/1"
    assert evaluate(store, ALL, Limits(), default_graphs=[one]).rows == 10
    assert evaluate(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }", Limits(), named_graphs=[one]).rows == 10
    with pytest.raises(QueryRefused, match="<urn:x> is no graph"):
        evaluate(store, ALL, Limits(), default_graphs=["urn:x"])
    with pytest.raises(QueryRefused, match="is no graph"):
        evaluate(store, "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", Limits())


WRONG = {
    "SELECT * { ?s ?p ?o }}": (1, 22, '"}" closes nothing'),
    "SELECT * { ?s ?p ?o } GROUP BY ?s": (None, None, "SELECT * is not authorized with GROUP BY"),
    "SELECT ?s (1 AS ?s) { ?s ?p ?o }": (None, None, "the SELECT overrides an existing variable"),
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999": (
        None,
        None,
        "the query limit should be",
    ),
    "SELECT * { VALUES (?a ?b) { (1) } }": (None, None, "the VALUES clause rows should have"),
    "SELECT * {\n  ?s ?p }": (2, 9, '"}" is not expected here'),
    "SELECT * { ?s }": (1, 15, '"}" is not expected here'),
    "ASK { ?s ?p ?o FILTER( }": (1, 24, '"}" is not expected here'),
    "SELECT * { ?s ?p ?o FILTER(tr ue) }": (1, 28, '"tr" is not expected here'),
    "SELECT * {\n  ?s ?p ?o .\n  ?s ?p\n  ?o ?z }": (4, 6, '"?z" is not expected here'),
    "SELECT * { ?s ?p ?o FILTER(nofunction(?o)) }": (1, 28, '"nofunction(?o))" is not expected here'),
    "SELECT * { ?s ?p ?o FILTER(?o > ) }": (1, 33, '")" is not expected here'),
    "SELEC * {}": (1, 1, '"SELEC" is not expected here'),
    "SELECT * WHERE ?s ?p ?o }": (1, 16, '"?s" is not expected here; expected "{"'),
    "SELECT ?s { ?s ?p ?o } LIMIT x": (1, 30, '"x" is not expected here'),
    "SELECT (COUNT(?x) AS ?n { ?s ?p ?o }": (1, 25, '"{" is not expected here; expected ")"'),
    "SELECT * { ?s ?p ?o": (1, 20, "it ends too early"),
    "SELECT * { ?s ?p 'abc }": (1, 24, 'it ends too early; expected "\'"'),
    "SELECT * { ?s nope:p ?o }": (1, 15, 'the prefix "nope:" is not declared'),
    "SELECT ?a ?s { ?s ?p ?o } GROUP BY ?s": (None, None, "a variable of SELECT has no value there"),
}


@pytest.mark.parametrize("query", WRONG)
def test_what_is_wrong_and_where(store: Store, query: str) -> None:
    line, column, reason = WRONG[query]
    with pytest.raises(QuerySyntaxError) as caught:
        evaluate(store, query, Limits())
    assert caught.value.reason.startswith(reason)
    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.text(alphabet="SELECT*{}?spo ().<>'\"#:;,abFILTER\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_refused_or_explained(text: str) -> None:
    query = f"SELECT * {{ {text} }}"
    outcome = _outcome(query)
    if isinstance(outcome, QuerySyntaxError) and outcome.line is not None and outcome.column is not None:
        lines = query.split("\n")
        assert 1 <= outcome.line <= len(lines)
        assert 1 <= outcome.column <= len(lines[outcome.line - 1]) + 1
    assert outcome is None or outcome.reason


def _outcome(query: str) -> QueryRefused | QuerySyntaxError | None:
    """None for an answer; whatever else is raised fails the test."""
    try:
        evaluate(_STORE, query, Limits())
    except (QueryRefused, QuerySyntaxError) as error:
        return error
    return None


def test_the_engine_and_the_scanner_agree_on_what_is_in_strings(store: Store) -> None:
    """Queries that the engine accepts: the scanner must not have seen brackets that the engine did not."""
    for text in (
        "'((('",
        '"((("',
        "'''((\n('''",
        '"""(("("""',
        "'\\'((('",
        "'a' # (((\n",
        "<urn:(((>",
        "'''('(''('''",
    ):
        query = f"SELECT * {{ ?s ?p {text} }}"
        assert evaluate(store, query, Limits(depth=1)).rows == 0


def _store() -> Store:
    from tests.query.conftest import small_store

    return small_store()


_STORE = _store()
assert isinstance(_STORE.query("ASK {}"), pyoxigraph.QueryBoolean)
