"""Folding of Persian, Arabic and Latin text, so that a search finds what a person means.

Letters that look or sound alike to a reader of Persian but differ in code point are made equal:
Arabic ي/ى and ك become Persian ی and ک, ة becomes ه, forms of alef become ا, forms of waw become و.
Tatweel, ZWNJ and other invisible marks and the vowel signs go;
digits of all three scripts become Latin; case folds.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

_SAME = {
    "ي": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "آ": "ا",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
}
_DROPPED_CATEGORIES = frozenset({"Mn", "Cf", "Me"})
_TATWEEL = "\u0640"
#: The letters in the order of Persian dictionaries; the code points of پ چ ژ ک گ ی stand elsewhere.
_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACES = str.maketrans({letter: chr(0xE000 + place) for place, letter in enumerate(_ALPHABET)})
_HAMZA = "\u0621"
#: Characters whose folding is kept; a text of strange ones must not fill the memory.
_MOST_CHARACTERS = 4096


@dataclass(frozen=True)
class Folded:
    """A folded text that knows where each character came from.

    Attributes:
        text: The folded text.
        source: The original.
    """

    text: str
    source: str

    @cached_property
    def origins(self) -> tuple[int, ...]:
        """For each folded character, the index of its original; found when asked, for few texts are shown."""
        out: list[str] = []
        origins: list[int] = []
        for index, char in enumerate(self.source):
            for piece in _FOLDS[ord(char)]:
                if piece == " " and (not out or out[-1] == " "):
                    continue
                out.append(piece)
                origins.append(index)
        return tuple(origins[: len(self.text)])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that a part of the folded text came from.

        Args:
            start: First folded character.
            end: One past the last folded character; larger than ``start``.

        Returns:
            Start and end in the original, with the invisible marks that follow the last letter.
        """
        stop = self.origins[end] if end < len(self.origins) else len(self.source)
        return self.origins[start], len(self.source[:stop].rstrip())


def fold(text: str) -> Folded:
    """Fold a text.

    Args:
        text: Any text.

    Returns:
        Lower-case text with single spaces between words, and where its characters came from.

    Example:
        >>> fold("شوراي  تأمین").text
        'شورای تامین'
        >>> fold("می‌شود ۱۳۹۶").text
        'میشود 1396'
    """
    return Folded(folded(text), text)


def folded(text: str) -> str:
    """Fold a text whose original is not needed; see `fold`."""
    return " ".join(text.translate(_FOLDS).split())


def alphabetical(text: str) -> str:
    """Return a key that sorts texts as a reader expects: Latin, then Persian as in a dictionary.

    Args:
        text: Any text.

    Returns:
        A key to compare; it is not meant to be shown.

    Example:
        >>> sorted(["یزد", "گیلان", "پلیس", "آب", "بنیاد"], key=alphabetical)
        ['آب', 'بنیاد', 'پلیس', 'گیلان', 'یزد']
    """
    return folded(text).translate(_PLACES)


def _fold_char(char: str) -> str:
    if char in (_TATWEEL, _HAMZA):
        return ""
    if char in _SAME:
        return _SAME[char]
    pieces = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        same = _SAME.get(part, part)
        if unicodedata.category(same) in _DROPPED_CATEGORIES or same in (_TATWEEL, _HAMZA):
            continue
        if same.isdecimal():
            same = str(unicodedata.decimal(same))
        elif not same.isalnum():
            same = " "
        pieces.append(same)
    return "".join(pieces)


class _Folds(dict[int, str]):
    """The table of ``str.translate``, filled as characters come."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _MOST_CHARACTERS:
            return _fold_char(chr(code))
        self[code] = _fold_char(chr(code))
        return self[code]


_FOLDS = _Folds()
