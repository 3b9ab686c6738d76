"""Draft fields: parts that records of processes and services share."""

from __future__ import annotations

import re
from typing import Any

from graph.ingest.anchors import PLACES
from graph.ingest.process_form import CONFIDENTIAL

_NOT_APPLICABLE = re.compile(r"غیر\s?الکترونیکی|ندارد$")
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
    "regulation_items": "regulations",
    "form_items": "forms",
    "index": "title",
}
"""Field of the contract of reading to code of the record's field, where they differ."""


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


def form_place(form: dict[str, Any], source: str) -> dict[str, str]:
    """Where a form stands."""
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


def lost_field(form: dict[str, Any]) -> dict[str, Any]:
    """A field whose label was not found, as in a document that ends early; points at the form's end."""
    return {"state": "illegible", "lines": str(form["line_end"])}


def ticked_field(form: dict[str, Any], name: str, value: str | None) -> dict[str, Any] | None:
    """A field of boxes of which one may be ticked; ``name`` is the field whose lines they stand on."""
    places = form[PLACES].get(name)
    if not places:
        return None
    said = {"value": value} if value else {"state": "no-mark"}
    return {**said, "lines": line_ranges(places)}


def trigger_field(form: dict[str, Any]) -> dict[str, Any] | None:
    """How a process or service begins: candidates, or that nothing is ticked."""
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


def doubt_rows(form: dict[str, Any]) -> list[dict[str, Any]]:
    """The doubts of a form as a record has them, in both languages."""
    out = []
    for doubt in form["_doubts"]:
        name = _RECORD_FIELD.get(doubt.field, doubt.field)
        row: dict[str, Any] = {"field": name, "reason": doubt.reason, "reasonFa": doubt.reason_fa}
        if doubt.alternatives:
            row["alternatives"] = list(doubt.alternatives)
        out.append({**row, "lines": str(doubt.line)})
    return out
