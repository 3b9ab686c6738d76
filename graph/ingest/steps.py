"""Steps: section 9 of a process form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.ingest.doubts import Doubt
from graph.ingest.runs import Line
from graph.ingest.text import TATWEEL, ascii_digits
from graph.ingest.values import Part, ValueReader

_DASH = rf"[-–—{TATWEEL}]"
_FIRST = re.compile(rf"^\s*(?P<n>[0-9۰-۹]{{1,2}})\s*(?P<dash>{_DASH}|[.)])?\s*")
_LAST = re.compile(rf"\s*(?P<dash>{_DASH}|[.(])?\s*(?P<n>[0-9۰-۹]{{1,2}})\s*(?P<tail>{_DASH}|[.)])?\s*$")
_INSIDE = re.compile(rf"(?<=\S)\s*(?<![\d/.])(?P<n>[0-9۰-۹]{{1,2}})\s*(?P<dash>{_DASH})?\s*(?=\S)(?![\d/])")
_MIDDLE = re.compile(rf"(?<=\S)\s*{TATWEEL}\s+|(?<=\S)\s+{TATWEEL}\s*(?=\S)|(?<=[^\s{TATWEEL}]){TATWEEL}\s+")


@dataclass(slots=True)
class Step:
    """A step as the lines give it, before repair."""

    number: int | None
    parts: list[Part]


def split_steps(lines: list[Line]) -> list[Step]:
    """Find the steps on the lines of section 9.

    Args:
        lines: The lines below the heading.

    Returns:
        The steps in the order of the lines; text that has no number and follows none has number ``None``.
    """
    steps: list[Step] = []
    for line in lines:
        if line.blank:
            continue
        expected = (steps[-1].number or 0) + 1 if steps else 1
        for number, text in _numbered(line.text, expected):
            if number is None and steps:
                steps[-1].parts.append(Part(line.number, text))
            else:
                steps.append(Step(number, [Part(line.number, text)]))
    return steps


def _numbered(text: str, expected: int) -> list[tuple[int | None, str]]:
    """Take the numbers off a line; one line may hold two steps."""
    first = _FIRST.match(text)
    last = _LAST.search(text)
    start, body = _edge(text, first, last, expected)
    if start is None:
        return [(None, text)]
    found: list[tuple[int | None, str]] = []
    number = start
    while True:
        inside = next((hit for hit in _INSIDE.finditer(body) if _opens(hit, number + 1)), None)
        if inside is None:
            found.append((number, body))
            return found
        found.append((number, body[: inside.start()]))
        number, body = number + 1, body[inside.end() :]


def _opens(hit: re.Match[str], expected: int) -> bool:
    """Tell whether a number inside a line opens the next step: its dash follows it, now or after a cut."""
    if _value(hit) != expected:
        return False
    return hit["dash"] is not None or _MIDDLE.search(hit.string[hit.end() :]) is not None


def _edge(
    text: str, first: re.Match[str] | None, last: re.Match[str] | None, expected: int
) -> tuple[int | None, str]:
    """Decide whether the number at the beginning or the one at the end is the step's."""
    if last is not None and last.start() == 0:
        last = None
    options: list[tuple[int, int, str]] = []
    if first is not None and first.end() < len(text):
        rank = abs(_value(first) - expected) * 2 + (0 if first["dash"] else 1)
        # a tatweel for a dash is part of the text's own run, so it shows where the printed text begins
        begin = first.start("dash") if first["dash"] == TATWEEL else first.end()
        options.append((rank, _value(first), text[begin:]))
    if last is not None:
        rank = abs(_value(last) - expected) * 2 + (1 if last["dash"] or last["tail"] else 4)
        options.append((rank, _value(last), text[: last.start()]))
    if not options:
        return None, text
    rank, number, body = min(options, key=lambda option: option[0])
    if rank >= 12:
        return None, text
    return number, body


def _value(match: re.Match[str]) -> int:
    return int(ascii_digits(match["n"]))


def read_steps(
    lines: list[Line], reader: ValueReader, doubts: list[Doubt]
) -> tuple[list[str], str | None, list[list[int]]]:
    """Read section 9.

    Args:
        lines: The lines below its heading.
        reader: Repairs the texts.
        doubts: Doubts found are added here.

    Returns:
        The texts of the steps in numeric order, the text that stands instead of steps, and the lines of each
        step (of that text, where there are no steps).
    """
    steps = split_steps(lines)
    loose = [step for step in steps if step.number is None]
    numbered = [step for step in steps if step.number is not None]
    note = (
        reader.read("steps_note", [part for step in loose for part in step.parts], doubts) if loose else None
    )
    if note is not None and numbered:
        doubts.append(Doubt("steps", "loose-step", loose[0].parts[0].line, (note,)))
    numbers = [step.number or 0 for step in numbered]
    if numbers != list(range(1, len(numbers) + 1)):
        line = numbered[0].parts[0].line if numbered else 0
        doubts.append(Doubt("steps", "step-numbers", line, about=", ".join(map(str, numbers))))
    texts: list[str] = []
    places: list[list[int]] = []
    for step in sorted(numbered, key=lambda step: step.number or 0):
        text = reader.read("steps", [_turned(part, reader) for part in step.parts], doubts)
        if text:
            texts.append(text)
            places.append(sorted({part.line for part in step.parts}))
    if not texts:
        places = [[part.line for step in loose for part in step.parts]]
    return texts, note, places


def _turned(part: Part, reader: ValueReader) -> Part:
    """Undo a cut that the step's own dash betrays: the dash stands first on the printed line.

    'results ـ report the' was printed 'ـ report the results'.
    """
    text = part.text
    if re.match(rf"\s*{_DASH}", text):
        bare = re.sub(rf"^\s*{_DASH}+\s*", "", text)
        return Part(part.line, bare, trusted=text.lstrip().startswith(TATWEEL))
    hits = list(_MIDDLE.finditer(text))
    if len(hits) == 1:
        head, tail = text[: hits[0].start()].strip(" ."), text[hits[0].end() :].strip(" .")
        return Part(part.line, reader.repairer.after(tail, head), trusted=True)
    return Part(part.line, re.sub(rf"{TATWEEL}\s*$", "", text))
