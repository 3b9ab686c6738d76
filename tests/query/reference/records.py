"""The records as plain mappings, and the few notions that the references share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[3] / "data"
Record = dict[str, Any]
Row = list[str]
TRIGGERS = {"request": (1, 1), "time": (1, 2), "event": (1, 3), "agency": (2, 1), "other": (2, 2)}
STAGES = ("inform", "start", "process", "deliver")


@cache
def load(name: str) -> Any:
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - strings only


@cache
def folder(name: str) -> dict[str, Record]:
    paths = sorted((DATA / name).glob("*.yaml"))
    return {path.stem: load(f"{name}/{path.stem}") for path in paths}


def processes() -> dict[str, Record]:
    return folder("processes")


def things() -> dict[str, Record]:
    return {**folder("processes"), **folder("services")}


@cache
def authority(name: str) -> dict[str, Record]:
    return {entry["id"]: entry for entry in load(name)}


def start(lines: str) -> str:
    return str(min(span(part)[0] for part in lines.split(",")))


def end(lines: str) -> str:
    return str(max(span(part)[1] for part in lines.split(",")))


def span(part: str) -> tuple[int, int]:
    first, _, last = part.strip().partition("-")
    return int(first), int(last or first)


def named(record: Record) -> Iterator[tuple[Record, int, Record]]:
    """Row, position and entry of every name in the partner table."""
    for row in record.get("partners", ()):
        for position, name in enumerate(row.get("names", ()), 1):
            yield row, position, name


def line_of(row: Record, name: Record) -> str:
    return start(name.get("lines", row["lines"]))


def bodies(record: Record) -> list[str]:
    return sorted({n["agency"] for _, _, n in named(record) if "agency" in n and n["status"] != "unresolved"})


def groups(record: Record) -> list[str]:
    return sorted({n["collective"] for _, _, n in named(record) if "collective" in n})


def above(agency: str) -> list[str]:
    """The bodies over a body, nearest first."""
    found = []
    while parent := authority("agencies")[agency].get("parent"):
        found.append(parent)
        agency = parent
    return found


def kind(agency: str) -> str:
    return str(authority("agencies")[agency]["kind"])


def rules(record: Record) -> list[Record]:
    """Mentions of instruments, with id and line."""
    field = record.get("regulations", {})
    return [
        {"id": f"{record['id']}/regulation-{n}", "line": start(m.get("lines", field["lines"])), **m}
        for n, m in enumerate(field.get("mentions", ()), 1)
    ]


def issuers(mention: Record) -> set[str]:
    found = {mention["issuer"]} if "issuer" in mention else set()
    instrument = authority("instruments").get(mention.get("instrument", ""), {})
    return found | ({instrument["issuer"]} if "issuer" in instrument else set())


def row_words(record: Record) -> list[str]:
    return [row["text"] for row in record.get("partners", ()) if "text" in row]


def copied(record: Record) -> bool:
    """Whether a partner row stands elsewhere, in another form or again in this one."""
    own = row_words(record)
    others = [words for one in processes().values() if one["id"] != record["id"] for words in row_words(one)]
    return len(set(own)) < len(own) or any(words in others for words in own)


def readings(record: Record) -> tuple[list[str], list[str]]:
    """The trigger if each box follows its label, and if it precedes it."""
    field = record.get("trigger", {})
    candidates = sorted(field.get("candidates", ()), key=lambda c: TRIGGERS[c])
    if len(candidates) < 2:
        return candidates, candidates
    between = [(a, b) for a, b in itertools.pairwise(candidates) if beside(a, b)]
    if between:  # the mark stands between neighbours
        first, second = sorted({a for a, _ in between}), sorted({b for _, b in between})
    else:  # the mark stands at an end of the line: after the last label, or before the first
        first, second = [candidates[-1]], [candidates[0]]
    return sorted(field.get("ifBoxFollows", first)), sorted(field.get("ifBoxPrecedes", second))


def beside(one: str, other: str) -> bool:
    return TRIGGERS[one][0] == TRIGGERS[other][0] and TRIGGERS[other][1] - TRIGGERS[one][1] == 1


def ranked(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
