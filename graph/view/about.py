"""Everything the store says about an IRI, as triples: what linked data serves."""

from __future__ import annotations

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import DFC, Row


def triples_about(catalogue: Catalogue, path: str) -> list[ox.Triple]:
    """Return the statements about a thing and its parts, about one part, or in one graph.

    Args:
        catalogue: The store.
        path: The IRI below the base, such as ``process/P08``, ``process/P08/step-01``
            or ``graph/record/P08``.

    Returns:
        The triples; none when nothing is said of it.
    """
    try:
        node = ox.NamedNode(catalogue.base + path)
    except ValueError:
        return []
    if path.startswith("graph/"):
        rows = catalogue.rows(_GRAPH, graph=node)
    else:
        rows = catalogue.rows(_ABOUT, root=node)
    return [triple for row in rows if (triple := _triple(row))]


def triples_of_codes(catalogue: Catalogue, path: str) -> list[ox.Triple]:
    """Return the statements about a code, about a code list with its codes, or about all lists.

    Args:
        catalogue: The store.
        path: The notation under the base of codes, such as ``trigger/request`` or ``trigger``; empty for all.

    Returns:
        The triples; none when there is no such code or list.
    """
    graph = ox.NamedNode(catalogue.base + "graph/codes")
    if not path:
        return [t for row in catalogue.rows(_GRAPH, graph=graph) if (t := _triple(row))]
    try:
        node = ox.NamedNode(DFC + path)
    except ValueError:
        return []
    rows = catalogue.rows(_CODES, graph=graph, root=node)
    ties = catalogue.rows(_TIES, root=node) if rows else []
    return [triple for row in [*rows, *ties] if (triple := _triple(row))]


def _triple(row: Row) -> ox.Triple | None:
    subject, predicate = row.get("s"), row.get("p")
    if isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode):
        return ox.Triple(subject, predicate, row["o"])
    return None


_GRAPH = "SELECT ?graph ?s ?p ?o WHERE { GRAPH ?graph { ?s ?p ?o } }"

_CODES = """
SELECT ?graph ?root ?s ?p ?o WHERE { GRAPH ?graph {
  { ?root ?p ?o BIND(?root AS ?s) } UNION { ?s skos:inScheme ?root ; ?p ?o }
} }"""

_TIES = """
SELECT ?root ?s ?p ?o WHERE {
  VALUES ?p { skos:closeMatch rdfs:seeAlso }
  { ?root ?p ?o BIND(?root AS ?s) } UNION { ?s skos:inScheme ?root ; ?p ?o }
}"""

_ABOUT = """
SELECT DISTINCT ?root ?s ?p ?o WHERE {
  { ?root ?p ?o BIND(?root AS ?s) }
  UNION
  { ?root ?link ?s FILTER(ISIRI(?s) && STRSTARTS(STR(?s), CONCAT(STR(?root), "/"))) ?s ?p ?o }
  UNION
  { ?s df:documents|df:denotesAgency ?root . ?s ?p ?o }
}"""
