"""What a search finds: texts, and things with those of their texts in which the words stand."""

from __future__ import annotations

from dataclasses import dataclass

from graph.view.folding import Folded
from graph.view.nodes import Lines, Ref

#: Texts of a thing that are shown.
_MOST_MATCHES = 3


@dataclass(frozen=True)
class Entry:
    """A text that can be found."""

    place: Ref
    what: str
    weight: int
    text: Folded
    lang: str
    lines: Lines | None


@dataclass(frozen=True)
class Match:
    """A text that was found, in pieces: (words, whether they were asked for)."""

    what: str
    pieces: tuple[tuple[str, bool], ...]
    lang: str
    lines: Lines | None
    part: str | None


@dataclass(frozen=True)
class Hit:
    """A thing with the texts that were found in it."""

    ref: Ref
    score: float
    matches: tuple[Match, ...]


def owner_of(place: Ref, *, parts: bool) -> str:
    """The IRI under which a text counts.

    Args:
        place: Where the text stands.
        parts: Whether parts of things count by themselves.

    Returns:
        The IRI of the place, or that of the thing of which it is a part.
    """
    return place.iri if parts or not place.part else place.iri[: -len(place.part) - 1]


def hit_of(entries: list[Entry], words: list[str], score: float) -> Hit:
    """A thing with the best of its texts, the words that were asked for marked.

    Args:
        entries: Its texts in which they stand.
        words: The words, folded.
        score: How well it fits.

    Returns:
        The hit.
    """
    scored = sorted(entries, key=lambda e: (-_score(e, words), e.what, e.place.part or "", e.text.source))
    first = entries[0].place
    matches: dict[str, Match] = {}
    for entry in scored:
        key = entry.text.source
        if key not in matches and len(matches) < _MOST_MATCHES:
            pieces = _pieces(entry.text, words)
            matches[key] = Match(entry.what, pieces, entry.lang, entry.lines, entry.place.part)
    ref = Ref(owner_of(first, parts=False), first.kind, first.id, first.fa, first.en)
    return Hit(ref, score, tuple(matches.values()))


def _score(entry: Entry, words: list[str]) -> float:
    text = entry.text.text
    if text == " ".join(words):
        return entry.weight * 4.0
    own = text.split()
    return entry.weight * sum((2.0 if w in own else 1.0) for w in words if w in text) / (len(words) or 1)


def _pieces(text: Folded, words: list[str]) -> tuple[tuple[str, bool], ...]:
    marked = [False] * len(text.source)
    for word in words:
        at = text.text.find(word)
        while at >= 0:
            start, end = text.span(at, at + len(word))
            marked[start:end] = [True] * (end - start)
            at = text.text.find(word, at + 1)
    pieces: list[tuple[str, bool]] = []
    for char, mark in zip(text.source, marked, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + char, mark)
        else:
            pieces.append((char, mark))
    return tuple(pieces)
