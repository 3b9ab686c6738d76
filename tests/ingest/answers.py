"""What a right reading of a generated document says, computed from the data it was printed from."""

from __future__ import annotations

import re
from typing import Any

from tests.ingest.offices import STAGES, Office, ProcessForm, ServiceForm, Stage
from tests.ingest.print_service import CHANNELS, LEVELS, NATURES

_BETWEEN = {"request": ["request", "time"], "time": ["time", "event"], "agency": ["agency", "other"]}
"""On a process form a box follows its label: a tick stands between that label and the next."""
_BEFORE = {"request": ["request", "time"], "time": ["time", "event"], "event": ["request", "event"]}
"""The same on a service form, where the first tick of a line may be printed at its left edge."""
_CONFIDENTIAL = "محرمانه"


def said(text: str | None) -> str | None:
    """A value as the contract of reading has it: nothing for dashes, no dots at its ends."""
    if text is None or not re.sub(r"[\s\-–ـ.]", "", text):
        return None
    return text.strip(" .")


def process_answer(form: ProcessForm, office: Office, first: int, last: int) -> dict[str, Any]:
    """The object of kind ``process``.

    Args:
        form: What the form says.
        office: Whose form it is.
        first: Its first line.
        last: Its last line with something on it.
    """
    texts = ("title", "goal", "recipients", "output", "documents", "regulations", "forms", "url", "system")
    own: dict[str, Any] = {name: said(getattr(form, name)) for name in texts}
    confidential = [name for name in texts if _CONFIDENTIAL in (own[name] or "")]
    if any(_CONFIDENTIAL in f"{cell.text} {cell.reason}" for cell in form.stages.values()):
        confidential.append("stages")
    return {
        "kind": "process",
        "line": first,
        "line_end": last,
        **own,
        "identifier": form.identifier,
        "date": "{2}-{1:0>2}-{0:0>2}".format(*form.date.split("/")),
        "owner_body": office.body,
        "owner_office": office.office,
        "class": form.class_,
        "scope": form.scope,
        "trigger": _trigger(form),
        "trigger_settled": len(_trigger(form)) == 1,
        "trigger_other": form.trigger_other,
        "stages": {name: _stage(form.stages[name]) for name in STAGES},
        "other_systems_same_body": [
            {"name": row.name, "fields": row.fields, "marks": ["tick"] * row.ticks} for row in form.systems
        ],
        "partners_as_written": [row.text for row in form.partners],
        "partners": list(dict.fromkeys(name for row in form.partners for name in row.names)),
        "regulation_items": list(form.regulation_items),
        "form_items": list(form.form_items),
        "steps": list(form.steps),
        "steps_note": form.steps_note,
        "confidential_fields": confidential,
    }


def _stage(cell: Stage) -> dict[str, Any]:
    return {
        "electronic": cell.electronic,
        "electronic_text": said(cell.text),
        "non_electronic": cell.in_person,
        "in_person_reason": said(cell.reason),
    }


def _trigger(form: ProcessForm) -> list[str]:
    found: list[str] = []
    for code in form.trigger:
        near = ["request"] if code == "request" and form.trigger_apart else _BETWEEN[code]
        found.extend(other for other in near if other not in found)
    return found


def service_answer(form: ServiceForm, first: int, last: int) -> dict[str, Any]:
    """The object of kind ``service``; see `process_answer`."""
    level = LEVELS.index(form.level)
    nature: str | list[str] | None = form.nature
    if form.nature == NATURES[1]:
        nature = list(NATURES)  # the tick stands between the two
    channels = [
        {"channel": name, "ticked": bool(cell and cell.ticked), "text": said(cell.text) if cell else None}
        for name in CHANNELS
        for cell in [form.channels.get(name)]
    ]
    texts = ("title", "parent_process", "description", "documents", "duration", "visits", "cost")
    return {
        "kind": "service",
        "line": first,
        "line_end": last,
        **{name: said(getattr(form, name)) for name in texts},
        "type": list(form.type),
        "nature": nature,
        "level": LEVELS[0] if level == 0 else [LEVELS[level - 1], LEVELS[level]],
        "life_events": [form.life_event] if form.life_event else [],
        "trigger": _BEFORE[form.trigger],
        "trigger_settled": False,
        "trigger_other": None,
        "stats": None,
        "frequency": "یکبار برای همیشه" if form.once else None,
        "channels": channels,
        "confidential_fields": [],
    }
