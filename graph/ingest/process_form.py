"""The process form: from its lines to the fields of the contract of reading."""

from __future__ import annotations

import re
from typing import Any

from graph.ingest.anchors import PLACES, Anchored, anchor, places_of, process_noise, section_number
from graph.ingest.boxes import candidates, positions, ticked
from graph.ingest.dates import read_date
from graph.ingest.document import FormLines
from graph.ingest.doubts import Doubt
from graph.ingest.labels import find, is_fragment
from graph.ingest.partners import NameSplitter, read_cells, row_places, split_rows
from graph.ingest.runs import Line
from graph.ingest.stages import STAGES, read_stages, read_systems, strip_columns
from graph.ingest.steps import read_steps
from graph.ingest.template import template
from graph.ingest.text import TICK, clean_value, letters
from graph.ingest.values import Part, ValueReader

TEXTS = (
    "title",
    "identifier",
    "goal",
    "recipients",
    "output",
    "documents",
    "regulations",
    "forms",
    "url",
    "system",
)
_BOXED = frozenset({"class", "trigger", "stages"})
CONFIDENTIAL = "محرمانه"
_ITEMS = re.compile(r"\s*[،؛]\s*|(?<!\d)\s*[-–/]\s*(?!\d)|\s+ـ\s+|\s+و(?=سایر)")
_KINDS = {
    "regulations": "دستورالعمل|دستور العمل|بخشنامه|بخش نامه|قانون|قوانین|آیین نامه|آئین نامه|شیوه نامه|"
    "سند|اسناد|ضوابط|ماده|سایر|مصوبات شورای",
    "forms": "گزارش|فرم|فرمت|چک لیست|صورتجلسه|دعوتنامه|دعوت نامه|کاربرگ|جدول|نامه",
}
"""How an item of a list begins, by field."""
_KIND = {name: re.compile(rf"(?:{kinds})(?:\b|ها|های)") for name, kinds in _KINDS.items()}
_NEXT_ITEM = {name: re.compile(rf"\s+و\s*(?={kind.pattern})") for name, kind in _KIND.items()}
_FRAME = re.compile(r"^(?:در\s?قالب|به صورت|بصورت)\s+")
_NO_FORM = re.compile(r"ندارد$|^از\s?طریق")


def cut_sections(lines: list[Line]) -> dict[int, list[Line]]:
    """Part a process form at the numbers that stand alone on a line.

    Args:
        lines: The lines of the form.

    Returns:
        Section 0 is everything before section 7; 7, 8 and 9 follow where they are found.
    """
    sections: dict[int, list[Line]] = {0: []}
    current = 0
    for line in lines:
        number = section_number(line)
        if number is not None and number in (7, 8, 9) and number > current:
            current = number
            sections[current] = []
            continue
        sections[current].append(line)
    return sections


def read_process_form(form: FormLines, reader: ValueReader, splitter: NameSplitter) -> dict[str, Any]:
    """Read one process form.

    Args:
        form: Its lines.
        reader: Repairs values.
        splitter: Splits cells into names.

    Returns:
        The object of the contract of reading for this form.
    """
    doubts: list[Doubt] = []
    sections = cut_sections(list(form.lines[1:]))
    labels = tuple(label for label in template().process if label.key != "identifier_note")
    found = anchor(sections[0], labels, _BOXED, process_noise())
    out: dict[str, Any] = {"kind": "process", "line": form.first, "line_end": form.last}
    for name in TEXTS:
        out[name] = reader.read(name, found.fields.get(name, []), doubts)
    out["date"], out["_date"] = read_date(found.fields.get("date", []), doubts)
    out["owner_body"], out["owner_office"] = _owner(found, reader, doubts)
    out.update(_class_and_scope(found.raw.get("class", []), doubts))
    out.update(_trigger(found.raw.get("trigger", []), reader, doubts))
    out["stages"], stage_places = read_stages(found.raw.get("stages", [])[1:], reader, doubts)
    out["other_systems_same_body"] = read_systems(strip_columns(sections.get(7, [])), reader, doubts)
    rows = split_rows(strip_columns(sections.get(8, [])))
    out["partners_as_written"] = [value for value in map(_cell, read_cells(rows, reader, doubts)) if value]
    out["_names"] = [splitter.split(cell) for cell in out["partners_as_written"]]
    out["partners"] = _distinct(name for names in out["_names"] for name in names)
    whole = {name: reader.raw(name, found.fields.get(name, []), []) for name in ("regulations", "forms")}
    out["regulation_items"] = items(whole["regulations"])
    out["form_items"] = form_items(whole["forms"])
    for name, key in (("regulations", "regulation_items"), ("forms", "form_items")):
        if len(out[key]) > len(_listed(whole[name], name)) and out[name]:
            doubts.append(Doubt(key, "list-and", found.lines[name], (out[name],)))
    out["steps"], out["steps_note"], step_places = read_steps(
        _below_heading(sections.get(9, [])), reader, doubts
    )
    out["confidential_fields"] = confidential(out)
    _missing(form, found, sections, stage_places, doubts)
    dashed = [name for name in TEXTS if out[name] is None and _dashed(found, name)]
    out[PLACES] = {
        **places_of(found),
        "dashed": dashed,
        "stages": stage_places,
        "partners": row_places(rows),
        "steps": step_places,
    }
    out["doubts"] = [doubt.as_dict() for doubt in doubts]
    out["_doubts"] = doubts
    return out


def _dashed(found: Anchored, name: str) -> bool:
    """Tell whether dashes stand where a value would."""
    return any(re.search(r"[-–—ـ]", part.text) for part in found.fields.get(name, []))


def _cell(text: str) -> str | None:
    value = clean_value(text)
    return None if value is None or not letters(value) else value


def _distinct(names: Any) -> list[str]:
    out: list[str] = []
    seen: set[str] = set()
    for name in names:
        if letters(name) not in seen:
            seen.add(letters(name))
            out.append(name)
    return out


def _owner(found: Anchored, reader: ValueReader, doubts: list[Doubt]) -> tuple[str | None, str | None]:
    """Read the owning body, which stands between two labels, and its office."""
    for part in found.fields.get("owner_body", []):
        part.text = part.text.strip(" /")
    body = reader.read("owner_body", found.fields.get("owner_body", []), doubts)
    office = reader.read("owner_office", found.fields.get("owner_office", []), doubts)
    return body, office


def _class_and_scope(lines: list[Line], doubts: list[Doubt]) -> dict[str, str | None]:
    classes, scopes = template().choices["class"], template().choices["scope"]
    out: dict[str, str | None] = {"class": None, "scope": None}
    for line in lines:
        text = line.columns
        places = positions(text, (*classes, *scopes))
        for tick in (place for place, char in enumerate(text) if char == TICK):
            chosen, other = _owner_of_tick(text, tick, places)
            if chosen is None:
                continue
            name = _box_field(chosen)
            if out[name] not in (None, chosen):
                doubts.append(Doubt(name, "two-ticks", line.number, (str(out[name]), chosen)))
            out[name] = chosen
            if other is not None and _box_field(other) == name:
                doubts.append(Doubt(name, "tick-follows", line.number, (other,)))
    return out


def _box_field(choice: str) -> str:
    return "class" if choice in {label.key for label in template().choices["class"]} else "scope"


def _owner_of_tick(text: str, tick: int, places: list[tuple[int, int, str]]) -> tuple[str | None, str | None]:
    """Say whose box a tick fills on the type line: its label's before it; else the one after it.

    The second pair of choices stands in parentheses, so an opening one parts a label from the tick.
    """
    before = [(high, key) for _, high, key in places if high <= tick]
    after = [key for low, _, key in places if low > tick]
    if before and "(" not in text[before[-1][0] : tick]:
        return before[-1][1], after[0] if after else None
    return (after[0] if after else None), None


def _trigger(lines: list[Line], reader: ValueReader, doubts: list[Doubt]) -> dict[str, Any]:
    choices = template().choices["trigger"]
    found = ticked(lines, choices)
    parts: list[Part] = []
    for place, line in enumerate(lines):
        hit = re.search(r"سایر[^:]*:(.*)$", re.sub(f"[{TICK}]", " ", line.columns))
        if hit is None:
            continue
        parts = [
            Part(line.number, hit[1]),
            *(Part(more.number, more.text) for more in lines[place + 1 :] if not more.ticks),
        ]
        break
    other = reader.read("trigger_other", parts, doubts)
    settled = len(found) == 1
    if len(found) > 1:
        number = next(line.number for line in lines if candidates(line.columns, choices))
        doubts.append(Doubt("trigger", "tick-either", number, tuple(found)))
    return {"trigger": found, "trigger_settled": settled, "trigger_other": other}


def _below_heading(lines: list[Line]) -> list[Line]:
    """Drop the pieces of the heading of section 9, printed in a narrow column."""
    heading = tuple(label for label in template().noise if label.key == "heading9")
    start = 0
    for place, line in enumerate(lines):
        if line.blank:
            continue
        if not letters(line.text) or is_fragment(line.text, heading) or find(line.text, heading[0]):
            start = place + 1
            continue
        break
    return lines[start:]


def items(text: str | None, name: str = "regulations") -> list[str]:
    """Split a list of instruments or templates as written.

    'And' parts two of them only where each has words of its own: 'directives and circulars on X' is one.

    Args:
        text: The field as read.
        name: ``regulations`` or ``forms``.

    Example:
        >>> items("دستورالعمل شاک، قانون شرح وظایف")
        ['دستورالعمل شاک', 'قانون شرح وظایف']
        >>> items("دستورالعمل و بخشنامه های مرتبط")
        ['دستورالعمل و بخشنامه های مرتبط']
    """
    found: list[str] = []
    for part in _listed(text or "", name):
        start = 0
        for hit in _NEXT_ITEM[name].finditer(part):
            if len(part[start : hit.start()].split()) > 2 and len(part[hit.end() :].split()) > 1:
                found.append(part[start : hit.start()])
                start = hit.end()
        found.append(part[start:])
    return [item for item in map(clean_value, found) if item]


def _listed(text: str, name: str) -> list[str]:
    """Split at separators; a comma inside the name of a law does not part it."""
    parts: list[str] = []
    for part in _ITEMS.split(text):
        if parts and part.strip() and parts[0].startswith("قانون") and not _KIND[name].match(part.strip()):
            parts[-1] = f"{parts[-1]}، {part.strip()}"
        else:
            parts.append(part)
    return parts


def form_items(text: str | None) -> list[str]:
    """Split the templates named, leaving out what says that there is none.

    Example:
        >>> form_items("در قالب نامه"), form_items("فرم خاص ندارد")
        (['نامه'], [])
    """
    return [_FRAME.sub("", item) for item in items(text, "forms") if not _NO_FORM.search(item)]


def confidential(out: dict[str, Any]) -> list[str]:
    """Name the fields whose own text says that they are confidential."""
    return [
        name
        for name, value in out.items()
        if name not in ("doubts", "regulation_items", "form_items") and CONFIDENTIAL in _text(value)
    ]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_text, value.values()))
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return value if isinstance(value, str) else ""


def _missing(
    form: FormLines,
    found: Anchored,
    sections: dict[int, list[Line]],
    places: dict[str, dict[str, list[int]]],
    doubts: list[Doubt],
) -> None:
    """Say which labels, stages and sections of the template were not found."""
    labels = {label.key: label.text for label in template().process if label.key != "identifier_note"}
    lost = [(key, text) for key, text in labels.items() if key not in found.lines]
    doubts.extend(Doubt(key, "label-missing", form.last, about=text) for key, text in lost)
    gone = [stage for stage in STAGES if not any(places[stage].values())]
    words = {label.key: label.text for label in template().stages}
    doubts.extend(Doubt("stages", "stage-missing", form.last, about=words[stage]) for stage in gone)
    for number, name in ((7, "other_systems_same_body"), (8, "partners"), (9, "steps")):
        if number not in sections:
            doubts.append(Doubt(name, "section-missing", form.last, about=str(number)))
