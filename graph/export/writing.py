"""Quads as documents: sorted, with prefixes declared, the same bytes for the same quads on every run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from graph.query.formats import Format
from graph.query.prefixes import PREFIXES

EXPORT_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
}
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ENGINE = {
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
}


def lines_of(quads: Iterable[ox.Quad]) -> bytes:
    r"""Write quads as N-Quads: each once, sorted by line, so that equal sets give equal bytes.

    Example:
        >>> a, b = ox.NamedNode("urn:a"), ox.NamedNode("urn:b")
        >>> lines_of([ox.Quad(b, a, b), ox.Quad(a, a, b), ox.Quad(a, a, b)]).decode().split("\n")
        ['<urn:a> <urn:a> <urn:b> .', '<urn:b> <urn:a> <urn:b> .', '']
    """
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(written.splitlines(keepends=True))))


def write_quads(quads: Iterable[ox.Quad], chosen: Format) -> bytes:
    """Write quads in any format for graphs.

    Args:
        quads: The statements. A format without named graphs gets their union.
        chosen: TriG, N-Quads or JSON-LD; Turtle, N-Triples or RDF/XML.

    Returns:
        The document: sorted, each statement once, the prefixes that it uses declared.
    """
    if chosen.name == "nquads":
        return lines_of(quads)
    lines = lines_of(quads)
    known = list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    if chosen.name in ("turtle", "ntriples", "rdfxml"):
        lines = lines_of(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in known)
        if chosen.name == "ntriples":
            return lines
        known = list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    prefixes = {name: iri for name, iri in EXPORT_PREFIXES.items() if f"<{iri}".encode() in lines}
    known.sort(key=lambda quad: tuple(map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object))))
    if chosen.name == "jsonld":
        return _json_ld(known, prefixes)
    return _engine(known, chosen, prefixes)


def _engine(quads: Sequence[ox.Quad], chosen: Format, prefixes: dict[str, str]) -> bytes:
    statements = quads if chosen.name == "trig" else [quad.triple for quad in quads]
    written = ox.serialize(statements, format=_ENGINE[chosen.name], prefixes=prefixes) or b""
    # the engine keeps prefixes in a hash table and writes them in another order on every run
    if chosen.name == "rdfxml":
        return re.sub(rb"<rdf:RDF [^>]*>", _sorted_root, written, count=1)
    lines = written.split(b"\n")
    return b"\n".join(sorted(lines[: len(prefixes)]) + lines[len(prefixes) :])


def _sorted_root(found: re.Match[bytes]) -> bytes:
    attributes = sorted(re.findall(rb'[\w:.-]+="[^"]*"', found.group()))
    return b"<rdf:RDF " + b" ".join(attributes) + b">"


def _json_ld(quads: Sequence[ox.Quad], prefixes: dict[str, str]) -> bytes:
    """JSON-LD 1.1 with a context of prefixes; the engine writes none."""
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        nodes = graphs.setdefault(name, {})
        subject = _iri(quad.subject, prefixes)
        node = nodes.setdefault(subject, {"@id": subject})
        if quad.predicate.value == _RDF_TYPE:
            node.setdefault("@type", []).append(_iri(quad.object, prefixes))
        else:
            node.setdefault(_iri(quad.predicate, prefixes), []).append(_value(quad.object, prefixes))
    members: list[dict[str, Any]] = list(graphs.pop("", {}).values())
    for name, nodes in graphs.items():
        members.append({"@id": _short(name, prefixes), "@graph": list(nodes.values())})
    document = {"@context": {"@version": 1.1, **dict(sorted(prefixes.items()))}, "@graph": members}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _iri(term: object, prefixes: dict[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        return _short(term.value, prefixes)
    return str(term)


def _short(iri: str, prefixes: dict[str, str]) -> str:
    for name, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not local.startswith("//"):
            return f"{name}:{local}"
    return iri


def _value(term: object, prefixes: dict[str, str]) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"@id": _iri(term, prefixes)}
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if term.datatype.value == _XSD_STRING:
        return {"@value": term.value}
    return {"@type": _short(term.datatype.value, prefixes), "@value": term.value}
