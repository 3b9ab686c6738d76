"""Steps: references."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

from tests.query.reference.records import Record, Row, bodies, processes, ranked, start


def _steps(record: Record) -> list[Record]:
    return sorted(record.get("steps", ()), key=lambda step: int(step["number"]))


def steps_of_process(process: str) -> list[Row]:
    return [
        [s["number"], s.get("printed", s["number"]), s["text"], s["type"], start(s["lines"])]
        for s in _steps(processes()[process])
    ]


def steps_of_type(type: str) -> list[Row]:  # noqa: A002 - the name of the parameter
    return [
        [pid, s["number"], s["text"], start(s["lines"])]
        for pid, record in processes().items()
        for s in _steps(record)
        if s["type"] == type
    ]


def lacking_step_type(type: str) -> list[Row]:  # noqa: A002
    rows = []
    for pid, record in processes().items():
        steps = _steps(record)
        if steps and all(step["type"] != type for step in steps):
            rows.append([pid, str(len(steps))])
    return rows


def step_types() -> list[Row]:
    counts: Counter[str] = Counter()
    where: dict[str, set[str]] = defaultdict(set)
    for pid, record in processes().items():
        for step in _steps(record):
            counts[step["type"]] += 1
            where[step["type"]].add(pid)
    return [[name, str(n), str(len(where[name]))] for name, n in ranked(counts)]


def step_after_step(type: str, next: str) -> list[Row]:  # noqa: A002
    rows = []
    for pid, record in processes().items():
        steps = _steps(record)
        for one, following in itertools.pairwise(steps):
            if one["type"] == type and following["type"] == next:
                rows.append([pid, one["number"], following["text"]])
    return rows


def meet_then_follow_up() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        meetings = [int(s["number"]) for s in _steps(record) if s["type"] == "meet"]
        later = [int(s["number"]) for s in _steps(record) if s["type"] == "follow-up"]
        pairs = [(m, f) for m in meetings for f in later if f > m]
        if pairs:
            rows.append([pid, str(min(m for m, _ in pairs)), str(min(f for _, f in pairs))])
    return rows


def reports_up() -> list[Row]:
    return [
        [pid, s["number"], str(len(_steps(record))), s["text"], start(s["lines"])]
        for pid, record in processes().items()
        for s in _steps(record)
        if s["type"] == "report-up"
    ]


def steps_saying(text: str) -> list[Row]:
    return [
        [pid, s["number"], s["text"], start(s["lines"])]
        for pid, record in processes().items()
        for s in _steps(record)
        if text in s["text"]
    ]


def meets_monthly() -> list[Row]:
    rows = []
    for pid, record in processes().items():
        for step in _steps(record):
            if "ماهانه" in step["text"] or "ماهیانه" in step["text"]:
                rows += [[pid, step["number"], step["text"], body] for body in bodies(record) or [""]]
    return rows


def steps_left_to_provinces() -> list[Row]:
    return [
        [pid, "province", start(record["stepsNote"]["lines"])]
        for pid, record in processes().items()
        if record.get("stepsNote", {}).get("state") == "left-to-provinces"
    ]
