"""Placing things by layers: each column rests on the next, and lines cross as little as a few sweeps can do.

Layers are given; the order inside one follows the mean place of the neighbours (the barycentre method of
Sugiyama, Tagawa and Toda 1981).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.view.layout import Place

_SWEEPS = 6
#: Free pixels between two columns, for the lines.
_BETWEEN = 190.0
#: Free pixels between the two halves of a layer that is too tall for one column.
_HALVES = 60.0
#: A layer with more things than this stands in several columns.
_TALL = 16


def layered(
    boxes: Mapping[str, tuple[float, float]],
    levels: Sequence[Sequence[str]],
    edges: Sequence[tuple[str, str]],
) -> dict[str, Place]:
    """Place things in columns, what rests on nothing in the last.

    Args:
        boxes: Width and height of each thing with its label, in pixels.
        levels: Things by layer, first those that need nothing.
        edges: Pairs of a thing and one that it needs.

    Returns:
        The middle of each thing, in whole pixels, x growing toward what is needed; no box covers another.

    Example:
        >>> found = layered({"a": (10, 10), "b": (10, 10)}, [["b"], ["a"]], [("a", "b")])
        >>> found["a"][0] < found["b"][0]
        True
    """
    columns = [list(level) for level in reversed(levels)]
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        near[one].append(other)
        near[other].append(one)
    level_of = {thing: number for number, column in enumerate(columns) for thing in column}
    for sweep in range(_SWEEPS):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        place = _relative(columns)
        for number in order:
            before = {
                thing: [place[n] for n in near[thing] if level_of[n] != number] or [place[thing]]
                for thing in columns[number]
            }
            columns[number].sort(key=lambda thing, at=before: (sum(at[thing]) / len(at[thing]), thing))  # type: ignore[misc]
            place.update(_relative([columns[number]]))
    return _set(boxes, columns)


def _relative(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """Where each thing stands in its column, from 0 to 1."""
    return {thing: (place + 0.5) / len(column) for column in columns for place, thing in enumerate(column)}


def _set(boxes: Mapping[str, tuple[float, float]], columns: Sequence[Sequence[str]]) -> dict[str, Place]:
    placed: dict[str, Place] = {}
    x = 0.0
    for column in columns:
        parts = -(-len(column) // _TALL)
        for part in range(parts):
            # every second thing goes to the next column, so that the order from top to bottom stays
            things = column[part::parts]
            if not things:
                continue
            width = max(boxes[thing][0] for thing in things)
            y = -sum(boxes[thing][1] for thing in things) / 2
            for thing in things:
                placed[thing] = (round(x + width / 2), round(y + boxes[thing][1] / 2))
                y += boxes[thing][1]
            x += width + (_HALVES if part < parts - 1 else _BETWEEN)
    return placed
