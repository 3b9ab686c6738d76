"""What a schema cannot say: ids that exist, lines within their document, steps in order, clean Persian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from graph.records.dates import read_written_date
from graph.records.hygiene import is_ours, problems
from graph.records.lines import parse_lines
from graph.records.model import Record
from graph.records.names import Names
from graph.records.schema import Problem

# Where each kind of record points at another kind. A star stands for every member of a list.
REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "process": (
        ("form/source", "source"),
        ("owner/agency", "agency"),
        ("office/agency", "agency"),
        ("recipients/serves/*", "agency"),
        ("documents/requires/*", "process"),
        ("regulations/mentions/*/instrument", "instrument"),
        ("regulations/mentions/*/issuer", "agency"),
        ("regulations/mentions/*/transmittedBy", "agency"),
        ("forms/templates/*/template", "template"),
        ("partners/*/names/*/agency", "agency"),
        ("partners/*/names/*/collective", "collective"),
        ("steps/*/agencies/*", "agency"),
    ),
    "service": (
        ("form/source", "source"),
        ("parent/process", "process"),
        ("documents/requires/*", "process"),
    ),
    "index-entry": (("source", "source"), ("denotes", "thing")),
    "agency": (
        ("parent", "agency"),
        ("members/*/agency", "agency"),
        ("members/*/instrument", "instrument"),
    ),
    "collective": (("membersOf", "agency"), ("restOf", "agency")),
    "instrument": (("issuer", "agency"), ("partOf", "instrument")),
    "comparison": (("compares/*", "thing"),),
}
_NO_PERSIAN = frozenset({"id", "lines", "digest", "sha256", "file", "raw"})


def find(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The values that a path names.

    Args:
        data: A record's content.
        path: Keys with slashes; a star stands for every member of a list.

    Yields:
        JSON Pointer and value.

    Example:
        >>> list(find({"a": [{"b": "x"}, {"b": "y"}]}, "a/*/b"))
        [('/a/0/b', 'x'), ('/a/1/b', 'y')]
    """
    head, _, rest = path.partition("/")
    if head == "*":
        children = [(str(n), child) for n, child in enumerate(data)] if isinstance(data, list) else []
    else:
        children = [(head, data[head])] if isinstance(data, dict) and head in data else []
    for key, child in children:
        if not rest:
            yield f"/{key}", child
        else:
            for pointer, value in find(child, rest):
                yield f"/{key}{pointer}", value


def unknown_ids(record: Record, names: Names) -> Iterator[Problem]:
    """Ids that no record has."""
    for path, kind in REFERENCES.get(record.kind, ()):
        for pointer, value in find(record.data, path):
            wanted = ("service" if value.startswith("S") else "process") if kind == "thing" else kind
            if not names.has(wanted, value):
                yield pointer, f'there is no {wanted} "{value}"', names.advice(wanted, value)


def circles(records: Iterable[Record], key: str) -> Iterator[tuple[Record, Problem]]:
    """Records that are their own ancestor by a key such as ``parent``."""
    by_id = {record.id: record for record in records}
    clear: set[str] = set()
    for start in by_id:
        trail: dict[str, None] = {}
        here: str | None = start
        while here in by_id and here not in clear and here not in trail:
            trail[here] = None
            here = by_id[here].data.get(key)
        if here in trail:
            names = list(trail)
            circle = names[names.index(here) :]
            path = " > ".join([*circle, here])
            yield (
                by_id[here],
                (f"/{key}", f"it is its own {key}: {path}", "one of them has another one or none"),
            )
        clear.update(trail)


def wrong_lines(
    record: Record, line_counts: Mapping[str, int], default_source: str | None
) -> Iterator[Problem]:
    """Lines beyond the end of the document, and lines of a field beyond its form.

    Args:
        record: The record.
        line_counts: Number of lines of each source document.
        default_source: Source of records that do not name one.

    Yields:
        Pointer, what is wrong, what to do.
    """
    form = record.data.get("form")
    form = form if isinstance(form, dict) else {}
    source = form.get("source") or record.data.get("source") or default_source
    count = line_counts.get(source) if source is not None else None
    inside = parse_lines(form["lines"]) if form else ()
    for pointer, text in _line_values(record.data, ""):
        for start, end in parse_lines(text):
            shown = f"line {start}" if start == end else f"lines {start}-{end}"
            if count is not None and end > count:
                yield (
                    pointer,
                    f'{shown}: the document "{source}" has only {count} lines',
                    "look up the right lines",
                )
            elif inside and not any(first <= start and end <= last for first, last in inside):
                yield pointer, f"{shown}: the form stands in lines {form['lines']}", "look up the right lines"


def _line_values(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, child in data.items():
            if key == "lines" and isinstance(child, str):
                yield f"{pointer}/lines", child
            else:
                yield from _line_values(child, f"{pointer}/{key}")
    elif isinstance(data, list):
        for number, child in enumerate(data):
            yield from _line_values(child, f"{pointer}/{number}")


def wrong_order(record: Record) -> Iterator[Problem]:
    """Steps that do not count 1, 2, 3, and rows that are there twice."""
    for number, step in enumerate(record.data.get("steps", ()), start=1):
        if step["number"] != str(number):
            yield (
                f"/steps/{number - 1}/number",
                f'step number "{step["number"]}"',
                f'steps count 1..n: write "{number}"',
            )
    for key, name in (("partners", "row"), ("systems", "row"), ("channels", "channel")):
        seen: set[str] = set()
        for position, row in enumerate(record.data.get(key, ())):
            if row[name] in seen:
                yield (
                    f"/{key}/{position}/{name}",
                    f'{name} "{row[name]}" is there twice',
                    "each is there once",
                )
            seen.add(row[name])


def wrong_readings(record: Record) -> Iterator[Problem]:
    """A stated reading of a tick that is none of its candidates, or that a settled tick does not need."""
    trigger = record.data.get("trigger", {})
    candidates = trigger.get("candidates", ())
    for key in ("ifBoxFollows", "ifBoxPrecedes"):
        if key in trigger and trigger.get("settled") == "yes":
            yield f"/trigger/{key}", "a settled trigger has one reading", "leave the key out"
        for position, code in enumerate(trigger.get(key, ())):
            if code not in candidates:
                known = ", ".join(candidates)
                yield f"/trigger/{key}/{position}", f'"{code}" is no candidate', f"choose from {known}"


def wrong_dates(record: Record) -> Iterator[Problem]:
    """A date whose words and whose Jalali day disagree."""
    date = record.data.get("date")
    if isinstance(date, dict) and "jalali" in date and "text" in date:
        read = read_written_date(date["text"])
        if read is not None and read != date["jalali"]:
            yield (
                "/date/jalali",
                f'"{date["jalali"]}" is not what is written: "{date["text"]}"',
                f'write "{read}"',
            )


def untidy_text(record: Record) -> Iterator[Problem]:
    """Texts that are not written the way the catalogue writes Persian."""
    yield from _untidy(record.data, "")


def _untidy(data: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(data, dict):
        for key, child in data.items():
            if key not in _NO_PERSIAN:
                yield from _untidy(child, f"{pointer}/{key}")
    elif isinstance(data, list):
        for number, child in enumerate(data):
            yield from _untidy(child, f"{pointer}/{number}")
    elif isinstance(data, str):
        for what, hint in _problems(data, is_ours(pointer)):
            yield pointer, what, hint


@lru_cache(16_384)  # codes, numbers and names stand in many records
def _problems(text: str, ours: bool) -> tuple[tuple[str, str], ...]:
    return tuple(problems(text, ours=ours))
