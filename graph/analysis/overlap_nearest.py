"""The processes most like one process, on demand; and a table of them for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_blocks import WORKERS, each_block
from graph.analysis.overlap_scores import rarity_weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[Any]
Measure = Literal["jaccard", "containment", "rarity"]

#: A column that more than one row in so many has is kept as a full vector, which is faster to add.
DENSE = 64
#: Rows whose best score is found together; the bound that this gives keeps almost all others out.
GROUP = 256
#: Rows that one thread takes at a time; progress is told after each.
STRIDE = 500


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A row like the one asked for.

    Attributes:
        iri: Which row.
        score: How alike the two are, by the measure of the index.
        shared: What both have, the rarest first.
        only_asked: What only the row asked for has.
        only_other: What only the other has.
    """

    iri: str
    score: float
    shared: tuple[str, ...]
    only_asked: tuple[str, ...]
    only_other: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class NearestTable:
    """For every row those most like it, the most alike first.

    Attributes:
        rows: The rows.
        nearest: Number of the row, shape (rows, top); -1 where there are no more.
        score: How alike, the same shape.
        shared: How many columns they share, the same shape.
    """

    rows: tuple[str, ...]
    nearest: NDArray[np.int32]
    score: NDArray[np.float32]
    shared: NDArray[np.int32]


class SimilarityIndex:
    """An inverted index of a table, which finds the rows most like a given one, exactly.

    For a row, the lists of rows of its columns are added up into one vector, the scores are computed for all
    rows at once, and the best of each group of rows gives a bound that leaves only a few to sort.

    Args:
        table: The table.
        measure: ``jaccard``; ``containment``; or ``rarity``, in which rare columns count for more
            (see `overlap_scores`).

    Example:
        >>> index = SimilarityIndex(Incidence.of({"P1": "ab", "P2": "abc", "P3": "c"}))
        >>> [(one.iri, round(one.score, 2), one.shared) for one in index.nearest("P1")]
        [('P2', 0.67, ('a', 'b'))]
    """

    def __init__(self, table: Incidence, measure: Measure = "jaccard") -> None:
        self.table = table
        self.measure = measure
        rows = len(table.rows)
        self._length = max(1, -(-rows // GROUP)) * GROUP
        matrix = table.matrix.tocsr()
        matrix.sort_indices()
        self._starts, self._columns = matrix.indptr.tolist(), matrix.indices
        columns = matrix.tocsc()
        self._lists = np.split(columns.indices, columns.indptr[1:-1])
        self._weights = rarity_weights(table)
        sizes = np.diff(matrix.indptr)
        heft = matrix.astype(np.float64) @ self._weights if measure == "rarity" else sizes.astype(np.float64)
        self._heft = np.ones(self._length)  # one where a row is empty: its part is 0, and so is its score
        self._heft[:rows][sizes > 0] = heft[sizes > 0]
        self._heft_rough = self._heft.astype(np.float32)
        self._rank = np.argsort(np.argsort(np.array(table.rows, dtype=np.str_), kind="stable"))
        self._kind: Any = np.uint8 if sizes.max(initial=0) <= np.iinfo(np.uint8).max else np.uint32
        self._full = {
            column: self._vector(of) for column, of in enumerate(self._lists) if len(of) * DENSE > rows
        }

    def _vector(self, rows: NDArray[np.integer]) -> Numbers:
        full: Numbers = np.zeros(self._length, dtype=self._kind)
        full[rows] = 1
        return full

    def nearest(self, row: str, top: int = 10) -> tuple[Neighbour, ...]:
        """The rows most like one row, with what they share; equals in the order of their IRIs.

        Args:
            row: IRI of the row.
            top: How many at most; rows that share nothing are left out.

        Returns:
            Them, the most alike first.

        Raises:
            KeyError: when there is no such row.
            ValueError: when ``top`` is below 1.
        """
        asked = set(self._row(self.table.row_number[row]))
        found = []
        for place, score in self.nearest_rows(row, top):
            other = set(self._row(place))
            shared = sorted(asked & other, key=lambda column: (-self._weights[column], column))
            found.append(
                Neighbour(
                    self.table.rows[place],
                    score,
                    self._names(shared),
                    self._names(sorted(asked - other)),
                    self._names(sorted(other - asked)),
                )
            )
        return tuple(found)

    def nearest_rows(self, row: str, top: int = 10) -> list[tuple[int, float]]:
        """The rows most like one row, by number, and their scores; what they share is not looked up.

        Args:
            row: IRI of the row.
            top: How many at most.

        Returns:
            As :meth:`nearest`.

        Raises:
            KeyError: when there is no such row.
            ValueError: when ``top`` is below 1.
        """
        places, scores, _ = self._nearest(self.table.row_number[row], top)
        return list(zip(places.tolist(), scores.tolist(), strict=True))

    def all_nearest(
        self, top: int = 10, progress: Callable[[int, int], None] | None = None, workers: int = WORKERS
    ) -> NearestTable:
        """For every row those most like it.

        Args:
            top: How many for each at most.
            progress: Told how many rows are done, of how many; an exception from it ends the work.
            workers: Threads that share the work; numpy does most of it outside the interpreter's lock.

        Returns:
            The table.

        Raises:
            ValueError: when ``top`` is below 1.
        """
        rows = len(self.table.rows)
        nearest = np.full((rows, top), -1, dtype=np.int32)
        score, shared = np.zeros((rows, top), dtype=np.float32), np.zeros((rows, top), dtype=np.int32)

        def fill(start: int, end: int) -> int:
            for row in range(start, end):
                found = self._nearest(row, top)
                many = len(found[0])
                nearest[row, :many], score[row, :many], shared[row, :many] = found
            return end

        blocks = [(start, min(start + STRIDE, rows)) for start in range(0, rows, STRIDE)]
        for end in each_block(fill, blocks, workers):
            if progress is not None:
                progress(end, rows)
        return NearestTable(self.table.rows, nearest, score, shared)

    def _nearest(self, row: int, top: int) -> tuple[Ints, Floats, Ints]:
        """Numbers of the rows most like a row, their scores, and how many columns they share."""
        if top < 1:
            raise ValueError("ask for at least one similar row")
        if not self._row(row):
            return np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.int64)
        counts, part = self._sums(row)
        # single precision for all, to choose; double precision for the few chosen
        rough = part.astype(np.float32)
        rough /= self._whole(rough, self._heft_rough, self._heft_rough[row])
        best = rough.reshape(-1, GROUP).max(axis=1)
        bound = float(np.partition(best, -top)[-top]) if len(best) > top else 0.0
        places = np.flatnonzero(rough >= max(bound * (1 - 1e-6), 1e-30))
        few = part[places].astype(np.float64)
        scores = (few / self._whole(few, self._heft[places], self._heft[row])).round(12)
        chosen = self._best(places, scores, top)
        places = places[chosen]
        return places, scores[chosen], counts[places].astype(np.int64)

    def _sums(self, row: int) -> tuple[Numbers, Numbers]:
        """By row: how many columns it shares with a row, and what the measure takes of them."""
        counts: Numbers = np.zeros(self._length, dtype=self._kind)
        weights = np.zeros(self._length) if self.measure == "rarity" else counts
        for column in self._row(row):
            if column in self._full:
                counts += self._full[column]
            else:
                counts[self._lists[column]] += 1
            if weights is not counts:
                weights[self._lists[column]] += self._weights[column]
        counts[row] = weights[row] = 0
        return counts, weights

    def _whole(self, part: Numbers, heft: Numbers, own: float) -> Numbers:
        """What the part is a share of."""
        return np.minimum(heft, own) if self.measure == "containment" else heft + own - part

    def _best(self, places: Ints, scores: Floats, top: int) -> Ints:
        """The best of some rows in order. Thousands may be equal: only those that are wanted are sorted."""
        chosen = np.arange(len(places))
        if len(places) > top:
            last = np.partition(scores, -top)[-top]
            better, equal = np.flatnonzero(scores > last), np.flatnonzero(scores == last)
            few = np.argpartition(self._rank[places[equal]], top - len(better) - 1)[: top - len(better)]
            chosen = np.concatenate([better, equal[few]])
        return chosen[np.lexsort((self._rank[places[chosen]], -scores[chosen]))]

    def _row(self, row: int) -> list[int]:
        found: list[int] = self._columns[self._starts[row] : self._starts[row + 1]].tolist()
        return found

    def _names(self, columns: list[int]) -> tuple[str, ...]:
        return tuple(self.table.columns[column] for column in columns)
