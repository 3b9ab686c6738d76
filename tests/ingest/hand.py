"""The hand that damages: how the extraction of a PDF writes a line, and what goes wrong on the way.

Written from what can be seen on a printed page and in its extracted text, and apart from the code under
test: nothing here is imported from ``graph``.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from random import Random

NOT_JOINING = frozenset("ادذرزژوؤأآإةءۀ")
_LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./:_@%?=&+\-]|\s(?=[A-Za-z0-9]))*")
_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a\u067e-\u06d3]")
_CUTTABLE = 7
"""Runs shorter than this many characters are never cut."""
_ENDINGS = re.compile(r"(?<=\S)(?=ها(?:ی)?(?:\s|$|،))")
_BEGINNINGS = re.compile(r"(?:^|\s)(?:غیر|پیش|هم|می)(?=\S)")


@dataclass(frozen=True)
class Damage:
    """How much goes wrong; every share is between 0 and 1.

    Attributes:
        cuts: Lines of values of which one run is cut and its pieces swapped.
        label_cuts: Printed labels that are cut likewise.
        arabic: Whether some ye and kaf are printed with Arabic code points.
        tatweel: Wrapped values that are stretched to the margins.
        pages: Chance of a page number between two forms.
        dots: Values that end with a full stop.
        split: Whether headings and cells may be printed on several lines.
    """

    cuts: float = 0.25
    label_cuts: float = 0.08
    arabic: bool = True
    tatweel: float = 0.4
    pages: float = 0.2
    dots: float = 0.12
    split: bool = True


USUAL = Damage()
"""What the real document shows."""
NONE = Damage(cuts=0, label_cuts=0, arabic=False, tatweel=0, pages=0, dots=0, split=False)
"""Nothing but the layout itself: runs in visual order, boxes without a tick lost, narrow columns wrapped."""


def is_arabic(char: str) -> bool:
    """Whether a character is Arabic script (its comma and semicolon too)."""
    return "\u0600" <= char <= "\u06ff" and not "\u06f0" <= char <= "\u06f9"


def runs(text: str) -> list[str]:
    """Cut a text into level runs: Arabic script, left-to-right words and numbers, single signs.

    Example:
        >>> runs("قانون 2 - ماده")
        ['قانون ', '2', ' ', '-', ' ماده']
    """
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _LATIN.match(text, place)
        end = place + 1
        if match is not None:
            word = match.group()
            while word[-1] in ".:-" or (word[-1] == "/" and "://" not in word):
                word = word[:-1]
            end = place + len(word)
        elif is_arabic(text[place]):
            while end < len(text) and (is_arabic(text[end]) or text[end] == " "):
                end += 1
        found.append(text[place:end])
        place = end
    return found


def visual(text: str) -> str:
    """Write a text as the extraction does: its runs from left to right.

    Example:
        >>> visual("ناجا-سپاه")
        'سپاه-ناجا'
    """
    return "".join(reversed(runs(text)))


def cut_points(text: str) -> list[int]:
    """Places inside a text at which it may be cut: between words and inside them."""
    return [place for place in range(2, len(text) - 1) if "،" not in text[place - 1 : place + 1]]


def swap(text: str, places: list[int], gaps: list[bool]) -> str:
    """Cut a run and write its pieces from the last to the first.

    Args:
        text: The run.
        places: Where it is cut, ascending.
        gaps: For each seam of the result whether a space stands there.

    Example:
        >>> swap("حفاظت از منابع آب", [9], [True])
        'منابع آب حفاظت از'
    """
    bounds = [0, *places, len(text)]
    pieces = [text[low:high].strip(" ") for low, high in itertools.pairwise(bounds)][::-1]
    out = pieces[0]
    for piece, gap in zip(pieces[1:], gaps, strict=True):
        out += (" " if gap else "") + piece
    return out


class Hand:
    """Writes lines, damaged by chance; the same seed writes the same lines.

    Args:
        rng: The source of chance.
        damage: How much goes wrong.
        letters: The habit of the document: ``mixed``, ``arabic``, ``noisy``.
        tick: The glyph of a ticked box.
    """

    def __init__(self, rng: Random, damage: Damage, letters: str, tick: str) -> None:
        self.rng, self.damage, self.habit, self.tick = rng, damage, letters, tick
        self.lines: list[str] = []
        self._page = rng.randint(3, 9)

    def add(self, *lines: str) -> None:
        """Write lines."""
        self.lines.extend(lines)

    def chance(self, share: float) -> bool:
        """Decide by chance."""
        return self.rng.random() < share

    def gap(self, *sizes: int) -> str:
        """Some spaces."""
        return " " * self.rng.choice(sizes)

    def box(self, ticked: bool, before: str = "", after: str = "") -> str:
        """A box: its tick with what stands around it, or nothing (empty boxes leave no glyph)."""
        return f"{before}{self.tick}{after}" if ticked else ""

    def plain(self, text: str) -> str:
        """Printed words, whole."""
        return self._code_points(text)

    def label(self, text: str, share: float | None = None) -> str:
        """Printed words in visual order, seldom cut."""
        own = self.damage.label_cuts if share is None else min(share, self.damage.label_cuts)
        return self._printed(text, own, at_space=0.85, often=False)

    def value(self, text: str, share: float | None = None, at_space: float = 0.6) -> str:
        """One printed line of a value in visual order, sometimes with one run cut."""
        own = self.damage.cuts if share is None else min(share, 2 * self.damage.cuts)
        return self._printed(text, own, at_space=at_space, often=True)

    def page_break(self, share: float = 1.0) -> None:
        """Perhaps a page's number on a line of its own."""
        if self.chance(share * self.damage.pages):
            self._page += 1
            self.add(" ", "", f"{self._page} ", " ", "")

    def wrapped(self, text: str, first: int, rest: int) -> list[str]:
        """Cut a text into lines of at most so many characters."""
        lines: list[str] = []
        line, room = "", first
        for word in text.split(" "):
            if line and len(line) + 1 + len(word) > room:
                lines.append(line)
                line, room = word, rest
            else:
                line = f"{line} {word}" if line else word
        return [*lines, line]

    def stretched(self, text: str) -> str:
        """A line stretched to the margins with tatweels between letters that join."""
        return " ".join(self._stretched_word(word) if self.chance(0.55) else word for word in text.split(" "))

    def _stretched_word(self, word: str) -> str:
        places = [
            place
            for place in range(1, len(word))
            if _LETTER.match(word[place - 1])
            and _LETTER.match(word[place])
            and word[place - 1] not in NOT_JOINING
            and word[place - 1 : place + 1] not in ("لا", "لأ", "لآ")
            and word[place] != "ء"
        ]
        if not places:
            return word
        place = self.rng.choice(places)
        return f"{word[:place]}ـ{word[place:]}"

    def _printed(self, text: str, share: float, *, at_space: float, often: bool) -> str:
        pieces = runs(self._code_points(text))
        long = [
            place for place, run in enumerate(pieces) if is_arabic(run[0]) and len(run.strip()) >= _CUTTABLE
        ]
        if long and self.chance(share):
            place = max(long, key=lambda place: len(pieces[place]))
            pieces[place] = self._cut(pieces[place], at_space, often=often)
        return "".join(reversed(pieces))

    def _cut(self, run: str, at_space: float, *, often: bool) -> str:
        body = run.rstrip(" ")
        places = {self._cut_point(body, at_space)}
        if often and len(body) > 18 and self.chance(0.2):
            second = self._cut_point(body, at_space)
            if all(abs(second - place) > 2 for place in places):
                places.add(second)
        order = sorted(place for place in places if place)
        inner = 0.2 if often else 0.0
        gaps = []
        for place in reversed(order):
            space = " " in body[place - 1 : place + 1]
            gaps.append(self.chance(0.5 if space else inner))
        return swap(body, order, gaps) + run[len(body) :]

    def _cut_point(self, body: str, at_space: float) -> int:
        points = cut_points(body)
        spaces = [place for place in points if body[place] == " "]
        if spaces and self.chance(at_space):
            return self.rng.choice(spaces)
        joints = [match.start() for match in _ENDINGS.finditer(body)]
        joints += [match.end() for match in _BEGINNINGS.finditer(body)]
        joints = [place for place in joints if 0 < place < len(body)]
        inside = [place for place in points if " " not in body[place - 1 : place + 1]]
        pool = joints if joints and self.chance(0.5) else inside
        return self.rng.choice(pool or spaces or [0])

    def _code_points(self, text: str) -> str:
        if not self.damage.arabic:
            return text
        habit = self.habit
        if habit == "noisy":
            habit = self.rng.choices(["mixed", "arabic", "persian"], [55, 30, 15])[0]
        return "".join(self._code_point(text, place, habit) for place in range(len(text)))

    def _code_point(self, text: str, place: int, habit: str) -> str:
        char = text[place]
        if char not in "یک" or habit == "persian":
            return char
        joined_before = (
            place > 0 and is_arabic(text[place - 1]) and text[place - 1] not in NOT_JOINING | {"،"}
        )
        joined_after = place + 1 < len(text) and bool(_LETTER.match(text[place + 1]))
        alone = not joined_before and not joined_after
        share = 0.85 if habit == "arabic" else 0.97 if alone else 0.012
        return {"ی": "ي", "ک": "ك"}[char] if self.chance(share) else char
