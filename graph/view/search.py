"""Search over names, spellings and the words of the forms, folded as readers of Persian expect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from graph.view.folding import fold, folded
from graph.view.nodes import Ref
from graph.view.overview import KINDS
from graph.view.reading import Catalogue
from graph.view.rows import row_lines
from graph.view.search_hits import Entry, Hit, hit_of, owner_of
from graph.view.search_table import SearchTable
from graph.view.terms import value_of

_MAX_QUERY = 200
_HALF_SPACE = "\u200c"
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

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        table: SearchTable | None = None,
        among: NDArray[np.bool_] | None = None,
    ) -> None:
        self._entries: Sequence[Entry] = (
            tuple(sorted(entries, key=lambda one: (one.place.kind, one.place.id)))
            if table is None
            else cast("Sequence[Entry]", entries)
        )
        self._given = table
        self._among = among

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every text."""
        numbers = range(len(self._entries)) if self._among is None else np.flatnonzero(self._among).tolist()
        return tuple(self._entries[number] for number in numbers)

    @cached_property
    def table(self) -> SearchTable:
        """The arrays that are searched."""
        if self._given is not None:
            return self._given
        owners: dict[tuple[str, str], int] = {}
        places: dict[str, int] = {}
        return SearchTable.of(
            (one.text.text for one in self._entries),
            [owners.setdefault((e.place.kind, e.place.id), len(owners)) for e in self._entries],
            [places.setdefault(one.place.iri, len(places)) for one in self._entries],
            [one.weight for one in self._entries],
            [WHATS.index(one.what) for one in self._entries],
            [bool(one.place.part) for one in self._entries],
        )

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
        wanted = np.array([what in whats for what in WHATS], dtype=np.bool_)[self.table.what]
        among = wanted if self._among is None else wanted & self._among
        return SearchIndex(self._entries, table=self.table, among=among)

    def joined(self) -> SearchIndex:
        """Return an index that also finds words written together which stand apart in the texts.

        Sources write می برد with a space where people type می‌برد with a joiner, which folding drops.

        Returns:
            The index; what is found only so counts little.
        """
        entries = self.entries
        apart = [entry for entry in entries if " " in entry.text.text]
        together = [
            replace(entry, weight=1, text=fold("".join(entry.text.source.split()))) for entry in apart
        ]
        return SearchIndex([*entries, *together])

    def places(self) -> tuple[Ref, ...]:
        """Return the things whose own texts are in the index, each once, in the order of kind and id."""
        own = {(e.place.kind, e.place.id): e.place for e in self.entries if e.place.part is None}
        return tuple(own[key] for key in sorted(own))

    def find(self, query: str, limit: int = 100) -> tuple[Hit, ...]:
        """Find the things in whose texts all words of the query occur.

        Args:
            query: Words in Persian or English; only the first 200 characters count.
            limit: How many things to return.

        Returns:
            Things, the best first.
        """
        return tuple(self._hit(*one) for one in self._best(query, limit))

    def top(self, query: str, shown: int, counted: int) -> tuple[tuple[Hit, ...], int]:
        """Find as :meth:`find` does, and read only what is shown.

        Args:
            query: As of :meth:`find`.
            shown: How many things to return.
            counted: How many things to count at most.

        Returns:
            Things, the best first; and how many were counted.
        """
        best = self._best(query, counted)
        return tuple(self._hit(*one) for one in best[:shown]), len(best)

    def _best(self, query: str, limit: int) -> list[tuple[float, NDArray[Any], list[str]]]:
        found: dict[int, tuple[float, NDArray[Any], list[str]]] = {}
        for words in _readings(query):
            for score, texts in self.table.best(words, self._among, limit):
                found[int(self.table.owner[texts[0]])] = score, texts, words
        ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
        return [best for _, best in ranked[:limit]]

    def _hit(self, score: float, texts: NDArray[Any], words: list[str]) -> Hit:
        return hit_of([self._entries[number] for number in texts.tolist()], words, score)

    def matching(self, query: str, *, parts: bool = False) -> NDArray[np.bool_]:
        """Say which things have all words of a query in their texts, without ranking them.

        Args:
            query: As of :meth:`find`.
            parts: Whether the parts of things (steps, for example) are asked for, each by its own texts; else
                the things, by theirs and those of their parts.

        Returns:
            A mask by the numbers of :meth:`numbers`; all false when the query has no word.
        """
        table = self.table
        number = table.place if parts else table.owner
        found = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.bool_)
        for words in _readings(query):
            every = np.ones_like(found)
            for word in dict.fromkeys(words):
                mask = table.having(word)
                mask = mask & table.part if parts else mask
                one = np.zeros_like(found)
                one[number[mask if self._among is None else mask & self._among]] = True
                every &= one
            found |= every
        return found

    def numbers(self, *, parts: bool = False) -> dict[str, int]:
        """The numbers of things, or of places in them, by IRI.

        Args:
            parts: As of :meth:`matching`.

        Returns:
            Number by IRI; what has no text has none.
        """
        number = (self.table.place if parts else self.table.owner).tolist()
        return {
            owner_of(one.place, parts=parts): number[at]
            for at, one in enumerate(self._entries)
            if one.place.part or not parts
        }


def _readings(query: str) -> list[list[str]]:
    """The words of a query; where a half-space joins words, also as those who write a space read them."""
    cut = query[:_MAX_QUERY]
    spellings = [cut] if _HALF_SPACE not in cut else [cut.replace(_HALF_SPACE, " "), cut]
    return [words for spelling in spellings if (words := folded(spelling).split())]
