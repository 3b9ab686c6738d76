"""Formal concepts of a table, those with the most rows first, so that a cut leaves a describable set.

A formal concept (Ganter and Wille, "Formal Concept Analysis", Springer 1999) is a pair: a set of columns and
the set of rows that hold all of them, such that no further column is common to these rows. Each is found once
by prefix-preserving closure extension with occurrence delivery (Uno, Asai, Uchida, Arimura, "LCM ver. 2",
FIMI 2004): a concept grows by one column at a time, is closed, and is kept when closing added no column that
stands before that one. The order is not LCM's depth first: as in Han, Wang, Lu and Tzvetkov, "Mining top-k
frequent closed patterns without minimum support" (ICDM 2002), the extension with the most rows comes next.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

Numbers = NDArray[np.int64]
Progress = Callable[[int, int], None]
Cut = Literal["max_meetings", "seconds"]
#: Extensions tried between two looks at the clock.
_BREATH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """Columns and rows of a formal concept, as sorted positions in the table."""

    columns: Numbers
    rows: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search brought.

    Attributes:
        concepts: The concepts: most rows first, then most columns, then positions of the columns.
        complete_from: Every concept that has at least so many rows (and columns enough) is in ``concepts``,
            and no other.
        cut_by: The limit that ended the search early; None when it came to its end.
    """

    concepts: tuple[Concept, ...]
    complete_from: int
    cut_by: Cut | None


def find_concepts(
    table: Incidence,
    *,
    min_support: int,
    min_group: int,
    max_meetings: int,
    seconds: float,
    progress: Progress | None = None,
) -> Found:
    """List the formal concepts with at least so many rows and columns.

    Args:
        table: The table.
        min_support: Rows that a concept must have; 0 adds the concept of all columns where no row has all.
        min_group: Columns that a concept must have.
        max_meetings: When there are more, only those with more rows than the first one too many are kept.
        seconds: Time after which the search stops; what it has not finished is left out.
        progress: Called with the number of concepts found and ``max_meetings``; raising from it cancels.

    Returns:
        The concepts and how far they go.

    Raises:
        ValueError: when a limit makes no sense.

    Example:
        >>> table = Incidence.of({"P1": "ab", "P2": "ab", "P3": "bc"})
        >>> found = find_concepts(table, min_support=1, min_group=1, max_meetings=9, seconds=9)
        >>> [("".join(table.columns[c] for c in one.columns), len(one.rows)) for one in found.concepts]
        [('b', 3), ('ab', 2), ('bc', 1)]
    """
    if min_support < 0 or min_group < 0 or max_meetings < 1 or seconds < 0:
        raise ValueError(
            "min_support, min_group and seconds cannot be negative and max_meetings must be 1 or more; got "
            f"{min_support}, {min_group}, {seconds} and {max_meetings}"
        )
    search = _Search(table, max(min_support, 1), min_group)
    deadline = time.monotonic() + seconds
    cut, complete_from = search.run(max_meetings, deadline, progress)
    kept = [one for one in search.found if len(one.rows) >= complete_from]
    if cut is None and min_support == 0:
        complete_from = 0
        bottom = _bottom(table, min_group, kept)
        if bottom and len(kept) == max_meetings:
            cut, complete_from = "max_meetings", 1
        else:
            kept += bottom
    kept.sort(key=lambda one: (-len(one.rows), -len(one.columns), one.columns.tolist()))
    return Found(tuple(kept), complete_from, cut)


def _bottom(table: Incidence, min_group: int, found: list[Concept]) -> list[Concept]:
    """The concept of all columns and no row, where no row holds all columns."""
    width = len(table.columns)
    if width < min_group or any(len(one.columns) == width for one in found):
        return []
    return [Concept(np.arange(width), np.arange(0))]


@dataclass(slots=True, eq=False)
class _Node:
    """A concept that may still grow: by which columns, best first, and how many rows each leaves."""

    columns: Numbers
    rows: Numbers
    by: Numbers
    left: Numbers
    next: int = 0


class _Search:
    def __init__(self, table: Incidence, min_support: int, min_group: int) -> None:
        self.min_support, self.min_group = min_support, min_group
        rows, columns = core(table, min_support, min_group)
        counts = np.bincount(table.matrix[rows].indices, minlength=len(table.columns))[columns]
        # rarest first: a column that would break the order of growth then shows up early
        columns = columns[np.argsort(counts, kind="stable")]
        self.row_of, self.column_of = rows, columns
        part = sparse.csr_array(table.matrix[rows][:, columns])
        part.sort_indices()
        self.start, self.cells = part.indptr.astype(np.int64), part.indices.astype(np.int64)
        by_column = part.tocsc()
        by_column.sort_indices()
        self.rows_with = np.split(by_column.indices.astype(np.int64), by_column.indptr[1:-1])
        self.width = len(columns)
        self.found: list[Concept] = []

    def run(self, most: int, deadline: float, progress: Progress | None) -> tuple[Cut | None, int]:
        """Search; returns what cut it, and from how many rows on everything was found."""
        nodes: list[_Node] = []
        waiting: list[tuple[int, int]] = []
        self._add(np.arange(len(self.row_of)), -1, nodes, waiting)
        for tried in count(1):
            if len(self.found) > most:
                return "max_meetings", len(self.found[-1].rows) + 1
            if not waiting:
                break
            rows_left, number = waiting[0]
            if tried % _BREATH == 1:
                if progress:
                    progress(len(self.found), most)
                if time.monotonic() >= deadline:
                    return "seconds", -rows_left + 1
            node = nodes[number]
            column = int(node.by[node.next])
            node.next += 1
            if node.next < len(node.by):
                heapq.heapreplace(waiting, (-int(node.left[node.next]), number))
            else:
                heapq.heappop(waiting)
            rows = np.intersect1d(node.rows, self.rows_with[column], assume_unique=True)
            self._add(rows, column, nodes, waiting, node.columns)
            if node.next == len(node.by):
                nodes[number] = _SPENT
        return None, self.min_support

    def _add(
        self,
        rows: Numbers,
        column: int,
        nodes: list[_Node],
        waiting: list[tuple[int, int]],
        known: Numbers | None = None,
    ) -> None:
        """Close the rows; keep the concept and its ways to grow unless it grows out of another."""
        if len(rows) < self.min_support:
            return
        counts = np.bincount(self._cells_of(rows), minlength=self.width)
        closed = np.flatnonzero(counts == len(rows))
        before = 0 if known is None else int(np.searchsorted(known, column))
        if int(np.searchsorted(closed, column)) != before:
            return
        if len(closed) >= self.min_group:
            self.found.append(Concept(np.sort(self.column_of[closed]), self.row_of[rows]))
        able = counts >= self.min_support
        if int(able.sum()) < self.min_group:
            return
        able[closed] = False
        by = np.flatnonzero(able)
        by = by[by > column]
        if len(by):
            by = by[np.argsort(-counts[by], kind="stable")]
            nodes.append(_Node(closed, rows, by, counts[by]))
            heapq.heappush(waiting, (-int(counts[by[0]]), len(nodes) - 1))

    def _cells_of(self, rows: Numbers) -> Numbers:
        """Columns of the rows, one after the other."""
        if len(rows) == len(self.row_of):
            return self.cells
        starts = self.start[rows]
        lengths = self.start[rows + 1] - starts
        shift = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        cells: Numbers = self.cells[np.arange(len(shift)) + shift]
        return cells


_SPENT = _Node(np.arange(0), np.arange(0), np.arange(0), np.arange(0))


def core(table: Incidence, min_support: int, min_group: int) -> tuple[Numbers, Numbers]:
    """Rows and columns that a concept of the wanted size can have.

    A row with fewer than ``min_group`` columns, or a column with fewer than ``min_support`` rows, is in no
    such concept. Leaving it out may leave others too short, so this goes on until nothing changes. The
    concepts of the wanted size are the same afterwards, because all their rows and columns stay.

    Args:
        table: The table.
        min_support: Rows that a concept must have.
        min_group: Columns that a concept must have.

    Returns:
        Positions of the rows and of the columns that stay.

    Example:
        >>> rows, columns = core(Incidence.of({"P1": "abx", "P2": "ab", "P3": "b"}), 2, 2)
        >>> rows.tolist(), columns.tolist()
        ([0, 1], [0, 1])
    """
    rows, columns = np.arange(len(table.rows)), np.arange(len(table.columns))
    cells = table.matrix.astype(np.int64)
    while True:
        part = cells[rows][:, columns]
        long = np.asarray(part.sum(axis=1)) >= min_group
        common = np.asarray(part.sum(axis=0)) >= min_support
        if long.all() and common.all():
            return rows, columns
        rows, columns = rows[long], columns[common]
