"""Compiled shapes find what pySHACL finds over the whole graph, on good data and on every fault."""

from __future__ import annotations

import pytest
import rdflib
from conftest import PREFIXES
from many import many, renamed

from graph.build import Dataset
from graph.build.shapes import compile_shapes, read_shapes, shape_results
from graph.build.shapes_model import targeted_shapes
from tests.build.bad_records import SHAPES


@pytest.fixture(scope="module")
def shapes(dataset: Dataset) -> rdflib.Graph:
    return read_shapes(dataset)


def test_every_shape_of_the_ontology_is_compiled(dataset: Dataset, shapes: rdflib.Graph) -> None:
    queries, others = compile_shapes(dataset, shapes, targeted_shapes(shapes))
    assert others == []
    assert {query.shape for query in queries} == set(SHAPES)


def test_the_shipped_catalogue(shipped_dataset: Dataset) -> None:
    found = shape_results(shipped_dataset)
    assert found == shape_results(shipped_dataset, engine="pyshacl")
    assert found


def test_300_processes_with_a_fault_of_every_kind(dataset: Dataset, shapes: rdflib.Graph) -> None:
    """A hundred copies of three processes; each copy has a fault of its own."""
    large = many(dataset, 100)
    for copy, (update, _) in enumerate(SHAPES.values(), start=1):
        large.store.update(PREFIXES + renamed(update, copy))
    found = shape_results(large, shapes)
    assert found == shape_results(large, shapes, engine="pyshacl")
    assert {result.shape for result in found} == set(SHAPES)
