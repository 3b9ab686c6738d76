"""Records → asserted quads: JSON-LD in batches, then each statement to its layer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from graph.build.context import CompiledContext
from graph.build.errors import BuildError
from graph.build.expand import Expander
from graph.build.ontology import Ontology
from graph.records.model import Catalogue

# Large enough that reading the context again does not count, small enough to hold in memory with ease.
_BATCH = 200


def expander_for(catalogue: Catalogue, ontology: Ontology) -> Expander:
    """Prepare the expansion of a catalogue's records."""
    things = {record.id: f"process/{record.id}" for record in catalogue.processes}
    things |= {record.id: f"service/{record.id}" for record in catalogue.services}
    return Expander(ontology.nodes, things)


def document(context: CompiledContext, graphs: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Make one JSON-LD document of nodes and the graphs they belong to.

    Args:
        context: The context.
        graphs: Graph path and node, both relative to the base IRI.

    Returns:
        A JSON-LD document with the context inline.
    """
    members = [{"@id": graph, "@graph": [context.node(node)]} for graph, node in graphs]
    return {"@context": context.flat, "@graph": members}


def assertions(catalogue: Catalogue, ontology: Ontology, base_iri: str) -> Iterator[ox.Quad]:
    """Turn every record into quads, each in the graph of its layer.

    Args:
        catalogue: The records.
        ontology: Context, nodes and layers.
        base_iri: The base of resource IRIs, ending in `/`.

    Yields:
        The asserted statements. A statement may come more than once.

    Raises:
        BuildError: If a record cannot become RDF, or makes a blank node.
    """
    expander = expander_for(catalogue, ontology)
    nodes = ((expander.graph_of(record), expander.expand(record)) for record in catalogue.all_records())
    layers = {predicate: ox.NamedNode(base_iri + graph) for predicate, graph in ontology.layers.items()}
    languages = {tag: ox.NamedNode(base_iri + graph) for tag, graph in ontology.languages.items()}
    context = CompiledContext(ontology.context)
    while batch := list(islice(nodes, _BATCH)):
        text = json.dumps(document(context, batch), ensure_ascii=False).encode("utf-8")
        for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=base_iri):
            yield _layered(quad, layers, languages)


def _layered(quad: ox.Quad, layers: dict[str, ox.NamedNode], languages: dict[str, ox.NamedNode]) -> ox.Quad:
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        raise BuildError(f"a blank node was made: {quad}; ontology/context.jsonld must name every node")
    graph = languages.get(quad.object.language or "") if isinstance(quad.object, ox.Literal) else None
    graph = graph or layers.get(quad.predicate.value)
    if graph is None:
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)
