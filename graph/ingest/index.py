"""The index: the list of titles before the first form."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from graph.ingest.doubts import Doubt
from graph.ingest.labels import find
from graph.ingest.runs import Line
from graph.ingest.template import Label, template
from graph.ingest.text import letters
from graph.ingest.values import Part, ValueReader

_PART_LEAST = 18
"""From so many letters one title may be a part of the other: indexes shorten titles."""
_SAME = 82.0
"""How like two titles must be, 0 to 100, to be taken for the same."""


def _label(key: str) -> Label:
    return next(label for label in template().index if label.key == key)


def read_index(lines: tuple[Line, ...], reader: ValueReader) -> list[dict[str, Any]]:
    """Read the entries of the index.

    Args:
        lines: The lines before the first form.
        reader: Repairs titles.

    Returns:
        The objects of the contract of reading; ``matches_form_line`` is still ``None``.
    """
    entries: list[dict[str, Any]] = []
    for line in lines:
        raw = line.raw.strip()
        if not (raw.endswith("-") or raw.startswith("-")) or not letters(raw):
            continue
        entry = _entry(line, reader)
        if entry is not None:
            entries.append(entry)
    return entries


def _entry(line: Line, reader: ValueReader) -> dict[str, Any] | None:
    text = line.text
    without_form = find(text, _label("without_form"))
    if without_form is not None:
        text = re.sub(r"\(\s*\)", " ", f"{without_form.before}{without_form.after}")
    kind, rest = _kind(text, reader)
    if kind is None:
        return None
    rest, case_based = _case_based(rest)
    doubts: list[Doubt] = []
    title = reader.read("index", [Part(line.number, rest)], doubts)
    if title is None:
        return None
    return {
        "kind": "index",
        "line": line.number,
        "entry": kind,
        "title": title,
        "without_form": without_form is not None,
        "case_based": case_based,
        "matches_form_line": None,
        "doubts": [doubt.as_dict() for doubt in doubts],
    }


def _kind(text: str, reader: ValueReader) -> tuple[str | None, str]:
    """Take the word off that says what an entry announces; what follows it comes first."""
    service = find(text, _label("service"))
    if service is not None:
        return "service", _turned(service.before, service.after, reader)
    process = find(text, _label("process"))
    if process is not None:
        return "process", _turned(process.before, process.after, reader)
    return None, text


def _turned(before: str, after: str, reader: ValueReader) -> str:
    """Put the text in order around its first word: in one run it opens the piece it stands in."""
    head = re.sub(r"^\s*-+\s*", "", before)
    tail = re.sub(r"^\s*:\s*", "", after)
    run_tail, _, beyond = _first_run(tail)
    if not head.strip():
        return tail
    return f"{reader.repairer.seams.join([run_tail, head]) if run_tail.strip() else head} {beyond}"


def _first_run(text: str) -> tuple[str, str, str]:
    match = re.search(r"[()\-–/]", text)
    return (text, "", "") if match is None else (text[: match.start()], match.group(), text[match.start() :])


def _case_based(text: str) -> tuple[str, bool]:
    label = _label("case_based")
    words = text.split()
    for place in (0, -1):
        if words and letters(words[place].strip("()")) == label.letters:
            del words[place]
            return " ".join(words), True
    match = re.search(rf"(?<!\S){label.text}(?!\S)", text)
    if match is not None and len(words) > 2:
        return text[: match.start()] + " " + text[match.end() :], True
    return text, False


def match_forms(entries: list[dict[str, Any]], forms: list[dict[str, Any]]) -> None:
    """Say which form each entry of the index announces: the likest titles of the same kind, one to one.

    Args:
        entries: Objects of kind ``index``; their ``matches_form_line`` is filled in.
        forms: Objects of kind ``process`` and ``service``.
    """
    pairs = []
    for place, entry in enumerate(entries):
        for form in forms:
            if form["kind"] != entry["entry"] or not form["title"]:
                continue
            score = likeness(entry["title"], form["title"])
            if score >= _SAME:
                pairs.append((-score, place, form["line"]))
    taken: set[int] = set()
    for _, place, line in sorted(pairs):
        if entries[place]["matches_form_line"] is None and line not in taken:
            entries[place]["matches_form_line"] = line
            taken.add(line)


def likeness(first: str, second: str) -> float:
    """Compare two titles, 0 to 100, by letters and by words in any order.

    Example:
        >>> likeness("امور کمیسیون مرز", "امورکمیسیون مرز")
        100.0
    """
    one, other = letters(first), letters(second)
    part = 0.95 * fuzz.partial_ratio(one, other) if min(len(one), len(other)) >= _PART_LEAST else 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(first, second), part)
