"""Which statements the rules read, so that a rule is run over those and not over everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from graph.build.rules import QueryFile

Reads = list[tuple[str, str | None]]
"""IRI of a property, and IRI of the only object it is read with, or None for any."""


@dataclass(frozen=True)
class Reading:
    """Chooses the statements that rules read.

    Args:
        reads: What they read; None when a rule may read anything.

    Example:
        >>> about = [ox.NamedNode(f"https://example.org/{name}") for name in "abc"]
        >>> said = ox.Quad(*about)
        >>> [len(Reading(reads).of([said])) for reads in (None, [], [("https://example.org/b", None)])]
        [1, 0, 1]
    """

    reads: Reads | None

    @cached_property
    def _wanted(self) -> tuple[set[ox.NamedNode], set[ox.NamedNode], set[tuple[ox.NamedNode, object]]]:
        """Properties that are read with any object, those read with some, and with which."""
        reads = self.reads or ()
        whole = {ox.NamedNode(prop) for prop, other in reads if other is None}
        parts: set[tuple[ox.NamedNode, object]] = {
            (ox.NamedNode(prop), ox.NamedNode(other)) for prop, other in reads if other
        }
        return whole, {prop for prop, _ in parts} - whole, parts

    def of(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """The statements that some rule reads."""
        if self.reads is None:
            return list(quads)
        whole, some, parts = self._wanted
        return [
            quad
            for quad in quads
            if (prop := quad.predicate) in whole or (prop in some and (prop, quad.object) in parts)
        ]


def reads_of(rules: Iterable[QueryFile]) -> Reads | None:
    """What rules read, from the triple patterns of their queries.

    Args:
        rules: The rules; queries that can be run.

    Returns:
        Properties and objects, sorted; None when a pattern may match any statement: a variable in the place
        of a property, a negated property, a path that may have no step, or a pattern of graphs.
    """
    # rdflib is needed for this only, and takes long to load
    from rdflib.plugins.sparql import prepareQuery

    found: set[tuple[str, str | None]] = set()
    for rule in rules:
        try:
            algebra = prepareQuery(rule.text).algebra
        except Exception:  # one of the many that rdflib raises: our engine understands more than it
            return None
        try:
            for prop, other in _patterns(algebra):
                found.update(_read(prop, other))
        except _AnythingError:
            return None
    return sorted(found, key=lambda read: (read[0], read[1] or ""))


class _AnythingError(Exception):
    """A pattern may match any statement."""


def _patterns(part: Any) -> Iterator[tuple[Any, Any]]:
    """Property and object of every triple pattern below a part of a query, its template left out."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        if part.name in {"Graph", "GraphGraphPattern", "ServiceGraphPattern"}:
            raise _AnythingError
        for key, inner in part.items():
            if key == "triples":
                yield from _triples(inner)
            elif key != "template":
                yield from _patterns(inner)
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from _patterns(inner)


def _triples(found: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, Any]]:
    # translated patterns are triples; within EXISTS they are rows of several triples, one after the other
    for row in found:
        for at in range(0, len(row), 3):
            yield row[at + 1], row[at + 2]


def _read(prop: Any, other: Any) -> Iterator[tuple[str, str | None]]:
    """What a pattern reads."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, OneOrMore, SequencePath

    if isinstance(prop, URIRef):
        yield str(prop), str(other) if isinstance(other, URIRef) else None
    elif isinstance(prop, MulPath) and prop.mod == OneOrMore:
        yield from _read(prop.path, None)
    elif isinstance(prop, InvPath):
        yield from _read(prop.arg, None)
    elif isinstance(prop, SequencePath | AlternativePath):
        for step in prop.args:
            yield from _read(step, None)
    else:
        raise _AnythingError
