"""What nodes say, for any page: marks, notes, links, statements."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.view.model import Linked
from graph.view.nodes import Bundle, Node, Ref, Said
from graph.view.pages_model import Statement
from graph.view.reading import Catalogue
from graph.view.terms import DFC, compact, expand, value_of


def confidential(node: Node) -> bool:
    """Say whether the source's own words mark the node as confidential.

    Args:
        node: Any node.

    Returns:
        True for any mark but ``unmarked``; no mark never means public.
    """
    return node.code("df:confidentiality") not in (None, "unmarked")


def notes(node: Node) -> tuple[tuple[str, str], ...]:
    """Return our notes on a node, as language and text.

    Args:
        node: Any node.

    Returns:
        Notes in the order of the languages.
    """
    said = node.all("skos:editorialNote")
    literals = [s.term for s in said if isinstance(s.term, ox.Literal)]
    return tuple(sorted({(t.language or "fa", t.value) for t in literals}))


#: The code list of a field, where the two have different names.
_SCHEMES = {
    "class": "process-class",
    "scope": "process-scope",
    "types": "service-type",
    "nature": "service-nature",
    "level": "service-level",
    "lifeEvents": "life-event",
    "life-events": "life-event",
}


def alternatives(catalogue: Catalogue, field: str | None, texts: Iterable[str]) -> tuple[Ref, ...]:
    """Return the alternatives of a doubt: codes of the field's list by name, other texts as they are.

    Args:
        catalogue: For the names of codes.
        field: The notation of the field.
        texts: The alternatives.

    Returns:
        One reference each; those that are plain words have the kind ``text``.
    """
    scheme = _SCHEMES.get(field or "", field or "")
    found = (catalogue.names.get(f"{DFC}{scheme}/{text}") or Ref("", "text", text, text) for text in texts)
    return tuple(found)


def links(catalogue: Catalogue, values: Iterable[Said]) -> tuple[Linked, ...]:
    """Return the things that statements point to.

    Args:
        catalogue: For names.
        values: Statements with a node as value.

    Returns:
        Each thing once, asserted before inferred, in the order of ids.
    """
    found: dict[str, Linked] = {}
    rank = {"form": 0, "curated": 1, "reading": 2, "label": 3, "inferred": 4, "other": 5}
    for said in sorted(values, key=lambda s: (rank[s.layer], str(s.term))):
        if isinstance(said.term, ox.NamedNode) and said.term.value not in found:
            rule = said.graph.rsplit("/inferred/", 1)[-1] if said.layer == "inferred" else None
            found[said.term.value] = Linked(catalogue.ref(said.term.value), said.layer, rule)
    return tuple(sorted(found.values(), key=lambda one: (one.ref.kind, one.ref.id)))


def pointing(catalogue: Catalogue, iri: str, curie: str) -> tuple[Linked, ...]:
    """Return the things that point to a thing by a property.

    Args:
        catalogue: The store.
        iri: The thing.
        curie: The property.

    Returns:
        Each thing once, in the order of ids.
    """
    rows = catalogue.rows(
        f"SELECT ?target ?other ?graph WHERE {{ GRAPH ?graph {{ ?other {curie} ?target }} }}",
        target=ox.NamedNode(iri),
    )
    said = [Said(r["other"], catalogue.layer(value_of(r["graph"])), value_of(r["graph"])) for r in rows]
    return links(catalogue, said)


def statements(catalogue: Catalogue, bundle: Bundle) -> tuple[Statement, ...]:
    """Return every statement of a bundle, as it stands in the graph.

    Args:
        catalogue: For names and layers.
        bundle: The nodes.

    Returns:
        Statements in the order of subject, property and value.
    """

    def row(iri: str) -> str:
        return "s-" + iri[len(bundle.root.iri) + 1 :].replace("/", "-")

    out: list[Statement] = []
    for node in (bundle.root, *(bundle.parts[i] for i in sorted(bundle.parts))):
        first = row(node.iri) if node is not bundle.root else None
        for prop in sorted(node.said):
            for said in node.said[prop]:
                value = value_of(said.term)
                out.append(
                    Statement(
                        row=first,
                        target=row(value) if value in bundle.parts else None,
                        subject=node.iri[len(catalogue.base) :],
                        property=compact(prop),
                        value=value,
                        ref=catalogue.ref(value) if isinstance(said.term, ox.NamedNode) else None,
                        lang=said.term.language if isinstance(said.term, ox.Literal) else None,
                        layer=said.layer,
                        graph=said.graph[len(catalogue.base) + len("graph/") :],
                    )
                )
                first = None
    return tuple(out)


def involved(catalogue: Catalogue, root: Node) -> tuple[Linked, ...]:
    """Return the agencies and collectives of a process, by any of the four properties.

    Args:
        catalogue: For names.
        root: The process.

    Returns:
        Named, through a collective, inferred, rolled up: each with its layer and rule.
    """
    return links(catalogue, [s for c in INVOLVES for s in root.said.get(expand(c), [])])


INVOLVES = (
    "df:involvesAgency",
    "df:involvesCollective",
    "df:involvesAgencyInferred",
    "df:involvesAgencyRollup",
)
