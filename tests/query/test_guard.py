"""What a query may be."""

from __future__ import annotations

import pytest

from graph.query import Limits, QueryRefused, check_query

REFUSED = {
    "too-long": "SELECT * { ?s ?p ?o }" + " " * 500,
    "too-deep": "SELECT * { { { { { { ?s ?p ?o } } } } } }",
    "update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "graph": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "ambiguous": "SELECT * { FILTER(?a<'>'+((1))#'\n) }",
    "empty": "# nothing to ask",
}


@pytest.mark.parametrize("code", REFUSED)
def test_refused_with_a_reason(code: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        check_query(REFUSED[code], Limits(length=400, depth=5), {"urn:known"})
    assert caught.value.code == code
    assert caught.value.reason in str(caught.value)
    if code not in ("too-long", "empty"):
        assert caught.value.line == 1
        assert f"line 1, column {caught.value.column}" in str(caught.value)


@pytest.mark.parametrize(
    "update",
    ["INSERT {} WHERE {}", "DELETE DATA {}", "LOAD <urn:a>", "CLEAR ALL", "DROP ALL", "CREATE GRAPH <urn:a>",
     "ADD <urn:a> TO <urn:b>", "MOVE <urn:a> TO <urn:b>", "COPY <urn:a> TO <urn:b>",
     "WITH <urn:a> DELETE {} WHERE {}", "PREFIX a: <urn:a>\nload <urn:x>"],
)  # fmt: skip
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(QueryRefused, match="only questions are answered"):
        check_query(update, Limits())


def test_the_limits_are_the_last_that_pass() -> None:
    query = "ASK { { ?s ?p ?o } }"
    assert check_query(query, Limits(length=len(query), depth=2)).depth == 2
    with pytest.raises(QueryRefused, match=f"{len(query)} characters; {len(query) - 1} are allowed"):
        check_query(query, Limits(length=len(query) - 1))
    with pytest.raises(QueryRefused, match="nest 2 deep; 1 are allowed"):
        check_query(query, Limits(depth=1))


def test_known_graphs_pass() -> None:
    query = "PREFIX g: <urn:> SELECT * FROM g:known FROM NAMED <urn:known> { ?s ?p ?o }"
    assert len(check_query(query, Limits(), {"urn:known"}).froms) == 2
