"""Language: how likely a sequence of Persian words is.

An interpolated bigram model with Witten-Bell smoothing (Witten and Bell 1991, method C): the more different
words have followed a word, the more weight its unigram back-off gets. Counts come from three places:

* phrases of administrative Persian and names of public bodies, written for Daftar (``lexicon/*.txt``);
* the document itself, whose wording repeats from form to form. The line under judgement is left out of its
  own evidence, or every damage would confirm itself;
* word frequencies of the package ``wordfreq`` (Persian), for words that neither has seen.

A word that none of them knows is priced by its length, or as two known words that the author wrote together.
Scores are natural logarithms; only differences between orders of the same line mean anything.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence

from graph.ingest.words import LONGEST_WORD, LOOSE, MARK, edge_words, frequency, lexicon, tokens

START = "<s>"
END = "</s>"

_DOCUMENT_WEIGHT = 2.0
_UNSEEN = -5.0
_PER_LETTER = -1.9
_FRAGMENT = 5
"""Unknown words shorter than this are priced as if they had so many letters: they are likely fragments."""
_GLUE = -2.5
_TIGHT_GLUE = -8.0
"""Two words written together where the letters join: an author seldom does that, a lost gap does."""
_NEVER = 1e-5
"""How often a word of grammar begins or ends what it cannot begin or end."""
_TRUSTED_FROM = 3
"""From so many sightings a word that only the document knows is a word."""
_COMMON = 20
"""From so many sightings a word of two letters is believed."""
_CAUTION = 1.0
"""Added to the weight of the back-off, because few sightings prove little."""
_EDGE_RATE = 0.12
"""How often a word of which nothing is known begins (or ends) a text."""
_EDGE_TRUST = 2.0
"""How many sightings the rate above is worth."""


class LanguageModel:
    """Bigram counts with leave-one-out for the line under judgement.

    Args:
        base: Texts of the language at large; by default Daftar's lexicon.

    Example:
        >>> model = LanguageModel()
        >>> right, wrong = tokens("بررسی درخواست"), tokens("درخواست بررسی و")
        >>> model.score(right) > model.score(wrong)
        True
    """

    def __init__(self, base: Iterable[str] | None = None) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._followers: Counter[str] = Counter()
        self._total = 0.0
        self._cache: dict[str, dict[str, float]] = {}
        self._base: set[str] = {START, END, MARK}
        self._trusted: set[str] = set()
        for text in base if base is not None else (*lexicon("phrases"), *lexicon("bodies")):
            words = tokens(text)
            self._base.update(words)
            self._add(self.framed(words), 1.0)

    @staticmethod
    def framed(words: Sequence[str]) -> list[str]:
        """Put the marks of beginning and end around a text."""
        return [START, *words, END]

    def learn(self, words: Sequence[str], times: float = 1.0) -> None:
        """Count a stretch of the document (``times`` -1 takes it out again).

        Args:
            words: Folded words with or without `START` and `END`, in the order found.
            times: How often it counts.
        """
        stretch: list[str] = []
        for word in words:
            if self.knows(word):
                stretch.append(word)
                continue
            self._add(stretch, times * _DOCUMENT_WEIGHT)
            stretch = []
        self._add(stretch, times * _DOCUMENT_WEIGHT)

    def trust(self, cells: Iterable[Sequence[str]]) -> None:
        """Take words for words that the document uses again and again, before it is learnt.

        Args:
            cells: The words of each cell of the document.
        """
        counts = Counter(word for cell in cells for word in cell)
        for word, count in counts.items():
            if count >= _TRUSTED_FROM and not self.attested(word) and self._as_two(word) == -math.inf:
                self._trusted.add(word)

    def _add(self, words: Sequence[str], weight: float) -> None:
        for word in words:
            self._cache.pop(word, None)
            self._words[word] += weight  # type: ignore[assignment]
            self._total += weight
        for pair in itertools.pairwise(words):
            before = self._pairs[pair]
            self._pairs[pair] = before + weight  # type: ignore[assignment]
            if before <= 0 < self._pairs[pair]:
                self._followers[pair[0]] += 1
            elif self._pairs[pair] <= 0 < before:
                self._followers[pair[0]] -= 1

    def knows(self, word: str, least: float = 2e-6) -> bool:
        """Tell whether a word is a Persian word and not a fragment or two words written together.

        Args:
            word: A folded word.
            least: The frequency from which the general word list is believed.
        """
        if self.attested(word, least):
            return True
        return word in self._trusted

    def attested(self, word: str, least: float = 2e-6) -> bool:
        """Tell whether a word is known apart from the document at hand."""
        return word in self._base or frequency(word) >= least

    def common(self, word: str) -> bool:
        """Tell whether a word is common in administrative Persian, so that even two letters are a word."""
        return len(word) > 1 and word in self._base and self._words[word] >= _COMMON

    def word(self, word: str) -> float:
        """Log-probability of a word by itself."""
        if word == MARK:
            return math.log(0.03)
        seen = max(self._words[word], 0.0) / self._total if self._total else 0.0
        general = frequency(word)
        if self.knows(word, 1e-7):
            return math.log(0.7 * seen + 0.3 * general + 1e-9)
        unknown = _UNSEEN + _PER_LETTER * max(len(word), _FRAGMENT)
        apart = self._as_two(word)
        return unknown if apart == -math.inf else max(apart, (apart + unknown) / 2)

    def _as_two(self, word: str) -> float:
        """Price a word that nobody knows as two known words written together."""
        best = -math.inf
        if len(word) > LONGEST_WORD:
            return best
        for cut in range(1, len(word)):
            left, right = word[:cut], word[cut:]
            if (cut == 1 and left != "و") or len(right) < 2:
                continue
            if self.attested(left) and self.attested(right):
                glue = _GLUE if left[-1] in LOOSE else _TIGHT_GLUE
                best = max(best, self.word(left) + self.word(right) + glue)
        return best

    def step(self, before: str, word: str) -> float:
        """Log-probability of a word after another one; `START` and `END` count as words.

        What may begin or end a text is judged by how often the word itself does so, not by how common the
        word is: 'و' is common and begins nothing.
        """
        known = self._cache.setdefault(before, {})
        found = known.get(word)
        if found is None:
            if before == START:
                found = self.word(word) + math.log(self._rate(word, (START, word)) / _EDGE_RATE)
            elif word == END:
                found = math.log(self._rate(before, (before, END)))
            else:
                found = self._follow(before, word)
            known[word] = found
        return found

    def _rate(self, word: str, pair: tuple[str, str]) -> float:
        if word in edge_words()["no-begin" if pair[0] == START else "no-end"]:
            return _NEVER
        seen = max(self._pairs[pair], 0.0) + _EDGE_TRUST * _EDGE_RATE
        return seen / (max(self._words[word], 0.0) + _EDGE_TRUST)

    def _follow(self, before: str, word: str) -> float:
        count = max(self._words[before], 0.0)
        kinds = max(self._followers[before], 1) + _CAUTION
        single = math.exp(self.word(word))
        pair = min(max(self._pairs[before, word], 0.0), count)
        return math.log((pair + kinds * single) / (count + kinds))

    def score(self, words: Sequence[str], *, start: bool = True, end: bool = True) -> float:
        """Log-probability of a sequence.

        Args:
            words: Folded words.
            start: Whether the sequence begins a text (else what stands before it is not known).
            end: Whether it ends a text.

        Returns:
            Natural logarithm of its probability.
        """
        if not words:
            return 0.0
        total = self.step(START, words[0]) if start else self.word(words[0])
        for first, second in itertools.pairwise(words):
            total += self.step(first, second)
        return total + (self.step(words[-1], END) if end else 0.0)
