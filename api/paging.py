"""Long pages in parts: no answer grows with the catalogue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
#: Entries of the index, and doubts, on a page: a page stays below 300 kB.
ENTRIES, DOUBTS = 250, 300
#: Pairs that may be one thing, on a page of doubts; each is read by itself.
PAIRS = 40


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One part of something long.

    Attributes:
        part: What this page shows.
        page: Its number, from 1.
        pages: How many pages there are.
        total: How many things there are in all.
        first: How many stand on the pages before.
    """

    part: Sequence[T]
    page: int
    pages: int
    total: int
    first: int


def paged(things: Sequence[T], page: int, size: int) -> Paged[T]:
    """Take one page; one behind the last is the last.

    Args:
        things: All of them.
        page: Number of the page, from 1.
        size: Things on a page.

    Returns:
        The page.

    Example:
        >>> found = paged("abcde", 9, 2)
        >>> found.part, found.page, found.pages, found.first
        ('e', 3, 3, 4)
    """
    pages = max(1, -(-len(things) // size))
    at = min(max(1, page), pages)
    first = (at - 1) * size
    return Paged(things[first : first + size], at, pages, len(things), first)


def page_of(thing: str, things: Sequence[str], size: int) -> int:
    """The number of the page that a thing stands on.

    Args:
        thing: The thing.
        things: All of them, sorted.
        size: Things on a page.

    Returns:
        Number of the page, from 1; 1 for a thing that is not among them.

    Example:
        >>> page_of("c", "abcde", 2), page_of("x", "abcde", 2)
        (2, 1)
    """
    at = bisect_left(things, thing)
    return at // size + 1 if at < len(things) and things[at] == thing else 1
