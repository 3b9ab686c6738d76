"""What the pages show, as frozen data: no SPARQL, no HTML.

Every value that was read from a form carries its source lines; every value that is our reading or was
inferred says so by its layer.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.layers import Layer
from graph.view.nodes import Bilingual, Lines, Ref


@dataclass(frozen=True)
class Written:
    """Words of the form, or our summary of long prose."""

    anchor: str
    text: str | None
    summary_fa: str | None
    summary_en: str | None
    digest: str | None
    lines: Lines | None
    confidential: bool
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Tick:
    """A box or several: what is ticked, or what may be."""

    anchor: str
    candidates: tuple[Ref, ...]
    selected: tuple[Ref, ...]
    reading: Ref | None
    basis: Ref | None
    text: str | None
    raw: str | None
    lines: Lines | None

    @property
    def open(self) -> bool:
        """Whether the text does not settle which box is ticked."""
        return not self.selected and len(self.candidates) > 1


@dataclass(frozen=True)
class State:
    """What stands in a field instead of words: blank, a dash, no mark and so on."""

    anchor: str
    state: Ref
    lines: Lines | None


@dataclass(frozen=True)
class Mention:
    """An instrument or a template as a field names it, and our reading of it."""

    anchor: str
    text: str | None
    kind: Ref | None
    means: Ref | None
    issuer: Ref | None
    transmitted_by: Ref | None
    confidential: bool
    lines: Lines | None


@dataclass(frozen=True)
class Linked:
    """A thing that a statement points to, with the statement's layer."""

    ref: Ref
    layer: Layer
    rule: str | None = None


@dataclass(frozen=True)
class Doubt(Bilingual):
    """What is not certain, in both languages, with the alternatives."""

    anchor: str
    field: Ref | None
    alternatives: tuple[Ref, ...]
    lines: Lines | None


@dataclass(frozen=True)
class FieldView:
    """One field of a form: words, ticks, states, mentions, readings, doubts."""

    code: Ref
    written: tuple[Written, ...] = ()
    ticks: tuple[Tick, ...] = ()
    states: tuple[State, ...] = ()
    mentions: tuple[Mention, ...] = ()
    readings: tuple[Linked, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    date: FormDate | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the field, not even that it is blank."""
        return not (self.written or self.ticks or self.states or self.mentions or self.readings or self.date)


@dataclass(frozen=True)
class FormDate:
    """A date in both calendars and as written."""

    jalali: str | None
    gregorian: str | None
    written: str | None
    lines: Lines | None


@dataclass(frozen=True)
class Section:
    """A numbered section of a form."""

    key: str
    number: str
    fields: tuple[FieldView, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class FormView:
    """The form document behind a record."""

    ref: Ref
    source: Ref | None
    lines: Lines | None
    date: FormDate | None


@dataclass(frozen=True)
class Cell:
    """One box of the stage and mode table."""

    anchor: str
    stage: Ref
    mode: Ref
    mark: Ref | None
    medium: str | None
    reason: str | None
    confidential: bool
    lines: Lines | None


@dataclass(frozen=True)
class Partner:
    """A name in the partner table, and what we read it as."""

    anchor: str
    text: str
    means: Ref | None
    status: Ref | None
    position: int


@dataclass(frozen=True)
class PartnerRow:
    """One printed row of the partner table."""

    anchor: str
    row: int
    text: str | None
    state: Ref | None
    partners: tuple[Partner, ...]
    details: tuple[tuple[str, str], ...]
    lines: Lines | None


@dataclass(frozen=True)
class ExchangeRow:
    """One row of the table of other systems."""

    anchor: str
    row: int
    texts: tuple[str, ...]
    marks: tuple[str, ...]
    lines: Lines | None


@dataclass(frozen=True)
class StepView:
    """One step."""

    anchor: str
    number: int
    printed: str | None
    text: Written
    type: Ref | None
    agencies: tuple[Ref, ...]
    lines: Lines | None


@dataclass(frozen=True)
class ChannelView:
    """One channel of a service."""

    anchor: str
    channel: Ref | None
    mark: Ref | None
    text: str | None
    lines: Lines | None
