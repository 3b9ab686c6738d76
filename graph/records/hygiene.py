"""Is a Persian text written the way the catalogue writes Persian?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BAD_LETTERS = {
    "\u064a": "the Arabic yeh (U+064A); write ی (U+06CC)",
    "\u0649": "the alef maksura (U+0649); write ی (U+06CC)",
    "\u0643": "the Arabic kaf (U+0643); write ک (U+06A9)",
    "\u0640": "a tatweel (U+0640); delete it",
    "\u00a0": "a no-break space (U+00A0); write a plain space",
    "\u00ad": "a soft hyphen (U+00AD); delete it",
    "\ufeff": "a byte-order mark (U+FEFF); delete it",
    "\ufffd": "a replacement character (U+FFFD), so a letter is lost; look it up in the source",
}
# One search over the text finds whether there is anything to say at all: nearly always there is not.
_SUSPECT = re.compile(
    "["
    + "".join(_BAD_LETTERS)
    + "\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    + "\ue000-\uf8ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_ZWNJ = re.compile("\u200c(?=[\\s\u200c]|$)|(?:^|(?<=\\s))\u200c")
_OURS = frozenset({"note", "summary", "reason", "reasonFa", "memberDescription", "raw"})


def is_ours(pointer: str) -> bool:
    """Whether a value is our own prose (it may end in a full stop) and not words of the document.

    Example:
        >>> is_ours("/goal/summaryEn"), is_ours("/stages/start/in-person/reason"), is_ours("/doubts/0/reason")
        (True, False, True)
    """
    key = pointer.rsplit("/", 1)[-1]
    return key.endswith("En") or (key in _OURS and not pointer.startswith("/stages/"))


def problems(text: str, *, ours: bool = False) -> Iterator[tuple[str, str]]:
    """What is wrong with a text.

    Args:
        text: One value of a record.
        ours: Whether it is our own prose, which may end in a full stop.

    Yields:
        What is wrong and what to do.

    Example:
        >>> list(problems("شوراي  تأمین"))[0][0]
        'the letter U+064A'
    """
    if text != text.strip():
        yield "a space or a line break at the end or the beginning", "delete it"
    for match in sorted(set(_SUSPECT.findall(text))):
        yield _character(match)
    if "  " in text.strip():
        yield "two spaces in a row", "keep one"
    if _ZWNJ.search(text):
        yield "a zero-width non-joiner beside a space or at an end", "delete it"
    if not unicodedata.is_normalized("NFC", text):
        yield (
            "letters and marks that are not composed (not NFC)",
            f'write "{unicodedata.normalize("NFC", text)}"',
        )
    if not ours and text != text.strip().strip(".") and text.strip(" ."):
        yield "a dot at the end or the beginning", "delete it"


def _character(letter: str) -> tuple[str, str]:
    if letter in _BAD_LETTERS:
        advice = _BAD_LETTERS[letter]
        return f"the letter U+{ord(letter):04X}", advice.split("; ", 1)[-1]
    if "\ue000" <= letter <= "\uf8ff":
        return f"a private-use character (U+{ord(letter):04X})", "write what the sign means"
    if "\ufb50" <= letter <= "\ufefc":
        return (
            f"a presentation form (U+{ord(letter):04X})",
            f'write "{unicodedata.normalize("NFKC", letter)}"',
        )
    if letter == "\n":
        return "a line break", "write the text on one line, or fold it with >-"
    return f"an invisible character (U+{ord(letter):04X})", "delete it"
