"""What the store says under one IRI: lines, references, nodes with their layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from graph.layers import Layer
from graph.view.terms import Term, expand


@dataclass(frozen=True)
class Lines:
    """Lines of the source document, from one; ``end`` is included; ``written`` names lines with gaps."""

    start: int
    end: int
    written: str | None = None

    def __str__(self) -> str:
        if self.written:
            return self.written.replace("-", "–")
        return str(self.start) if self.start == self.end else f"{self.start}–{self.end}"


@dataclass(frozen=True)
class Ref:
    """A thing of the catalogue that pages name and link.

    Attributes:
        iri: Its IRI.
        kind: ``process``, ``service``, ``agency``, ``code``, ``graph`` …
        id: The id within the kind (for a code: ``scheme/notation``).
        fa: The Persian label.
        en: The English label, which is ours.
        part: The path below the thing, when the IRI names a part of it (``partner-1-2``).
    """

    iri: str
    kind: str
    id: str
    fa: str | None = None
    en: str | None = None
    part: str | None = None

    @property
    def whole(self) -> Ref:
        """The thing that the part belongs to; the thing itself when it is no part."""
        if not self.part:
            return self
        return replace(self, iri=self.iri.removesuffix(f"/{self.part}"), part=None)

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the other one, else the id."""
        first, second = (self.fa, self.en) if lang == "fa" else (self.en, self.fa)
        return first or second or self.id


@dataclass(frozen=True)
class Bilingual:
    """Words of ours in both languages; where one is missing, the other stands in."""

    fa: str | None
    en: str | None

    def text(self, lang: str) -> str:
        """Return the words in a language, else in the other."""
        return (self.fa if self.text_lang(lang) == "fa" else self.en) or ""

    def text_lang(self, lang: str) -> str:
        """Return the language of the words that `text` returns."""
        return "fa" if (lang == "fa" and self.fa) or not self.en else "en"


@dataclass(frozen=True)
class Said:
    """One value of a property, with the graphs that state it."""

    term: Term
    layer: Layer
    graph: str


@dataclass
class Node:
    """Everything the store says about one IRI."""

    iri: str
    said: dict[str, list[Said]] = field(default_factory=dict)

    def all(self, curie: str) -> list[Said]:
        """Return the values of a property in a fixed order."""
        return self.said.get(expand(curie), [])

    def iris(self, curie: str) -> list[str]:
        """Return the IRIs that a property points to."""
        return [s.term.value for s in self.all(curie) if isinstance(s.term, ox.NamedNode)]

    def iri_of(self, curie: str) -> str | None:
        """Return the first IRI that a property points to."""
        return next(iter(self.iris(curie)), None)

    def text(self, curie: str, lang: str | None = None) -> str | None:
        """Return the first literal of a property, of a language if one is asked for."""
        for said in self.all(curie):
            if isinstance(said.term, ox.Literal) and (lang is None or said.term.language == lang):
                return said.term.value
        return None

    def texts(self, curie: str, lang: str | None = None) -> list[str]:
        """Return the literals of a property."""
        return [
            s.term.value
            for s in self.all(curie)
            if isinstance(s.term, ox.Literal) and (lang is None or s.term.language == lang)
        ]

    def number(self, curie: str) -> int | None:
        """Return the first integer of a property."""
        text = self.text(curie)
        return int(text) if text is not None and text.lstrip("-").isdecimal() else None

    def flag(self, curie: str) -> bool:
        """Say whether a boolean property is true."""
        return self.text(curie) in ("true", "1")

    def code(self, curie: str) -> str | None:
        """Return the notation of the code that a property points to."""
        iri = self.iri_of(curie)
        return iri.rsplit("/", 1)[-1] if iri else None

    def is_a(self, *curies: str) -> bool:
        """Say whether the node has one of the types."""
        types = set(self.iris("rdf:type"))
        return any(expand(c) in types for c in curies)

    @property
    def lines(self) -> Lines | None:
        """The source lines (from the first start to the last end)."""
        starts = [int(t) for t in self.texts("df:sourceLineStart")]
        ends = [int(t) for t in self.texts("df:sourceLineEnd")]
        return (
            Lines(min(starts), max(ends or starts), self.text("df:sourceLinesAsWritten")) if starts else None
        )


@dataclass(frozen=True)
class Bundle:
    """A thing and all nodes below its IRI."""

    root: Node
    parts: Mapping[str, Node]

    def linked(self, curie: str) -> list[Node]:
        """Return the parts that a property of the thing points to, in the order of their IRIs."""
        return [self.parts[i] for i in sorted(self.root.iris(curie), key=_natural) if i in self.parts]


def _natural(iri: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(p), "") if p.isdecimal() else (-1, p) for p in iri.replace("/", "-").split("-"))
