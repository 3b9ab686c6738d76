"""Circles of bodies that sit together more than with others, and how sure the division is.

The ties are those of :mod:`graph.analysis.centrality_projection`. The circles are found by NetworkX's Louvain
method (Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large networks", Journal of
Statistical Mechanics (2008) P10008), which visits the bodies in a random order and may end differently. So it
runs with several seeds; the division with the highest modularity is told, with how much the others agree
(adjusted Rand index: Hubert and Arabie, "Comparing partitions", Journal of Classification 2 (1985) 193-218).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.centrality_projection import sitting_together
from graph.analysis.incidence import Incidence

__all__ = ["Communities", "Member", "communities"]

#: Runs with different seeds.
RUNS = 10
#: Ties that all runs together may visit; in a larger graph there are fewer runs, never fewer than two.
MAX_TIES = 1_000_000

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Member:
    """A body in its circle.

    Attributes:
        agency: The body.
        inside: Share of its ties that stay within the circle.
        steady: Over the runs, the mean share of its circle that stays with it and of those with it that are
            of its circle (Jaccard coefficient of the two circles); 1 when every run says the same of it.
    """

    agency: str
    inside: float
    steady: float


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of the bodies into circles.

    Attributes:
        circles: The circles, the largest first, each with its members by name. Bodies that sit with nobody
            are in none.
        modularity: Share of the ties within circles beyond what chance would put there; about 0 for no
            division at all, seldom above 0.7 (Newman and Girvan, Physical Review E 69 (2004) 026113).
        lowest_modularity: The lowest of all runs.
        agreement: Mean adjusted Rand index between this division and those of the other runs: 1 when all
            are the same, about 0 when they agree no more than by chance.
        runs: Number of runs.
        seed: Seed of the first run; the others count on from it.
    """

    circles: tuple[tuple[Member, ...], ...]
    modularity: float
    lowest_modularity: float
    agreement: float
    runs: int
    seed: int


def communities(
    table: Incidence,
    *,
    runs: int = RUNS,
    seed: int = 0,
    resolution: float = 1.0,
    max_ties: int = MAX_TIES,
    progress: Callable[[int, int], None] | None = None,
) -> Communities:
    """Divide bodies into circles.

    Args:
        table: Processes by bodies.
        runs: Runs of the method, two or more.
        seed: Seed of the first run.
        resolution: Above 1 for more and smaller circles, below 1 for fewer.
        max_ties: Ties that all runs together may visit.
        progress: Called with the number of runs done and of all; raising from it cancels.

    Returns:
        The division with the highest modularity and how far the runs agree.

    Raises:
        ValueError: when there are fewer than two runs.

    Example:
        >>> table = Incidence.of({"P1": "abc", "P2": "abc", "P3": "def", "P4": "def", "P5": "cf"})
        >>> [[one.agency for one in circle] for circle in communities(table).circles]
        [['a', 'b', 'c'], ['d', 'e', 'f']]
    """
    if runs < 2:
        raise ValueError(f"at least two runs are needed to tell how sure a division is, not {runs}")
    sitting = sitting_together(table)
    graph = sitting.graph()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    if not graph:
        return Communities((), 0.0, 0.0, 1.0, 0, seed)
    runs = max(2, min(runs, max_ties // graph.number_of_edges()))
    found: list[tuple[float, Labels]] = []
    for number in range(runs):
        if progress:
            progress(number, runs)
        parts = nx.community.louvain_communities(graph, resolution=resolution, seed=seed + number)
        score = nx.community.modularity(graph, parts, resolution=resolution)
        found.append((round(score, 10), _labels(parts, len(sitting.bodies))))
    best = max(range(runs), key=lambda number: (found[number][0], -number))
    score, labels = found[best]
    others = [other for number, (_, other) in enumerate(found) if number != best]
    members = _members(sitting.bodies, graph, labels, others)
    circles = sorted(members, key=lambda circle: (-len(circle), circle[0].agency))
    agreement = float(np.mean([adjusted_rand_index(labels, other) for other in others]))
    return Communities(tuple(circles), score, min(one for one, _ in found), agreement, runs, seed)


def _labels(parts: Sequence[set[int]], bodies: int) -> Labels:
    """Number of the circle of each body, -1 for none."""
    labels = np.full(bodies, -1, dtype=np.int64)
    for number, part in enumerate(sorted(parts, key=min)):
        labels[sorted(part)] = number
    return labels


def _members(
    bodies: Sequence[str], graph: nx.Graph[int], labels: Labels, others: Sequence[Labels]
) -> list[tuple[Member, ...]]:
    circles: dict[int, list[Member]] = {}
    for place in sorted(graph):
        weights = [(other, tie["weight"]) for other, tie in graph.adj[place].items()]
        inside = sum(weight for other, weight in weights if labels[other] == labels[place])
        own = labels == labels[place]
        steady = [
            float(np.sum(own & (other == other[place])) / np.sum(own | (other == other[place])))
            for other in others
        ]
        member = Member(bodies[place], inside / sum(weight for _, weight in weights), float(np.mean(steady)))
        circles.setdefault(int(labels[place]), []).append(member)
    return [tuple(circle) for circle in circles.values()]


def adjusted_rand_index(one: Labels, other: Labels) -> float:
    """How far two divisions of the same things agree, beyond chance.

    Args:
        one: Number of the part of each thing; negative for things left out of both.
        other: The same in the other division.

    Returns:
        1 for the same division, about 0 for independent ones, below 0 for less than that.

    Example:
        >>> adjusted_rand_index(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
        1.0
    """
    kept = one >= 0
    _, first = np.unique(one[kept], return_inverse=True)
    _, second = np.unique(other[kept], return_inverse=True)
    both = np.bincount(first * (second.max(initial=0) + 1) + second)
    together, ours, theirs = (_pairs(counts) for counts in (both, np.bincount(first), np.bincount(second)))
    things = len(first)
    expected = ours * theirs / max(things * (things - 1) / 2, 1)
    most = (ours + theirs) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(counts: NDArray[np.int64]) -> float:
    return float(np.sum(counts * (counts - 1) / 2))
