"""Search over names, spellings and the words of the forms, folded as readers of Persian expect."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from graph.view.folding import Folded, fold
from graph.view.nodes import Lines, Ref
from graph.view.overview import KINDS
from graph.view.reading import Catalogue
from graph.view.rows import row_lines
from graph.view.terms import value_of

_MAX_QUERY = 200
_HALF_SPACE = "\u200c"
#: Texts of a thing that are shown.
_MOST_MATCHES = 3
#: Which texts are searched: what they are (a message key), how much a hit counts, and where they stand.
_TEXTS: tuple[tuple[str, int, str], ...] = (
    (
        "hit.id",
        12,
        "?place dct:identifier ?text FILTER NOT EXISTS { ?up cv:hasParticipation|cpsv:produces ?place }",
    ),
    ("hit.name", 10, "{ ?place skos:prefLabel ?text } UNION { ?place dct:title ?text }"),
    (
        "hit.spelling",
        9,
        "{ ?place skos:altLabel ?text } UNION { ?alias df:denotesAgency ?place ; df:surface ?text }",
    ),
    ("hit.goal", 4, "?place df:goal ?text"),
    ("hit.step", 2, "?place a df:Step ; dct:description ?text"),
    ("hit.words", 2, "?place df:asWritten ?text"),
    ("hit.summary", 2, "?place df:summary ?text"),
    ("hit.cell", 1, "?place df:mediumText|df:inPersonReason|df:triggerOther ?text"),
)
#: What the texts are: message keys.
WHATS: tuple[str, ...] = tuple(what for what, _, _ in _TEXTS)


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


class SearchIndex:
    """All searchable texts of one edition.

    Args:
        entries: The texts.

    Example:
        >>> ref = Ref("https://w3id.org/daftar/id/agency/police", "agency", "police", "نیروی انتظامی")
        >>> index = SearchIndex([Entry(ref, "hit.name", 10, fold("نيروي انتظامي"), "fa", None)])
        >>> [hit.ref.id for hit in index.find("نیروی")]
        ['police']
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every text."""
        return self._entries

    @classmethod
    def build(cls, catalogue: Catalogue) -> SearchIndex:
        """Read the texts of an edition.

        Args:
            catalogue: The store.

        Returns:
            The index.
        """
        entries = []
        for what, weight, pattern in _TEXTS:
            rows = catalogue.rows(
                f"""SELECT DISTINCT ?place ?text ?start ?end ?written WHERE {{ {pattern}
                OPTIONAL {{ ?place df:sourceLineStart ?start ; df:sourceLineEnd ?end
                OPTIONAL {{ ?place df:sourceLinesAsWritten ?written }} }}
                FILTER(ISLITERAL(?text)) }} ORDER BY ?place ?text"""
            )
            for row in rows:
                place = catalogue.ref(value_of(row["place"]))
                if place.kind not in KINDS:
                    continue
                lang = getattr(row["text"], "language", None) or "fa"
                text = fold(value_of(row["text"]))
                entries.append(
                    Entry(place, what, weight, text, "en" if what == "hit.id" else lang, row_lines(row))
                )
        return cls(entries)

    def only(self, *whats: str) -> SearchIndex:
        """Return an index of some kinds of texts.

        Args:
            *whats: Message keys such as ``hit.name``.

        Returns:
            The smaller index; the texts are shared.
        """
        return SearchIndex(entry for entry in self._entries if entry.what in whats)

    def joined(self) -> SearchIndex:
        """Return an index that also finds words written together which stand apart in the texts.

        Sources write می برد with a space where people type می‌برد with a joiner, which folding drops.

        Returns:
            The index; what is found only so counts little.
        """
        apart = [entry for entry in self._entries if " " in entry.text.text]
        together = [
            replace(entry, weight=1, text=fold("".join(entry.text.source.split()))) for entry in apart
        ]
        return SearchIndex([*self._entries, *together])

    def places(self) -> tuple[Ref, ...]:
        """Return the things whose own texts are in the index, each once, in the order of kind and id."""
        own = {(e.place.kind, e.place.id): e.place for e in self._entries if e.place.part is None}
        return tuple(own[key] for key in sorted(own))

    def find(self, query: str, limit: int = 100) -> tuple[Hit, ...]:
        """Find the things in whose texts all words of the query occur.

        Args:
            query: Words in Persian or English; only the first 200 characters count.
            limit: How many things to return.

        Returns:
            Things, the best first.
        """
        found = {
            (hit.ref.kind, hit.ref.id): hit for words in _readings(query) for hit in self._find(words, limit)
        }
        return tuple(sorted(found.values(), key=lambda hit: (-hit.score, hit.ref.kind, hit.ref.id))[:limit])

    def _find(self, words: list[str], limit: int) -> tuple[Hit, ...]:
        grouped: dict[str, list[Entry]] = {}
        for number in sorted({number for word in words for number in self._having(word)}):
            entry = self._entries[number]
            grouped.setdefault(f"{entry.place.kind}/{entry.place.id}", []).append(entry)
        ranked = [
            (_rank(entries, words), entries)
            for entries in grouped.values()
            if all(any(w in e.text.text for e in entries) for w in words)
        ]
        ranked.sort(key=lambda one: (-one[0], one[1][0].place.kind, one[1][0].place.id))
        return tuple(_hit(entries, words, score) for score, entries in ranked[:limit])

    def matching(self, query: str, *, parts: bool = False) -> frozenset[str]:
        """Return everything in whose texts all words of a query occur, without ranking it.

        Args:
            query: As of :meth:`find`.
            parts: Whether the parts of things (steps, for example) are asked for, each by its own texts; else
                the things, by theirs and those of their parts.

        Returns:
            IRIs; none when the query has no word.
        """
        return frozenset().union(*(self._matching(words, parts) for words in _readings(query)))

    def _matching(self, words: list[str], parts: bool) -> frozenset[str]:
        found = []
        for word in words:
            places = (self._entries[number].place for number in self._having(word))
            found.append({_owner(one, parts=parts) for one in places if one.part or not parts})
        return frozenset(set.intersection(*found))

    @cached_property
    def _all(self) -> tuple[str, list[int]]:
        """All texts as one to search at once, and where each begins; no folded text has a line feed."""
        texts = [entry.text.text for entry in self._entries]
        return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]

    def _having(self, word: str) -> Iterator[int]:
        """The numbers of the texts in which a word occurs."""
        text, starts = self._all
        at = text.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            yield number
            at = text.find(word, starts[number + 1])


def _owner(place: Ref, *, parts: bool) -> str:
    return place.iri if parts or not place.part else place.iri[: -len(place.part) - 1]


def _readings(query: str) -> list[list[str]]:
    """The words of a query; where a half-space joins words, also as those who write a space read them."""
    cut = query[:_MAX_QUERY]
    spellings = [cut] if _HALF_SPACE not in cut else [cut.replace(_HALF_SPACE, " "), cut]
    return [words for spelling in spellings if (words := fold(spelling).text.split())]


def _rank(entries: list[Entry], words: list[str]) -> float:
    best, *others = sorted((_score(entry, words) for entry in entries), reverse=True)
    return best + sum(others[:3]) / 10


def _hit(entries: list[Entry], words: list[str], score: float) -> Hit:
    scored = sorted(entries, key=lambda e: (-_score(e, words), e.what, e.place.part or "", e.text.source))
    first = entries[0].place
    matches: dict[str, Match] = {}
    for entry in scored:
        key = entry.text.source
        if key not in matches and len(matches) < _MOST_MATCHES:
            pieces = _pieces(entry.text, words)
            matches[key] = Match(entry.what, pieces, entry.lang, entry.lines, entry.place.part)
    ref = Ref(_owner(first, parts=False), first.kind, first.id, first.fa, first.en)
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
