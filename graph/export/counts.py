"""Counting an edition: what VoID asks for, over the union of its graphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.store import Store
from graph.store.rows import read_rows


@dataclass(frozen=True)
class Counts:
    """The numbers of an edition.

    Attributes:
        triples: Number of different triples; one that stands in two graphs counts once.
        entities: Number of resources under the base IRI that something is said about.
        classes: Number of instances of each class, by IRI, sorted.
        properties: Number of different triples with each property, by IRI, sorted.
        examples: IRIs of a few resources.
    """

    triples: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    examples: tuple[str, ...]

    def vocabularies(self) -> list[str]:
        """The namespaces of the classes and properties, sorted."""
        return sorted({_namespace(iri) for iri in [*self.classes, *self.properties]})


def count(store: Store) -> Counts:
    """Count an edition.

    Args:
        store: The edition.

    Returns:
        Its numbers.
    """
    base = store.manifest.base_iri
    properties = _table(
        store, "SELECT ?key (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?key ?o { ?s ?key ?o } } GROUP BY ?key"
    )
    starts = ox.Literal(base)
    ((entities,),) = _rows(
        store,
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER (isIRI(?s) && STRSTARTS(STR(?s), "
        + str(starts)
        + ")) }",
    )
    classes = _table(store, "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { ?s a ?key } GROUP BY ?key")
    examples = _rows(
        store,
        "SELECT DISTINCT ?s { ?s a ?type . FILTER (?type IN ("
        "<https://w3id.org/daftar/ontology#Process>, <http://purl.org/vocab/cpsv#PublicService>)) } "
        "ORDER BY ?s LIMIT 2",
    )
    return Counts(
        sum(properties.values()),
        int(entities),
        classes,
        properties,
        tuple(name for (name,) in examples),
    )


def _table(store: Store, query: str) -> dict[str, int]:
    return {key: int(count) for key, count in sorted(_rows(store, query))}


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    rows = read_rows(store.query(query)).rows
    return [tuple(term.value for term in row) for row in rows if None not in row]  # no group of nothing


def _namespace(iri: str) -> str:
    found = re.match(r".*[#/]", iri)
    return found.group() if found else iri
