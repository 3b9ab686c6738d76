"""Statements made with short names."""

from __future__ import annotations

import re
from hashlib import sha256

import pyoxigraph as ox

from graph.export.writing import EXPORT_PREFIXES

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Writer:
    """Collects statements of one graph.

    Args:
        base: First part of every resource IRI.
        graph: Path of the graph below it.
    """

    def __init__(self, base: str, graph: str) -> None:
        self.base = base
        self._graph = ox.NamedNode(base + graph)
        self._quads: set[ox.Quad] = set()

    def iri(self, path: str) -> ox.NamedNode:
        """The IRI of a path below the base; an IRI in full stays as it is."""
        return ox.NamedNode(path if re.match(r"[a-z][a-z0-9+.-]*:", path) else self.base + path)

    def term(self, name: str) -> ox.NamedNode:
        """The IRI of a prefixed name."""
        prefix, _, local = name.partition(":")
        return ox.NamedNode(EXPORT_PREFIXES[prefix] + local)

    def say(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        """Add a statement; ``a`` is ``rdf:type``."""
        named = _TYPE if predicate == "a" else self.term(predicate)
        self._quads.add(ox.Quad(self.iri(subject), named, value, self._graph))

    def words(self, subject: str, predicate: str, fa: str, en: str) -> None:
        """Add a value in both languages."""
        self.say(subject, predicate, ox.Literal(fa, language="fa"))
        self.say(subject, predicate, ox.Literal(en, language="en"))

    def slug(self, iri: str) -> str:
        """A name for an IRI that can stand in a path, as ``cpsv-PublicService``."""
        for prefix, namespace in EXPORT_PREFIXES.items():
            local = iri.removeprefix(namespace)
            if local != iri and re.fullmatch(r"[\w.-]+", local):
                return f"{prefix}-{local}"
        return sha256(iri.encode("utf-8")).hexdigest()[:12]

    def quads(self) -> list[ox.Quad]:
        """The statements so far, each once, sorted."""
        return sorted(self._quads, key=str)
