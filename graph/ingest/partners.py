"""Partners: the table of section 8, and splitting its first column into names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from graph.ingest.doubts import Doubt
from graph.ingest.labels import find
from graph.ingest.runs import WIDE_GAP, Line
from graph.ingest.stages import without_mode
from graph.ingest.template import Label, template
from graph.ingest.text import BOX, TICK, clean_value, is_blank, letters, squeeze
from graph.ingest.values import Part, ValueReader
from graph.ingest.words import lexicon

_SEPARATOR = re.compile(r"\s*[،؛,/\n]\s*|\s*[-–—]\s*|\s+ـ\s+")
_BODY_NOUN = re.compile(
    "سازمان|اداره|شرکت|مرکز|دانشگاه|وزارت|بنیاد|ستاد|دفتر|کمیته|کمیسیون|شورای|پلیس|بانک|جمعیت|نیروی|موسسه|انجمن|اتاق|"
    "شهرداری|فرمانداری|بخشداری|استانداری|معاونت|دبیرخانه|خزانه|دیوان|پژوهشکده|فرماندهی"
)
"""The common nouns that names of bodies begin with."""
_COLLECTIVE = ("سایر", "اعضای", "اعضاء", "اعضا", "کلیه", "تمامی", "دیگر")
_AND = re.compile(r"\s+و\s*(?=\S)")
_MONEY = re.compile(r"ریال|تومان|رایگان")
_SYSTEM = re.compile(r"سامانه|سیستم|پورتال|درگاه|اتوماسیون")


@dataclass(slots=True)
class Row:
    """One row of section 8.

    Attributes:
        parts: What each line gives to the name column.
        others: Texts of the other columns.
        marks: How many ticks the row holds.
    """

    parts: list[Part] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    marks: int = 0


def _label(key: str) -> Label:
    return next(label for label in template().columns if label.key == key)


def split_rows(lines: Iterable[Line]) -> list[Row]:
    """Cut section 8 into its rows: each ends with the boxes 'دستگاه' and 'مراجعه کننده'.

    Args:
        lines: The lines below the column heads.

    Returns:
        The rows, blank ones too.
    """
    rows = [Row()]
    for line in lines:
        if line.blank:
            continue
        text, closes = _without_boxes(line.columns)
        name, others = _columns(text)
        row = rows[-1]
        row.marks += line.ticks
        row.others.extend(others)
        if name.strip():
            row.parts.append(Part(line.number, name))
        if closes:
            rows.append(Row())
    return [row for row in rows if row.parts or row.others or row.marks]


def _without_boxes(text: str) -> tuple[str, bool]:
    """Take the two boxes at the left edge of a row off its line."""
    text = re.sub(f"[{TICK}{BOX}]", "  ", text)
    client = find(text, _label("client"))
    if client is None or client.score < 96:
        return text, False
    head, tail = client.before, client.after
    office = re.search(r"(?<!\S)دستگاه\s*$", head) or re.search(r"(?<!\S)دستگاه(?!\S)(?=\s*$)", head)
    if office is not None:
        head = head[: office.start()]
    else:
        tail = re.sub(r"^\s*دستگاه(?!\S)", "", tail)
    return f"{head}  {tail}".rstrip(), True


def _columns(text: str) -> tuple[str, list[str]]:
    """Part the name from the other columns of a line.

    The name stands at the right edge, so it comes first in reading order; other columns hold a system, the
    fields exchanged, a fee, or words such as 'غیرالکترونیکی' and dashes. A list may go on after a wide gap
    where a separator says so.
    """
    others: list[str] = []
    kept: list[str] = []
    for cell in WIDE_GAP.split(text.strip()):
        bare = squeeze(without_mode(cell))
        if not letters(bare):
            if letters(cell):
                others.append(squeeze(cell))
            if _SEPARATOR.fullmatch(cell) and kept and cell.strip() not in "-–—":
                kept[-1] = f"{kept[-1]} {cell.strip()}"
        elif not kept or _goes_on(kept[-1], bare):
            kept.append(bare)
        else:
            others.append(bare)
    return " ".join(kept), others


def _goes_on(name: str, cell: str) -> bool:
    """Tell whether a cell continues the list of names before it."""
    if _MONEY.search(cell) or _SYSTEM.search(cell):
        return False
    separated = name.rstrip()[-1:] in "،,/-–" or cell.lstrip()[:1] in "،,/-–"
    return separated or _is_collective(cell.split(maxsplit=1)[0]) or letters(cell) in known_bodies()


@lru_cache(maxsize=1)
def known_bodies() -> frozenset[str]:
    """Names of public bodies, as letters, that need no separator to be told apart."""
    return frozenset(letters(name) for name in lexicon("bodies"))


class NameSplitter:
    """Splits a cell into the names it holds.

    Args:
        seen: Letters of names that stand alone between separators elsewhere in the document.
    """

    def __init__(self, seen: frozenset[str] = frozenset()) -> None:
        self.seen = seen

    def split(self, text: str) -> list[str]:
        """Split a cell at its separators, and where two names stand side by side without one.

        Args:
            text: A repaired cell.

        Returns:
            The names in reading order.

        Example:
            >>> NameSplitter().split("سپاه، دادستانی صدا وسیما، ارتش")
            ['سپاه', 'دادستانی', 'صدا وسیما', 'ارتش']
        """
        names: list[str] = []
        for item in _items(text):
            for name in self._apart(item):
                value = clean_value(name.strip(" ،؛,"))
                if value:
                    names.append(value)
        return names

    def count(self, text: str) -> int:
        """Count the names of known bodies in a cell."""
        return sum(self._known(name) for name in self.split(text))

    def _known(self, name: str) -> bool:
        own = letters(name)
        return own in known_bodies() or own in self.seen

    def _apart(self, item: str) -> list[str]:
        words = item.split()
        if len(words) < 2 or letters(item) in known_bodies():
            return [item]
        for place, word in enumerate(words[1:], 1):
            if _is_collective(word) and self._known(" ".join(words[:place])):
                return [" ".join(words[:place]), " ".join(words[place:])]
        for cut in range(1, len(words)):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            if (
                left.endswith(" و")
                or right.startswith("و ")
                or (words[cut].startswith("و") and not self._known(right))
            ):
                continue
            if self._known(left) and self._known(right):
                return [left, right]
        return [item] if self._known(item) else self._at_and(item)

    def _at_and(self, item: str) -> list[str]:
        """Split at 'and' between two bodies: each is known, or begins with what a body is called."""
        for hit in _AND.finditer(item):
            left, right = item[: hit.start()], item[hit.end() :]
            if all(self._known(name) or _names_body(name) for name in (left, right)):
                return [left, right]
        return [item]


def _names_body(text: str) -> bool:
    """Tell whether a text begins with the common noun of a body and goes on.

    Example:
        >>> _names_body("مرکز آموزش مدیریت"), _names_body("برنامه ریزی استان")
        (True, False)
    """
    words = text.split()
    return len(words) > 1 and _BODY_NOUN.fullmatch(words[0]) is not None


def _items(text: str) -> list[str]:
    """Split at separators outside parentheses."""
    items: list[str] = []
    for piece in re.split(r"(\([^()]*\))", text):
        if piece.startswith("(") and items:
            items[-1] = f"{items[-1]} {piece}"
            continue
        parts = _SEPARATOR.split(piece)
        if items and parts and parts[0].strip() and items[-1].endswith(")"):
            items[-1] = f"{items[-1]} {parts.pop(0)}"
        items.extend(parts)
    return [squeeze(item) for item in items if item.strip()]


def _is_collective(word: str) -> bool:
    return any(
        fuzz.ratio(letters(word), letters(start)) >= 75 and word[:1] == start[:1] for start in _COLLECTIVE
    )


def standing_alone(texts: Iterable[str]) -> frozenset[str]:
    """Collect the names that stand between separators more than once, as letters."""
    counts: dict[str, int] = {}
    for text in texts:
        for item in set(_items(text)):
            own = letters(item)
            counts[own] = counts.get(own, 0) + 1
    return frozenset(own for own, count in counts.items() if count > 1 and len(own) > 2)


def row_places(rows: list[Row]) -> list[list[int]]:
    """Name the lines of each row whose name column is not blank."""
    return [
        sorted({part.line for part in row.parts}) for row in rows if any(letters(p.text) for p in row.parts)
    ]


def read_cells(rows: list[Row], reader: ValueReader, doubts: list[Doubt]) -> list[str]:
    """Repair the name column.

    Args:
        rows: The rows of section 8.
        reader: Repairs the texts.
        doubts: Doubts found are added here.

    Returns:
        One string for every row whose name column is not blank.
    """
    cells = []
    for row in rows:
        text = reader.raw("partners", row.parts, doubts)
        if not is_blank(text):
            cells.append(squeeze(text))
    return cells
