"""Drafts: from a reading to records that a person reviews.

A draft says what was read and nothing more: names that the authority files do not know stay unresolved,
English titles are left to the reviewer, every doubt stands in the record it concerns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graph.ingest.anchors import PLACES
from graph.ingest.process_form import CONFIDENTIAL
from graph.ingest.reading import Reading
from graph.ingest.stages import STAGES
from graph.ingest.text import letters

_NOT_APPLICABLE = re.compile(r"غیر\s?الکترونیکی|ندارد$")
_BY_HAND = re.compile(r"غیر\s?سیستمی|دستی|غیر\s?الکترونیکی|حضوری")
_RECORD_FIELD = {
    "owner_body": "owner",
    "owner_office": "office",
    "other_systems_same_body": "systems",
    "trigger_other": "trigger-other",
    "steps_note": "steps",
    "parent_process": "parent",
    "type": "types",
    "life_events": "life-events",
    "stats": "statistics",
    "index": "title",
}
"""Field of the contract of reading to code of the record's field, where they differ."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Names that are known, by their letters.

    Attributes:
        agencies: Letters of a spelling to the id of an agency.
        collectives: Letters of a spelling to the id of a collective.
    """

    agencies: dict[str, str]
    collectives: dict[str, str]

    @classmethod
    def of(cls, agencies: list[dict[str, Any]], collectives: list[dict[str, Any]]) -> Authority:
        """Index the records of the authority files by every spelling.

        Args:
            agencies: Data of agency records.
            collectives: Data of collective records.
        """
        return cls(_by_letters(agencies), _by_letters(collectives))


def _by_letters(records: list[dict[str, Any]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for data in records:
        for word in (data["label"], *data.get("spellings", [])):
            table.setdefault(letters(word), data["id"])
    return table


def line_ranges(numbers: list[int]) -> str:
    """Write line numbers as records do; lines with at most one blank line between them are one range.

    Example:
        >>> line_ranges([83, 84, 86, 90])
        '83-86, 90'
    """
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number - ranges[-1][1] <= 2:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)


def draft_records(reading: Reading, authority: Authority, source: str) -> dict[str, Any]:
    """Turn a reading into draft records.

    Args:
        reading: What the document says.
        authority: The names that are known.
        source: Id of the document's record.

    Returns:
        Path below the folder of records to the data of that file.
    """
    processes = [form for form in reading.forms if form["kind"] == "process"]
    services = [form for form in reading.forms if form["kind"] == "service"]
    files: dict[str, Any] = {"sources.yaml": [_source(reading, source)]}
    ids: dict[int, str] = {}
    for number, form in enumerate(processes, 1):
        ids[form["line"]] = f"P{number:02d}"
    for number, form in enumerate(services, 1):
        ids[form["line"]] = f"S{number:02d}"
    unread = [entry for entry in reading.index if entry["matches_form_line"] is None]
    counts = {"process": len(processes), "service": len(services)}
    for entry in unread:
        counts[entry["entry"]] += 1
        ids[-entry["line"]] = f"{'P' if entry['entry'] == 'process' else 'S'}{counts[entry['entry']]:02d}"
    for form in processes:
        files[f"processes/{ids[form['line']]}.yaml"] = process_record(
            form, ids[form["line"]], authority, source
        )
    for form in services:
        files[f"services/{ids[form['line']]}.yaml"] = service_record(form, ids[form["line"]], source)
    for entry in unread:
        folder = "processes" if entry["entry"] == "process" else "services"
        own = ids[-entry["line"]]
        title = {"text": entry["title"], "lines": str(entry["line"])}
        files[f"{folder}/{own}.yaml"] = {"id": own, "title": title}
    if reading.index:
        files["index.yaml"] = {
            "source": source,
            "entries": [_entry(e, n, ids) for n, e in enumerate(reading.index, 1)],
        }
    return files


def _source(reading: Reading, source: str) -> dict[str, Any]:
    document = reading.document
    return {
        "id": source,
        "title": source,
        "file": document.path.name,
        "sha256": document.sha256,
        "lineCount": str(len(document.lines)),
    }


def _entry(entry: dict[str, Any], number: int, ids: dict[int, str]) -> dict[str, Any]:
    denotes = ids.get(entry["matches_form_line"] or 0) or ids[-entry["line"]]
    return {
        "id": f"I{number:02d}",
        "kind": entry["entry"],
        "title": {"text": entry["title"], "lines": str(entry["line"])},
        "denotes": denotes,
        "statesNoForm": "yes" if entry["without_form"] else "no",
        "caseBased": "yes" if entry["case_based"] else "no",
    }


def _form(form: dict[str, Any], source: str) -> dict[str, str]:
    return {"source": source, "lines": f"{form['line']}-{form['line_end']}"}


def text_field(form: dict[str, Any], name: str) -> dict[str, Any] | None:
    """One field of a form as a record has it; ``None`` where its label was not found."""
    places = form[PLACES].get(name)
    if not places:
        return None
    value, lines = form.get(name), line_ranges(places)
    if value is None:
        return {"state": "dash" if name in form[PLACES].get("dashed", []) else "blank", "lines": lines}
    out: dict[str, Any] = {"text": value}
    if name in ("url", "system") and _NOT_APPLICABLE.search(value):
        out["state"] = "not-applicable"
    if CONFIDENTIAL in value:
        out["confidential"] = "yes"
    return {**out, "lines": lines}


def _ticked(form: dict[str, Any], name: str, value: str | None) -> dict[str, Any] | None:
    places = form[PLACES].get(name)
    if not places:
        return None
    said = {"value": value} if value else {"state": "no-mark"}
    return {**said, "lines": line_ranges(places)}


def _trigger(form: dict[str, Any]) -> dict[str, Any] | None:
    places = form[PLACES].get("trigger")
    if not places:
        return None
    lines = line_ranges(places)
    out: dict[str, Any] = {"state": "no-mark"}
    if form["trigger"]:
        out = {"candidates": form["trigger"], "settled": "no"}
        if form["trigger_settled"]:
            out.update(settled="yes", basis="only-one-possible")
    if form["trigger_other"]:
        out["other"] = {"text": form["trigger_other"], "lines": lines}
    return {**out, "lines": lines}


def process_record(form: dict[str, Any], number: str, authority: Authority, source: str) -> dict[str, Any]:
    """The draft record of one process form.

    Args:
        form: The reading of the form.
        number: Id of the record.
        authority: The names that are known.
        source: Id of the document's record.
    """
    places = form[PLACES]
    lines = line_ranges(places.get("title", [form["line"]]))
    out: dict[str, Any] = {
        "id": number,
        "title": {"text": form["title"], "lines": lines} if form["title"] else {"text": "؟", "lines": lines},
        "form": _form(form, source),
        "identifier": text_field(form, "identifier"),
        "date": _date(form),
        "owner": _body(form, "owner_body", authority),
        "office": _body(form, "owner_office", authority),
        "goal": text_field(form, "goal"),
        "class": _ticked(form, "class", form["class"]),
        "scope": _ticked(form, "class", form["scope"]),
        "recipients": text_field(form, "recipients"),
        "trigger": _trigger(form),
    }
    for name in ("output", "documents", "regulations", "forms", "url", "system"):
        out[name] = text_field(form, name)
    out["stages"] = _stages(form)
    out["systems"] = [_system(row, place) for place, row in enumerate(form["other_systems_same_body"], 1)]
    out["partners"] = _partners(form, authority)
    out["steps"] = [
        {"number": str(place), "text": text, "lines": line_ranges(where)}
        for place, (text, where) in enumerate(zip(form["steps"], places["steps"], strict=False), 1)
    ]
    if form["steps_note"]:
        where = places["steps"][0] if not form["steps"] else places["steps"][-1]
        out["stepsNote"] = {"text": form["steps_note"], "lines": line_ranges(where)}
    out["doubts"] = _doubts(form)
    return {key: value for key, value in out.items() if value not in (None, [], {})}


def _date(form: dict[str, Any]) -> dict[str, Any] | None:
    places = form[PLACES].get("date")
    if not places:
        return None
    lines = line_ranges(places)
    if not form["date"]:
        return {"state": "blank", "lines": lines}
    return {"jalali": form["date"], "text": form["_date"], "lines": lines}


def _body(form: dict[str, Any], name: str, authority: Authority) -> dict[str, Any] | None:
    out = text_field(form, name)
    agency = authority.agencies.get(letters(form[name] or ""))
    if out is not None and agency:
        out["agency"] = agency
    return out


def _stages(form: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for stage in STAGES:
        cell, where = form["stages"][stage], form[PLACES]["stages"][stage]
        if not where["electronic"] and not where["in_person"]:
            continue
        electronic: dict[str, Any] = {"mark": "ticked" if cell["electronic"] else "no-mark"}
        if cell["electronic_text"]:
            electronic["text"] = cell["electronic_text"]
            if _BY_HAND.search(cell["electronic_text"]):
                electronic["mark"] = "contradictory"
        other: dict[str, Any] = {"mark": "ticked" if cell["non_electronic"] else "no-mark"}
        if cell["in_person_reason"]:
            other["reason"] = cell["in_person_reason"]
            if CONFIDENTIAL in cell["in_person_reason"]:
                other["confidential"] = "yes"
        here = where["electronic"] or where["in_person"]
        out[stage] = {
            "electronic": {**electronic, "lines": line_ranges(here)},
            "in-person": {**other, "lines": line_ranges(where["in_person"] or here)},
        }
    return out


def _system(row: dict[str, Any], number: int) -> dict[str, Any]:
    out: dict[str, Any] = {"row": str(number)}
    if row["name"]:
        out["text"] = row["name"]
    if row["fields"]:
        out["fields"] = row["fields"]
    if row["marks"]:
        out["marks"] = list(dict.fromkeys(row["marks"]))
    return {**out, "lines": line_ranges(row[PLACES])}


def _partners(form: dict[str, Any], authority: Authority) -> list[dict[str, Any]]:
    rows = []
    cells = zip(form["partners_as_written"], form["_names"], form[PLACES]["partners"], strict=False)
    for number, (cell, names, where) in enumerate(cells, 1):
        found = [_name(name, authority) for name in names]
        rows.append({"row": str(number), "text": cell, "lines": line_ranges(where), "names": found})
    return rows


def _name(name: str, authority: Authority) -> dict[str, str]:
    own = letters(name)
    if own in authority.agencies:
        return {"text": name, "agency": authority.agencies[own], "status": "exact-alias"}
    if own in authority.collectives:
        return {"text": name, "collective": authority.collectives[own], "status": "exact-alias"}
    return {"text": name, "status": "unresolved"}


def _doubts(form: dict[str, Any]) -> list[dict[str, Any]]:
    out = []
    for doubt in form["_doubts"]:
        name = _RECORD_FIELD.get(doubt.field, doubt.field)
        row: dict[str, Any] = {"field": name, "reason": doubt.reason, "reasonFa": doubt.reason_fa}
        if doubt.alternatives:
            row["alternatives"] = list(doubt.alternatives)
        out.append({**row, "lines": str(doubt.line)})
    return out


def service_record(form: dict[str, Any], number: str, source: str) -> dict[str, Any]:
    """The draft record of one service form; see `process_record`."""
    lines = line_ranges(form[PLACES].get("title", [form["line"]]))
    out: dict[str, Any] = {
        "id": number,
        "title": {"text": form["title"] or "؟", "lines": lines},
        "form": _form(form, source),
        "parent": text_field(form, "parent_process"),
        "description": text_field(form, "description"),
        "types": _ticks(form, "type", form["type"]),
        "nature": _boxes(form, "nature"),
        "level": _boxes(form, "level", several=True),
        "lifeEvents": _boxes(form, "life_events", several=True),
        "trigger": _trigger(form),
        "documents": text_field(form, "documents"),
        "statistics": text_field(form, "stats"),
        "duration": text_field(form, "duration"),
        "frequency": _boxes(form, "frequency"),
        "visits": text_field(form, "visits"),
        "cost": text_field(form, "cost"),
        "channels": [_channel(row) for row in form["channels"]],
        "doubts": _doubts(form),
    }
    return {key: value for key, value in out.items() if value not in (None, [], {})}


def _ticks(form: dict[str, Any], name: str, values: list[str]) -> dict[str, Any] | None:
    places = form[PLACES].get(name)
    if not places:
        return None
    said = {"values": values} if values else {"state": "no-mark"}
    return {**said, "lines": line_ranges(places)}


def _boxes(form: dict[str, Any], name: str, *, several: bool = False) -> dict[str, Any] | None:
    """A field of boxes: what is ticked, or what may be."""
    places = form[PLACES].get(name)
    if not places:
        return None
    codes = form["_ticks"][name]
    said: dict[str, Any] = {"state": "no-mark"}
    if len(codes) > 1:
        said = {"candidates": codes, "settled": "no"}
    elif codes:
        said = {"values": codes} if several else {"value": codes[0]}
    return {**said, "lines": line_ranges(places)}


def _channel(row: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"channel": row["_code"], "mark": "ticked" if row["ticked"] else "no-mark"}
    if row["text"]:
        out["text"] = row["text"]
    return {**out, "lines": line_ranges(row[PLACES])}
