"""A small made-up catalogue (tests/build/catalogue) and the dataset built from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import Dataset, build
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import Catalogue, load_catalogue
from tests.build.bad_records import CHECKS, SHAPES

BASE = "https://example.org/id/"
HERE = Path(__file__).parent
PREFIXES = f"""
PREFIX df: <https://w3id.org/daftar/ontology#>
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX cpsv: <http://purl.org/vocab/cpsv#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX p-plan: <http://purl.org/net/p-plan#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX field: <https://w3id.org/daftar/code/field/>
BASE <{BASE}>
"""

Rows = Callable[[str], set[tuple[str, ...]]]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(HERE / "catalogue")


@pytest.fixture(scope="session")
def dataset(catalogue: Catalogue) -> Dataset:
    return build(catalogue, base_iri=BASE, ontology=ontology_dir())


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue(bundled_data_dir())


@pytest.fixture(scope="session")
def shipped_dataset(shipped: Catalogue) -> Dataset:
    return build(shipped, base_iri=BASE, ontology=ontology_dir())


@pytest.fixture(scope="session")
def faulty(dataset: Dataset) -> Dataset:
    """The made-up catalogue with every fault at once, as far as one does not undo another.

    Left out is the form of P01 that documents P03 too: no record can say that of another.
    """
    store = ox.Store()
    store.bulk_extend(dataset)
    for name, (update, _) in (CHECKS | SHAPES).items():
        if name != "S02-documents":
            store.update(PREFIXES + update)
    return Dataset(store, dataset.base_iri, dataset.ontology)


def short(term: object) -> str:
    """Write a term as a reader would: IRIs below the base or the codes without their beginning."""
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(BASE).removeprefix("https://w3id.org/daftar/code/")
    return term.value if isinstance(term, ox.Literal) else str(term)


def ask_rows(dataset: Dataset, query: str) -> set[tuple[str, ...]]:
    found = dataset.store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(short(row[variable]) for variable in found.variables) for row in found}


@pytest.fixture(scope="session")
def rows(dataset: Dataset) -> Rows:
    return lambda query: ask_rows(dataset, query)
