"""The matrix of processes and bodies: which part of it is shown, in which order, and why each cell is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np

from graph.analysis.incidence import Incidence
from graph.analysis.seriation import Order

Arrangement = Literal["likeness", "count", "id"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("likeness", "count", "id")
#: Processes and bodies that are shown at once.
PROCESSES, BODIES = 60, 50
#: Relation of each way for a body to be in a process, the strongest first.
RELATIONS: Mapping[str, str] = {
    "named": "involvesAgency",
    "collectives": "involvesCollective",
    "inferred": "involvesAgencyInferred",
    "rollup": "involvesAgencyRollup",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One way in which a body is in a process.

    Attributes:
        way: One of ``RELATIONS``.
        words: The words of the form that led to it, each once.
        lines: Source lines such as ``office-1396:120-133``; may be empty.
        evidence: What it rests on: ``document``, ``curated``, ``reading`` or ``inferred``.
        copied: Whether it rests only on rows of partners copied from an earlier form.
    """

    way: str
    words: tuple[str, ...]
    lines: str
    evidence: str
    copied: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A process or a body with how often it goes with the other side, over all of that side.

    Attributes:
        thing: Its IRI.
        total: Cells.
        copied: Those of them that rest on copied lists only.
    """

    thing: str
    total: int
    copied: int


@dataclass(frozen=True)
class Matrix:
    """A part of the table of processes and bodies.

    Attributes:
        processes: The processes shown, in order.
        bodies: The bodies shown, in order.
        cells: Why a body is in a process, by process and body; only what is shown.
        all_processes: Processes there are.
        all_bodies: Bodies there are, after the choice of kinds.
        first_process: Place of the first process shown among all, from 0.
        first_body: Likewise for bodies.
        total: Cells there are, after the choice of kinds.
        copied: Those of them that rest on copied lists only.
    """

    processes: tuple[Line, ...]
    bodies: tuple[Line, ...]
    cells: Mapping[tuple[str, str], tuple[Why, ...]]
    all_processes: int
    all_bodies: int
    first_process: int
    first_body: int
    total: int
    copied: int

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return len(self.processes) == self.all_processes and len(self.bodies) == self.all_bodies


def of_kinds(table: Incidence, graph: nx.MultiDiGraph[str], kinds: Iterable[str]) -> Incidence:
    """A table with the bodies of some kinds only; all processes stay.

    Args:
        table: Processes by bodies.
        graph: The projected graph, which knows the kinds.
        kinds: Codes of agency kinds, and ``group`` for the groups that forms name; none for all.

    Returns:
        The table.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("army", kind="agency", subkinds=("military",))
        >>> graph.add_node("court", kind="agency", subkinds=("judiciary",))
        >>> of_kinds(Incidence.of({"P1": ["army", "court"]}), graph, ["military"]).columns
        ('army',)
    """
    wanted = frozenset(kinds)
    if not wanted:
        return table

    def fits(body: str) -> bool:
        said = graph.nodes[body]
        if said["kind"] == "collective":
            return "group" in wanted
        return not wanted.isdisjoint(said["subkinds"])

    kept = [place for place, body in enumerate(table.columns) if fits(body)]
    names = tuple(table.columns[place] for place in kept)
    return Incidence(table.rows, names, table.matrix[:, kept].tocsr(), table.weak[:, kept].tocsr())


def matrix(
    table: Incidence,
    graph: nx.MultiDiGraph[str],
    *,
    ways: Iterable[str],
    arrangement: Arrangement = "likeness",
    likeness: Callable[[], Order],
    start: tuple[int, int] = (0, 0),
    size: tuple[int, int] = (PROCESSES, BODIES),
) -> Matrix:
    """Take the part of a table that is shown.

    Args:
        table: Processes by bodies.
        graph: The projected graph, which knows why.
        ways: The ways that the table was made of; see ``RELATIONS``.
        arrangement: ``likeness``: what is alike side by side; ``count``: the fullest first; ``id``.
        likeness: Gives the order by likeness; it may have more names than the table. Asked only if needed.
        start: Processes and bodies to leave out at the beginning; at most the last one is shown.
        size: Processes and bodies to show at most.

    Returns:
        The part.
    """
    chosen = [way for way in RELATIONS if way in set(ways)]
    rows = _lines(table, graph, arrangement, likeness)
    columns = _lines(table.transposed, graph, arrangement, likeness)
    first = tuple(
        max(0, min(begin, len(lines) - 1)) for begin, lines in zip(start, (rows, columns), strict=True)
    )
    shown = rows[first[0] : first[0] + size[0]], columns[first[1] : first[1] + size[1]]
    bodies = frozenset(line.thing for line in shown[1])
    cells = {
        (line.thing, body): reasons(graph, line.thing, body, chosen)
        for line in shown[0]
        for body in sorted(table.columns_of(line.thing) & bodies)
    }
    return Matrix(
        shown[0],
        shown[1],
        cells,
        len(rows),
        len(columns),
        first[0],
        first[1],
        int(table.matrix.nnz),
        int(table.weak.nnz),
    )


def reasons(graph: nx.MultiDiGraph[str], process: str, body: str, ways: Iterable[str]) -> tuple[Why, ...]:
    """Why a body is in a process.

    Args:
        graph: The projected graph.
        process: IRI of the process.
        body: IRI of the body.
        ways: Ways that count.

    Returns:
        One reason for each way that holds, the strongest first.
    """
    edges = graph.get_edge_data(process, body) or {}
    return tuple(
        Why(
            way,
            tuple(filter(None, str(said["words"]).split(" | "))),
            str(said["lines"]),
            str(said["evidence"]),
            bool(said["weak"]),
        )
        for way in RELATIONS
        if way in set(ways) and (said := edges.get(RELATIONS[way])) is not None
    )


def _lines(
    table: Incidence, graph: nx.MultiDiGraph[str], arrangement: Arrangement, likeness: Callable[[], Order]
) -> tuple[Line, ...]:
    """The rows of a table in order, with their counts."""
    sizes, weak = np.diff(table.matrix.indptr), np.diff(table.weak.indptr)
    names = table.rows
    if arrangement == "likeness":
        order = likeness()
        place = {name: at for at, name in enumerate((*order.rows, *order.columns))}
        ranked = sorted(range(len(names)), key=lambda at: place[names[at]])
    elif arrangement == "count":
        ranked = sorted(
            range(len(names)), key=lambda at: (-int(sizes[at]), str(graph.nodes[names[at]]["id"]))
        )
    else:
        ranked = sorted(range(len(names)), key=lambda at: str(graph.nodes[names[at]]["id"]))
    return tuple(Line(names[at], int(sizes[at]), int(weak[at])) for at in ranked)
