"""Rows of answers as lines, numbers and flags."""

from __future__ import annotations

from graph.view.nodes import Lines
from graph.view.terms import Row, value_of


def row_lines(row: Row) -> Lines | None:
    """Return the lines that ``start`` and ``end`` of a row give.

    Args:
        row: A row of an answer.

    Returns:
        The lines, or None.
    """
    if "start" not in row or "end" not in row:
        return None
    written = value_of(row["written"]) if "written" in row else None
    return Lines(integer(row, "start"), integer(row, "end"), written)


def integer(row: Row, name: str) -> int:
    """Return the whole number that a variable of a row has."""
    return int(value_of(row[name]))


def flag(row: Row, name: str) -> bool:
    """Say whether a variable of a row is bound and true."""
    return name in row and value_of(row[name]) in ("true", "1")
