"""Stages: the table of section 6, and the rows of section 7."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.ingest.anchors import PLACES
from graph.ingest.doubts import Doubt
from graph.ingest.labels import find, is_fragment, is_label
from graph.ingest.runs import WIDE_GAP, Line
from graph.ingest.template import Label, template
from graph.ingest.text import BOX, TICK, is_blank, letters, squeeze
from graph.ingest.values import Part, ValueReader

STAGES = ("inform", "start", "process", "deliver")
_MARK_WORDS = re.compile(r"غیر\s?الکترونیکی|الکترونیکی|برخط|online|دسته ای|Batch", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    """One cell of the table, before repair."""

    ticked: bool = False
    parts: list[Part] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def _table(key: str, labels: tuple[Label, ...]) -> Label:
    return next(label for label in labels if label.key == key)


def read_stages(
    lines: list[Line], reader: ValueReader, doubts: list[Doubt]
) -> tuple[dict[str, dict[str, object]], dict[str, dict[str, list[int]]]]:
    """Read the table of stages and modes.

    Args:
        lines: The lines below its head.
        reader: Repairs the texts.
        doubts: Doubts found are added here.

    Returns:
        For each of the four stages whether its boxes are ticked and what is written beside them; and the
        lines of each cell.
    """
    cells = collect(lines)
    out: dict[str, dict[str, object]] = {}
    for stage in STAGES:
        electronic, other = cells[stage, "electronic"], cells[stage, "in_person"]
        out[stage] = {
            "electronic": electronic.ticked,
            "electronic_text": reader.read("stages", electronic.parts, doubts),
            "non_electronic": other.ticked,
            "in_person_reason": reader.read("stages", other.parts, doubts),
        }
    places = {
        stage: {mode: cells[stage, mode].lines for mode in ("electronic", "in_person")} for stage in STAGES
    }
    return out, places


def collect(lines: list[Line]) -> dict[tuple[str, str], Cell]:
    """Give each line of the table to its cell."""
    cells = {(stage, mode): Cell() for stage in STAGES for mode in ("electronic", "in_person")}
    stage = "inform"
    mode: str | None = None
    for line in lines:
        if line.blank:
            continue
        found = _stage_label(line.text)
        if found is not None:
            stage, mode = found, None
            continue
        if _is_note(line.text):
            continue
        text, here = _mode(line.columns)
        mode = here or mode
        if mode is None:
            continue
        cell = cells[stage, mode]
        cell.ticked = cell.ticked or line.ticks > 0
        cell.lines.append(line.number)
        text = re.sub(f"[{TICK}{BOX}]", "  ", text)
        if letters(text):
            cell.parts.append(Part(line.number, text.strip()))
    return cells


def _stage_label(text: str) -> str | None:
    for label in template().stages:
        if label.key == "note":
            continue
        hit = find(text, label)
        if hit is not None and len(letters(hit.before + hit.after)) <= 3:
            return label.key
    return None


def _is_note(text: str) -> bool:
    note = _table("note", template().stages)
    return is_fragment(text, (note,)) or (find(text, note) is not None)


def _mode(text: str) -> tuple[str, str | None]:
    """Recognise the mode a line begins, and take its printed words off."""
    reason = _table("reason", template().modes)
    hit = find(text, reason)
    rest = f"{hit.before}  {hit.after}" if hit is not None else _without_part(text, reason)
    printed = rest != text
    bare, non = _take(rest, _table("non_electronic", template().modes))
    if non or printed:
        return bare, "in_person"
    bare, electronic = _take(rest, _table("electronic", template().modes))
    return (bare, "electronic") if electronic else (rest, None)


def _take(text: str, label: Label) -> tuple[str, bool]:
    """Take a mode's name off a text: whole, cut and turned, or short of its first letter."""
    for cell in WIDE_GAP.split(text.strip()):
        if is_label(cell, label) or letters(cell) == label.letters[1:]:
            return text.replace(cell, "  ", 1), True
    hit = find(text, label)
    if hit is not None and hit.score >= 98:
        return f"{hit.before}  {hit.after}", True
    return text, False


def without_mode(text: str) -> str:
    """Take the words 'electronic' and 'non-electronic' off a cell, however cut.

    Example:
        >>> without_mode("ترونیکیغیرالک"), without_mode("ثبت اسناد")
        ('', 'ثبت اسناد')
    """
    for name in ("non_electronic", "electronic"):
        taken = True
        while taken:
            text, taken = _take(text, _table(name, template().modes))
    return text.strip()


def _without_part(text: str, label: Label) -> str:
    """Take a part of the label off a line on which only a part of it stands."""
    words = label.text.split()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            part = " ".join(words[start : start + size])
            if size == 1 and part != words[-1]:
                continue
            piece = Label(label.key, part, letters(part))
            hit = find(text, piece)
            if hit is not None and (size > 1 or _edge(text, part)):
                return f"{hit.before}  {hit.after}"
    return text


def _edge(text: str, word: str) -> bool:
    cells = [squeeze(cell) for cell in WIDE_GAP.split(text.strip())]
    return bool(cells) and (cells[0] == word or cells[-1] == word)


def read_systems(lines: list[Line], reader: ValueReader, doubts: list[Doubt]) -> list[dict[str, object]]:
    """Read the rows of section 7 (other systems of the same body).

    Args:
        lines: The lines below the column heads.
        reader: Repairs the texts.
        doubts: Doubts found are added here.

    Returns:
        A row for every line with something in it: the name of the system, the fields exchanged, and the marks
        (``tick`` for a tick whose column the text cannot tell, words as written).
    """
    rows: list[dict[str, object]] = []
    for line in lines:
        if line.blank:
            continue
        marks: list[str] = ["tick"] * line.ticks
        cells = [
            squeeze(cell) for cell in WIDE_GAP.split(re.sub(f"[{TICK}{BOX}]", "  ", line.columns).strip())
        ]
        cells = [cell for cell in cells if cell]
        if not marks and not [cell for cell in cells if not is_blank(cell)]:
            continue
        values: list[str | None] = []
        for place, cell in enumerate(cells):
            mode = bool(letters(cell)) and not letters(without_mode(cell))
            if len(values) >= 2 and (mode or _MARK_WORDS.fullmatch(cell)):
                marks.append(cell)
            elif mode:
                values.append(_mode_name(cell))
            elif place < 2 or not is_blank(cell):
                values.append(reader.read("other_systems_same_body", [Part(line.number, cell)], doubts))
        name, fields = [*values, None, None][:2]
        if len(values) > 2:
            marks.extend(value for value in values[2:] if value)
        if name is None and fields is None and not marks:
            continue
        if rows and not marks and _continues(rows[-1], name, fields):
            continue
        rows.append({"name": name, "fields": fields, "marks": marks, PLACES: [line.number]})
    written = [row for row in rows if any(mark != "tick" for mark in row["marks"])]  # type: ignore[attr-defined]
    doubts.extend(Doubt("other_systems_same_body", "column", row[PLACES][0]) for row in written)  # type: ignore[index]
    if any("tick" in row["marks"] for row in rows):  # type: ignore[operator]
        line_number = next(line.number for line in lines if line.ticks)
        doubts.append(Doubt("other_systems_same_body", "tick-column", line_number))
    return rows


def _mode_name(cell: str) -> str:
    """Write a mode's name that stands in another column in its own order."""
    for label in template().modes:
        if label.key != "reason" and is_label(cell, label):
            return cell if letters(cell) == label.letters else label.text
    return cell


def _continues(row: dict[str, object], name: str | None, fields: str | None) -> bool:
    """Join a line that only continues the fields exchanged of the row above it."""
    written = row["fields"]
    if fields is None and name is not None and isinstance(written, str) and written.endswith(("،", ",")):
        row["fields"] = f"{written} {name}"
        return True
    return False


def strip_columns(lines: list[Line]) -> list[Line]:
    """Drop the column heads of sections 7 and 8, which end with the word for batch inquiries.

    Args:
        lines: The lines of a section, its number's line excluded.

    Returns:
        The lines below the heads; all of them where no head was found.
    """
    for word in ("batch", "online"):
        for place, line in enumerate(lines):
            if word in line.raw.lower():
                return lines[place + 1 :]
    return lines
