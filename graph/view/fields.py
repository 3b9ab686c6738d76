"""From the nodes of a record to the fields of its form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from graph.view.model import (
    Doubt,
    FieldView,
    FormDate,
    Linked,
    Mention,
    State,
    Statement,
    Tick,
    Written,
)
from graph.view.nodes import Bundle, Node, Ref, Said
from graph.view.reading import Catalogue
from graph.view.terms import DFC, compact, expand, value_of

#: Our readings that belong beside a field's words.
FIELD_READINGS: dict[str, tuple[str, ...]] = {
    "owner": ("cv:hasCompetentAuthority",),
    "office": ("df:ownerUnit",),
    "recipients": ("dct:audience", "df:serves"),
    "documents": ("dct:requires",),
    "parent": ("df:serviceOfProcess",),
    "steps": ("df:stepsDelegatedTo",),
}


class FieldReader:
    """Makes the fields of one record.

    Args:
        catalogue: For the names of codes and things.
        bundle: The record's nodes.
    """

    def __init__(self, catalogue: Catalogue, bundle: Bundle) -> None:
        self.catalogue = catalogue
        self.bundle = bundle
        self._by_field: dict[str, list[Node]] = defaultdict(list)
        for link in ("df:hasFieldReading", "df:hasFieldState", "df:hasSelection", "df:hasMention"):
            for node in bundle.linked(link):
                self._by_field[node.code("df:field") or "other"].append(node)
        self.doubts = tuple(self._doubt(n) for n in bundle.linked("df:hasDoubt"))

    @property
    def codes(self) -> tuple[str, ...]:
        """The notations of all fields that the record says something of."""
        doubted = {d.field.id.rsplit("/", 1)[-1] for d in self.doubts if d.field}
        return tuple(sorted({*self._by_field, *doubted}))

    def field(self, code: str, date: FormDate | None = None) -> FieldView:
        """Gather one field.

        Args:
            code: Its notation, such as ``goal``.
            date: The form's date, for the date field.

        Returns:
            The field; ``empty`` when the record says nothing of it.
        """
        nodes = self._by_field.get(code, [])
        ref = self.catalogue.ref(f"{DFC}field/{code}")
        return FieldView(
            code=ref,
            written=tuple(self.written(n) for n in nodes if n.is_a("df:FieldReading")),
            ticks=tuple(self._tick(n) for n in nodes if n.is_a("df:Selection")),
            states=tuple(self._state(n) for n in nodes if n.is_a("df:FieldState")),
            mentions=tuple(self._mention(n) for n in nodes if n.is_a(*_MENTIONS)),
            readings=self.linked(*FIELD_READINGS.get(code, ())),
            doubts=tuple(d for d in self.doubts if d.field and d.field.iri == ref.iri),
            date=date,
        )

    def linked(self, *curies: str) -> tuple[Linked, ...]:
        """Return what properties of the thing point to.

        Args:
            *curies: The properties.

        Returns:
            Each target once, in order.
        """
        return links(self.catalogue, [s for c in curies for s in self.bundle.root.all(c)])

    def written(self, node: Node, text: str | None = None) -> Written:
        """Return the words that a node holds.

        Args:
            node: A reading.
            text: The words, when they stand elsewhere than in ``df:asWritten``.

        Returns:
            The words with lines, marks and notes.
        """
        return Written(
            anchor=self.anchor(node),
            text=text or node.text("df:asWritten"),
            summary_fa=node.text("df:summary", "fa"),
            summary_en=node.text("df:summary", "en"),
            digest=node.text("df:textDigest"),
            lines=node.lines,
            confidential=confidential(node),
            notes=notes(node),
        )

    def anchor(self, node: Node) -> str:
        """Return the fragment that names a part on the page."""
        return node.iri[len(self.bundle.root.iri) + 1 :].replace("/", "-")

    def one(self, node: Node, curie: str) -> Ref | None:
        """Return the thing that a property of a node points to."""
        iri = node.iri_of(curie)
        return self.catalogue.ref(iri) if iri else None

    def _tick(self, node: Node) -> Tick:
        names = self.catalogue
        return Tick(
            anchor=self.anchor(node),
            candidates=names.refs(node.iris("df:candidate")),
            selected=names.refs(node.iris("df:selected")),
            reading=self.one(node, "df:reading"),
            basis=self.one(node, "df:readingBasis"),
            text=node.text("df:asWritten"),
            raw=node.text("df:rawText"),
            lines=node.lines,
        )

    def _state(self, node: Node) -> State:
        iri = node.iri_of("df:state") or f"{DFC}field-state/blank"
        return State(self.anchor(node), self.catalogue.ref(iri), node.lines)

    def _mention(self, node: Node) -> Mention:
        return Mention(
            anchor=self.anchor(node),
            text=node.text("df:asWritten"),
            kind=self.one(node, "df:mentionKind"),
            means=self.one(node, "df:resolvesTo"),
            issuer=self.one(node, "df:instrumentsOf"),
            transmitted_by=self.one(node, "df:transmittedBy"),
            confidential=confidential(node),
            lines=node.lines,
        )

    def _doubt(self, node: Node) -> Doubt:
        return Doubt(
            anchor=self.anchor(node),
            field=self.one(node, "df:field"),
            fa=node.text("dct:description", "fa"),
            en=node.text("dct:description", "en"),
            alternatives=alternatives(self.catalogue, node.code("df:field"), node.texts("df:alternative")),
            lines=node.lines,
        )


_MENTIONS = ("df:InstrumentMention", "df:TemplateMention", "df:AgentMention", "df:Mention")


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
