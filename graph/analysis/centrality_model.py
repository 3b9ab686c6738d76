"""What centrality tells: numbers of bodies, processes and seats, with and without copied lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.analysis.centrality_betweenness import Accuracy

Measure = Literal["processes", "partners", "betweenness", "eigenvector", "core"]


@dataclass(frozen=True, slots=True)
class AgencyNumbers:
    """The place of a body.

    Attributes:
        agency: The body.
        processes: Number of processes where it sits: its degree in the two-mode graph.
        partners: Number of other bodies it sits with anywhere: its degree in the projection.
        betweenness: Share of the pairs of other bodies that find each other through it.
        eigenvector: How much it sits with bodies that themselves sit with much-tied bodies; 1 for the first
            of all (Bonacich, "Power and centrality", American Journal of Sociology 92 (1987) 1170-1182).
            Values of different components cannot be compared, so only the largest has them.
        core: The largest k such that it belongs to a part of the table where each body sits on k processes
            or more and each process has k of these bodies or more (Seidman, "Network structure and minimum
            degree", Social Networks 5 (1983) 269-287).
        component: Number of its component; 0 for the largest.
    """

    agency: str
    processes: int
    partners: int
    betweenness: float
    eigenvector: float | None
    core: int
    component: int


@dataclass(frozen=True, slots=True)
class ProcessNumbers:
    """The place of a process.

    Attributes:
        process: The process.
        agencies: Number of bodies that sit there: its degree in the two-mode graph.
        betweenness: Share of all pairs of bodies that find each other through it.
        core: As for a body.
    """

    process: str
    agencies: int
    betweenness: float
    core: int


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat of a body in a process, an edge of the two-mode graph.

    Attributes:
        process: The process.
        agency: The body.
        betweenness: Share of all pairs of bodies that find each other through this seat.
    """

    process: str
    agency: str
    betweenness: float


@dataclass(frozen=True, slots=True)
class Centrality:
    """Numbers of all bodies, processes and seats.

    Attributes:
        agencies: The bodies that sit anywhere: most processes first, then the highest betweenness.
        processes: The processes: highest betweenness first.
        seats: The seats: highest betweenness first.
        seats_complete: Whether all seats are listed.
        accuracy: How well the values of betweenness are known; all else is exact.
        components: Number of bodies in each component, the largest first.
    """

    agencies: tuple[AgencyNumbers, ...]
    processes: tuple[ProcessNumbers, ...]
    seats: tuple[Seat, ...]
    seats_complete: bool
    accuracy: Accuracy
    components: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A body's number with and without copied lists, and its rank (1 is the highest, equals share a rank).

    Attributes:
        agency: The body.
        value: Its number in the whole table.
        without: Its number without copied lists; None when nothing of it is left, or none is defined.
        rank: Its rank in the whole table.
        rank_without: Its rank without copied lists.
    """

    agency: str
    value: float | None
    without: float | None
    rank: int | None
    rank_without: int | None


@dataclass(frozen=True, slots=True)
class BothWays:
    """Numbers with and without the cells that rest only on copied lists or generic wording."""

    whole: Centrality
    without_copies: Centrality

    def side_by_side(self, measure: Measure) -> tuple[Shift, ...]:
        """One number of all bodies with and without copied lists.

        Args:
            measure: Name of the number, as in :class:`AgencyNumbers`.

        Returns:
            The bodies in the order of their ranks in the whole table.
        """
        values = {one.agency: _number(one, measure) for one in self.whole.agencies}
        others = {one.agency: _number(one, measure) for one in self.without_copies.agencies}
        ranks, other_ranks = _ranks(values), _ranks(others)
        told = [
            Shift(name, value, others.get(name), ranks.get(name), other_ranks.get(name))
            for name, value in values.items()
        ]
        return tuple(sorted(told, key=lambda one: (one.rank or len(told) + 1, one.agency)))


def _number(one: AgencyNumbers, measure: Measure) -> float | None:
    value: float | None = getattr(one, measure)
    return value


def _ranks(values: dict[str, float | None]) -> dict[str, int]:
    known = sorted(((value, name) for name, value in values.items() if value is not None), reverse=True)
    ranks: dict[str, int] = {}
    for place, (value, name) in enumerate(known):
        equal = place and known[place - 1][0] == value
        ranks[name] = ranks[known[place - 1][1]] if equal else place + 1
    return ranks
