"""Seams: where a run may have been cut, and how pieces meet again.

A cut leaves its mark or none: two spaces or more, two words written together, or a fragment that is no word.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from graph.ingest.language import LanguageModel
from graph.ingest.text import TATWEEL, fold_word, letters, squeeze
from graph.ingest.words import LONGEST_WORD, LOOSE, MARK, PLURALS, tokens

VISIBLE_CUT = 3.0
"""What is given back where two spaces or more show that something was cut there, in nats."""
TIGHT_CUT = 3.0
"""What is given back where two known words are written together though their letters join, in nats."""
LOOSE_CUT = 1.5
"""What a cut costs where two words stand together after a letter that does not join, in nats."""
UNKNOWN_PART = 1.0
"""What a cut inside a word costs that leaves a fragment, in nats."""
PLURAL_CUT = 1.0
"""What a cut before a plural ending costs, where the author had a zero-width non-joiner, in nats."""
MOST_INNER = 3
"""How many places inside a word that nobody knows are tried."""
MOST_PLACES = 12
"""How many places of a run are tried, the likeliest ones."""

_ATOM = re.compile(r"[،؛؟]|[^\s،؛؟]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PLURAL_END = re.compile(r"(?<=\w\w\w)(ها|های|هایی)$")
SUFFIX = re.compile(r"(ها|های|هایی|هایش|هایشان)\b")
"""What a piece begins with whose word stands at the end of the piece before it."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or part of a word: the smallest thing a cut may separate.

    Attributes:
        text: Its characters.
        gap: Spaces before it in the raw run; 0 inside a word.
        cost: What a cut before it costs beside the price of any cut, in nats.
    """

    text: str
    gap: int
    cost: float


@dataclass
class Seams:
    """Finds the places where a run may be cut, and joins pieces.

    Args:
        model: Tells words from fragments.
        spaced: Pairs of words that the document writes with a space between them.
    """

    model: LanguageModel
    spaced: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def atoms(self, text: str) -> list[Atom]:
        """Cut a run into words, and words that nobody knows where two words may meet in them."""
        matches = list(_ATOM.finditer(text))
        words = [match.group() for match in matches if match.group() not in "،؛؟"]
        atoms: list[Atom] = []
        end = 0
        for match in matches:
            token, gap = match.group(), match.start() - end
            end = match.end()
            visible = -VISIBLE_CUT * (0 if gap < 2 else 1 if gap < 4 else 4)
            mends = self._mends(token, words)
            cuts = sorted({*self._inner(token), *mends})
            parts = [token[low:high] for low, high in itertools.pairwise([0, *cuts, len(token)])]
            atoms.append(Atom(parts[0], gap, visible))
            for cut, left, right in zip(cuts, parts, parts[1:], strict=False):
                atoms.append(Atom(right, 0, -TIGHT_CUT if cut in mends else self._inner_cost(left, right)))
        return atoms

    def _mends(self, token: str, words: list[str]) -> set[int]:
        """Find cuts of the first or last word of a run that mend a word cut in two at the run's ends.

        If the author's word was cut and the halves swapped, the run begins with its second half and ends with
        its first one.
        """
        found: set[int] = set()
        if (
            not words
            or not 2 <= len(token) <= LONGEST_WORD
            or (self._known(words[0]) and self._known(words[-1]))
        ):
            return found
        for cut in range(1, len(token)):
            if token == words[-1]:
                opening = words[0] if len(words) > 1 else token[:cut]
                if self._known(token[cut:] + opening, least=3):
                    found.add(cut)
            if token == words[0] and len(words) > 1 and self._known(words[-1] + token[:cut], least=3):
                found.add(cut)
        return found if len(found) <= MOST_INNER else set()

    def _known(self, text: str, least: int = 1) -> bool:
        words = tokens(text)
        return len(words) == 1 and len(words[0]) >= least and self.model.attested(words[0])

    def _inner(self, token: str) -> list[int]:
        """Find the likeliest places in a token where one piece ends and another begins."""
        words = tokens(token)
        if (
            not 4 <= len(token) <= LONGEST_WORD
            or MARK in words
            or (len(words) == 1 and self.model.knows(words[0]))
        ):
            return []
        plural = _PLURAL_END.search(token)
        if len(words) == 2 and plural is not None and all(map(self.model.knows, words)):
            return [plural.start()]
        ranked: list[tuple[float, int]] = []
        for cut in range(1, len(token)):
            left, right = tokens(token[:cut]), tokens(token[cut:])
            if not left or not right or token[cut] == TATWEEL:
                continue
            if not (self._whole(right[0]) or self._whole(left[-1])):
                continue
            score = self.model.score(left, start=False) + self.model.score(right, end=False)
            ranked.append((-score, cut))
        return [cut for _, cut in sorted(ranked)[:MOST_INNER]]

    def _whole(self, word: str) -> bool:
        """Tell whether a part of a token is a word of its own; short ones prove nothing unless common."""
        return self.model.knows(word) if len(word) > 2 else self.model.common(word)

    def _likely(self, word: str) -> bool:
        """Tell whether a part may be a word: longer ones are believed more easily."""
        return self.model.knows(word, 2e-7 if len(word) > 3 else 2e-6)

    def _fragment(self, word: str) -> bool:
        """Tell whether a word at a seam is no word: unknown, or a letter that does not stand alone."""
        return not self.model.knows(word) or (len(word) == 1 and word != "و")

    def _inner_cost(self, left: str, right: str) -> float:
        """Price a cut inside a token: two words that meet where letters join betray a lost gap."""
        if right in PLURALS:
            return PLURAL_CUT
        words = [word for part in (left, right) for word in tokens(part)]
        if len(left) < 2 or len(right) < 2 or not all(map(self._likely, words)):
            return UNKNOWN_PART
        return LOOSE_CUT if fold_word(left)[-1:] in LOOSE else -TIGHT_CUT

    def places(self, atoms: list[Atom]) -> list[int]:
        """Rank the places where a cut is thinkable: never between words seen together elsewhere."""
        bonds = []
        for place in range(1, len(atoms)):
            left, right = tokens(atoms[place - 1].text), tokens(atoms[place].text)
            if not left or not right:
                continue
            bond = self.model.step(left[-1], right[0]) - self.model.word(right[0])
            if atoms[place].gap == 0 and left[-1] != MARK and right[0] != MARK:
                bond = min(bond, -3.0) + 2 * atoms[place].cost
            elif atoms[place].gap > 1:
                bond -= 6.0
            if left[-1] == MARK:
                bond -= 2.0
            bonds.append((bond, place))
        bonds.sort()
        return sorted(place for _, place in bonds[:MOST_PLACES])

    def join(self, pieces: list[str]) -> str:
        """Write pieces one after the other, without a space where they meet inside a word."""
        text = squeeze(pieces[0])
        for piece in pieces[1:]:
            following = squeeze(piece)
            text += ("" if self._glued(text, following) else " ") + following
        return squeeze(text)

    def _glued(self, left: str, right: str) -> bool:
        """Tell whether two pieces meet inside a word."""
        if not left or not right or not left[-1].isalpha() or not right[0].isalpha():
            return False
        suffix = SUFFIX.match(right)
        if suffix is not None:
            return (fold_word(left.rsplit(maxsplit=1)[-1]), suffix.group()) not in self.spaced
        if left[-1] == TATWEEL and len(left) > 1 and left[-2] not in f" {TATWEEL}":
            return True
        if (fold_word(left.rsplit(maxsplit=1)[-1]), fold_word(right.split(maxsplit=1)[0])) in self.spaced:
            return False
        ending, opening = _LAST_WORD.search(left), _FIRST_WORD.match(right)
        if ending is None or opening is None:
            return False
        first, second = tokens(left)[-2:], tokens(right)[:2]
        whole = tokens(ending.group() + opening.group())
        known = (len(whole) == 1 or whole[1:] in ([ending] for ending in PLURALS)) and self.model.knows(
            whole[0]
        )
        if known and (self._fragment(first[-1]) or self._fragment(second[0])):
            return True
        if not known or len(whole) > 1 or not self.model.attested(whole[0]):
            return False
        head = first[:-1] if len(first) == 2 else []
        tail = second[1:]
        apart = self.model.score([*head, first[-1], second[0], *tail], start=False, end=False)
        return self.model.score([*head, whole[0], *tail], start=False, end=False) > apart


def write(atoms: list[Atom]) -> str:
    """Write atoms as the raw run has them."""
    return "".join((" " if atom.gap and place else "") + atom.text for place, atom in enumerate(atoms))


def spaced_like(pieces: list[str], model: str) -> str:
    """Write pieces one after the other with a space where another spelling of the same letters has one."""
    gaps: set[int] = set()
    size = 0
    for word in model.split():
        size += len(letters(word))
        gaps.add(size)
    text, size = squeeze(pieces[0]), len(letters(pieces[0]))
    for piece in pieces[1:]:
        text += (" " if size in gaps else "") + squeeze(piece)
        size += len(letters(piece))
    return squeeze(text)


def ends_cut(text: str) -> bool:
    """Tell whether a text ends in the middle of a word: with a tatweel that stretches its last letter."""
    return len(text) > 1 and text[-1] == TATWEEL and text[-2] not in f" {TATWEEL}"


def lone_letters(text: str) -> int:
    """Count the letters that stand alone; 'و' (and) does so rightly, and 'آ' where an author spaced it.

    Example:
        >>> lone_letters("ه به تصمیم و محول")
        1
    """
    return sum(len(word) == 1 and word.isalpha() and word not in "وآ" for word in text.split())
