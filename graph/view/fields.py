"""From the nodes of a record to the fields of its form."""

from __future__ import annotations

from collections import defaultdict

from graph.view.model import (
    Doubt,
    FieldView,
    FormDate,
    Linked,
    Mention,
    State,
    Tick,
    Written,
)
from graph.view.nodes import Bundle, Node, Ref
from graph.view.reading import Catalogue
from graph.view.said import alternatives, confidential, links, notes
from graph.view.terms import DFC

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


_MENTIONS = ("df:InstrumentMention", "df:TemplateMention", "df:Mention")
