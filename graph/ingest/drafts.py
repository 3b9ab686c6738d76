"""Drafts: from a reading to records that a person reviews.

A draft says what was read and nothing more: names that the authority files do not know stay unresolved,
English titles are left to the reviewer, every doubt stands in the record it concerns.
"""

from __future__ import annotations

import re
from typing import Any

from graph.ingest.anchors import PLACES
from graph.ingest.authority import Authority
from graph.ingest.draft_fields import (
    doubt_rows,
    form_place,
    line_ranges,
    lost_field,
    text_field,
    ticked_field,
    trigger_field,
)
from graph.ingest.process_form import CONFIDENTIAL
from graph.ingest.reading import Reading
from graph.ingest.service_draft import service_record
from graph.ingest.stages import STAGES
from graph.ingest.text import letters

_BY_HAND = re.compile(r"غیر\s?سیستمی|دستی|غیر\s?الکترونیکی|حضوری")


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
        "form": form_place(form, source),
        "identifier": text_field(form, "identifier"),
        "date": _date(form),
        "owner": _body(form, "owner_body", authority),
        "office": _body(form, "owner_office", authority),
        "goal": text_field(form, "goal"),
        "class": ticked_field(form, "class", form["class"]),
        "scope": ticked_field(form, "class", form["scope"]),
        "recipients": text_field(form, "recipients"),
        "trigger": trigger_field(form),
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
    out["doubts"] = doubt_rows(form)
    if not out["steps"] and "stepsNote" not in out:
        out["stepsNote"] = lost_field(form)
    lost = {key: lost_field(form) for key, value in out.items() if value is None}
    return {key: value for key, value in {**out, **lost}.items() if value not in ([], {})}


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
            lost = {"mark": "mark-lost", "lines": str(form["line_end"])}
            out[stage] = {"electronic": dict(lost), "in-person": dict(lost)}
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
