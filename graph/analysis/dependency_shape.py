"""The shape of a graph of needs: layers, cycles and longest chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx


@dataclass(frozen=True, slots=True)
class Link:
    """One need.

    Attributes:
        thing: Who needs.
        needs: What it needs.
        reason: Why; an id of :data:`graph.analysis.dependency_reasons.REASONS`.
        evidence: ``document``, ``curated``, ``reading`` or ``inferred``.
        lines: Source lines such as ``office-1396:120-133``; may be empty.
        weak: Whether it rests only on a copied list of partners.
    """

    thing: str
    needs: str
    reason: str
    evidence: str
    lines: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of needs.

    Attributes:
        things: What stands on it, from the thing that needs to the last thing needed; a cycle stands as one.
        links: One need for each step.
    """

    things: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The longest chains.

    Attributes:
        length: Number of steps of each.
        chains: The chains, in the order of their things.
        complete: Whether these are all of that length.
    """

    length: int
    chains: tuple[Chain, ...]
    complete: bool


def link_of(needs: nx.MultiDiGraph[str], thing: str, needed: str, reason: str) -> Link:
    """The need that an edge stands for.

    Args:
        needs: The graph of needs.
        thing: Who needs.
        needed: What.
        reason: Why.

    Returns:
        The need.
    """
    said = needs.edges[thing, needed, reason]
    return Link(
        thing, needed, reason, str(said["evidence"]), str(said["lines"]), bool(said.get("weak", False))
    )


def layers(needs: nx.MultiDiGraph[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Things by how far they stand above what needs nothing.

    Cycles are drawn together into one first; then these are the topological generations, read upward: a thing
    stands one layer above the highest thing that it needs.

    Args:
        needs: The graph of needs.

    Returns:
        Layers from the bottom; in each, single things and the things of a cycle, sorted.

    Example:
        >>> layers(nx.MultiDiGraph([("service", "process"), ("process", "law")]))
        ((('law',),), (('process',),), (('service',),))
    """
    condensed = condensed_needs(needs)
    members = members_of(condensed)
    generations = nx.topological_generations(condensed.reverse(copy=False))
    return tuple(tuple(sorted(members[node] for node in level)) for level in generations)


def cycles(needs: nx.MultiDiGraph[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of things that need each other in a circle: strongly connected components.

    Args:
        needs: The graph of needs.

    Returns:
        The members of each, sorted; a thing that needs itself is a group of one.

    Example:
        >>> cycles(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("c", "a")]))
        (('a', 'b'),)
    """
    found = (tuple(sorted(group)) for group in nx.strongly_connected_components(needs))
    return tuple(sorted(group for group in found if len(group) > 1 or needs.has_edge(group[0], group[0])))


def longest_chains(needs: nx.MultiDiGraph[str], *, most: int = 20) -> Chains:
    """The longest chains of needs, exact: longest paths of the acyclic graph of cycles drawn together.

    Args:
        needs: The graph of needs.
        most: How many chains to list; there may be very many of one length.

    Returns:
        The chains. With no need at all there is none.

    Raises:
        ValueError: when ``most`` is not positive.
    """
    if most < 1:
        raise ValueError(f"most is the number of chains to list, at least 1, not {most}")
    condensed = condensed_needs(needs)
    members = members_of(condensed)
    height: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(condensed))):
        height[node] = max((height[below] + 1 for below in condensed[node]), default=0)
    length = max(height.values(), default=0)
    if not length:
        return Chains(0, (), True)
    first = _first_links(needs, condensed)
    found = list(islice(_walk(condensed, members, height, length), most + 1))
    chains = (
        Chain(
            tuple(members[node] for node in walk),
            tuple(link_of(needs, *first[pair]) for pair in pairwise(walk)),
        )
        for walk in found[:most]
    )
    return Chains(length, tuple(chains), len(found) <= most)


def condensed_needs(needs: nx.MultiDiGraph[str]) -> nx.DiGraph[int]:
    """The acyclic graph that is left when the things of each cycle are drawn together.

    Args:
        needs: The graph of needs.

    Returns:
        Nodes are numbers; each has its ``members``.
    """
    condensed: nx.DiGraph[int] = nx.condensation(nx.DiGraph(needs))
    return condensed


def members_of(condensed: nx.DiGraph[int]) -> dict[int, tuple[str, ...]]:
    """The things behind each node of a graph with cycles drawn together.

    Args:
        condensed: The graph.

    Returns:
        Things by node, sorted.
    """
    return {node: tuple(sorted(found)) for node, found in condensed.nodes(data="members")}


def _first_links(
    needs: nx.MultiDiGraph[str], condensed: nx.DiGraph[int]
) -> dict[tuple[int, int], tuple[str, str, str]]:
    """For two neighbours of the condensed graph, the first of the needs between them."""
    where = condensed.graph["mapping"]
    first: dict[tuple[int, int], tuple[str, str, str]] = {}
    for edge in needs.edges(keys=True):
        pair = where[edge[0]], where[edge[1]]
        first[pair] = min(first.get(pair, edge), edge)
    return first


def _walk(
    condensed: nx.DiGraph[int], members: dict[int, tuple[str, ...]], height: dict[int, int], length: int
) -> Iterator[tuple[int, ...]]:
    """Every path along which the height falls by one at each step, in the order of the members."""
    tops = sorted((node for node in condensed if height[node] == length), key=lambda node: members[node])
    todo: list[tuple[int, ...]] = [(node,) for node in reversed(tops)]
    while todo:
        path = todo.pop()
        last = path[-1]
        if not height[last]:
            yield path
            continue
        below = (node for node in condensed[last] if height[node] == height[last] - 1)
        todo.extend((*path, node) for node in sorted(below, key=lambda node: members[node], reverse=True))
