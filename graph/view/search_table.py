"""Which texts have a word, and how good a hit each is: an inverted index in arrays, exact.

A word of a query has no space, so it occurs in a text just when it occurs in one of the words of the text.
The different words of all texts are few (some ten thousand); they are searched as one string, and the lists
of texts behind those found are put together by numpy (Zobel and Moffat, Inverted files for text search
engines, ACM Computing Surveys 38 (2006) 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
#: A word in more places than this must begin a word, or be one, to be found: one letter is almost everywhere.
BROAD = 300_000
#: Texts beside the best that count for a thing.
_OTHERS = 3


@dataclass(frozen=True, eq=False)
class SearchTable:
    """The arrays of a search; texts are numbered so that those of one thing follow each other.

    Attributes:
        words: The different words of all texts, sorted, each with a line feed before and after it.
        starts: Where the list of each word starts in ``texts``, and where the last ends.
        texts: Numbers of texts, by word.
        owner: The thing that each text belongs to, by number.
        place: The thing or part of one that each text stands in, by number.
        weight: How much a hit in each text counts.
        what: What each text is, by number.
        part: Whether each text belongs to a part of its thing.
        mark: A hash of each text as a whole.
    """

    words: str
    starts: Numbers
    texts: Numbers
    owner: Numbers
    place: Numbers
    weight: Numbers
    what: Numbers
    part: Numbers
    mark: Numbers

    ARRAYS = ("starts", "texts", "owner", "place", "weight", "what", "part", "mark")

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        owner: Sequence[int],
        place: Sequence[int],
        weight: Sequence[int],
        what: Sequence[int],
        part: Sequence[bool],
    ) -> SearchTable:
        """Make the table.

        Args:
            texts: The folded texts.
            owner: Number of the thing of each; no number is smaller than the one before it.
            place: Number of the thing or part of one.
            weight: How much a hit counts.
            what: What each text is.
            part: Whether it belongs to a part.

        Returns:
            The table.
        """
        numbers: dict[str, int] = {}
        keys: list[Numbers] = []
        marks = []
        for text in texts:
            found = {numbers.setdefault(word, len(numbers)) for word in text.split()}
            keys.append(np.fromiter(found, np.int32, len(found)))
            marks.append(mark_of(text))
        names = np.array(list(numbers), dtype=object)
        order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        sizes = np.fromiter((len(one) for one in keys), np.int64, len(keys))
        word = rank[np.concatenate(keys)] if keys else np.empty(0, np.int32)
        of_text = np.repeat(np.arange(len(keys), dtype=np.int32), sizes)
        by_word = np.argsort(word, kind="stable")
        return cls(
            "\n" + "\n".join(names[order]) + "\n" if len(names) else "\n",
            np.concatenate([[0], np.cumsum(np.bincount(word, minlength=len(names)))]).astype(np.int64),
            of_text[by_word],
            np.array(owner, dtype=np.int32),
            np.array(place, dtype=np.int32),
            np.array(weight, dtype=np.int16),
            np.array(what, dtype=np.int16),
            np.array(part, dtype=np.bool_),
            np.array(marks, dtype=np.uint64),
        )

    @cached_property
    def _word_starts(self) -> Numbers:
        """Where each word begins in ``words``."""
        raw = np.frombuffer(self.words.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found: Numbers = np.flatnonzero(raw == ord("\n"))[:-1] + 1
        return found

    @cached_property
    def things(self) -> int:
        """How many things have texts."""
        return int(self.owner[-1]) + 1 if len(self.owner) else 0

    def words_with(self, word: str, before: str = "", after: str = "") -> Numbers:
        """Numbers of the words in which a word occurs; with a line feed before it, those that it begins."""
        wanted = re.compile(re.escape(before + word + after))
        at = np.fromiter((found.start() for found in wanted.finditer(self.words)), np.int64)
        return np.unique(np.searchsorted(self._word_starts, at + len(before), side="right") - 1)

    def _size(self, words: Numbers) -> int:
        return int((self.starts[words + 1] - self.starts[words]).sum())

    def having(self, word: str, *, broad: int | None = None) -> Numbers:
        """Which texts have a word, as a mask.

        Args:
            word: A folded word.
            broad: When it is in more places than this, only the words that it begins count; when they are too
                many as well, only the word itself.

        Returns:
            True for each text that has it.
        """
        words = self.words_with(word)
        if broad is not None and self._size(words) > broad:
            words = self.words_with(word, "\n")
            if self._size(words) > broad:
                words = self.words_with(word, "\n", "\n")
        return self._mask(words)

    def _mask(self, words: Numbers) -> Numbers:
        """The texts that have one of some words: their lists, put one behind the other."""
        mask = np.zeros(len(self.owner), dtype=np.bool_)
        sizes = self.starts[words + 1] - self.starts[words]
        before = np.cumsum(sizes) - sizes
        at = np.repeat(self.starts[words] - before, sizes) + np.arange(int(sizes.sum()))
        mask[self.texts[at]] = True
        return mask

    def things_having(self, masks: Iterable[Numbers]) -> Numbers:
        """Which things have a text in every mask."""
        every = np.ones(self.things, dtype=np.bool_)
        for mask in masks:
            one = np.zeros(self.things, dtype=np.bool_)
            one[self.owner[mask]] = True
            every &= one
        return every

    def best(self, words: Sequence[str], among: Numbers | None, limit: int) -> list[tuple[float, Numbers]]:
        """The things in whose texts all words occur, the best first, equals in the order of their numbers.

        A text counts by its weight: for each word twice when the word stands in it by itself, else once, over
        the number of words; four times when the text is what was asked for. A thing has the score of its best
        text and a tenth of the next three.

        Args:
            words: Folded words.
            among: The texts that may be found; None for all.
            limit: How many things.

        Returns:
            Score and numbers of the texts of each.
        """
        known = {word: self.having(word, broad=BROAD) for word in dict.fromkeys(words)}
        if among is not None:
            known = {word: mask & among for word, mask in known.items()}
        things = self.things_having(known.values())
        texts = np.flatnonzero(np.logical_or.reduce(list(known.values())))
        texts = texts[things[self.owner[texts]]]
        if not len(texts):
            return []
        scores = self._scores(texts, words, known)
        owners = self.owner[texts]
        first = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        best = np.maximum.reduceat(scores, first)
        if len(best) > limit:  # the others of a thing add at most three tenths of its best
            bound = np.partition(best, -limit)[-limit]
            kept = np.repeat(best * 1.3 >= bound * (1 - 1e-9), np.diff([*first, len(texts)]))
            texts, scores, owners = texts[kept], scores[kept], owners[kept]
            first = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        return self._ranked(texts, scores, first, limit)

    def _scores(self, texts: Numbers, words: Sequence[str], known: Mapping[str, Numbers]) -> Numbers:
        counted = np.zeros(len(texts), dtype=np.float64)
        for word in words:
            counted += known[word][texts]
            counted += self._mask(self.words_with(word, "\n", "\n"))[texts] & known[word][texts]
        weight = self.weight[texts].astype(np.float64)
        scores: Numbers = weight * counted / len(words)
        whole = self.mark[texts] == np.uint64(mark_of(" ".join(words)))
        scores[whole] = weight[whole] * 4.0
        return scores

    @staticmethod
    def _ranked(texts: Numbers, scores: Numbers, first: Numbers, limit: int) -> list[tuple[float, Numbers]]:
        size = np.diff(np.append(first, len(texts)))
        thing = np.repeat(np.arange(len(first)), size)
        inside = np.lexsort((-scores, thing))
        place = np.arange(len(texts)) - np.repeat(first, size)
        ranked = np.zeros(len(first))
        others = np.zeros(len(first))
        head = place == 0
        ranked[thing[head]] = scores[inside][head]
        for rank in range(1, _OTHERS + 1):  # added in this order, as sum() would
            at = place == rank
            others[thing[at]] += scores[inside][at]
        ranked += others / 10
        order = np.lexsort((np.arange(len(ranked)), -ranked))[:limit].tolist()
        return [(float(ranked[one]), texts[first[one] : first[one] + size[one]]) for one in order]


def mark_of(text: str) -> int:
    """A hash of a text, by which equal texts are known.

    Example:
        >>> mark_of("police") == mark_of("police"), mark_of("police") == mark_of("polic")
        (True, False)
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
