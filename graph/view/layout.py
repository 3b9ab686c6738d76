"""Placing the nodes of a graph: the same graph gives the same still picture, and no label covers another.

Each connected part is laid out by springs with a fixed seed (Fruchterman and Reingold 1991, as networkx
implements it), then boxes that overlap are pushed apart, and the small parts are set in
columns beside the large one. Springs cost the square of the number of nodes, so large graphs are laid out as
islands: communities (Blondel and others 2008, as networkx implements it), each a block of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

_SEED = 1396
_PUSHES = 400
_WIDER = 2.6
_CLOSE = 0.4
_FEW = 8
_GAP = 60.0
#: Width of a block over its height, near that of the window.
_WIDE = 1.6

Floats = npt.NDArray[np.float64]
Place = tuple[int, int]


def positions(boxes: Mapping[str, tuple[float, float]], edges: Sequence[tuple[str, str]]) -> dict[str, Place]:
    """Place nodes.

    Args:
        boxes: Width and height of each node with its label, in pixels.
        edges: Pairs of nodes.

    Returns:
        The middle of each node, in whole pixels.

    Example:
        >>> found = positions({"a": (10, 10), "b": (10, 10)}, [("a", "b")])
        >>> found == positions({"a": (10, 10), "b": (10, 10)}, [("a", "b")])
        True
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(boxes))
    graph.add_edges_from(sorted(edges))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p))
    placed: dict[str, Place] = {}
    left = top = column = height = 0.0
    for number, names in enumerate(parts):
        sizes = np.array([boxes[n] for n in names], dtype=np.float64)
        middle = _place(graph.subgraph(names), names, sizes)
        low, high = (middle - sizes / 2).min(axis=0), (middle + sizes / 2).max(axis=0)
        if number == 1 or (number > 1 and top + high[1] - low[1] > height):
            left, top, column = left + column + _GAP, 0.0, 0.0
        shift = np.array([left, top]) - low
        for name, (x, y) in zip(names, middle + shift, strict=True):
            placed[name] = (round(float(x)), round(float(y)))
        top += float(high[1] - low[1]) + _GAP
        column = max(column, float(high[0] - low[0]))
        height = max(height, float(high[1] - low[1]))
    return placed


def islands(boxes: Mapping[str, tuple[float, float]], edges: Sequence[tuple[str, str]]) -> dict[str, Place]:
    """Place many nodes in a time that grows with their number: communities as blocks, the blocks by springs.

    Args:
        boxes: Width and height of each node with its label, in pixels.
        edges: Pairs of nodes.

    Returns:
        The middle of each node, in whole pixels; no box covers another.

    Example:
        >>> islands({"a": (10, 10), "b": (10, 10)}, [("a", "b")])
        {'a': (5, 5), 'b': (5, 15)}
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(boxes))
    graph.add_edges_from(sorted(edges))
    alone = sorted(name for name in graph if not graph.degree(name))
    tied = graph.subgraph(sorted(set(graph) - set(alone))).copy()
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(tied))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in tied.edges))
    groups = [sorted(g) for g in nx.community.louvain_communities(ordered, seed=_SEED)] if tied else []
    groups = sorted(groups + ([alone] if alone else []), key=lambda group: (-len(group), group))
    blocks = [_block(group, boxes, graph) for group in groups]
    home = {name: str(number) for number, group in enumerate(groups) for name in group}
    between = sorted({(home[a], home[b]) for a, b in graph.edges if home[a] != home[b]})
    if len(groups) == 1:
        return blocks[0][1]
    middles = positions({str(n): (b[0][0] + _GAP, b[0][1] + _GAP) for n, b in enumerate(blocks)}, between)
    placed: dict[str, Place] = {}
    for number, ((width, height), inside) in enumerate(blocks):
        x, y = middles[str(number)]
        for name, (dx, dy) in inside.items():
            placed[name] = (x + dx - round(width / 2), y + dy - round(height / 2))
    return placed


def _block(
    names: list[str], boxes: Mapping[str, tuple[float, float]], graph: nx.Graph[str]
) -> tuple[tuple[float, float], dict[str, Place]]:
    """Set the nodes of a community in rows, those with most ties first; width, height and places."""
    area = sum(boxes[name][0] * boxes[name][1] for name in names)
    limit = max((area * _WIDE) ** 0.5, *(boxes[name][0] for name in names))
    placed: dict[str, Place] = {}
    x = y = row = width = 0.0
    for name in sorted(names, key=lambda one: (-graph.degree(one), one)):
        wide, high = boxes[name]
        if x and x + wide > limit:
            x, y, row = 0.0, y + row, 0.0
        placed[name] = (round(x + wide / 2), round(y + high / 2))
        x, row = x + wide, max(row, high)
        width = max(width, x)
    return (width, y + row), placed


def _place(part: nx.Graph[str], names: list[str], sizes: Floats) -> Floats:
    if len(names) == 1:
        return np.zeros((1, 2))
    # A plain copy in sorted order: the order of a subgraph is not fixed, and the springs depend on it.
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted(part.edges))
    found = nx.spring_layout(ordered, k=3.2 / len(names) ** 0.5, iterations=300, seed=_SEED)
    middle = np.array([found[n] for n in names], dtype=np.float64)
    area = float(np.sqrt((sizes[:, 0] * sizes[:, 1]).sum()))
    middle *= np.array([_WIDER if len(names) > _FEW else 1.0, 1.0]) * area * _CLOSE
    return apart(middle, sizes)


def apart(middle: Floats, sizes: Floats) -> Floats:
    """Push overlapping boxes apart, each pair along the axis where they overlap least."""
    half = (sizes[:, None, :] + sizes[None, :, :]) / 2
    count = len(middle)
    for _ in range(_PUSHES):
        away = middle[:, None, :] - middle[None, :, :]
        overlap = half - np.abs(away)
        overlap[np.arange(count), np.arange(count)] = 0
        clash = (overlap[:, :, 0] > 0.5) & (overlap[:, :, 1] > 0.5)
        if not clash.any():
            break
        along_x = overlap[:, :, 0] < overlap[:, :, 1]
        # Boxes in the very same place part by their order.
        order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :])
        sign = np.where(away == 0, order[:, :, None], np.sign(away))
        push = np.where(clash[:, :, None], sign * overlap / 2, 0.0)
        push[:, :, 0] *= along_x
        push[:, :, 1] *= ~along_x
        middle = middle + push.sum(axis=1) * 0.6
    return middle
