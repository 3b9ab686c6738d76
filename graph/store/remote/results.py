"""Answers of a SPARQL server read into the engine's terms, with what servers get wrong put right."""

from __future__ import annotations

import json
from typing import cast

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graph.store.errors import StoreAwayError

_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,  # as N-Triples was called before 2014
    "text/turtle": RdfFormat.TURTLE,
}
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def read_answer(body: bytes, media_type: str, where: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Read an answer.

    Args:
        body: The document.
        media_type: What it is, as the server says.
        where: The server, for messages.

    Returns:
        Rows, yes or no, or triples.

    Raises:
        StoreAwayError: when it cannot be read.

    Example:
        >>> bool(read_answer(b'{"head": {}, "boolean": true}', "application/sparql-results+json", "here"))
        True
    """
    try:
        if media_type in _GRAPHS:
            triples = [quad.triple for quad in pyoxigraph.parse(body, format=_GRAPHS[media_type])]
            return cast(QueryTriples, iter(triples))  # is iterated over, nothing else
        if b"typed-literal" in body or b"__ASK_RETVAL" in body:
            body = _put_right(body)
        return pyoxigraph.parse_query_results(body, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreAwayError(
            f"{where} answers with {media_type or 'something'} that cannot be read: {error}"
        ) from error


def _put_right(body: bytes) -> bytes:
    """Virtuoso 7 says "typed-literal", writes booleans as numbers, and answers ASK with a row."""
    answer = json.loads(body)
    bindings = answer.get("results", {}).get("bindings", [])
    if answer.get("head", {}).get("vars") == ["__ASK_RETVAL"]:
        return json.dumps({"head": {}, "boolean": bindings[0]["__ASK_RETVAL"]["value"] == "1"}).encode()
    for row in bindings:
        for term in row.values():
            if term.get("type") == "typed-literal":
                term["type"] = "literal"
                if term["datatype"] == _BOOLEAN:
                    term["value"] = {"0": "false", "1": "true"}.get(term["value"], term["value"])
    return json.dumps(answer).encode()
