"""The mark of an edition on a server: a graph of its own that says which edition is there, and of what.

::

    GRAPH <…/graph/edition> { <…/graph/edition> a void:Dataset ;
        dct:conformsTo <https://w3id.org/daftar/store/1> ;   this way to keep an edition
        dct:identifier "fingerprint" ;
        rdf:value "{manifest, digests of the graphs}"^^rdf:JSON }
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.store.errors import StoreError, StoreMissingError
from graph.store.manifest import Manifest
from graph.store.remote.client import Client

_A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DATASET = NamedNode("http://rdfs.org/ns/void#Dataset")
_CONFORMS = NamedNode("http://purl.org/dc/terms/conformsTo")
_LAYOUT = NamedNode("https://w3id.org/daftar/store/1")
_IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
_VALUE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
_JSON = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON")
STATEMENTS = 4
"""Statements of a mark."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Which edition is on a server.

    Attributes:
        graph: IRI of the graph that holds the mark.
        manifest: What is in the edition.
        digests: SHA-256 of each graph's sorted statements, by IRI.
    """

    graph: str
    manifest: Manifest
    digests: Mapping[str, str]

    def ntriples(self) -> bytes:
        """The mark as N-Triples."""
        node = NamedNode(self.graph)
        known = {"manifest": self.manifest.to_dict(), "digests": dict(self.digests)}
        value = Literal(json.dumps(known, ensure_ascii=False), datatype=_JSON)
        triples = [
            Triple(node, _A, _DATASET),
            Triple(node, _CONFORMS, _LAYOUT),
            Triple(node, _IDENTIFIER, Literal(self.manifest.fingerprint)),
            Triple(node, _VALUE, value),
        ]
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def marker_graph(base_iri: str) -> str:
    """The IRI of the graph that marks the edition of a catalogue.

    Example:
        >>> marker_graph("https://example.org/id/")
        'https://example.org/id/graph/edition'
    """
    return f"{base_iri}graph/edition"


def digest_of(ntriples: bytes) -> str:
    """The digest of a graph.

    Args:
        ntriples: Its statements, sorted by line.

    Returns:
        SHA-256, hexadecimal.
    """
    return sha256(ntriples).hexdigest()


def find_marker(client: Client, base_iri: str | None) -> Marker | None:
    """Read the mark of the edition that is on a server.

    Args:
        client: The server.
        base_iri: Base of the catalogue's resources; None when the server holds one catalogue.

    Returns:
        The mark, or None when there is none.

    Raises:
        StoreError: when the server does not answer, or holds several catalogues and none was chosen.
    """
    found = _rows(client, base_iri, f"?graph {_VALUE} ?value .", "?graph ?value")
    if not found:
        return None
    graph, value = found[0]
    try:
        known = json.loads(value)
        return Marker(graph, Manifest.from_dict(known["manifest"]), known["digests"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"the mark of the edition in <{graph}> at {client.address.query} is damaged; "
            'delete that graph and publish again with "daftar build"'
        ) from error


def find_fingerprint(client: Client, base_iri: str | None) -> str:
    """The fingerprint of the edition that is on a server.

    Args:
        client: The server.
        base_iri: As of :func:`find_marker`.

    Returns:
        The fingerprint.

    Raises:
        StoreMissingError: when there is no edition.
        StoreError: as :func:`find_marker`.
    """
    found = _rows(client, base_iri, f"?graph {_IDENTIFIER} ?value .", "?graph ?value")
    if not found:
        raise missing(client)
    return found[0][1]


def missing(client: Client) -> StoreMissingError:
    """The error that says that nothing was published there."""
    where = client.address.query
    return StoreMissingError(
        f'there is no graph of Daftar at {where}; run "daftar build --store {where}" first'
    )


def _rows(client: Client, base_iri: str | None, pattern: str, wanted: str) -> list[tuple[str, str]]:
    graph = f"VALUES ?graph {{ <{marker_graph(base_iri)}> }}" if base_iri else ""
    query = (
        f"SELECT {wanted} WHERE {{ {graph} GRAPH ?graph {{ ?graph {_CONFORMS} {_LAYOUT} . {pattern} }} }} "
        "ORDER BY ?graph"
    )
    try:
        answer = client.rows(query)
    except SyntaxError as error:
        raise StoreError(f"{client.address.query} is no SPARQL 1.1 endpoint: {error}") from error
    rows = [(row["graph"].value, row["value"].value) for row in answer]
    if len(rows) > 1:
        bases = ", ".join(graph.removesuffix("graph/edition") for graph, _ in rows)
        raise StoreError(
            f"{client.address.query} holds several catalogues; set DAFTAR_STORE_BASE_IRI to one of {bases}"
        )
    return rows
