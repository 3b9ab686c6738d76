"""Two-mode tables: which processes go with which agencies, instruments, forms ... as sparse matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Incidence:
    """A table with a one where a row goes with a column.

    Attributes:
        rows: What the rows are, as a rule IRIs of processes; each once.
        columns: What the columns are, for example IRIs of agencies; each once.
        matrix: Ones, shape ``(len(rows), len(columns))``, 8-bit integers.
        weak: Ones of ``matrix`` that rest only on copied lists or on generic wording; the same shape.

    Raises:
        ValueError: when the shapes do not fit, a name stands twice, or a weak cell is no cell.

    Example:
        >>> table = Incidence.of({"P1": ["police", "court"], "P2": ["police"]})
        >>> table.columns, int(table.matrix.sum())
        (('court', 'police'), 3)
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: sparse.csr_array
    weak: sparse.csr_array

    def __post_init__(self) -> None:
        shape = (len(self.rows), len(self.columns))
        if self.matrix.shape != shape or self.weak.shape != shape:
            raise ValueError(f"the matrices must have the shape {shape}")
        if len(set(self.rows)) != shape[0] or len(set(self.columns)) != shape[1]:
            raise ValueError("a row or a column stands twice")
        if (self.weak > self.matrix).nnz:
            raise ValueError("a weak cell must be a cell")

    @classmethod
    def of(
        cls,
        cells: Mapping[str, Iterable[str]],
        weak: Iterable[tuple[str, str]] = (),
        columns: Iterable[str] | None = None,
    ) -> Incidence:
        """Make a table from lists.

        Args:
            cells: The columns of each row.
            weak: Pairs of row and column that rest only on copied lists or generic wording.
            columns: All columns in their order; None for those that occur, sorted.

        Returns:
            The table; its rows in the order of ``cells``.

        Raises:
            KeyError: when a cell names a column that is not in ``columns``.
        """
        sets = {row: frozenset(found) for row, found in cells.items()}
        names = tuple(sorted(frozenset().union(*sets.values())) if columns is None else columns)
        place = {name: position for position, name in enumerate(names)}
        line = {name: position for position, name in enumerate(sets)}
        pairs = [(line[row], place[name]) for row, found in sets.items() for name in found]
        doubtful = [(line[row], place[name]) for row, name in weak]
        shape = (len(sets), len(names))
        return cls(tuple(sets), names, _ones(pairs, shape), _ones(doubtful, shape))

    @property
    def transposed(self) -> Incidence:
        """The same table with rows and columns changed."""
        return Incidence(self.columns, self.rows, self.matrix.T.tocsr(), self.weak.T.tocsr())

    @property
    def without_weak(self) -> Incidence:
        """The table without the cells that rest only on copied lists or generic wording."""
        left = (self.matrix - self.weak).tocsr()
        left.eliminate_zeros()
        return Incidence(self.rows, self.columns, left, _ones([], (len(self.rows), len(self.columns))))

    @cached_property
    def row_number(self) -> Mapping[str, int]:
        """Position of each row."""
        return {name: position for position, name in enumerate(self.rows)}

    @cached_property
    def column_number(self) -> Mapping[str, int]:
        """Position of each column."""
        return {name: position for position, name in enumerate(self.columns)}

    def columns_of(self, row: str) -> frozenset[str]:
        """The columns of a row.

        Raises:
            KeyError: when there is no such row.
        """
        return frozenset(self.columns[position] for position in self.columns_at(self.row_number[row]))

    def columns_at(self, number: int) -> NDArray[np.integer]:
        """Positions of the columns of the row at a position."""
        start, end = self.matrix.indptr[number], self.matrix.indptr[number + 1]
        found: NDArray[np.integer] = self.matrix.indices[start:end]
        return found


def _ones(pairs: list[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_array:
    at = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(at), dtype=np.int8)
    return sparse.csr_array(sparse.coo_array((ones, (at[:, 0], at[:, 1])), shape=shape))
