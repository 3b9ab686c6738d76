"""The formats of an answer."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple

from graph.query import FORMATS, QueryFormatError, choose_format, format_for, format_named, serialise
from graph.query.formats import row_json, write_rows, write_triples
from graph.store import Store

VARIABLES = ["a", "b"]
VALUES: list[list[Any]] = [
    [NamedNode("urn:a?b=c&d"), Literal("شورای تأمین", language="fa")],
    [Literal('quote " back \\ slash\nline\ttab'), None],
    [Literal("2"), Literal("2", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))],
    [pyoxigraph.BlankNode("b1"), Literal("<tag>&amp;")],
    [None, None],
]


def test_names_media_types_and_endings_are_unique_among_their_kind() -> None:
    for answers in ("rows", "graph"):
        kind = [entry for entry in FORMATS if entry.answers == answers]
        for key in ("name", "extension"):
            assert len({getattr(entry, key) for entry in kind}) == len(kind)
        media = [m.partition(";")[0] for entry in kind for m in (entry.media_type, *entry.aliases)]
        assert len(set(media)) == len(media)


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(QueryFormatError, match="json, xml, csv, tsv, turtle"):
        format_named("pdf")


@pytest.mark.parametrize(
    ("name", "form", "chosen"),
    [(None, "SELECT", "json"), (None, "ASK", "json"), (None, "DESCRIBE", "turtle"), ("csv", "SELECT", "csv")],
)
def test_the_usual_format(name: str | None, form: str, chosen: str) -> None:
    assert choose_format(name, form).name == chosen


def test_a_format_that_does_not_fit() -> None:
    with pytest.raises(
        QueryFormatError, match="SELECT cannot be written as turtle; it can as json, xml, csv, tsv"
    ):
        choose_format("turtle", "SELECT")
    with pytest.raises(QueryFormatError, match="CONSTRUCT cannot be written as csv"):
        choose_format("csv", "CONSTRUCT")


def test_media_types() -> None:
    for entry in FORMATS:
        form = "SELECT" if entry.answers == "rows" else "CONSTRUCT"
        for media_type in (entry.media_type, *entry.aliases):
            assert format_for(media_type.upper(), form) == entry
    assert format_for("text/turtle", "SELECT") is None


def rows_as(name: str) -> bytes:
    return write_rows(VARIABLES, [row_json(VARIABLES, row) for row in VALUES], format_named(name))


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_read_back_exactly(name: str) -> None:
    kinds = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
    parsed = pyoxigraph.parse_query_results(rows_as(name), format=kinds[name])
    assert isinstance(parsed, pyoxigraph.QuerySolutions)
    found = [[row["a"], row["b"]] for row in parsed]
    assert found == VALUES


def test_csv_by_the_letter() -> None:
    assert rows_as("csv").decode() == (
        "a,b\r\nurn:a?b=c&d,شورای تأمین\r\n"
        '"quote "" back \\ slash\nline\ttab",\r\n2,2\r\n_:b1,<tag>&amp;\r\n,\r\n'
    )


def test_json_is_what_the_engine_would_write(store: Store) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s"
    theirs = serialise(store.query(query), "application/sparql-results+json")
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    ours = write_rows(names, [row_json(names, row) for row in solutions], format_named("json"))
    assert json.loads(ours) == json.loads(theirs)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib of itself
@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld", "nquads", "trig"])
def test_graphs_read_back_exactly(name: str) -> None:
    values: list[Any] = [Literal("شورا", language="fa"), Literal("1"), NamedNode("urn:x")]
    title = NamedNode("http://purl.org/dc/terms/title")
    triples = [
        Triple(NamedNode(f"https://example.org/id/{n}"), title, value) for n, value in enumerate(values)
    ]
    document = write_triples([*triples, triples[0]], format_named(name))
    kinds = {
        "turtle": "turtle",
        "ntriples": "nt",
        "rdfxml": "xml",
        "jsonld": "json-ld",
        "nquads": "nt",
        "trig": "turtle",
    }
    read = rdflib.Graph().parse(data=document, format=kinds[name])
    expected = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    assert set(read) == set(expected)
    assert write_triples(reversed(triples), format_named(name)) == document


def test_serialise_takes_media_types(store: Store) -> None:
    assert serialise(store.query("ASK {}"), "text/csv") == b"true"
    assert serialise(store.query("CONSTRUCT { <urn:a> a <urn:b> } {}"), "text/turtle").endswith(
        b"a <urn:b> .\n"
    )
    with pytest.raises(QueryFormatError, match="cannot be written as image/png"):
        serialise(store.query("ASK {}"), "image/png")
