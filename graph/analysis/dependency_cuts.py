"""Things that a graph of needs hangs on: cut points and dominators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

import networkx as nx

from graph.analysis.dependency_shape import condensed_needs, members_of


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A thing that ties others to the rest: an articulation point, needs taken without direction.

    Attributes:
        thing: The thing.
        pieces: Sizes of the pieces that its part of the graph falls into without it, largest first.
        severed: How many things are cut off from the largest piece.
    """

    thing: str
    pieces: tuple[int, ...]
    severed: int


@dataclass(frozen=True, slots=True)
class Dominator:
    """A thing with no way around it: each chain of needs below another thing goes through it.

    Attributes:
        thing: The thing.
        over: The things directly below it in the tree of dominators, sorted.
        count: How many there are below it in all.
    """

    thing: str
    over: tuple[str, ...]
    count: int


def cut_points(needs: nx.MultiDiGraph[str]) -> tuple[CutPoint, ...]:
    """Things that tie others to the rest of the graph.

    Needs are taken without direction. These are the articulation points; what they cut off is counted on the
    tree of blocks (Hopcroft and Tarjan, "Algorithm 447: efficient algorithms for graph manipulation",
    Communications of the ACM 16(6), 1973).

    Args:
        needs: The graph of needs.

    Returns:
        Those that cut off most first.

    Example:
        >>> [(c.thing, c.pieces) for c in cut_points(nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "d")]))]
        [('b', (2, 1)), ('c', (2, 1))]
    """
    plain: nx.Graph[str] = nx.Graph((a, b) for a, b in needs.edges() if a != b)
    blocks = [frozenset(chain.from_iterable(edges)) for edges in nx.biconnected_component_edges(plain)]
    home: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for thing in block:
            home[thing].append(number)
    cuts = [thing for thing, where in home.items() if len(where) > 1]
    # nodes of the tree: the blocks, then the cut points; a block weighs the things in it that are no cuts
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(range(len(blocks)))
    tree.add_edges_from((len(blocks) + n, block) for n, cut in enumerate(cuts) for block in home[cut])
    between = frozenset(cuts)
    own = [len(block - between) for block in blocks] + [1] * len(cuts)
    found = [
        CutPoint(cuts[node - len(blocks)], pieces, sum(pieces[1:]))
        for part in nx.connected_components(tree)
        for node, pieces in _pieces(tree, min(part), own).items()
        if node >= len(blocks)
    ]
    return tuple(sorted(found, key=lambda cut: (-cut.severed, cut.thing)))


def dominators(needs: nx.MultiDiGraph[str]) -> tuple[Dominator, ...]:
    """Things that there is no way around: all that another thing rests on, it reaches through them.

    Follow the needs of a thing down, in any way, to something that needs nothing more. If each way goes
    through one and the same thing, that thing dominates it, and nothing else holds it up. This is the
    strictest of the views here: a single partner or rule beside it is a way around.

    The graph is turned round and a root is put under what needs nothing (and under each cycle that needs
    nothing outside itself); the tree of dominators follows Cooper, Harvey and Kennedy, "A simple, fast
    dominance algorithm", 2006, as in NetworkX.

    Args:
        needs: The graph of needs.

    Returns:
        Those over most things first; things that dominate nothing are left out.

    Example:
        >>> found = dominators(nx.MultiDiGraph([("S1", "P1"), ("P1", "law"), ("P1", "police")]))
        >>> [(d.thing, d.over, d.count) for d in found]
        [('P1', ('S1',), 1)]
    """
    root = ""  # no IRI is empty
    upward: nx.DiGraph[str] = nx.DiGraph(needs).reverse()
    condensed = condensed_needs(needs)
    for node, group in members_of(condensed).items():
        if not condensed.out_degree(node):
            upward.add_edges_from((root, thing) for thing in group)
    if root not in upward:
        return ()
    children: dict[str, list[str]] = defaultdict(list)
    for thing, over in nx.immediate_dominators(upward, root).items():
        if thing != root:
            children[over].append(thing)
    count: dict[str, int] = {}
    tree = nx.DiGraph((over, thing) for over, things in children.items() for thing in things)
    for thing in nx.dfs_postorder_nodes(tree, root):
        count[thing] = sum(1 + count[below] for below in children.get(thing, ()))
    found = (Dominator(t, tuple(sorted(children[t])), n) for t, n in count.items() if n and t != root)
    return tuple(sorted(found, key=lambda d: (-d.count, d.thing)))


def _pieces(tree: nx.Graph[int], root: int, own: list[int]) -> dict[int, tuple[int, ...]]:
    """For each node of a tree, the weights of the pieces that are left without it, largest first."""
    above = dict(nx.bfs_predecessors(tree, root))
    weight: dict[int, int] = {}
    for node in nx.dfs_postorder_nodes(tree, root):
        weight[node] = own[node] + sum(weight[below] for below in tree[node] if below != above.get(node))
    found = {}
    for node, held in weight.items():
        pieces = [weight[below] for below in tree[node] if below != above.get(node)]
        found[node] = tuple(sorted(filter(None, [*pieces, weight[root] - held]), reverse=True))
    return found
