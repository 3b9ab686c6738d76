"""Placing one thing's surroundings: the thing in the middle, its neighbours around it, theirs outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

import numpy as np

from graph.view.layout import Floats, Place, apart

#: Width of a ring over its height: labels are wide, and so is the window.
_WIDE = 1.55
_LEAST = 170.0
_BETWEEN = 150.0


def rings(
    boxes: Mapping[str, tuple[float, float]],
    middle: str | None,
    first: Sequence[str],
    second: Mapping[str, Sequence[str]],
) -> dict[str, Place]:
    """Place things on rings.

    Args:
        boxes: Width and height of each thing with its label, in pixels.
        middle: The thing in the middle, if there is one.
        first: Things of the first ring, in their order from the top.
        second: Things of the second ring, with those of the first that they are tied to.

    Returns:
        The middle of each thing, in whole pixels; no box covers another.

    Example:
        >>> rings({"a": (10, 10), "b": (10, 10)}, "a", ["b"], {})
        {'a': (0, 0), 'b': (0, -170)}
    """
    names = ([middle] if middle else []) + list(first)
    angle = {name: 2 * pi * number / len(first) for number, name in enumerate(first)}
    radius = max(_LEAST, _around(boxes, first))
    points: list[tuple[float, float]] = [(0.0, 0.0)] if middle else []
    points += [_point(angle[name], radius) for name in first]
    outer = sorted(second, key=lambda name: (_mean(angle[p] for p in second[name]), name))
    further = max(radius + _BETWEEN + _LEAST, _around(boxes, outer))
    for number, name in enumerate(outer):
        points.append(_point(2 * pi * number / len(outer), further))
        names.append(name)
    if not names:
        return {}
    sizes: Floats = np.array([boxes[name] for name in names], dtype=np.float64)
    found = apart(np.array(points, dtype=np.float64), sizes)
    if middle:
        found = found - found[0]
    return {name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names, found, strict=True)}


def _around(boxes: Mapping[str, tuple[float, float]], names: Sequence[str]) -> float:
    """Half the height of a ring that is long enough; boxes stand above each other, so width counts less."""
    return sum(boxes[name][0] * 0.35 + boxes[name][1] * 0.65 for name in names) / (2 * pi)


def _point(angle: float, radius: float) -> tuple[float, float]:
    return radius * _WIDE * sin(angle), -radius * cos(angle)


def _mean(angles: object) -> float:
    """The mean direction: the angle of the sum of the unit vectors, so that 359° and 1° give 0°."""
    around = np.exp(1j * np.array(list(angles), dtype=np.float64)).sum()  # type: ignore[call-overload]
    return float(np.angle(around) % (2 * pi)) if abs(around) > 1e-9 else 0.0
