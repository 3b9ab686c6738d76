"""The service form: from its lines to the fields of the contract of reading."""

from __future__ import annotations

import re
from typing import Any

from graph.ingest.anchors import PLACES, Anchored, anchor, is_noise, places_of
from graph.ingest.boxes import ticked
from graph.ingest.document import FormLines
from graph.ingest.doubts import Doubt
from graph.ingest.labels import find
from graph.ingest.process_form import confidential
from graph.ingest.runs import Line
from graph.ingest.template import Label, template
from graph.ingest.text import BOX, TICK, clean_value, letters, squeeze
from graph.ingest.values import Part, ValueReader

TEXTS = ("title", "parent_process", "description", "documents", "duration", "visits")
TICKED = ("nature", "level", "life_events", "frequency")
"""Fields of boxes whose contract values are printed words; their codes are kept beside."""
_BOXED = frozenset({"type", "nature", "level", "life_events", "trigger", "stats", "frequency", "cost"})
_MENTION = re.compile(r"\(?\s*ذکر گردد\s*\)?|\.\s*\.\s*\.|…")


def service_noise() -> tuple[Label, ...]:
    """The printed words of the service form that are no labels of fields."""
    return tuple(label for label in template().noise if not label.key.startswith("heading"))


def read_service_form(form: FormLines, reader: ValueReader) -> dict[str, Any]:
    """Read one service form.

    Args:
        form: Its lines.
        reader: Repairs values.

    Returns:
        The object of the contract of reading for this form.
    """
    doubts: list[Doubt] = []
    lines = _joined_labels(list(form.lines[1:]))
    body, channels = _cut_channels(lines)
    found = anchor(body, template().service, _BOXED, service_noise())
    out: dict[str, Any] = {"kind": "service", "line": form.first, "line_end": form.last}
    for name in TEXTS:
        parts = [Part(part.line, _bare(part.text), part.displaced) for part in found.fields.get(name, [])]
        out[name] = reader.read(name, parts, doubts)
    choices = template().choices
    out["type"] = _boxes("type", found.raw.get("type", []), doubts, several=True)
    ticks = {name: ticked(found.raw.get(name, []), choices[name]) for name in TICKED}
    for name in ("nature", "level"):
        out[name] = _one(name, ticks[name], found, doubts)
    out["life_events"] = [
        _words("life_events", key) for key in ticked(found.raw.get("life_events", []), choices["life_events"])
    ]
    out.update(_trigger(found.raw.get("trigger", []), reader, doubts))
    out["stats"] = _numbers(found.raw.get("stats", []))
    out["frequency"] = _frequency(found.raw.get("frequency", []), doubts)
    out["cost"] = _numbers(found.raw.get("cost", []))
    out["channels"] = _channels(channels, reader, doubts)
    out["confidential_fields"] = confidential(out)
    lost = {label.key: label.text for label in template().service if label.key not in found.lines}
    doubts.extend(Doubt(key, "label-missing", form.last, about=text) for key, text in lost.items())
    out[PLACES] = places_of(found)
    out["doubts"] = [doubt.as_dict() for doubt in doubts]
    out["_doubts"], out["_ticks"] = doubts, ticks
    return out


def _bare(text: str) -> str:
    """A value without the template's own remarks in parentheses."""
    return re.sub(r"\(\s*حداکثر سه سطر\s*\)", " ", text)


def _joined_labels(lines: list[Line]) -> list[Line]:
    """Join a label that is printed on two lines, the second of which ends with its colon."""
    out: list[Line] = []
    for line in lines:
        if out and not line.blank:
            place = next((at for at in range(len(out) - 1, -1, -1) if not out[at].blank), None)
            if place is not None and _halves(out[place], line):
                out[place] = Line(
                    out[place].number, f"{line.raw} {out[place].raw}", (*out[place].runs, *line.runs)
                )
                continue
        out.append(line)
    return out


def _halves(first: Line, second: Line) -> bool:
    if ":" in first.raw or ":" not in second.raw:
        return False
    head, _, _ = second.text.partition(":")
    both = sorted(letters(f"{first.text} {head}"))
    return any(
        len(label.letters) > 10 and both == sorted(label.letters) and letters(head) != label.letters
        for label in template().service
    )


def _cut_channels(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    internet = next(label for label in template().channels if label.key == "internet")
    for place, line in enumerate(lines):
        hit = find(line.text, internet)
        if hit is not None and ":" in line.raw and len(letters(hit.before)) < 3:
            return lines[:place], lines[place:]
    return lines, []


def _words(field: str, key: str) -> str:
    return next(label.text for label in template().choices[field] if label.key == key)


def _boxes(name: str, lines: list[Line], doubts: list[Doubt], *, several: bool) -> list[str]:
    found = ticked(lines, template().choices[name])
    ticks = sum(line.ticks for line in lines)
    if len(found) > ticks or (not several and len(found) > 1):
        doubts.append(Doubt(name, "tick-either", lines[0].number, tuple(found)))
    return found


def _one(name: str, codes: list[str], found: Anchored, doubts: list[Doubt]) -> str | list[str] | None:
    """Name the choice that is ticked as printed: both, where the tick stands between two."""
    words = [_words(name, code) for code in codes]
    if len(words) > 1:
        doubts.append(Doubt(name, "tick-either", found.lines[name], tuple(words)))
        return words
    return words[0] if words else None


def _trigger(lines: list[Line], reader: ValueReader, doubts: list[Doubt]) -> dict[str, Any]:
    choices = template().choices["trigger"]
    found = ticked(lines, choices, flippable=True)
    other: str | None = None
    for line in lines:
        hit = re.search(r"سایر(.*)$", re.sub(f"[{TICK}{BOX}]", " ", line.columns))
        if hit is not None:
            text = _MENTION.sub(" ", hit[1]).replace(":", " ")
            other = reader.read("trigger_other", [Part(line.number, text)], doubts) if letters(text) else None
    if len(found) > 1:
        doubts.append(Doubt("trigger", "tick-either", lines[0].number, tuple(found)))
    return {"trigger": found, "trigger_settled": len(found) == 1, "trigger_other": other}


def _numbers(lines: list[Line]) -> str | None:
    """Keep a field of blanks to fill in only where somebody filled in a number."""
    for line in lines:
        if re.search(r"[0-9۰-۹]", line.text):
            return clean_value(_MENTION.sub(" ", line.text.partition(":")[2] or line.text))
    return None


def _frequency(lines: list[Line], doubts: list[Doubt]) -> str | None:
    choices = template().choices["frequency"]
    found = ticked(lines, choices)
    text = _numbers(lines)
    if text is not None:
        return text
    if not found:
        return None
    return _words("frequency", found[0])


def _channels(lines: list[Line], reader: ValueReader, doubts: list[Doubt]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for line in lines:
        if line.blank:
            continue
        match = _channel_label(line.text, {row["channel"] for row in out})
        if match is None:
            if out and not is_noise(line.text, service_noise()):
                text = reader.read("channels", [Part(line.number, line.text)], doubts)
                if text:
                    out[-1]["text"] = squeeze(f"{out[-1]['text'] or ''} {text}")
            continue
        label, rest = match
        for noise in service_noise():
            hit = find(rest, noise)
            if hit is not None:
                rest = f"{hit.before} {hit.after}"
        rest = re.sub(r"\(\s*\)", " ", _MENTION.sub(" ", rest)).replace("()", " ")
        rest = re.sub(rf"[{TICK}{BOX}]", " ", rest).strip(" :()")
        text = reader.read("channels", [Part(line.number, rest)], doubts) if letters(rest) else None
        row = {"channel": label.text, "ticked": line.ticks > 0, "text": text}
        out.append({**row, "_code": label.key, PLACES: [line.number]})
    return out


def _channel_label(text: str, seen: set[str]) -> tuple[Label, str] | None:
    head = re.split(r"[:(]", text, maxsplit=1)[0]
    for label in template().channels:
        if label.text in seen:
            continue
        hit = find(head, label)
        if hit is not None and hit.score >= 96 and len(letters(hit.before)) < 3:
            rest = text[len(head) :]
            return label, f"{hit.after} {rest}"
    return None
