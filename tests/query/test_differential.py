"""The same queries to the process that answers strangers, to the engine in this one, and to rdflib."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from graph.query import Limits, QueryRunner
from graph.store import Manifest, MemoryStore, fingerprint_of
from tests.query.language import BASE, GRAPHS, SAME_ORDER, SAME_ROWS, TRIG, YES_OR_NO

_PREFIXES = f"PREFIX e: <{BASE}>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float")}
_QUADS = list(ox.parse(TRIG.encode(), format=ox.RdfFormat.TRIG))
_NQUADS = "".join(sorted(f"{quad} .\n" for quad in _QUADS)).encode()

# rdflib 7.6 warns of its own use of its own names
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def runner() -> Iterator[QueryRunner]:
    store = MemoryStore(_NQUADS, Manifest(fingerprint_of(_NQUADS), "2026-01-01T00:00:00Z", BASE, len(_QUADS)))
    with QueryRunner(store) as running:
        yield running


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    store = ox.Store()
    store.extend(_QUADS)
    return store


@pytest.fixture(scope="module")
def second() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=_NQUADS, format="nquads")
    return dataset


def _cell(cell: dict[str, str] | None) -> tuple[Any, ...] | None:
    if cell is None:
        return None
    kind = cell.get("datatype", "")
    if kind in _NUMBERS:  # engines write the same number as 62, 62.0 or 6.2E1
        return ("number", round(Decimal(cell["value"]), 9))
    return (cell["type"], cell["value"], cell.get("xml:lang", ""), "" if kind == _XSD + "string" else kind)


def _rows(document: bytes) -> list[tuple[Any, ...]]:
    parsed = json.loads(document)
    names = sorted(parsed["head"]["vars"])
    return [tuple(_cell(row.get(name)) for name in names) for row in parsed["results"]["bindings"]]


def _of_engine(engine: ox.Store, query: str) -> list[tuple[Any, ...]]:
    found = engine.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return _rows(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")


def _graph_of_engine(engine: ox.Store, query: str) -> set[ox.Quad]:
    found = engine.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QueryTriples)
    return {ox.Quad(*triple) for triple in found}


def _of_rdflib(second: rdflib.Dataset, query: str) -> list[tuple[Any, ...]]:
    return _rows(second.query(query).serialize(format="json") or b"")


def test_there_are_enough() -> None:
    assert len(SAME_ROWS) + len(SAME_ORDER) + len(YES_OR_NO) + len(GRAPHS) >= 80


@pytest.mark.parametrize("name", SAME_ROWS)
def test_same_rows(runner: QueryRunner, engine: ox.Store, second: rdflib.Dataset, name: str) -> None:
    query = _PREFIXES + SAME_ROWS[name]
    ours = Counter(_rows(runner.run(query, Limits(), "json").body))
    assert ours == Counter(_of_engine(engine, query))
    assert ours == Counter(_of_rdflib(second, query))
    assert bool(ours) == (name != "no rows")


@pytest.mark.parametrize("name", SAME_ORDER)
def test_same_order(runner: QueryRunner, engine: ox.Store, second: rdflib.Dataset, name: str) -> None:
    query = _PREFIXES + SAME_ORDER[name]
    ours = _rows(runner.run(query, Limits(), "json").body)
    assert ours
    assert ours == _of_engine(engine, query) == _of_rdflib(second, query)


@pytest.mark.parametrize("name", YES_OR_NO)
def test_same_verdict(runner: QueryRunner, second: rdflib.Dataset, name: str) -> None:
    query, verdict = _PREFIXES + YES_OR_NO[name][0], YES_OR_NO[name][1]
    assert json.loads(runner.run(query, Limits()).body)["boolean"] is verdict
    assert second.query(query).askAnswer is verdict


@pytest.mark.parametrize("name", GRAPHS)
def test_same_graph(runner: QueryRunner, engine: ox.Store, second: rdflib.Dataset, name: str) -> None:
    query = _PREFIXES + GRAPHS[name]
    body = runner.run(query, Limits(), "ntriples").body
    assert set(ox.parse(body, format=ox.RdfFormat.N_TRIPLES)) == _graph_of_engine(engine, query)
    theirs = second.query(query).graph
    assert theirs is not None
    assert isomorphic(rdflib.Graph().parse(data=body, format="nt"), theirs)
    assert bool(body) == (name != "describe nobody")


@pytest.mark.parametrize("name", ["star", "optional", "language", "arithmetic", "values of two", "no rows"])
def test_every_format_of_rows_says_the_same(runner: QueryRunner, name: str) -> None:
    query = _PREFIXES + SAME_ROWS[name]
    ours = Counter(_rows(runner.run(query, Limits(), "json").body))
    for form, fmt in (("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV)):
        parsed = ox.parse_query_results(runner.run(query, Limits(), form).body, format=fmt)
        assert isinstance(parsed, ox.QuerySolutions)
        assert Counter(_rows(parsed.serialize(format=ox.QueryResultsFormat.JSON) or b"")) == ours
    lines = runner.run(query, Limits(), "csv").body.decode("utf-8").split("\r\n")
    assert len(lines) - 2 == sum(ours.values())
