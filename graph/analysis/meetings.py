"""Meetings: largest groups of bodies that sit together, with all the processes where they do.

A meeting is a formal concept of the table of processes and bodies: no further body sits in all of its
processes, and no further process has all of its bodies. Meetings with at least n processes are the closed
frequent groups (closed itemsets: Pasquier, Bastide, Taouil, Lakhal, "Discovering frequent closed itemsets for
association rules", ICDT 1999): any group of bodies that sits together at all does so in just the processes of
the smallest meeting around it, so nothing is lost by listing meetings only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.meetings_search import Concept, Cut, Numbers, Progress, find_concepts
from graph.analysis.meetings_stability import Stability, stability

__all__ = ["Meeting", "Meetings", "Together", "meetings", "together"]

#: Groups that are listed at most.
MAX_MEETINGS = 5_000
#: Seconds that a search may take.
SECONDS = 60.0
#: Meetings told between two calls of ``progress``.
_BREATH = 64


@dataclass(frozen=True, slots=True)
class Meeting:
    """Bodies that sit together, and all the processes where they do.

    Attributes:
        agencies: The bodies, sorted.
        processes: The processes, in the order of the table.
        solid: Those of the processes where every body of the group stands on its own, not only by a copied
            list or generic wording.
        stability: The share of the selections from these processes that would show the same group.
    """

    agencies: tuple[str, ...]
    processes: tuple[str, ...]
    solid: tuple[str, ...]
    stability: Stability

    @property
    def support(self) -> int:
        """Number of processes."""
        return len(self.processes)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Meetings of a table.

    Attributes:
        found: The meetings: most processes first, then most bodies, then by the names of the bodies.
        min_support: Processes that were asked for at least.
        min_group: Bodies that were asked for at least.
        complete_from: ``found`` holds every meeting with at least so many processes and ``min_group``
            bodies, and no other.
        cut_by: The limit that raised ``complete_from`` above ``min_support``; None when nothing was cut.
    """

    found: tuple[Meeting, ...]
    min_support: int
    min_group: int
    complete_from: int
    cut_by: Cut | None

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is there."""
        return self.cut_by is None


@dataclass(frozen=True, slots=True)
class Together:
    """Where chosen bodies sit together.

    Attributes:
        agencies: The bodies chosen, sorted.
        exactly: Processes where these sit and no other.
        at_least: Processes where these sit, whoever else does.
        solid: Those of ``at_least`` where each of them stands on its own, not only by a copied list or
            generic wording.
        always_with: Other bodies that sit in every process of ``at_least``: with the bodies chosen they are
            the smallest meeting around these. Empty when the bodies never meet.
    """

    agencies: tuple[str, ...]
    exactly: tuple[str, ...]
    at_least: tuple[str, ...]
    solid: tuple[str, ...]
    always_with: tuple[str, ...]


def meetings(
    table: Incidence,
    *,
    min_support: int = 1,
    min_group: int = 2,
    max_meetings: int = MAX_MEETINGS,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Meetings:
    """List the meetings of a table of processes and bodies.

    Meetings with the most processes are found first. When a limit cuts, what is left is still a plain set:
    all meetings with at least ``complete_from`` processes.

    Args:
        table: Processes by bodies.
        min_support: Processes that a meeting must have; 0 also gives the bottom of the lattice, the group
            of all bodies, which as a rule sits nowhere.
        min_group: Bodies that a meeting must have; 0 also gives the top of the lattice.
        max_meetings: Meetings that are listed at most. When there are more, those with as few processes as
            the first one too many are all left out.
        seconds: Time that the search may take (stability is worked out afterwards, for what was found).
        progress: Called with the number of meetings found and ``max_meetings``, then with the number of
            those told and of all found; raising from it cancels.

    Returns:
        The meetings, and whether a limit cut them.

    Raises:
        ValueError: when a limit makes no sense.

    Example:
        >>> table = Incidence.of({"P1": ["army", "police"], "P2": ["army", "police"], "P3": ["police"]})
        >>> result = meetings(table, min_support=2)
        >>> [(one.agencies, one.processes) for one in result.found], result.complete
        ([(('army', 'police'), ('P1', 'P2'))], True)
    """
    found = find_concepts(
        table,
        min_support=min_support,
        min_group=min_group,
        max_meetings=max_meetings,
        seconds=seconds,
        progress=progress,
    )
    strong = table.without_weak.matrix
    told: list[Meeting] = []
    for number, concept in enumerate(found.concepts):
        if progress and number % _BREATH == 0:
            progress(number, len(found.concepts))
        told.append(_meeting(table, strong, concept))
    ordered = sorted(told, key=lambda one: (-one.support, -len(one.agencies), one.agencies))
    return Meetings(tuple(ordered), min_support, min_group, found.complete_from, found.cut_by)


def together(table: Incidence, agencies: Iterable[str]) -> Together:
    """Find where chosen bodies sit together.

    Args:
        table: Processes by bodies.
        agencies: The bodies, one or more.

    Returns:
        The processes where exactly these and where at least these sit.

    Raises:
        ValueError: when no body is chosen, or one is not in the table.

    Example:
        >>> table = Incidence.of({"P1": ["army", "police"], "P2": ["army", "media", "police"]})
        >>> found = together(table, ["army"])
        >>> found.exactly, found.at_least, found.always_with
        ((), ('P1', 'P2'), ('police',))
    """
    chosen = tuple(sorted(set(agencies)))
    if not chosen:
        raise ValueError("no body is chosen; name one or more bodies of the table")
    unknown = [name for name in chosen if name not in table.column_number]
    if unknown:
        raise ValueError(f"not in the table: {', '.join(unknown)}; it has {len(table.columns)} bodies")
    places = np.array([table.column_number[name] for name in chosen])
    rows = np.flatnonzero(_hits(table.matrix, places) == len(chosen))
    part = table.matrix[rows]
    lengths = np.diff(part.indptr)
    common = np.flatnonzero(np.bincount(part.indices, minlength=len(table.columns)) == len(rows))
    solid = rows[_hits(table.without_weak.matrix[rows], places) == len(chosen)]
    return Together(
        chosen,
        _names(table.rows, rows[lengths == len(chosen)]),
        _names(table.rows, rows),
        _names(table.rows, solid),
        tuple(name for name in _names(table.columns, common) if name not in chosen) if len(rows) else (),
    )


def _meeting(table: Incidence, strong: sparse.csr_array, concept: Concept) -> Meeting:
    hits = _hits(strong[concept.rows], concept.columns)
    return Meeting(
        tuple(sorted(_names(table.columns, concept.columns))),
        _names(table.rows, concept.rows),
        _names(table.rows, concept.rows[hits == len(concept.columns)]),
        stability(table.matrix, concept),
    )


def _hits(cells: sparse.csr_array, columns: Numbers) -> Numbers:
    """How many of the columns each row holds."""
    wanted = np.zeros(cells.shape[1], dtype=np.int64)
    wanted[columns] = 1
    counts: Numbers = cells @ wanted
    return counts


def _names(names: tuple[str, ...], places: Numbers) -> tuple[str, ...]:
    return tuple(names[place] for place in places.tolist())
