"""Anchors: which label stands on which line, and which text belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.ingest.labels import Found, find, is_fragment, is_label
from graph.ingest.runs import Line
from graph.ingest.template import Label, template
from graph.ingest.text import letters
from graph.ingest.values import Part

_SECTION = re.compile(r"\s*(\d)\s*[-–]\s*|\s*[-–]\s*(\d)\s*")
_MARKER = re.compile(r"^\s*\d\s*[-–ـ]\s*|\s*[-–ـ]?\s*\d?\s*[-–ـ]?\s*$")
_SURE = 10
"""Labels of so many letters are believed without their colon."""


@dataclass
class Anchored:
    """The labelled part of a form.

    Attributes:
        fields: What each line gives to each field.
        lines: The line on which each label stands.
        raw: The lines of fields made of boxes, whole.
    """

    fields: dict[str, list[Part]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    raw: dict[str, list[Line]] = field(default_factory=dict)


def anchor(
    lines: list[Line], labels: tuple[Label, ...], boxed: frozenset[str], noise: tuple[Label, ...]
) -> Anchored:
    """Give every line of the labelled part to the label it belongs to.

    Args:
        lines: The lines, in order.
        labels: The labels looked for.
        boxed: Keys of fields made of boxes, whose lines are kept whole.
        noise: Printed words that end a value and carry none.

    Returns:
        The parts of each field.
    """
    out = Anchored()
    current: str | None = None
    for line in lines:
        if line.blank:
            continue
        if section_number(line) is not None:
            current = None
            continue
        text = line.text
        found = labels_on(text, labels, out.lines)
        if not found:
            if current in boxed:
                out.raw[current].append(line)
            elif current is not None and not is_noise(text, noise):
                out.fields[current].append(Part(line.number, text))
            continue
        for place, match in enumerate(found):
            key = match.label.key
            out.lines.setdefault(key, line.number)
            value = match.value
            if place + 1 < len(found):
                value = f"{value} {_MARKER.sub('', found[place + 1].found.before)}"
            displaced = [] if place else _displaced(match.found, noise)
            part = Part(line.number, value, displaced)
            out.fields.setdefault(key, []).append(part)
            out.raw.setdefault(key, []).append(line)
            current = key
    return out


@dataclass(frozen=True, slots=True)
class Match:
    """A label on a line with the text that follows its colon."""

    label: Label
    found: Found
    value: str


def labels_on(text: str, labels: tuple[Label, ...], seen: dict[str, int]) -> list[Match]:
    """Find the labels of one line, in reading order, each with the text after it.

    Args:
        text: The line in reading order.
        labels: The labels looked for, longest first.
        seen: Keys met already: a label stands once on a form.

    Returns:
        The matches; empty where the line only continues a value.
    """
    segments = re.split(r":(?!//)", text)
    matches: list[Match] = []
    for place, segment in enumerate(segments):
        closed = place + 1 < len(segments)
        best = _best_label(segment, labels, seen, closed)
        if best is None:
            if matches:
                last = matches[-1]
                joiner = ":" if place and last.value.strip() else ""
                matches[-1] = Match(last.label, last.found, f"{last.value}{joiner}{segment}")
            continue
        matches.append(Match(best.label, best, ""))
    return matches


def _best_label(segment: str, labels: tuple[Label, ...], seen: dict[str, int], closed: bool) -> Found | None:
    best: Found | None = None
    for label in labels:
        if label.key in seen or (not closed and len(label.letters) < _SURE):
            continue
        found = find(segment, label)
        if found is None or (not closed and found.score < 96):
            continue
        if closed and len(label.letters) < _SURE and len(letters(found.after)) > 3:
            continue
        if best is None or (found.score, len(label.letters)) > (best.score, len(best.label.letters)):
            best = found
    return best


def _displaced(found: Found, noise: tuple[Label, ...]) -> list[str]:
    """Text on the wrong side of a label, if it is more than a number and a dash."""
    pieces = []
    for piece in (found.before, found.after):
        text = _MARKER.sub("", piece)
        for label in noise:
            hit = find(text, label)
            if hit is not None:
                text = f"{hit.before} {hit.after}"
        if len(letters(text)) > 0 and not letters(text).isdigit():
            pieces.append(text)
    return pieces


def section_number(line: Line) -> int | None:
    """Read the number of a section where it stands alone on a line ('5 -')."""
    match = _SECTION.fullmatch(line.raw)
    return int(match[1] or match[2]) if match else None


def is_noise(text: str, noise: tuple[Label, ...]) -> bool:
    """Tell whether a line is printed matter that carries no value (or a piece of it)."""
    if not letters(text):
        return True
    return is_fragment(text, noise) or any(is_label(text, label) for label in noise)


def process_noise() -> tuple[Label, ...]:
    """The printed words of the process form that are no labels of fields."""
    note = tuple(label for label in template().process if label.key == "identifier_note")
    return (*note, *(label for label in template().noise if not label.key.startswith("service")))


PLACES = "_lines"
"""Key under which a reading keeps the lines of its values; it is no part of the contract of reading."""


def places_of(found: Anchored) -> dict[str, list[int]]:
    """Name the lines each labelled field stands on: its label's, and those that give it text.

    Example:
        >>> places_of(Anchored({"goal": [Part(7, "text"), Part(8, " ")]}, {"goal": 7}))
        {'goal': [7]}
    """
    places = {}
    for key, first in found.lines.items():
        given = [part.line for part in found.fields.get(key, []) if letters(part.text) or part.displaced]
        boxed = [line.number for line in found.raw.get(key, []) if not line.blank]
        places[key] = sorted({first, *given, *(boxed if not given else [])})
    return places
