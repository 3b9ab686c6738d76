"""Boxes: reading ticks that stand between printed choices.

An unticked box left no glyph, so where a tick stands between two labels the text cannot tell whose box it is:
both are candidates. A tick before the first or after the last label has one neighbour only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.ingest.labels import find
from graph.ingest.runs import Line
from graph.ingest.template import Label
from graph.ingest.text import BOX, TICK, letters


def candidates(text: str, labels: tuple[Label, ...], *, flippable: bool = False) -> list[str]:
    """Name the choices whose box may be ticked.

    Args:
        text: One line in reading order.
        labels: The choices.
        flippable: Whether boxes stand before their labels on this form, so that a tick after the last label
            can only be the first character of a line laid out left to right.

    Returns:
        Their keys in reading order, without repeats.

    Example:
        >>> choices = (Label("main", "اصلی", "اصلی"), Label("support", "پشتیبانی", "پشتیبانی"))
        >>> candidates("نوع: اصلی ☑ پشتیبانی", choices)
        ['main', 'support']
    """
    places = positions(text, labels)
    boxes = [char for char in text if char in (TICK, BOX)]
    if BOX in boxes and len(boxes) == len(places):  # every box was kept: they stand in the order of labels
        return [key for (_, _, key), box in zip(places, boxes, strict=True) if box == TICK]
    flipped = flippable or is_flipped(text)
    found: list[str] = []
    for tick in (place for place, char in enumerate(text) if char == TICK):
        before = [key for low, _, key in places if low < tick]
        after = [key for low, _, key in places if low > tick]
        near = before[-1:] + after[:1]
        if flipped and not after and places:
            near = [places[0][2], *near]
        found.extend(key for key in near if key not in found)
    order = [key for _, _, key in places]
    return sorted(found, key=order.index)


def is_flipped(text: str) -> bool:
    """Tell whether a line was laid out left to right: its colon stands before its first word.

    In such a line the tick at the left edge is its first character and not its last.
    """
    return re.match(r"\s*:", text) is not None


def positions(text: str, labels: tuple[Label, ...]) -> list[tuple[int, int, str]]:
    """Locate choices on a line.

    Returns:
        Start, end and key of each, in reading order.
    """
    places: list[tuple[int, int, str]] = []
    taken = text
    for label in labels:
        hit = find(taken, label)
        if hit is None or hit.score < 90:
            continue
        start = _start(taken, label, len(hit.before))
        end = len(taken) - len(hit.after)
        if hit.score < 96 and end - start > 2 * len(label.text):
            continue
        places.append((start, end, label.key))
        taken = taken[:start] + "\0" * (end - start) + taken[end:]
    return sorted(places)


def _start(text: str, label: Label, before: int) -> int:
    while before < len(text) and not letters(text[before]):
        before += 1
    return before


def ticked(lines: Iterable[Line], labels: tuple[Label, ...], *, flippable: bool = False) -> list[str]:
    """Name the choices that may be ticked on several lines, in the order of the lines; see `candidates`."""
    found: list[str] = []
    live = [line for line in lines if not line.blank]
    for place, line in enumerate(live):
        text = line.columns
        if line.ticks and not positions(text, labels) and place + 1 < len(live):
            text = f"{text} {live[place + 1].columns}"
        found.extend(key for key in candidates(text, labels, flippable=flippable) if key not in found)
    return found
