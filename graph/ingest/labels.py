"""Labels: finding printed words in a damaged line and taking them out.

A label may be whole, turned (cut at one point and the halves swapped), cut into two parts that stand apart,
or short of a letter. Comparison is on letters only, so that lost spaces do not matter.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.ingest.template import Label
from graph.ingest.text import letters, squeeze

_FUZZY_LEAST = 8
"""Labels shorter than this many letters must be found exactly."""
_FUZZY_SCORE = 90.0
_PART_LEAST = 3
_SHUFFLED_LEAST = 12
"""A text with the same letters as a label this long is the label, in whatever order its words came out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A label taken out of a text.

    Attributes:
        label: The label.
        before: What stood before it in the text.
        after: What stood after it.
        score: How sure the match is, 0 to 100.
    """

    label: Label
    before: str
    after: str
    score: float

    @property
    def rest(self) -> str:
        """Everything but the label, what stood after it first."""
        return squeeze(f"{self.after} {self.before}")


def _spread(text: str) -> tuple[str, list[int]]:
    """Reduce a text to comparable letters, with the place of each in the text."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in letters(char):
            kept.append(letter)
            places.append(place)
    return "".join(kept), places


def _spans(haystack: str, needle: str, starts: frozenset[int]) -> tuple[list[tuple[int, int]], float] | None:
    """Locate a label's letters: whole, turned, in two parts, or nearly."""
    at = haystack.find(needle)
    if at >= 0:
        return [(at, at + len(needle))], 100.0
    size = len(needle)
    if len(haystack) >= size:
        doubled = needle + needle
        turned = [at for at in range(len(haystack) - size + 1) if haystack[at : at + size] in doubled]
        if turned:
            best = max(
                turned, key=lambda at: (at in starts) + (at + size in starts or at + size == len(haystack))
            )
            return [(best, best + size)], 98.0
        parts = _two_parts(haystack, needle)
        if parts is not None:
            return parts, 96.0
        if len(haystack) <= size + 1 and size >= _SHUFFLED_LEAST and not Counter(needle) - Counter(haystack):
            return [(0, len(haystack))], 96.0
    if size >= _FUZZY_LEAST and len(haystack) >= size - 2:
        alignment = fuzz.partial_ratio_alignment(needle, haystack, score_cutoff=_FUZZY_SCORE)
        if alignment is not None and alignment.dest_end - alignment.dest_start >= size - 2:
            return [(alignment.dest_start, alignment.dest_end)], alignment.score * 0.95
    return None


def _two_parts(haystack: str, needle: str) -> list[tuple[int, int]] | None:
    for cut in range(_PART_LEAST, len(needle) - _PART_LEAST + 1):
        first = haystack.find(needle[:cut])
        if first < 0:
            continue
        second = haystack.find(needle[cut:])
        if second >= 0 and (second + len(needle) - cut <= first or second >= first + cut):
            return sorted([(first, first + cut), (second, second + len(needle) - cut)])
    return None


def find(text: str, label: Label) -> Found | None:
    """Find a label in a text.

    Args:
        text: A run or a line.
        label: What to look for.

    Returns:
        The match with what stood around it, or ``None``.

    Example:
        >>> from graph.ingest.template import Label
        >>> goal = Label("goal", "هدف فرایند", letters("هدف فرایند"))
        >>> find("فرایندهدف", goal).score
        98.0
    """
    haystack, places = _spread(text)
    starts = frozenset(
        place
        for place, at in enumerate(places)
        if place == 0 or any(char.isspace() for char in text[places[place - 1] : at])
    )
    match = _spans(haystack, label.letters, starts)
    if match is None:
        return None
    spans, score = match
    pieces: list[str] = []
    end = 0
    for low, high in spans:
        pieces.append(text[end : places[low]])
        end = places[high - 1] + 1
    pieces.append(text[end:])
    before, after = " ".join(pieces[:-1]), pieces[-1]
    return Found(label, before, after, score)


def is_label(text: str, label: Label) -> bool:
    """Tell whether a text is one label and nothing else.

    Example:
        >>> from graph.ingest.template import Label
        >>> is_label("دیگر نام سامانه های", Label("x", "", letters("نام سامانه های دیگر")))
        True
    """
    own = letters(text)
    if len(own) != len(label.letters):
        return bool(own) and len(own) >= _FUZZY_LEAST and fuzz.ratio(own, label.letters) >= _FUZZY_SCORE
    return own in label.letters * 2 or _two_parts(own, label.letters) is not None


def is_fragment(text: str, labels: tuple[Label, ...]) -> bool:
    """Tell whether a text is a piece of one of the labels (headings are printed in narrow columns).

    Example:
        >>> from graph.ingest.template import Label
        >>> is_fragment("ت فرایند", (Label("x", "", letters("مشخصات فرایند")),))
        True
    """
    own = letters(text)
    return bool(own) and any(own in label.letters * 2 for label in labels)


def without(text: str, labels: tuple[Label, ...]) -> str:
    """Take every one of the labels out of a text."""
    for label in labels:
        found = find(text, label)
        if found is not None:
            text = f"{found.before} {found.after}"
    return squeeze(text)
