"""Characters: what a line of the document is made of.

The document is Persian text extracted from a PDF. Before anything is read, code points are brought to one
form (the contract of reading): NFC, ی and ک for the Arabic ي and ك, presentation forms to plain letters, no
bidirectional control characters. The tatweel (ـ, U+0640) is kept here, because a tatweel at the end of a
word tells that the word was cut there and one that stands alone is a dash; `clean_value` removes it last.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TATWEEL = "\u0640"
ZWNJ = "\u200c"
TICK = "\u2611"
"""The one mark that stands for every glyph by which a box is ticked (see ``TICKED``)."""
BOX = "\u2610"
"""The one mark that stands for an empty box, where the extraction kept it."""

# Wingdings and Wingdings 2 glyphs come out of a PDF as private-use code points U+F000 + the font's code.
TICKED = "\uf052\uf0fe\uf0fd\uf0fc\uf0fb\uf051\uf053\uf054\u2611\u2612\u2713\u2714\u2715\u2716\u2717\u2718"
EMPTY = "\uf0a8\uf06f\uf0a3\uf035\uf030\uf072\u2610\u25a1\u25a2\u25fb\u2751"

_CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\u061c"
_TABLE: dict[int, str | None] = {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    ord("\u06d5"): "ه",
    ord("\u00a0"): " ",
    ord("\u200b"): " ",
    ord("\t"): " ",
    ord("\f"): " ",
    ord("\v"): " ",
    **dict.fromkeys(map(ord, _CONTROLS), None),
    **dict.fromkeys(map(ord, TICKED), TICK),
    **dict.fromkeys(map(ord, EMPTY), BOX),
}
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_PERSIAN_DIGITS = {ord(d): str(i % 10) for i, d in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}
_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ء": "", ZWNJ: "", TATWEEL: ""}
)
_MARKS = re.compile("[\u064b-\u065f\u0670]")
_DASHES_ONLY = re.compile(rf"[\s\-–—_{TATWEEL}.:،…]*")
_SPACES = re.compile(r"\s+")


def normalise(line: str) -> str:
    """Bring the code points of one line to the form that reading works on.

    Args:
        line: Text as extracted, without its line end.

    Returns:
        The same text in NFC with Persian ye and kaf, plain letters for presentation forms, `TICK` and `BOX`
        for the box glyphs, plain spaces and no control characters. The tatweel stays.

    Example:
        >>> normalise("شوراي تأمین شاك")
        'شورای تأمین شاک'
    """
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), line)
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def ascii_digits(text: str) -> str:
    """Write Persian and Arabic digits as ASCII digits.

    Example:
        >>> ascii_digits("۲۰/۴/۱۳۹۶")
        '20/4/1396'
    """
    return text.translate(_PERSIAN_DIGITS)


@lru_cache(maxsize=65536)
def letters(text: str) -> str:
    """Keep only what tells two wordings apart: letters and digits, folded, without spaces.

    Example:
        >>> letters("هـدف  فرايند :") == letters("هدف فرایند")
        True
    """
    folded = ascii_digits(_MARKS.sub("", normalise(text)).translate(_FOLD))
    return "".join(char for char in folded if char.isalnum())


def fold_word(word: str) -> str:
    """Fold one word for counting: no marks, no ZWNJ, no tatweel, hamza carriers to plain letters.

    Example:
        >>> fold_word("تأمین") == fold_word("تامین")
        True
    """
    return _MARKS.sub("", word).translate(_FOLD)


def squeeze(text: str) -> str:
    """Write one space between words and none at the ends."""
    return _SPACES.sub(" ", text).strip()


def is_blank(text: str) -> bool:
    """Tell whether a value is empty or holds only dashes and dots.

    Example:
        >>> is_blank(" --- "), is_blank("ــــ"), is_blank("فرم 2")
        (True, True, False)
    """
    return _DASHES_ONLY.fullmatch(text) is not None


def clean_value(text: str) -> str | None:
    """Finish a value as the contract of reading wants it.

    Args:
        text: A repaired value in reading order.

    Returns:
        The text without tatweel, ticks, doubled spaces, and leading or trailing dots and dashes;
        ``None`` where nothing but dashes is left.

    Example:
        >>> clean_value(" .مصوبات  امنیتـی. ")
        'مصوبات امنیتی'
    """
    if is_blank(text):
        return None
    value = re.sub(f"[{TATWEEL}{TICK}{BOX}]", "", text)
    value = re.sub(r"\(\s+", "(", re.sub(r"\s+\)", ")", value))
    value = re.sub(r"(?<=[^\s(])\(", " (", re.sub(r"\)(?=[^\s).،:؛])", ") ", value))
    value = re.sub(rf"(?<={ZWNJ})\s|\s(?={ZWNJ})", " ", value).replace(f"{ZWNJ} ", " ")
    value = squeeze(re.sub(r"\s+(?=[،؛])", " ", value))
    value = value.strip(" .:-–—_…").strip()
    return value or None
