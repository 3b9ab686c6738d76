"""The place of things in the graph of needs: what much rests on, and what stands between.

The graph is directed: an edge leads from the thing that needs to the thing that it needs (see
:mod:`graph.analysis.dependency`). Several reasons for one need count once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.centrality_betweenness import Accuracy, sampling_error

__all__ = ["NeedNumbers", "NeedsCentrality", "needs_centrality"]

#: Up to so many things times needs, paths start from every thing: ten seconds or so.
EXACT_WORK = 20_000_000
#: Starts of chains in a larger graph; fewer than in a table, as NetworkX walks each on its own.
SOURCES = 200
#: Parts of a sample, from whose spread the standard error is told.
_PARTS = 10
#: Rounds of HITS at most, and the change that ends them.
_ROUNDS, _STILL = 1_000, 1e-12
_DIGITS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NeedNumbers:
    """The place of a thing.

    Attributes:
        thing: The thing.
        needs: Number of things it needs directly.
        needed_by: Number of things that need it directly.
        betweenness: Share of the ordered pairs of other things where the one rests on the other through it,
            over all shortest chains (Freeman, "A set of measures of centrality based on betweenness",
            Sociometry 40 (1977) 35-41).
        authority: How much it is needed by things that need what is much needed; 1 for the first of all
            (HITS: Kleinberg, "Authoritative sources in a hyperlinked environment", Journal of the ACM 46
            (1999) 604-632). Only the part of the graph that is tied most densely has values above 0.
        hub: How much it needs what is much needed in that sense; 1 for the first of all.
    """

    thing: str
    needs: int
    needed_by: int
    betweenness: float
    authority: float
    hub: float


@dataclass(frozen=True, slots=True)
class NeedsCentrality:
    """Numbers of all things in a graph of needs.

    Attributes:
        things: The things that need or are needed: highest betweenness first, then most needed.
        accuracy: How well betweenness is known.
    """

    things: tuple[NeedNumbers, ...]
    accuracy: Accuracy


def needs_centrality(
    needs: nx.DiGraph[str],
    *,
    exact_up_to: int = EXACT_WORK,
    sources: int = SOURCES,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> NeedsCentrality:
    """Work out the numbers of a graph of needs.

    Args:
        needs: The graph; a multigraph will do.
        exact_up_to: Where the number of things times that of needs is larger, chains start from a sample.
        sources: Size of the sample.
        seed: Seed of the sample.
        progress: Called with the number of starts done and of all; raising from it cancels.

    Returns:
        The numbers.

    Raises:
        ValueError: when the size of the sample is not positive.

    Example:
        >>> chain = nx.DiGraph([("P14", "P13"), ("P13", "directive")])
        >>> first = needs_centrality(chain).things[0]
        >>> first.thing, first.needed_by, first.betweenness  # one of the two ordered pairs of the others
        ('P13', 1, 0.5)
    """
    if sources < 1:
        raise ValueError(f"at least one source is needed, not {sources}")
    graph: nx.DiGraph[str] = nx.DiGraph()
    edges = sorted({(one, other) for one, other in needs.edges() if one != other})
    graph.add_nodes_from(sorted({thing for edge in edges for thing in edge}))
    graph.add_edges_from(edges)
    things = list(graph)
    between, accuracy = _betweenness(graph, things, exact_up_to, sources, seed, progress)
    hubs, authorities = _hits(graph, things)
    told = [
        NeedNumbers(
            thing,
            graph.out_degree(thing),
            graph.in_degree(thing),
            round(float(between[place]), _DIGITS),
            round(float(authorities[place]), _DIGITS),
            round(float(hubs[place]), _DIGITS),
        )
        for place, thing in enumerate(things)
    ]
    told.sort(key=lambda one: (-one.betweenness, -one.needed_by, one.thing))
    return NeedsCentrality(tuple(told), accuracy)


def _betweenness(
    graph: nx.DiGraph[str],
    things: Sequence[str],
    exact_up_to: int,
    sources: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[Floats, Accuracy]:
    """Mean share of the chains through each thing, over its starts (Brandes and Pich 2007)."""
    count = len(things)
    exact = count <= sources or count * graph.number_of_edges() <= exact_up_to
    chosen = np.arange(count)
    if not exact:
        chosen = np.random.default_rng(seed).choice(count, size=sources, replace=False)
    sums: list[Floats] = []
    parts = [part for part in np.array_split(chosen, _PARTS) if len(part)]
    for part in parts:
        if progress:
            progress(sum(len(done) for done in parts[: len(sums)]), len(chosen))
        found = nx.betweenness_centrality_subset(graph, [things[place] for place in part], things)
        sums.append(np.array([found[thing] for thing in things]))
    pairs = max((count - 1) * (count - 2), 1)
    total = np.sum(sums, axis=0) if sums else np.zeros(count)
    values = total * (count / max(len(chosen), 1)) / pairs
    if exact:
        return values, Accuracy(True, count, None, 0.0, 0.0)
    means = np.array([one / len(part) for one, part in zip(sums, parts, strict=True)]) * count / pairs
    standard = np.sqrt(np.var(means, axis=0, ddof=1) / len(parts) * (1 - sources / count))
    error = sampling_error(count, sources, count)
    return values, Accuracy(False, sources, seed, error, float(standard.max()))


def _hits(graph: nx.DiGraph[str], things: Sequence[str]) -> tuple[Floats, Floats]:
    """Hubs and authorities, their highest value 1.

    The iteration starts from equal values, as Kleinberg's. NetworkX's ``hits`` hands the matrix to ARPACK,
    which leaves the answer open where several parts of the graph are equally strong.
    """
    hubs = authorities = np.ones(len(things))
    if not things:
        return hubs, authorities
    edges = nx.to_scipy_sparse_array(graph, nodelist=things, dtype=np.dtype(np.float64))
    for _ in range(_ROUNDS):
        hubs = edges @ authorities
        hubs /= hubs.max()
        found = edges.T @ hubs
        found /= found.max()
        change = np.abs(found - authorities).max()
        authorities = found
        if change < _STILL:
            break
    return hubs, authorities
