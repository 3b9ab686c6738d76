"""Records → asserted quads: JSON-LD in batches, then each statement to its layer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from graph.build.context import CompiledContext
from graph.build.errors import BuildError
from graph.build.expand import Expander
from graph.build.ontology import Ontology
from graph.records.model import Catalogue, Record

# Large enough that reading the context again does not count, small enough to hold in memory with ease.
_BATCH = 200


def things_of(processes: Iterable[str], services: Iterable[str]) -> dict[str, str]:
    """Name the things that records point at by their ids.

    Args:
        processes: Ids of processes.
        services: Ids of services.

    Returns:
        Id → IRI path.

    Example:
        >>> things_of(["P08"], ["S01"])
        {'P08': 'process/P08', 'S01': 'service/S01'}
    """
    return {ident: f"process/{ident}" for ident in processes} | {
        ident: f"service/{ident}" for ident in services
    }


def expander_for(catalogue: Catalogue, ontology: Ontology) -> Expander:
    """Prepare the expansion of a catalogue's records."""
    ids = ([record.id for record in records] for records in (catalogue.processes, catalogue.services))
    return Expander(ontology.nodes, things_of(*ids))


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


class Asserter:
    """Turns records into quads, each in the graph of its layer.

    Args:
        ontology: Context, nodes and layers.
        things: Id → IRI path of every process and service, as :func:`things_of` gives.
        base_iri: The base of resource IRIs, ending in `/`.

    Raises:
        BuildError: If the base does not end so.
    """

    def __init__(self, ontology: Ontology, things: Mapping[str, str], base_iri: str) -> None:
        if not base_iri.endswith("/"):
            raise BuildError(f"the base IRI {base_iri!r} must end in '/'")
        self.expander = Expander(ontology.nodes, things)
        self._base = base_iri
        self._layers = {
            ox.NamedNode(predicate): ox.NamedNode(base_iri + graph)
            for predicate, graph in ontology.layers.items()
        }
        self._languages: dict[str | None, ox.NamedNode] = {
            tag: ox.NamedNode(base_iri + graph) for tag, graph in ontology.languages.items()
        }
        self._context = CompiledContext(ontology.context)

    def quads(self, records: Iterable[Record]) -> Iterator[ox.Quad]:
        """Turn records into quads.

        Args:
            records: The records.

        Yields:
            The asserted statements. A statement may come more than once.

        Raises:
            BuildError: If a record cannot become RDF, or makes a blank node.
        """
        nodes = ((self.expander.graph_of(record), self.expander.expand(record)) for record in records)
        while batch := list(islice(nodes, _BATCH)):
            text = json.dumps(document(self._context, batch), ensure_ascii=False).encode("utf-8")
            for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=self._base):
                yield self._layered(quad)

    def _layered(self, quad: ox.Quad) -> ox.Quad:
        subject, predicate, value, _ = quad  # each look at a part of a statement makes a copy of it
        kind = type(value)
        if kind is ox.BlankNode or type(subject) is ox.BlankNode:
            raise BuildError(f"a blank node was made: {quad}; ontology/context.jsonld must name every node")
        graph = self._languages.get(value.language) if isinstance(value, ox.Literal) else None
        graph = graph or self._layers.get(predicate)
        return quad if graph is None else ox.Quad(subject, predicate, value, graph)
