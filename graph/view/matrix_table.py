"""The table of bodies and processes: who takes part in which process, and what that rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.analysis.incidence import Incidence
from graph.view.nodes import Ref
from graph.view.reading import Catalogue

#: ``named``: the form names the body; ``copied``: only in a list that stands word for word in an earlier
#: form; ``inferred``: a rule says so.
Mark = Literal["named", "copied", "inferred"]


@dataclass(frozen=True)
class MatrixRow:
    """A body with its processes.

    Attributes:
        body: The body.
        marks: One for each column; None where it does not take part.
        named: In how many processes it is named.
    """

    body: Ref
    marks: tuple[Mark | None, ...]
    named: int


@dataclass(frozen=True)
class MatrixTable:
    """The whole table.

    Attributes:
        processes: The columns.
        rows: The bodies, those named in most processes first.
        cells: How many cells of each mark there are.
    """

    processes: tuple[Ref, ...]
    rows: tuple[MatrixRow, ...]
    cells: Mapping[Mark, int]


def matrix_table(catalogue: Catalogue, named: Incidence, inferred: Incidence | None = None) -> MatrixTable:
    """Make the table from what the analyses read.

    Args:
        catalogue: It names the things.
        named: Processes by the bodies that their forms name.
        inferred: Processes by bodies that a rule adds, with the same rows; None for none.

    Returns:
        Bodies by processes.

    Example::

        analyst = Analyst(store)
        matrix_table(catalogue, analyst.agencies(["named", "collectives"]), analyst.agencies(["inferred"]))
    """
    found: dict[str, dict[str, Mark]] = {}
    for table, strong, weak in ((inferred, "inferred", "inferred"), (named, "named", "copied")):
        if table is None:
            continue
        doubtful = set(zip(*(each.tolist() for each in table.weak.nonzero()), strict=True))
        for row, column in zip(*(each.tolist() for each in table.matrix.nonzero()), strict=True):
            mark: Mark = weak if (row, column) in doubtful else strong  # type: ignore[assignment]
            found.setdefault(table.columns[column], {})[table.rows[row]] = mark
    processes = [catalogue.ref(iri) for iri in named.rows]
    rows = [
        MatrixRow(
            catalogue.ref(body),
            tuple(marks.get(process.iri) for process in processes),
            sum(mark != "inferred" for mark in marks.values()),
        )
        for body, marks in found.items()
    ]
    cells: Counter[Mark] = Counter(mark for row in rows for mark in row.marks if mark)
    rows.sort(key=lambda row: (-row.named, row.body.kind, row.body.id))
    return MatrixTable(tuple(processes), tuple(rows), cells)
