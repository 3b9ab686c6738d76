"""Offices that do not exist, with what their forms say in natural reading order (``offices/*.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "offices"
OFFICES = ("towns", "relief", "migrants")
STAGES = ("inform", "start", "process", "deliver")


@dataclass(frozen=True)
class Stage:
    """One row of section 6: what is ticked and written for each mode."""

    electronic: bool = False
    text: str | None = None
    in_person: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class System:
    """One row of section 7."""

    name: str | None = None
    fields: str | None = None
    ticks: int = 0


@dataclass(frozen=True)
class Partner:
    """One row of section 8, and the names in it."""

    text: str
    names: tuple[str, ...]
    system: str | None = None
    fields: str | None = None
    fee: str | None = None
    ticked: bool = False


@dataclass(frozen=True)
class ProcessForm:
    """What one process form says.

    ``trigger`` names the boxes that are truly ticked; ``trigger_apart`` has such a box printed on a line of
    its own. ``step_style`` is the way the steps are numbered; ``joined_step`` shares its line with the next.
    """

    title: str
    date: str
    goal: str
    recipients: str
    output: str
    documents: str
    regulations: str
    regulation_items: tuple[str, ...]
    forms: str
    form_items: tuple[str, ...]
    stages: Mapping[str, Stage]
    systems: tuple[System, ...]
    partners: tuple[Partner, ...]
    trigger: tuple[str, ...] = ()
    trigger_apart: bool = False
    trigger_other: str | None = None
    index_title: str | None = None
    identifier: str | None = None
    url: str | None = None
    system: str | None = None
    class_: str | None = None
    scope: str | None = None
    steps: tuple[str, ...] = ()
    steps_note: str | None = None
    step_style: str = "tatweel"
    joined_step: int | None = None


@dataclass(frozen=True)
class Channel:
    """One channel of a service."""

    ticked: bool = False
    text: str | None = None


@dataclass(frozen=True)
class ServiceForm:
    """What one service form says; ``after_form`` counts the process forms before it."""

    title: str
    after_form: int
    parent_process: str
    description: str
    type: tuple[str, ...]
    level: str
    trigger: str
    documents: str
    visits: str
    nature: str | None = None
    life_event: str | None = None
    duration: str | None = None
    once: bool = False
    cost: str | None = None
    channels: Mapping[str, Channel] = field(default_factory=dict)
    index_says_no_form: bool = False


@dataclass(frozen=True)
class IndexOnly:
    """A process that the index names and that has no form."""

    title: str
    case_based: bool = False


@dataclass(frozen=True)
class Office:
    """One office: its names, how its document writes letters and ticks, and its forms."""

    key: str
    office: str
    body: str
    letters: str
    tick: str
    forms: tuple[ProcessForm, ...]
    services: tuple[ServiceForm, ...]
    index_only: tuple[IndexOnly, ...]


@lru_cache(maxsize=len(OFFICES))
def office(key: str) -> Office:
    """Read one office.

    Args:
        key: One of `OFFICES`.
    """
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{key}.yaml").read_text("utf-8"))
    return Office(
        key=key,
        office=data["office"],
        body=data["body"],
        letters=data["letters"],
        tick=chr(int(data["tick"], 16)),
        forms=tuple(map(_process, data["forms"])),
        services=tuple(map(_service, data["services"])),
        index_only=tuple(IndexOnly(**entry) for entry in data["index_only"]),
    )


def _process(data: dict[str, Any]) -> ProcessForm:
    own = _tuples({key: value for key, value in data.items() if key != "class"})
    own["class_"] = data.get("class")
    own["stages"] = {stage: Stage(**data["stages"][stage]) for stage in STAGES}
    own["systems"] = tuple(System(**row) for row in data["systems"])
    own["partners"] = tuple(Partner(**_tuples(row)) for row in data["partners"])
    return ProcessForm(**own)


def _service(data: dict[str, Any]) -> ServiceForm:
    own = _tuples(data)
    own["channels"] = {name: Channel(**cell) for name, cell in data["channels"].items()}
    return ServiceForm(**own)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
