"""Rules and checks that look across records: what they read is gathered from every bucket into slices.

A rule or check with the header ``# gathers: ...`` cannot be run on a bucket of records alone. It says instead
how what it reads falls apart into slices that have nothing to do with each other, so that a slice can be
concluded from or checked by itself, and again only when something in it changed. What checks read is in
:mod:`graph.build.gather_checks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import pyoxigraph as ox

from graph.build.ontology import DF

_MENTION, _FIELD, _WORDS = (ox.NamedNode(f"{DF}{name}") for name in ("hasMention", "field", "asWritten"))

Slices = dict[str, list[ox.Quad]]


@dataclass(frozen=True)
class Gathering:
    """What is known when a bucket is gathered from.

    Attributes:
        compared: IRIs of the things that comparisons put side by side.
        slices: Into how many slices a gathering may fall.
    """

    compared: frozenset[str]
    slices: int


Gatherer = Callable[[Iterable[ox.Quad], Gathering], Slices]


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


def _compared(quads: Iterable[ox.Quad], known: Gathering) -> Slices:
    """Everything about things that are compared: few things, so one slice."""
    said = [(quad.subject.value, quad) for quad in quads if isinstance(quad.subject, ox.NamedNode)]
    if known.compared.isdisjoint(subject for subject, _ in said):
        return {}
    return {"compared": [quad for subject, quad in said if _thing_of(subject) in known.compared]}


def _wording(quads: Iterable[ox.Quad], known: Gathering) -> Slices:
    """Mentions, by their words: equal words fall into one slice."""
    words: dict[object, str] = {}
    about: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate == _MENTION:
            about[quad.object].append(quad)
        elif quad.predicate in (_FIELD, _WORDS):
            about[quad.subject].append(quad)
            if quad.predicate == _WORDS and isinstance(quad.object, ox.Literal):
                words[quad.subject] = quad.object.value
    found: Slices = defaultdict(list)
    for node, said in about.items():
        if node in words and any(quad.predicate == _MENTION for quad in said):
            found[f"wording-{bucket_of(words[node], known.slices):04}"] += said
    return dict(found)


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
    ways: Mapping[str, Gatherer], quads: Collection[ox.Quad], gatherers: Iterable[str], known: Gathering
) -> dict[str, bytes]:
    """What a bucket gives to each slice.

    Args:
        ways: The ways to gather.
        quads: The asserted statements of the bucket.
        gatherers: Names of those that are asked for.
        known: What gathering needs to know.

    Returns:
        Slice → sorted N-Quads.
    """
    found: dict[str, bytes] = {}
    for name in gatherers:
        for slice_, said in ways[name](quads, known).items():
            found[slice_] = sorted_nquads(said)
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
