"""Service drafts: from the reading of a service form to a draft record."""

from __future__ import annotations

from typing import Any

from graph.ingest.anchors import PLACES
from graph.ingest.draft_fields import (
    doubt_rows,
    form_place,
    line_ranges,
    lost_field,
    text_field,
    trigger_field,
)
from graph.ingest.template import template


def service_record(form: dict[str, Any], number: str, source: str) -> dict[str, Any]:
    """The draft record of one service form; see `graph.ingest.drafts.process_record`."""
    lines = line_ranges(form[PLACES].get("title", [form["line"]]))
    out: dict[str, Any] = {
        "id": number,
        "title": {"text": form["title"] or "؟", "lines": lines},
        "form": form_place(form, source),
        "parent": text_field(form, "parent_process"),
        "description": text_field(form, "description"),
        "types": _ticks(form, "type", form["type"]),
        "nature": _boxes(form, "nature"),
        "level": _boxes(form, "level", several=True),
        "lifeEvents": _boxes(form, "life_events", several=True),
        "trigger": trigger_field(form),
        "documents": text_field(form, "documents"),
        "statistics": text_field(form, "stats"),
        "duration": text_field(form, "duration"),
        "frequency": _boxes(form, "frequency"),
        "visits": text_field(form, "visits"),
        "cost": text_field(form, "cost"),
        "channels": [_channel(row) for row in form["channels"]] or _lost_channels(form),
        "doubts": doubt_rows(form),
    }
    lost = {key: lost_field(form) for key, value in out.items() if value is None}
    return {key: value for key, value in {**out, **lost}.items() if value not in ([], {})}


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


def _lost_channels(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Every printed channel with its box unread: the document ends before section 5."""
    lost = {"mark": "mark-lost", "lines": str(form["line_end"])}
    return [{"channel": label.key, **lost} for label in template().channels]


def _channel(row: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"channel": row["_code"], "mark": "ticked" if row["ticked"] else "no-mark"}
    if row["text"]:
        out["text"] = row["text"]
    return {**out, "lines": line_ranges(row[PLACES])}
