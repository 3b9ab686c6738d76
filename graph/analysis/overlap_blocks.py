"""All pairs of rows that share enough columns, block by block, in bounded memory and on several threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence

Ints = NDArray[np.int64]
Result = TypeVar("Result")

#: Products of two cells that one block adds up at most; a block holds about 12 bytes for each.
CELLS = 2_000_000
#: Threads that compute blocks; the work is done outside the interpreter's lock.
WORKERS = 2


def row_blocks(tables: Sequence[Incidence], cells: int = CELLS) -> list[tuple[int, int]]:
    """Cut the rows into blocks of about equal work.

    Args:
        tables: Tables with the same rows.
        cells: Products of two cells in a block at most; a single row may have more.

    Returns:
        First row and the row after the last, of each block.

    Example:
        >>> row_blocks([Incidence.of({"a": ["x"], "b": ["x"], "c": []})], cells=2)
        [(0, 1), (1, 3)]
    """
    rows = len(tables[0].rows)
    work = np.zeros(rows)
    for table in tables:
        counts = np.bincount(table.matrix.indices, minlength=len(table.columns))
        work += table.matrix.astype(np.float64) @ counts.astype(np.float64)
    blocks, start, load = [], 0, 0.0
    for row, more in enumerate(work.tolist()):
        if row > start and load + more > cells:
            blocks.append((start, row))
            start, load = row, 0.0
        load += more
    return [*blocks, (start, rows)] if rows else blocks


class SharedCounts:
    """Counts the columns that rows share, and what they count for.

    Both are found in one product: a cell of the left table holds one and, in the bits above, the units of its
    column.

    Args:
        table: The table.
        least: Pairs that share fewer are left out.
        units: Whole number that each column counts for; None for 0.
    """

    def __init__(self, table: Incidence, least: int, units: Ints | None = None) -> None:
        self.least = least
        ones = table.matrix.astype(np.int64)
        self._bits = int(np.diff(ones.indptr).max(initial=0)).bit_length()
        values = np.zeros(len(table.columns), dtype=np.int64) if units is None else units << self._bits
        highest = int((ones @ (values + 1)).max(initial=0))
        kind = np.int32 if highest <= np.iinfo(np.int32).max else np.int64
        self._columns = ones.astype(kind).T.tocsr()
        self._rows = sparse.csr_array(ones @ sparse.diags_array(values + 1, dtype=np.int64)).astype(kind)

    def block(self, start: int, end: int) -> tuple[Ints, Ints, Ints, Ints]:
        """The pairs of which the row with the lower number is in a block.

        Args:
            start: First row of the block.
            end: The row after its last.

        Returns:
            Number of the lower row, of the higher row, how many columns they share, and what these count for;
            sorted by the rows.
        """
        counted = sparse.csr_array(self._rows[start:end] @ self._columns[:, start:])
        mask = (1 << self._bits) - 1
        places = np.flatnonzero((counted.data & mask) >= self.least)
        first = np.searchsorted(counted.indptr, places, side="right") - 1
        second = counted.indices[places].astype(np.int64)
        upper = second > first
        first, second = first[upper], second[upper]
        sums = counted.data[places[upper]].astype(np.int64)
        order = np.lexsort((second, first))
        return first[order] + start, second[order] + start, sums[order] & mask, sums[order] >> self._bits


def each_block(
    work: Callable[[int, int], Result],
    blocks: Sequence[tuple[int, int]],
    workers: int = WORKERS,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Result]:
    """Do some work for every block, on threads, a few blocks ahead of who takes the results.

    Args:
        work: What to do with the first row and the row after the last.
        blocks: The blocks.
        workers: Threads.
        progress: Told how many blocks are done; an exception from it ends the work.

    Yields:
        The results in the order of the blocks.
    """
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(max(1, workers)) as threads:
        try:
            for number in range(len(blocks) + workers):
                if number < len(blocks):
                    waiting.append(threads.submit(work, *blocks[number]))
                if number >= workers:
                    yield waiting.popleft().result()
                    if progress is not None:
                        progress(number - workers + 1)
        finally:
            for one in waiting:
                one.cancel()
