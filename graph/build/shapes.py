"""Core SHACL, record by record: pySHACL on plain rdflib graphs, without inference.

The data goes to pySHACL as a plain graph that also holds the codes and the class hierarchy, for classes and
codes in a separate ontology graph are not seen by `sh:class` on a dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Identifier

from graph.build.dataset import Dataset
from graph.build.errors import BuildError
from graph.build.findings import SEVERITIES, Severity
from graph.build.ontology import read_ontology

# So many records are checked together: enough that the shared graph does not count, and no more in memory.
_BATCH = 200


@dataclass(frozen=True)
class Result:
    """What a shape or check says about a node, before its place is known."""

    severity: Severity
    shape: str
    message_fa: str
    message_en: str
    focus: str
    value: str
    component: str = "SPARQLConstraintComponent"


class _Terms:
    """Turns pyoxigraph terms into rdflib terms; each distinct one once."""

    def __init__(self) -> None:
        self._known: dict[object, Identifier] = {}

    def of(self, term: object) -> Identifier:
        if term not in self._known:
            self._known[term] = self._make(term)
        return self._known[term]

    @staticmethod
    def _make(term: object) -> Identifier:
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, ox.Literal):
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
        raise BuildError(f"{term} is neither an IRI nor a literal; the dataset holds nothing else")


def read_shapes(dataset: Dataset) -> rdflib.Graph:
    """Read every shapes file of the ontology into one graph."""
    shapes = rdflib.Graph()
    for path in read_ontology(dataset.ontology).files("shapes/*.ttl"):
        shapes.parse(path, format="turtle")
    return shapes


def shape_results(dataset: Dataset, shapes: rdflib.Graph | None = None) -> Iterator[Result]:
    """Check the dataset against shapes.

    Args:
        dataset: The dataset.
        shapes: The shapes; all of the ontology's if left out.

    Yields:
        What does not conform.
    """
    shapes, terms = read_shapes(dataset) if shapes is None else shapes, _Terms()
    records, shared = _graphs(dataset)
    shared_subjects = _subjects(dataset.store, shared)
    known = rdflib.Graph()
    _add(known, dataset.store, shared_subjects, terms)
    seen: set[Result] = set()
    waiting = iter(records)
    while True:
        batch = list(islice(waiting, _BATCH))
        data = rdflib.Graph()
        for triple in known:
            data.add(triple)
        _add(data, dataset.store, _subjects(dataset.store, batch), terms)
        for result in _validate(data, shapes):
            if result not in seen:
                seen.add(result)
                yield result
        if len(batch) < _BATCH:
            return


def _graphs(dataset: Dataset) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """The graphs of records, and those that all share; what rules and readings add comes with its subject."""
    base = dataset.base_iri
    records, shared = [], []
    for name in dataset.graphs():
        path = name.removeprefix(base)
        if path.startswith("graph/record/"):
            records.append(ox.NamedNode(name))
        elif not path.startswith("graph/inferred/") and path != "graph/meta":
            shared.append(ox.NamedNode(name))
    ours = {"graph/resolution", "graph/labels-en"}
    return records, [graph for graph in shared if graph.value.removeprefix(base) not in ours]


def _subjects(store: ox.Store, graphs: Iterable[ox.NamedNode]) -> set[object]:
    return {quad.subject for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)}


def _add(data: rdflib.Graph, store: ox.Store, subjects: Iterable[object], terms: _Terms) -> None:
    for subject in subjects:
        for quad in store.quads_for_pattern(cast("ox.NamedNode", subject), None, None):
            data.add(
                (
                    cast("rdflib.URIRef", terms.of(quad.subject)),
                    rdflib.URIRef(quad.predicate.value),
                    terms.of(quad.object),
                )
            )


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", allow_infos=True, allow_warnings=True
    )
    for node in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(node, SH.sourceShape)
        messages = {
            str(text.language): str(text)
            for text in shapes.objects(shape, SH.message)
            if isinstance(text, rdflib.Literal)
        }
        severity = str(report.value(node, SH.resultSeverity)).rsplit("#", 1)[-1].lower()
        if severity not in SEVERITIES or not {"fa", "en"} <= messages.keys():
            raise BuildError(f"shape {shape} lacks a severity or a message in Persian and English")
        value = report.value(node, SH.value)
        yield Result(
            severity,
            str(shape).rsplit("/", 1)[-1],
            messages["fa"],
            messages["en"],
            str(report.value(node, SH.focusNode)),
            "" if value is None else str(value),
            str(report.value(node, SH.sourceConstraintComponent)).rsplit("#", 1)[-1],
        )
