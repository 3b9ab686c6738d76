"""Things of the catalogue as nodes: kind, short id, names, source lines, what states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from graph.analysis.projection_facts import Facts, Part, local_name
from graph.analysis.projection_lines import Span, lines_text
from graph.layers import layer_of
from graph.query.prefixes import PREFIXES

Evidence = Literal["document", "curated", "reading", "inferred"]

#: Kind of a thing by type, the first that fits: a collective, for example, is also an agent.
_KINDS = {
    "df:Process": "process",
    "cpsv:PublicService": "service",
    "df:Collective": "collective",
    "cv:PublicOrganisation": "agency",
    "org:OrganizationalUnit": "agency",
    "org:Post": "agency",
    "org:OrganizationalCollaboration": "agency",
    "org:Organization": "agency",
    "eli:LegalResource": "instrument",
    "df:Template": "template",
    "df:Step": "step",
    "cv:Output": "output",
    "df:InformationSystem": "system",
    "df:IndexEntry": "index",
}
_MENTIONS = ("df:Participation", "df:InstrumentMention", "df:TemplateMention")
_CODES = {"step-type": "steptype", "audience": "recipient"}

#: From the strongest to the weakest.
STRENGTH: tuple[Evidence, ...] = ("document", "curated", "reading", "inferred")
_GRADES: Mapping[str, Evidence] = {"form": "document", "reading": "reading", "inferred": "inferred"}


def grade_of(graph: str) -> Evidence:
    """What a statement is worth, by the graph that it stands in.

    Args:
        graph: Name of the graph.

    Returns:
        ``document`` for what a form or the index says, ``reading`` for ours, ``inferred`` for what a rule
        concludes, ``curated`` for the lists that are kept by hand (bodies, instruments, codes, labels).

    Example:
        >>> grade_of("record/P08"), grade_of("resolution"), grade_of("agencies")
        ('document', 'reading', 'curated')
    """
    return _GRADES.get(layer_of(graph), "curated")


class Nodes:
    """Makes the nodes.

    Args:
        facts: What the store says.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._parts = {part.iri: part for parts in facts.parts.values() for part in parts}
        self._kinds = {_full(name): kind for name, kind in _KINDS.items()}
        self._mentions = frozenset(_full(name) for name in _MENTIONS)
        documents = set(facts.document.values())
        self._only = self.short_id(documents.pop()) if len(documents) == 1 else ""

    def kind(self, iri: str) -> str | None:
        """The kind of node that a thing becomes.

        A name or phrase becomes a node only when nobody has settled what it means: a settled one leads to
        its body, instrument or template instead.

        Args:
            iri: A thing.

        Returns:
            The kind; None for what becomes no node.
        """
        types = self._facts.types.get(iri, {})
        for full, kind in self._kinds.items():
            if full in types:
                return kind
        if "code" in types:
            return _CODES.get(self._facts.codes[iri][0])
        settled = {"hasParticipant", "resolvesTo"} & self._facts.resolved.get(iri, {}).keys()
        return "mention" if not settled and self._mentions & types.keys() else None

    def attributes(self, iri: str, kind: str) -> dict[str, Any]:
        """The attributes of a node.

        Args:
            iri: A thing.
            kind: Its kind.

        Returns:
            Attributes as the module ``projection`` describes them.
        """
        facts = self._facts
        part = self._parts.get(iri)
        names = facts.labels.get(iri, {})
        said: dict[str, Any] = {
            "kind": kind,
            "id": self.short_id(iri),
            "subkinds": self._subkinds(iri),
            "lines": self.lines(iri, self._spans(iri)),
            "evidence": min(map(grade_of, facts.types[iri].values()), key=STRENGTH.index),
        }
        if fa := names.get("fa") or (part.words if part and kind == "mention" else ""):
            said["fa"] = fa
        if en := names.get("en"):
            said["en"] = en
        if kind in ("process", "service"):
            said["documented"] = iri in facts.form
        if part and part.number is not None:
            said["number"] = part.number
        return said

    def short_id(self, iri: str) -> str:
        """The id that people use: of the record, of the code, or of the owner and the part."""
        facts = self._facts
        if iri in facts.codes:
            return facts.codes[iri][1]
        if iri in facts.ids:
            return facts.ids[iri]
        part = self._parts.get(iri)
        return f"{self.short_id(part.owner)}/{local_name(iri)}" if part else local_name(iri)

    def lines(self, iri: str, spans: Iterable[Span]) -> str:
        """Source lines with the document that a thing or a part of it stands in.

        Args:
            iri: The thing. One that belongs to no document (a body, an instrument) is taken to stand in the
                only document; with several documents its lines stand alone.
            spans: First and last line of each range.

        Returns:
            The lines, or an empty text.
        """
        part = self._parts.get(iri)
        document = self._facts.document.get(part.owner if part else iri)
        return lines_text(self.short_id(document) if document else self._only, spans)

    def parts_lines(self, parts: Iterable[Part]) -> str:
        """Source lines of pieces of evidence, by document."""
        spans: dict[str, list[Span]] = {}
        for part in parts:
            spans.setdefault(self._facts.document.get(part.owner, ""), []).extend(part.spans)
        texts = (
            lines_text(self.short_id(document) if document else self._only, found)
            for document, found in sorted(spans.items())
        )
        return "; ".join(text for text in texts if text)

    def _spans(self, iri: str) -> tuple[Span, ...]:
        facts = self._facts
        if iri in self._parts:
            return self._parts[iri].spans
        own = facts.spans.get(iri) or facts.spans.get(facts.form.get(iri, ""))
        # a process without a form still stands in the index, where its title was read
        return own or tuple(span for part in facts.fields.get((iri, "title"), ()) for span in part.spans)

    def _subkinds(self, iri: str) -> tuple[str, ...]:
        kinds = self._facts.kinds.get(iri, {})
        codes = {code for name, found in kinds.items() if name != "parentBasis" for code in found}
        return tuple(sorted({self.short_id(code) for code in codes}))


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
