"""Source lines as text: ``provincial-office-1396:120-133,140``."""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]

_WRITTEN = re.compile(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?")


def spans_of(start: int, end: int, written: str | None) -> tuple[Span, ...]:
    """Read the lines of a node: with gaps where the record has them, else from first to last.

    Args:
        start: First line.
        end: Last line.
        written: The ranges as the record has them, such as ``"45, 92-94"``.

    Returns:
        First and last line of each range.

    Example:
        >>> spans_of(45, 94, "45, 92-94")
        ((45, 45), (92, 94))
        >>> spans_of(45, 94, None)
        ((45, 94),)
    """
    found: list[Span] = []
    for piece in (written or "").split(","):
        match = _WRITTEN.fullmatch(piece)
        if match is None:
            return ((start, end),)
        found.append((int(match[1]), int(match[2] or match[1])))
    return tuple(found)


def lines_text(document: str, spans: Iterable[Span]) -> str:
    """Write lines with the document they stand in.

    Args:
        document: Identifier of the document; empty when it is not known.
        spans: First and last line of each range.

    Returns:
        The ranges in order, each once; empty when there are none.

    Example:
        >>> lines_text("office-1396", [(140, 140), (120, 133), (140, 140)])
        'office-1396:120-133,140'
    """
    ranges = [str(a) if a == b else f"{a}-{b}" for a, b in sorted(set(spans))]
    return (f"{document}:" if document else "") + ",".join(ranges) if ranges else ""
