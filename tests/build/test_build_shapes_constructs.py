"""Every construct of SHACL Core: compiled, it finds what the Recommendation says and what pySHACL finds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from constructs import CORE, DATA, FALLBACK, REFUSED

from graph.build import BuildError, Dataset
from graph.build.shapes import Result, compile_shapes, shape_results
from graph.build.shapes_model import targeted_shapes

_HEAD = """
@prefix : <http://x.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_WORDS = 'sh:severity sh:Warning ; sh:message "نادرست"@fa, "wrong"@en'


@pytest.fixture(scope="module")
def data() -> Dataset:
    """The data, each statement in two graphs: validation is about their union."""
    store = ox.Store()
    for name in ("urn:graph:one", "urn:graph:two"):
        store.load(DATA.encode("utf-8"), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(name))
    return Dataset(store, "http://x.example/", Path())


def read(text: str) -> rdflib.Graph:
    """A shapes graph; the shapes that can have results get their types and words."""
    graph = rdflib.Graph().parse(data=_HEAD + text + " .", format="turtle")
    for name in ("S", "T", "U", "Cat"):
        if (rdflib.URIRef(f"http://x.example/{name}"), None, None) in graph:
            kind = (
                "sh:PropertyShape"
                if (rdflib.URIRef(f"http://x.example/{name}"), rdflib.SH.path, None) in graph
                else "sh:NodeShape"
            )
            graph.parse(data=f"{_HEAD} :{name} a {kind} ; {_WORDS} .", format="turtle")
    return graph


def told(results: list[Result]) -> set[str]:
    return {f"{each.focus} {each.value}".strip().replace("http://x.example/", "") for each in results}


@pytest.mark.parametrize("name", sorted(CORE))
def test_core(data: Dataset, name: str) -> None:
    text, expected = CORE[name]
    shapes = read(text)
    _, others = compile_shapes(data, shapes, targeted_shapes(shapes))
    assert others == []
    found = shape_results(data, shapes)
    assert told(found) == expected
    assert found == shape_results(data, shapes, engine="pyshacl")
    assert {each.severity for each in found} <= {"warning"}


@pytest.mark.parametrize("name", sorted(FALLBACK))
def test_what_is_not_compiled_goes_to_pyshacl(data: Dataset, name: str) -> None:
    text, expected = FALLBACK[name]
    shapes = read(text)
    queries, others = compile_shapes(data, shapes, targeted_shapes(shapes))
    assert queries == []
    assert [shape.name for shape in others] == ["S"]
    assert told(shape_results(data, shapes)) == expected


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_nothing_can_check_stops_validation(data: Dataset, name: str) -> None:
    text, words = REFUSED[name]
    with pytest.raises(BuildError, match=words):
        shape_results(data, read(text))


@pytest.mark.parametrize(
    "text",
    [
        ":S sh:targetNode :rex ; sh:nodeKind sh:Literal",
        ':S sh:targetNode :rex ; sh:nodeKind sh:Literal ; sh:message "wrong"@en',
        ':S sh:targetNode :rex ; sh:nodeKind sh:IRI ; sh:severity :Dire ; sh:message "wrong"@en, "نادرست"@fa',
    ],
)
def test_a_shape_needs_its_words(data: Dataset, text: str) -> None:
    shapes = rdflib.Graph().parse(data=_HEAD + text + " .", format="turtle")
    with pytest.raises(BuildError, match="lacks a severity or a message"):
        shape_results(data, shapes)


def test_focus_nodes_can_be_chosen(data: Dataset) -> None:
    shapes = read(CORE["max-count"][0] + " . :T sh:targetClass :Animal ; sh:path :owner ; sh:minCount 1")
    assert told(shape_results(data, shapes)) == {"cat", "bo"}
    assert told(shape_results(data, shapes, only=["http://x.example/cat", "http://x.example/rex"])) == {"cat"}
    assert shape_results(data, shapes, only=[]) == []


def test_progress_tells_of_every_query_and_can_cancel(data: Dataset) -> None:
    shapes = read(CORE["pattern"][0] + " ; sh:minCount 1 ; sh:maxCount 1")
    steps: list[tuple[int, int]] = []
    shape_results(data, shapes, progress=lambda done, all_: steps.append((done, all_)))
    assert steps == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, all_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shape_results(data, shapes, progress=stop)
