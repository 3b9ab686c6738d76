"""Runs: from the visual order of a damaged line back to the order in which it is read.

The PDF extraction wrote each line from its left edge to its right edge. Arabic script inside one run stays in
reading order, but every character that is not Arabic script (digits, Latin, hyphen, slash, dot, colon,
parentheses, box glyphs) ends a run, and the runs stand in visual order, left to right. A right-to-left reader
meets them from the last to the first. So the label of a field comes last in the raw line, ``a - b - c`` must
be read ``c - b - a``. (Unicode Standard Annex 9 calls this reordering by level
runs; it was undone for letters and not for runs.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graph.ingest.text import BOX, TATWEEL, TICK, ZWNJ, normalise

Kind = Literal["arabic", "number", "latin", "mark", "sign", "space"]

_ARABIC = f"ء-ٟٮ-ۓەۮۯۺ-ۿ،؛؟{TATWEEL}{ZWNJ}"
_DIGIT = "0-9۰-۹٠-٩"
_RUN = re.compile(
    rf"""
    (?P<latin>(?:[A-Za-z][A-Za-z0-9]*(?:[:/._\-?=&%@\#~+]+[A-Za-z0-9]+)*/?)(?:\s+[A-Za-z0-9]+)*)
  | (?P<number>[{_DIGIT}]+(?:[./:\-][{_DIGIT}]+)*)
  | (?P<mark>[{TICK}{BOX}])
  | (?P<arabic>\s*[{_ARABIC}]+(?:\s+[{_ARABIC}]+)*\s*)
  | (?P<space>\s+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
WIDE_GAP = re.compile(r"\s{2,}")
"""Spaces that part columns, or show where something was cut."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line whose inner order can be trusted at first sight.

    Attributes:
        kind: ``arabic`` (letters, spaces, Arabic comma, tatweel), ``number``, ``latin``, ``mark`` (a ticked
            or empty box), ``sign`` (one other character) or ``space``. Spaces at the edge of Arabic script
            belong to it: they stayed where its author had them.
        text: Its characters, normalised.
    """

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document.

    Attributes:
        number: Its place in the document, counted from 1.
        raw: Its characters as extracted, normalised code points.
        runs: Its runs in reading order.
    """

    number: int
    raw: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The line in reading order, as one string."""
        return join(self.runs)

    @property
    def columns(self) -> str:
        """The line in reading order where two spaces or more part columns: columns too are put in order."""
        runs: list[Run] = []
        for run in self.runs:
            if run.kind != "arabic" or "  " not in run.text:
                runs.append(run)
                continue
            for place, piece in enumerate(reversed(WIDE_GAP.split(run.text))):
                if place:
                    runs.append(Run("space", "   "))
                runs.append(Run("arabic", piece))
        return join(runs)

    @property
    def ticks(self) -> int:
        """How many ticked boxes the line holds."""
        return self.raw.count(TICK)

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing but white space."""
        return not self.raw.strip()


def split_runs(raw: str) -> list[Run]:
    """Cut a normalised line into its runs, in the order of the raw line (left to right).

    Example:
        >>> [run.text for run in split_runs("قانون اساسی 22اصل")]
        ['قانون اساسی ', '22', 'اصل']
    """
    runs = []
    for match in _RUN.finditer(raw):
        kind = match.lastgroup
        assert kind is not None  # noqa: S101  every alternative is named
        runs.append(Run(kind, match.group()))  # type: ignore[arg-type]
    return runs


def join(runs: tuple[Run, ...] | list[Run]) -> str:
    """Write runs one after the other; a number or a Latin word never touches a Persian letter."""
    parts: list[str] = []
    for run in runs:
        if parts and parts[-1] and not parts[-1][-1].isspace():
            last = parts[-1][-1]
            foreign = run.kind in ("number", "latin") or last.isdigit() or last.isascii()
            if foreign and last.isalnum() and run.text[:1].isalnum():
                parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


def read_line(number: int, raw: str) -> Line:
    """Read one line of the document.

    Args:
        number: The line's place in the document, counted from 1.
        raw: The line as extracted, without its line end.

    Returns:
        The line with its runs in reading order.

    Example:
        >>> read_line(1, "  20/4/1396 :تاریخ - 3").text.split()
        ['3', '-تاریخ', ':', '20/4/1396']
    """
    text = normalise(raw)
    return Line(number, text, tuple(reversed(split_runs(text))))
