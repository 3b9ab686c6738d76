"""The order of meetings: which larger groups, on fewer processes, lie under a meeting, and which over it.

A meeting lies under another when it has all its bodies (and so only some of its processes). The parents of a
meeting are the nearest above it, its children the nearest below: the covering relation of the concept lattice
(Ganter and Wille, "Formal Concept Analysis", Springer 1999, chapter 1). What a cut by processes and bodies
leaves has the same parents and children as in the whole lattice: nothing between two meetings that are left
can have been cut, as it has at least the processes of the one and the bodies of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.meetings import Meeting, Meetings

__all__ = ["Lattice", "Place", "lattice_of"]

#: Meetings compared with all others in one go.
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Place:
    """A meeting in the order.

    Attributes:
        meeting: The meeting.
        parents: Positions of the nearest meetings above: fewer bodies, more processes.
        children: Positions of the nearest meetings below: more bodies, fewer processes.
        new_agencies: Bodies of this meeting that are in none of its parents. Where nothing was cut, it holds
            all the processes of these bodies.
        own_processes: Processes of this meeting that are in none of its children. Where nothing was cut,
            exactly the bodies of this meeting sit in them.
    """

    meeting: Meeting
    parents: tuple[int, ...]
    children: tuple[int, ...]
    new_agencies: tuple[str, ...]
    own_processes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Meetings in their order.

    Attributes:
        places: The meetings, in the order of the list that they come from: parents before children.
        complete: Whether a limit cut the list. A lattice of some meetings may have several tops and bottoms.
    """

    places: tuple[Place, ...]
    complete: bool

    @property
    def tops(self) -> tuple[int, ...]:
        """Positions of the meetings that have no parent."""
        return tuple(number for number, place in enumerate(self.places) if not place.parents)

    @property
    def bottoms(self) -> tuple[int, ...]:
        """Positions of the meetings that have no child."""
        return tuple(number for number, place in enumerate(self.places) if not place.children)

    def around(self, agencies: Collection[str]) -> int | None:
        """The meeting that holds the bodies and has the most processes.

        In a whole lattice its processes are all those where these bodies sit together.

        Args:
            agencies: Bodies.

        Returns:
            Its position, or None when they never meet, or only in what was cut or not asked for.
        """
        wanted = frozenset(agencies)
        holding = (n for n, place in enumerate(self.places) if wanted.issubset(place.meeting.agencies))
        # the list begins with the meetings that have the most processes
        return next(holding, None)

    def under(self, position: int) -> tuple[int, ...]:
        """All meetings below one, nearest first.

        Args:
            position: Position of the meeting.

        Returns:
            Positions, without its own.

        Raises:
            IndexError: when there is no such meeting.
        """
        return self._reach(position, lambda place: place.children)

    def over(self, position: int) -> tuple[int, ...]:
        """All meetings above one, nearest first.

        Args:
            position: Position of the meeting.

        Returns:
            Positions, without its own.

        Raises:
            IndexError: when there is no such meeting.
        """
        return self._reach(position, lambda place: place.parents)

    def _reach(self, position: int, next_to: Callable[[Place], tuple[int, ...]]) -> tuple[int, ...]:
        seen = {position: None}
        for number in (queue := [position]):
            fresh = [one for one in next_to(self.places[number]) if one not in seen]
            seen.update(dict.fromkeys(fresh))
            queue.extend(fresh)
        return tuple(seen)[1:]


def lattice_of(meetings: Meetings, progress: Callable[[int, int], None] | None = None) -> Lattice:
    """Put meetings into their order.

    Args:
        meetings: The meetings. For the whole lattice ask for them with ``min_support=0, min_group=0``.
        progress: Called with the number of meetings placed and of all; raising from it cancels.

    Returns:
        The meetings with their parents and children.

    Example:
        >>> from graph.analysis.incidence import Incidence
        >>> from graph.analysis.meetings import meetings
        >>> table = Incidence.of({"P1": ["army", "police"], "P2": ["police"]})
        >>> lattice = lattice_of(meetings(table, min_group=1))
        >>> [(place.meeting.agencies, place.children) for place in lattice.places]
        [(('police',), (1,)), (('army', 'police'), ())]
    """
    found = meetings.found
    groups = [frozenset(one.agencies) for one in found]
    parents: list[tuple[int, ...]] = []
    for number, above in enumerate(_above(found)):
        parents.append(_nearest(groups, above))
        if progress and number % _BLOCK == 0:
            progress(number, len(found))
    children: list[list[int]] = [[] for _ in found]
    for number, over in enumerate(parents):
        for parent in over:
            children[parent].append(number)
    return Lattice(
        tuple(
            _place(found, number, over, tuple(under))
            for number, (over, under) in enumerate(zip(parents, children, strict=True))
        ),
        meetings.complete,
    )


def _above(found: Sequence[Meeting]) -> Iterator[Sequence[int]]:
    """For each meeting those whose bodies are some of its own, those with the most bodies first."""
    cells = Incidence.of({str(n): one.agencies for n, one in enumerate(found)}).matrix.astype(np.int32)
    sizes = np.diff(cells.indptr)
    columns = sparse.csc_array(cells.T)
    for start in range(0, len(found), _BLOCK):
        shared = (cells[start : start + _BLOCK] @ columns).toarray()
        for number, row in enumerate(shared, start):
            inside = np.flatnonzero((row == sizes) & (sizes < sizes[number]))
            yield inside[np.argsort(-sizes[inside], kind="stable")].tolist()


def _nearest(groups: Sequence[frozenset[str]], above: Sequence[int]) -> tuple[int, ...]:
    chosen: list[int] = []
    for number in above:
        if not any(groups[number] < groups[other] for other in chosen):
            chosen.append(number)
    return tuple(sorted(chosen))


def _place(found: Sequence[Meeting], number: int, over: tuple[int, ...], under: tuple[int, ...]) -> Place:
    one = found[number]
    inherited = frozenset[str]().union(*(found[parent].agencies for parent in over))
    below = frozenset[str]().union(*(found[child].processes for child in under))
    return Place(
        one,
        over,
        under,
        tuple(name for name in one.agencies if name not in inherited),
        tuple(name for name in one.processes if name not in below),
    )
