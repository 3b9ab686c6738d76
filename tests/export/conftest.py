"""The shipped catalogue, built once, as a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from graph.build import build, nquads
from graph.paths import bundled_data_dir, ontology_dir
from graph.query.formats import format_named
from graph.records import Catalogue, load_catalogue
from graph.store import Manifest, MemoryStore, Store, describe

BASE = "https://w3id.org/daftar/id/"
DF = "https://w3id.org/daftar/ontology#"
CONFIDENTIAL = "https://w3id.org/daftar/code/confidentiality/confidential"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(bundled_data_dir())


@pytest.fixture(scope="session")
def store(catalogue: Catalogue) -> Store:
    dataset = build(catalogue, base_iri=BASE, ontology=ontology_dir())
    written = nquads(dataset)
    known = describe(
        written, dataset, catalogue, base_iri=BASE, clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)
    )
    return MemoryStore(written, Manifest.from_dict(known))


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(path if path.startswith("http") else BASE + path)


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(DF + name)


def parse(content: bytes, format_name: str) -> set[ox.Quad]:
    engine = {
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    return set(ox.parse(content, format=engine[format_name]))


def triples(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The union of the graphs, in the default graph."""
    return {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}


__all__ = ["BASE", "CONFIDENTIAL", "DF", "format_named", "node", "parse", "term", "triples"]
