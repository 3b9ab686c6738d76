"""What a measure hands over: rows of a table, each with our sample, those of the peers, and the goal.

A measure is a module with ``run(size: int) -> list[Row]``; ``python -m bench`` finds it by its name in
``bench.__main__.MEASURES``. Whatever it runs, it runs through `bench.children`, so that time, memory and
limits are accounted alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Literal

OURS = "Daftar"
Unit = Literal["s", "ms", "kB", "MB", "1/s", ""]


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing measured several times.

    Attributes:
        values: What was measured, run by run, in the unit of the row; empty when nothing came of it.
        cpu_s: Processor seconds of all runs and what belongs to them (import, loading), where known.
        peak_mb: Most memory held at once by the process that ran it and its children, where known: the
            operating system's accounting, in millions of bytes.
        stopped: Why it did not end: ``"time: more than 600 s"``, ``"memory: more than 8000 MB after 2 s"`` or
            the error.
        p99: The value that 99 of 100 single requests stay below, where there were enough of them.
        note: What a reader must know to read the figure.
        cpu: Processor time of one run, the median, in the unit of the row: what is left of a figure when the
            machine had other work.
    """

    values: tuple[float, ...] = ()
    cpu_s: float | None = None
    peak_mb: float | None = None
    stopped: str = ""
    p99: float | None = None
    note: str = ""
    cpu: float | None = None

    @property
    def value(self) -> float | None:
        """The median of the runs.

        Example:
            >>> Sample((3.0, 1.0, 2.0)).value, Sample(stopped="time: more than 1 s").value
            (2.0, None)
        """
        return median(self.values) if self.values else None


def peak(sample: Sample) -> Sample:
    """The most memory of a sample, as one for a row of its own."""
    return Sample((sample.peak_mb,) if sample.peak_mb else (), stopped=sample.stopped)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the figure shall be at most (or at least).

    Attributes:
        words: The goal in plain words.
        limit: The number.
        of: What is compared with it: our ``value``, our ``peak_mb``, or ``ratio``: our value divided by the
            peer's.
        peer: For ``ratio``: which peer.
        least: Whether the number is a least one and not a most one.
        beyond: Taken from our value before the ratio, such as a fixed time for each request.
    """

    words: str
    limit: float
    of: Literal["value", "peak_mb", "ratio"] = "value"
    peer: str = ""
    least: bool = False
    beyond: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        measure: Name of the measure, such as ``build``.
        name: What was measured, in plain words.
        size: Processes in the catalogue.
        unit: Unit of all values.
        ours: Our sample.
        peers: Those of the others, by name.
        goal: The goal, if there is one at this size.
        facts: Numbers beside it, such as how many statements; they go into the results, and into the table
            where the report knows them.
        more_is_better: Whether a high value is the good one (requests a second).
        growth: What our value is drawn and fitted against: the size, or nothing.
        note: What a reader must know.
    """

    measure: str
    name: str
    size: int
    unit: Unit
    ours: Sample
    peers: Mapping[str, Sample] = field(default_factory=dict)
    goal: Goal | None = None
    facts: Mapping[str, float] = field(default_factory=dict)
    more_is_better: bool = False
    growth: bool = True
    note: str = ""

    def ratio(self, peer: str, beyond: float = 0.0) -> float | None:
        """Our value divided by a peer's; None where either is missing.

        Example:
            >>> Row("m", "n", 36, "s", Sample((3.0,)), {"peer": Sample((2.0,))}).ratio("peer")
            1.5
        """
        mine, other = self.ours.value, self.peers.get(peer, Sample()).value
        return None if mine is None or not other else (mine - beyond) / other

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal, or when what it compares with is missing.

        Work of ours that did not end has missed its goal.

        Example:
            >>> Row("m", "n", 36, "s", Sample((3.0,)), goal=Goal("under 2 s", 2)).met
            False
        """
        if self.goal is None:
            return None
        if self.ours.stopped:
            return False
        found = {
            "value": self.ours.value,
            "peak_mb": self.ours.peak_mb,
            "ratio": self.ratio(self.goal.peer, self.goal.beyond),
        }[self.goal.of]
        if found is None:
            return None
        return found >= self.goal.limit if self.goal.least else found <= self.goal.limit


def to_json(row: Row) -> dict[str, Any]:
    """The row as plain data; `from_json` reads it back."""
    return asdict(row)


def from_json(data: Mapping[str, Any]) -> Row:
    """Read what `to_json` wrote.

    Example:
        >>> row = Row("m", "n", 36, "s", Sample((3.0,)), {"p": Sample((2.0,))}, Goal("under 2 s", 2))
        >>> from_json(to_json(row)) == row
        True
    """
    goal = Goal(**data["goal"]) if data["goal"] else None
    peers = {name: _sample(one) for name, one in data["peers"].items()}
    return Row(**{**data, "ours": _sample(data["ours"]), "peers": peers, "goal": goal})


def _sample(data: Mapping[str, Any]) -> Sample:
    return Sample(**{**data, "values": tuple(data["values"])})
