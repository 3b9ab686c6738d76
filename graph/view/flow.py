"""How a process runs: its steps as a flow with colours by kind, and where and how one reaches it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.view.body_codes import body_codes
from graph.view.graph_families import Family, family_of
from graph.view.model import Cell, StepView
from graph.view.nodes import Ref
from graph.view.reading import Catalogue


@dataclass(frozen=True)
class StepGroup:
    """Kinds of steps that share a colour; the grouping is ours."""

    name: str
    message: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class FlowStep:
    """A step with its colour, and the bodies that it names with theirs."""

    step: StepView
    group: StepGroup
    bodies: tuple[tuple[Ref, Family], ...]


@dataclass(frozen=True)
class Flow:
    """The steps of a process in order, and the groups that occur with the number of their steps."""

    steps: tuple[FlowStep, ...]
    groups: tuple[tuple[StepGroup, int], ...]


@dataclass(frozen=True)
class AccessTable:
    """The boxes of the access table: a row for each stage, with the cell of each mode or None."""

    modes: tuple[Ref, ...]
    rows: tuple[tuple[Ref, tuple[Cell | None, ...]], ...]


@cache
def step_groups() -> Mapping[str, StepGroup]:
    """Return the groups of kinds of steps, as the data file says.

    Returns:
        Groups by name, in the order of the legend.

    Example:
        >>> step_groups()["decide"].message
        'steps.group.decide'
    """
    raw = json.loads((Path(__file__).parent / "step_groups.json").read_text(encoding="utf-8"))
    return {name: StepGroup(name, g["message"], frozenset(g["kinds"])) for name, g in raw.items()}


def flow_of(catalogue: Catalogue, steps: Iterable[StepView]) -> Flow:
    """Return the steps of a process as they are drawn.

    Args:
        catalogue: For the kinds of the bodies that the steps name.
        steps: The steps in order.

    Returns:
        The flow.
    """
    known = tuple(steps)
    families = families_of(catalogue, {ref for step in known for ref in step.agencies})
    drawn = tuple(
        FlowStep(step, _group(step.type), tuple((ref, families[ref.iri]) for ref in step.agencies))
        for step in known
    )
    counted = [(group, sum(one.group is group for one in drawn)) for group in step_groups().values()]
    return Flow(drawn, tuple((group, n) for group, n in counted if n))


def families_of(catalogue: Catalogue, refs: Iterable[Ref]) -> dict[str, Family]:
    """Return the family of kinds, and so the colour, of bodies.

    Args:
        catalogue: The store.
        refs: Agencies and collectives.

    Returns:
        Families by IRI.
    """
    wanted = {ref.iri: ref for ref in refs}
    codes = body_codes(catalogue, wanted)
    return {iri: family_of(ref.kind, codes.get(iri, ())) for iri, ref in wanted.items()}


def access_table(stages: tuple[tuple[Ref, tuple[Cell, ...]], ...]) -> AccessTable:
    """Return the access table with a column for each mode.

    Args:
        stages: The cells of each stage.

    Returns:
        The table.
    """
    modes = {cell.mode.id: cell.mode for _, cells in stages for cell in cells}
    order = tuple(modes[key] for key in sorted(modes))
    rows = []
    for stage, cells in stages:
        by_mode = {cell.mode.id: cell for cell in cells}
        rows.append((stage, tuple(by_mode.get(mode.id) for mode in order)))
    return AccessTable(order, tuple(rows))


def _group(kind: Ref | None) -> StepGroup:
    notation = kind.id.rpartition("/")[2] if kind else ""
    groups = step_groups()
    return next((group for group in groups.values() if notation in group.kinds), groups["other"])
