"""From the engine to rdflib: term by term and not through text, which is faster and keeps lexical forms."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
import rdflib

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib(quads: Iterable[pyoxigraph.Quad]) -> rdflib.Dataset:
    """Copy quads into rdflib.

    Args:
        quads: Quads of named graphs, or of the default graph.

    Returns:
        A dataset whose default graph is the union of the others.

    Raises:
        TypeError: for triple terms, which rdflib does not know.
    """
    dataset = rdflib.Dataset(default_union=True)
    graphs: dict[str, rdflib.Graph] = {}
    for quad in quads:
        name = quad.graph_name
        key = name.value if isinstance(name, pyoxigraph.NamedNode) else ""
        if key not in graphs:
            graphs[key] = dataset.graph(rdflib.URIRef(key)) if key else dataset.default_graph
        graphs[key].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


def _term(term: object) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == _XSD_STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"rdflib has no term for {term}")
