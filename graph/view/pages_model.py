"""What whole pages show, as frozen data: the index, comparisons, processes, other things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.layers import Layer
from graph.view.model import (
    Cell,
    ChannelView,
    Doubt,
    ExchangeRow,
    FormDate,
    FormView,
    Linked,
    PartnerRow,
    Section,
    StepView,
)
from graph.view.nodes import Bilingual, Lines, Ref


@dataclass(frozen=True)
class IndexLine:
    """An entry of the printed index."""

    ref: Ref
    title: str
    section: str | None
    denotes: Ref | None
    states_no_form: bool
    case_based: bool
    has_form: bool
    lines: Lines | None


@dataclass(frozen=True)
class ComparisonView(Bilingual):
    """Two things that may be one."""

    ref: Ref
    compares: tuple[Ref, ...]
    decision: Ref | None
    lines: Lines | None


@dataclass(frozen=True)
class Statement:
    """One statement as it stands in the graph; ``row`` and ``target`` name rows of parts."""

    row: str | None
    target: str | None
    subject: str
    property: str
    value: str
    ref: Ref | None
    lang: str | None
    layer: Layer
    graph: str


@dataclass(frozen=True)
class ProcessView:
    """A process or a service with everything its form says."""

    ref: Ref
    form: FormView | None
    lines: Lines | None
    sections: tuple[Section, ...]
    stages: tuple[tuple[Ref, tuple[Cell, ...]], ...]
    exchanges: tuple[ExchangeRow, ...]
    partners: tuple[PartnerRow, ...]
    steps: tuple[StepView, ...]
    channels: tuple[ChannelView, ...]
    doubts: tuple[Doubt, ...]
    loose_doubts: tuple[Doubt, ...]
    agencies: tuple[Linked, ...]
    relations: tuple[tuple[str, tuple[Linked, ...]], ...]
    index: tuple[IndexLine, ...]
    comparisons: tuple[ComparisonView, ...]
    notes: tuple[tuple[str, str], ...]
    part_notes: Mapping[str, tuple[tuple[str, str], ...]]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Use:
    """A place in a form that names a thing."""

    place: Ref
    how: str
    text: str | None
    layer: Layer
    confidential: bool
    lines: Lines | None


@dataclass(frozen=True)
class Spelling:
    """A name of a thing as some form writes it."""

    anchor: str | None
    text: str
    lines: Lines | None


@dataclass(frozen=True)
class ThingView:
    """An agency, collective, instrument or template."""

    ref: Ref
    kinds: tuple[Ref, ...]
    spellings: tuple[Spelling, ...]
    facts: tuple[tuple[str, tuple[Linked, ...]], ...]
    texts: tuple[tuple[str, str], ...]
    date: FormDate | None
    confidential: bool
    lines: Lines | None
    lines_written: str | None
    notes: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]
    statements: tuple[Statement, ...]
    more_uses: int = 0
    """Forms that name it besides those in ``uses``."""
