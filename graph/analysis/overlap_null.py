"""What chance alone would put into a table: the bipartite configuration model.

Every cell is filled on its own with a probability that depends only on how long its row is and how common its
column is, so that every row and every column has, in expectation, as many ones as the real table has. Among
all such models it is the one that assumes nothing else (maximum entropy): Saracco, Di Clemente, Gabrielli,
Squartini, "Randomizing bipartite networks", Scientific Reports 5 (2015) 10595, and Saracco, Straka et al.,
"Inferring monopartite projections of bipartite networks", New Journal of Physics 19 (2017) 053022. Neal, "The
backbone of bipartite projections", Social Networks 39 (2014) 84-97, tests with the same idea.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Newton steps at most; the tables tried need 5 to 40.
STEPS = 200
#: How far an expected number of ones may stay from the real one, as a share of it.
TOLERANCE = 1e-8


@dataclass(frozen=True, eq=False)
class NullModel:
    """Probabilities of the cells of a table, by class: rows of one length and columns of one count are alike.

    Attributes:
        row_class: Class of each row.
        column_class: Class of each column.
        row_size: Number of ones of the rows in each class of rows.
        column_count: Number of columns in each class of columns.
        chances: Probability of a one, by class of row and class of column.
        row_pull: How strongly rows of a class draw ones; not a number for rows whose cells are all settled.
        column_pull: The same for columns. The chance of an open cell is 1 / (1 + exp(-row - column pull)).
    """

    row_class: Ints
    column_class: Ints
    row_size: Ints
    column_count: Ints
    chances: Floats
    row_pull: Floats
    column_pull: Floats

    def probabilities(self) -> Floats:
        """Probability of every cell, as a full table: for small tables."""
        return self.chances[self.row_class][:, self.column_class]


def fit_null_model(row_sizes: Ints, column_sizes: Ints) -> NullModel:
    """Fit the model to the lengths of the rows and the counts of the columns.

    Args:
        row_sizes: Number of ones in each row.
        column_sizes: Number of ones in each column; the same sum.

    Returns:
        The model. Empty rows and columns have probability 0, full ones 1.

    Raises:
        ValueError: when the sums differ or a size is impossible.
        ArithmeticError: when no solution is found.

    Example:
        >>> model = fit_null_model(np.array([1, 1]), np.array([1, 1]))
        >>> model.probabilities().round(6).tolist()
        [[0.5, 0.5], [0.5, 0.5]]
    """
    rows, row_class, row_count = np.unique(row_sizes, return_inverse=True, return_counts=True)
    columns, column_class, column_count = np.unique(column_sizes, return_inverse=True, return_counts=True)
    if row_sizes.sum() != column_sizes.sum():
        raise ValueError("rows and columns must hold the same number of ones")
    for sizes, most in ((rows, len(column_sizes)), (columns, len(row_sizes))):
        if sizes.size and (sizes[0] < 0 or sizes[-1] > most):
            raise ValueError(f"a row or column has fewer than 0 or more than {most} ones")
    chances = np.zeros((len(rows), len(columns)))
    left = _settle(chances, rows.astype(float), row_count, columns.astype(float), column_count)
    row_pull, column_pull = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
    open_rows, open_columns = left[0], left[1]
    if open_rows.size:
        pulls = _solve(left[2], row_count[open_rows], left[3], column_count[open_columns])
        row_pull[open_rows], column_pull[open_columns] = pulls
        chances[np.ix_(open_rows, open_columns)] = scipy.special.expit(np.add.outer(*pulls))
    return NullModel(row_class, column_class, rows, column_count, chances, row_pull, column_pull)


def _settle(
    chances: Floats, rows: Floats, row_count: Ints, columns: Floats, column_count: Ints
) -> tuple[Ints, Ints, Floats, Floats]:
    """Fill in what must be 0 or 1; return the classes that are left and the ones they still need."""
    rows, columns = rows.copy(), columns.copy()
    open_rows = np.arange(len(rows))
    open_columns = np.arange(len(columns))
    while True:
        wide = column_count[open_columns].sum()
        high = row_count[open_rows].sum()
        full_rows = open_rows[rows[open_rows] >= wide]
        full_columns = open_columns[columns[open_columns] >= high]
        if full_rows.size:  # one side at a time: what is left of the other changes with it
            chances[np.ix_(full_rows, open_columns)] = 1.0 if wide else 0.0
            columns[open_columns] -= row_count[full_rows].sum() if wide else 0
            open_rows = np.setdiff1d(open_rows, full_rows)
        elif full_columns.size:
            chances[np.ix_(open_rows, full_columns)] = 1.0 if high else 0.0
            rows[open_rows] -= column_count[full_columns].sum() if high else 0
            open_columns = np.setdiff1d(open_columns, full_columns)
        else:
            open_rows = open_rows[rows[open_rows] > 0]
            open_columns = open_columns[columns[open_columns] > 0]
            if column_count[open_columns].sum() == wide and row_count[open_rows].sum() == high:
                return open_rows, open_columns, rows[open_rows], columns[open_columns]


def _solve(rows: Floats, row_count: Ints, columns: Floats, column_count: Ints) -> tuple[Floats, Floats]:
    """Newton's method on the (convex) negative logarithm of the likelihood, by class."""
    ones = float(rows @ row_count)
    place = np.concatenate([np.log(rows / np.sqrt(ones)), np.log(columns / np.sqrt(ones))])
    weight = np.outer(row_count, column_count).astype(float)
    want = np.concatenate([rows * row_count, columns * column_count])
    split = len(rows)

    def grid(at: Floats) -> Floats:
        added: Floats = at[:split, None] + at[None, split:]
        return added

    def height(at: Floats) -> float:
        return float((weight * np.logaddexp(0, grid(at))).sum() - want @ at)

    for _ in range(STEPS):
        filled = scipy.special.expit(grid(place))
        full = weight * filled
        slope = np.concatenate([full.sum(axis=1), full.sum(axis=0)]) - want
        if np.abs(slope / want).max() <= TOLERANCE:
            return place[:split], place[split:]
        move = _newton(slope, full * (1 - filled))
        gain, pace, now = float(slope @ move), 1.0, height(place)
        while height(place + pace * move) > now + 1e-4 * pace * gain and pace > 1e-6:
            pace /= 2
        place = place + pace * move
    raise ArithmeticError("no null model was found for the lengths of the rows and columns of this table")


def _newton(slope: Floats, bend: Floats) -> Floats:
    """The step to the bottom of the paraboloid with this slope and these second derivatives."""
    from scipy.linalg import (  # slow to import: not when a server starts
        LinAlgError,
        cho_factor,
        cho_solve,
        lstsq,
    )

    split = len(bend)
    curve = np.diag(np.concatenate([bend.sum(axis=1), bend.sum(axis=0)]))
    curve[:split, split:] = bend
    curve[split:, :split] = bend.T
    # adding to all rows what is taken from all columns changes nothing: the last column stays where it is
    move = np.zeros_like(slope)
    try:
        move[:-1] = -cho_solve(cho_factor(curve[:-1, :-1]), slope[:-1])
    except LinAlgError:  # sizes that allow one table only drive some places far out, where the ground is flat
        move[:-1] = -lstsq(curve[:-1, :-1], slope[:-1])[0]
    return move
