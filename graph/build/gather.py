"""Rules and checks that look across records: what they read is gathered from every bucket into slices.

A rule or check with the header ``# gathers: ...`` cannot be run on a bucket of records alone. It says instead
how what it reads falls apart into slices that have nothing to do with each other, so that a slice can be
concluded from or checked by itself, and again only when something in it changed. What checks read is in
:mod:`graph.build.gather_checks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import pyoxigraph as ox

from graph.build.ontology import DF

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MENTION, _FIELD, _WORDS = (ox.NamedNode(f"{DF}{name}") for name in ("hasMention", "field", "asWritten"))

Slices = dict[str, list[ox.Quad]]
Said = Mapping[ox.NamedNode, Sequence[ox.Quad]]
"""Statements by property; a property that nobody uses has none."""


@dataclass(frozen=True)
class Gathering:
    """What is known when a bucket is gathered from.

    Attributes:
        compared: IRIs of the things that comparisons put side by side.
        slices: Into how many slices a gathering may fall.
    """

    compared: frozenset[str]
    slices: int


Gatherer = Callable[[Said, Gathering], Slices]


def bucket_of(text: str, count: int) -> int:
    """The bucket of a text: the same on every machine and in every run.

    Args:
        text: An id, or words.
        count: How many buckets there are.

    Returns:
        A number from 0.

    Example:
        >>> bucket_of("P08", 1), bucket_of("P08", 4) == bucket_of("P08", 4)
        (0, True)
    """
    return crc32(text.encode("utf-8")) % count


def by_property(quads: Iterable[ox.Quad]) -> Said:
    """Sort statements by their property.

    Args:
        quads: The statements.

    Returns:
        Them, by property, in their order.

    Example:
        >>> about = [ox.NamedNode(f"https://example.org/{name}") for name in "abc"]
        >>> said = by_property([ox.Quad(*about)])
        >>> len(said[about[1]]), len(said[about[0]])
        (1, 0)
    """
    found: defaultdict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        found[quad.predicate].append(quad)
    return found


def _compared(said: Said, known: Gathering) -> Slices:
    """Everything about things that are compared: few things, so one slice."""
    # every thing has a type
    if known.compared.isdisjoint(_iri(quad.subject) for quad in said[_TYPE]):
        return {}
    near = cache(lambda iri: _thing_of(iri) in known.compared)  # a subject has many statements
    return {"compared": [quad for quads in said.values() for quad in quads if near(_iri(quad.subject))]}


def _wording(said: Said, known: Gathering) -> Slices:
    """Mentions, by their words: equal words fall into one slice."""
    words = {quad.subject: quad.object.value for quad in said[_WORDS] if isinstance(quad.object, ox.Literal)}
    mentions = {quad.object for quad in said[_MENTION]} & words.keys()
    found: Slices = defaultdict(list)
    for prop, end in ((_MENTION, "object"), (_FIELD, "subject"), (_WORDS, "subject")):
        for quad in said[prop]:
            if (node := getattr(quad, end)) in mentions:
                found[f"wording-{bucket_of(words[node], known.slices):04}"].append(quad)
    return dict(found)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _thing_of(iri: str) -> str:
    """The thing that a node of a record belongs to: ``…/process/P08/step-01`` → ``…/process/P08``."""
    for kind in ("/process/", "/service/"):
        head, found, tail = iri.partition(kind)
        if found:
            return f"{head}{kind}{tail.partition('/')[0]}"
    return iri


GATHERERS: Mapping[str, Gatherer] = {
    "compared": _compared,
    "wording": _wording,
}


def slices_of(
    ways: Mapping[str, Gatherer], said: Said, gatherers: Iterable[str], known: Gathering
) -> dict[str, bytes]:
    """What a bucket gives to each slice.

    Args:
        ways: The ways to gather.
        said: The asserted statements of the bucket, by property.
        gatherers: Names of those that are asked for.
        known: What gathering needs to know.

    Returns:
        Slice → sorted N-Quads.
    """
    found: dict[str, bytes] = {}
    for name in gatherers:
        for slice_, quads in ways[name](said, known).items():
            found[slice_] = sorted_nquads(quads)
    return found


def gatherer_of(slice_: str) -> str:
    """The gathering that a slice belongs to.

    Example:
        >>> gatherer_of("wording-0017"), gatherer_of("compared")
        ('wording', 'compared')
    """
    return slice_.partition("-")[0]


def sorted_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Write statements as N-Quads, sorted, each once.

    Args:
        quads: The statements, without blank nodes.

    Returns:
        UTF-8, one statement a line.
    """
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(written.splitlines(keepends=True))))
