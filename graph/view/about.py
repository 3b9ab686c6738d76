"""Everything the store says about an IRI, as triples: what linked data serves."""

from __future__ import annotations

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import Row


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
        rows = catalogue.rows("SELECT ?graph ?s ?p ?o WHERE { GRAPH ?graph { ?s ?p ?o } }", graph=node)
    else:
        rows = catalogue.rows(_ABOUT, root=node)
    return [triple for row in rows if (triple := _triple(row))]


def _triple(row: Row) -> ox.Triple | None:
    subject, predicate = row.get("s"), row.get("p")
    if isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode):
        return ox.Triple(subject, predicate, row["o"])
    return None


_ABOUT = """
SELECT DISTINCT ?root ?s ?p ?o WHERE {
  { ?root ?p ?o BIND(?root AS ?s) }
  UNION
  { ?root ?link ?s FILTER(ISIRI(?s) && STRSTARTS(STR(?s), CONCAT(STR(?root), "/"))) ?s ?p ?o }
  UNION
  { ?s df:documents|df:denotesAgency ?root . ?s ?p ?o }
}"""
