"""Reading the store for the pages: prefixes, references to things, and everything said under one IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal as OneOf
from typing import Protocol

import pyoxigraph as ox

DEFAULT_BASE = "https://w3id.org/daftar/id/"
DF = "https://w3id.org/daftar/ontology#"
DFC = "https://w3id.org/daftar/code/"
PREFIXES = {
    "df": DF,
    "dfc": DFC,
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "p-plan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
Layer = OneOf["form", "curated", "reading", "label", "inferred", "other"]

_LAYERS: tuple[tuple[str, Layer], ...] = (
    ("record/", "form"),
    ("index", "form"),
    ("resolution", "reading"),
    ("comparisons", "reading"),
    ("labels-en", "label"),
    ("inferred/", "inferred"),
    ("agencies", "curated"),
    ("collectives", "curated"),
    ("instruments", "curated"),
    ("forms", "curated"),
    ("sources", "curated"),
)


class Queryable(Protocol):
    """What the pages need of a store: SPARQL over the union of its graphs."""

    def query(
        self, sparql: str, *, substitutions: Mapping[str, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a query; ``substitutions`` bind variables of the projection."""
        ...


def expand(curie: str) -> str:
    """Write a prefixed name in full.

    Args:
        curie: For example ``df:goal``.

    Returns:
        The IRI.

    Example:
        >>> expand("df:goal")
        'https://w3id.org/daftar/ontology#goal'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Shorten an IRI with the prefixes of the catalogue.

    Args:
        iri: Any IRI.

    Returns:
        The prefixed name, or the IRI itself.

    Example:
        >>> compact("https://w3id.org/daftar/ontology#goal")
        'df:goal'
    """
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def value_of(term: Term) -> str:
    """Return the text of a literal or the IRI of a node.

    Args:
        term: A term of an answer.

    Returns:
        Its text.
    """
    return str(term) if isinstance(term, ox.Triple) else term.value


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

    def label(self, lang: str) -> str:
        """Return the label in a language, else in the other one, else the id."""
        first, second = (self.fa, self.en) if lang == "fa" else (self.en, self.fa)
        return first or second or self.id


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


class Catalogue:
    """The store as the pages see it: rows of queries, names of things, bundles.

    Args:
        store: What answers SPARQL.
        base_iri: The base of the resource IRIs.
    """

    def __init__(self, store: Queryable, base_iri: str = DEFAULT_BASE) -> None:
        self.store = store
        self.base = base_iri

    def rows(self, sparql: str, **bindings: Term) -> list[Row]:
        """Run a SELECT (prefixes are added) and return its rows.

        Args:
            sparql: The query; ``bindings`` name variables of its projection.
            **bindings: Terms for variables; they never become query text.

        Returns:
            One dictionary a row, without the unbound variables.
        """
        found = self.store.query(PROLOGUE + sparql, substitutions=bindings or None)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("The pages ask SELECT queries only.")
        names = [v.value for v in found.variables]
        return [{n: t for n in names if (t := s[n]) is not None} for s in found]

    def iri(self, kind: str, ident: str) -> ox.NamedNode:
        """Return the IRI of a thing.

        Args:
            kind: ``process``, ``agency`` …
            ident: Its id.

        Returns:
            The node.

        Raises:
            ValueError: If the id cannot stand in an IRI.
        """
        return ox.NamedNode(f"{self.base}{kind}/{ident}")

    @cached_property
    def names(self) -> Mapping[str, Ref]:
        """Every named thing and code of the catalogue, by IRI."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows(_NAMES):
            label = row["label"]
            if isinstance(label, ox.Literal):
                labels = found.setdefault(value_of(row["thing"]), {})
                labels.setdefault(label.language or "fa", label.value)
        bare = {iri: self._bare(iri, labels.get("fa"), labels.get("en")) for iri, labels in found.items()}
        return {iri: ref for iri, ref in bare.items() if ref.part is None}

    def ref(self, iri: str) -> Ref:
        """Return the reference for an IRI; a part of a thing carries the name of the thing.

        Args:
            iri: Any IRI.

        Returns:
            The reference; ``kind`` is ``other`` for an IRI that is not ours.
        """
        known = self.names.get(iri)
        if known is not None:
            return known
        bare = self._bare(iri, None, None)
        owner = self.names.get(f"{self.base}{bare.kind}/{bare.id}")
        return Ref(iri, bare.kind, bare.id, owner.fa, owner.en, bare.part) if owner else bare

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Return references in the order of the ids.

        Args:
            iris: Any IRIs.

        Returns:
            The references, each once.
        """
        return tuple(sorted({self.ref(i) for i in iris}, key=lambda r: (r.kind, r.id, r.part or "")))

    def layer(self, graph: str) -> Layer:
        """Say which layer a graph belongs to.

        Args:
            graph: The IRI of a graph.

        Returns:
            The layer.
        """
        local = graph.removeprefix(self.base + "graph/")
        return next((layer for start, layer in _LAYERS if local.startswith(start)), "other")

    def bundle(self, kind: str, ident: str) -> Bundle | None:
        """Read a thing and everything below its IRI.

        Args:
            kind: ``process``, ``agency`` …
            ident: Its id.

        Returns:
            The bundle, or None when the store says nothing of it.
        """
        try:
            root = self.iri(kind, ident)
        except ValueError:
            return None
        nodes: dict[str, Node] = {}
        for row in self.rows(_BUNDLE, root=root):
            iri = value_of(row["node"])
            node = nodes.setdefault(iri, Node(iri))
            graph = value_of(row["graph"])
            node.said.setdefault(value_of(row["property"]), []).append(
                Said(row["value"], self.layer(graph), graph)
            )
        if root.value not in nodes:
            return None
        for node in nodes.values():
            for values in node.said.values():
                values.sort(key=lambda s: (str(s.term), s.graph))
        return Bundle(nodes.pop(root.value), nodes)

    def _bare(self, iri: str, fa: str | None, en: str | None) -> Ref:
        if iri.startswith(DFC):
            return Ref(iri, "code", iri[len(DFC) :], fa, en)
        if not iri.startswith(self.base):
            return Ref(iri, "other", compact(iri), fa, en)
        kind, _, rest = iri[len(self.base) :].partition("/")
        if kind == "graph":
            return Ref(iri, kind, rest, fa, en)
        ident, _, part = rest.partition("/")
        return Ref(iri, kind, ident, fa, en, part or None)


def solutions(rows: Iterable[Row], name: str) -> Iterator[str]:
    """Yield the text of one variable of each row that binds it.

    Args:
        rows: Rows of an answer.
        name: The variable.

    Yields:
        Texts or IRIs.
    """
    for row in rows:
        if name in row:
            yield value_of(row[name])


_NAMES = """
SELECT DISTINCT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label } UNION { ?thing rdfs:label ?label }
  UNION { ?thing dct:title ?label FILTER NOT EXISTS { ?thing a cv:Output } }
} ORDER BY ?thing ?label"""

_BUNDLE = """
SELECT DISTINCT ?root ?node ?property ?value ?graph WHERE {
  { GRAPH ?graph { ?root ?property ?value } BIND(?root AS ?node) }
  UNION
  { GRAPH ?any { ?root ?link ?node }
    FILTER(ISIRI(?node) && STRSTARTS(STR(?node), CONCAT(STR(?root), "/")))
    GRAPH ?graph { ?node ?property ?value } }
}"""
