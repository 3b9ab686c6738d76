"""Check: a fresh reading of the document against the reviewed records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.ingest.reading import Reading
from graph.ingest.stages import STAGES
from graph.ingest.text import letters
from graph.records import Catalogue, Record

_TEXTS = {
    "title": "title",
    "goal": "goal",
    "recipients": "recipients",
    "output": "output",
    "documents": "documents",
    "regulations": "regulations",
    "forms": "forms",
    "url": "url",
    "system": "system",
    "description": "description",
    "parent_process": "parent",
    "duration": "duration",
    "visits": "visits",
}
"""Field of the contract of reading to key of the record, for texts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a record and a fresh reading do not agree.

    Attributes:
        record: Id of the record.
        place: File and line of the record's value.
        field: Which field.
        recorded: What the record says.
        read: What the reading says.
    """

    record: str
    place: str
    field: str
    recorded: str
    read: str

    def __str__(self) -> str:
        """The difference on one line."""
        return (
            f"{self.place}: {self.record} {self.field}: "
            f"the record has «{self.recorded}», the reading «{self.read}»"
        )


def differences(reading: Reading, catalogue: Catalogue) -> list[Difference]:
    """Compare a reading with the records made from the same document.

    Forms are paired by the line they begin at; texts by their letters, so that spaces, dashes and code points
    make no difference.

    Args:
        reading: A fresh reading.
        catalogue: The reviewed records.

    Returns:
        The differences, record by record, then forms without a record and records without a form.

    Raises:
        LookupError: If no source of the catalogue is this document, by checksum.
    """
    sources = {
        source.id for source in catalogue.sources if source.data.get("sha256") == reading.document.sha256
    }
    if not sources:
        known = ", ".join(str(source.data.get("file")) for source in catalogue.sources)
        raise LookupError(
            f"{reading.document.path}: no record was made from this document (its checksum is none of the "
            f"catalogue's: {known}). Is it another edition? Name the right records with --data."
        )
    records = {
        _first(record): record
        for record in (*catalogue.processes, *catalogue.services)
        if _of(record, sources)
    }
    found: list[Difference] = []
    for form in reading.forms:
        record = records.pop(form["line"], None)
        if record is None:
            found.append(
                Difference("-", f"{reading.document.path}:{form['line']}", "form", "", str(form["title"]))
            )
            continue
        found.extend(_compare(record, form))
    found.extend(
        Difference(record.id, _place(record, "/form"), "form", str(record.data["form"]["lines"]), "")
        for record in records.values()
    )
    found.extend(_index(reading, catalogue))
    return found


def _of(record: Record, sources: set[str]) -> bool:
    return record.data.get("form", {}).get("source") in sources


def _first(record: Record) -> int:
    return int(re.split(r"[-,]", record.data.get("form", {}).get("lines", "0"))[0])


def _place(record: Record, pointer: str) -> str:
    return f"{record.path}:{record.line_of(pointer)}"


def _compare(record: Record, form: dict[str, Any]) -> Iterator[Difference]:
    data = record.data
    for name, key in _TEXTS.items():
        if name in form:
            yield from _text(record, f"/{key}", name, data.get(key) or {}, form[name])
    if form["kind"] != "process":
        return
    pairs = [
        ("date", str((data.get("date") or {}).get("jalali", "")), form["date"] or ""),
        ("class", str((data.get("class") or {}).get("value", "")), form["class"] or ""),
        ("scope", str((data.get("scope") or {}).get("value", "")), form["scope"] or ""),
        ("trigger", _codes(data.get("trigger") or {}), " ".join(sorted(form["trigger"]))),
    ]
    for name, recorded, read in pairs:
        if recorded != read:
            yield Difference(record.id, _place(record, f"/{name}"), name, recorded, read)
    yield from _lists(record, form)
    yield from _stages(record, form)


def _codes(trigger: dict[str, Any]) -> str:
    return " ".join(sorted(trigger.get("candidates", [])))


def _text(
    record: Record, pointer: str, name: str, value: dict[str, Any], read: str | None
) -> Iterator[Difference]:
    if "digest" in value:
        own = hashlib.sha256((read or "").encode("utf-8")).hexdigest()
        if value["digest"] != f"sha256:{own}":
            yield Difference(record.id, _place(record, pointer), name, value["digest"], f"sha256:{own}")
        return
    recorded = value.get("text", "")
    if letters(recorded) != letters(read or ""):
        yield Difference(record.id, _place(record, pointer), name, recorded, read or "")


def _lists(record: Record, form: dict[str, Any]) -> Iterator[Difference]:
    rows = [row for row in record.data.get("partners", []) if row.get("text")]
    cells = form["partners_as_written"]
    for place in range(max(len(rows), len(cells))):
        recorded = rows[place]["text"] if place < len(rows) else ""
        read = cells[place] if place < len(cells) else ""
        if letters(recorded) != letters(read):
            where = _place(record, f"/partners/{min(place, len(rows) - 1)}" if rows else "")
            yield Difference(record.id, where, f"partners row {place + 1}", recorded, read)
    steps = record.data.get("steps", [])
    for place in range(max(len(steps), len(form["steps"]))):
        recorded = steps[place]["text"] if place < len(steps) else ""
        read = form["steps"][place] if place < len(form["steps"]) else ""
        if letters(recorded) != letters(read):
            where = _place(record, f"/steps/{min(place, len(steps) - 1)}" if steps else "")
            yield Difference(record.id, where, f"step {place + 1}", recorded, read)


def _stages(record: Record, form: dict[str, Any]) -> Iterator[Difference]:
    stages = record.data.get("stages", {})
    for stage in STAGES:
        cell, read = stages.get(stage, {}), form["stages"][stage]
        for mode, text, mark, said in (
            ("electronic", "text", "electronic", "electronic_text"),
            ("in-person", "reason", "non_electronic", "in_person_reason"),
        ):
            own = cell.get(mode, {})
            if letters(own.get(text, "")) != letters(read[said] or ""):
                where = _place(record, f"/stages/{stage}/{mode}")
                yield Difference(record.id, where, f"{stage} {mode}", own.get(text, ""), read[said] or "")
            if (own.get("mark") == "ticked") != read[mark]:
                where = _place(record, f"/stages/{stage}/{mode}")
                ticked = "ticked" if read[mark] else "no tick"
                yield Difference(record.id, where, f"{stage} {mode} box", own.get("mark", ""), ticked)


def _index(reading: Reading, catalogue: Catalogue) -> Iterator[Difference]:
    by_line = {entry["line"]: entry for entry in reading.index}
    for record in catalogue.index:
        title = record.data["title"]
        entry = by_line.pop(int(re.split(r"[-,]", title["lines"])[0]), None)
        if entry is None or letters(entry["title"]) != letters(title["text"]):
            read = entry["title"] if entry else ""
            yield Difference(record.id, _place(record, "/title"), "title", title["text"], read)
    for entry in by_line.values():
        where = f"{reading.document.path}:{entry['line']}"
        yield Difference("-", where, "index entry", "", entry["title"])
