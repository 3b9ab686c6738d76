"""Line ranges of a source document: ``"86"``, ``"86-88"``, ``"86, 90-91"``."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")

Ranges = tuple[tuple[int, int], ...]
"""First and last line of each range, both included, counted from 1."""


@lru_cache(4096)  # a record says its lines to several who ask, one after the other
def parse_lines(text: str) -> Ranges:
    """Read a list of line ranges.

    Args:
        text: Ranges with commas between them.

    Returns:
        First and last line of each, in the order written.

    Raises:
        ValueError: with words for the author of the record, when the text is no such list.

    Example:
        >>> parse_lines("86-88, 90")
        ((86, 88), (90, 90))
    """
    ranges: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _PART.fullmatch(part.strip(" "))
        if match is None:
            raise ValueError(
                f'"{part.strip()}" is no line or range of lines; write for example "86" or "86-88, 90"'
            )
        start = int(match[1])
        end = int(match[2]) if match[2] else start
        if end < start:
            raise ValueError(f'lines "{part.strip()}" run backwards; write "{end}-{start}"')
        ranges.append((start, end))
    return tuple(ranges)


def format_lines(ranges: Ranges) -> str:
    """Write line ranges; the inverse of :func:`parse_lines`.

    Args:
        ranges: First and last line of each range.

    Returns:
        The text form.

    Example:
        >>> format_lines(((86, 88), (90, 90)))
        '86-88, 90'
    """
    return ", ".join(str(start) if start == end else f"{start}-{end}" for start, end in ranges)
