"""Rows of a SELECT, read out at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples


class Rows(NamedTuple):
    """What a SELECT answered.

    Attributes:
        names: The variables of the projection, without question marks.
        rows: The terms of each row in the order of ``names``; None where nothing is bound.
    """

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def mappings(self) -> Iterator[dict[str, Any]]:
        """Each row as a mapping from variable to term; unbound variables are None."""
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)


def read_rows(found: QuerySolutions | QueryBoolean | QueryTriples, asked: str = "the query") -> Rows:
    """Read all rows of an answer.

    The engine's answer may be dropped only by the thread that asked. Read out here, it never outlives
    the call: not in a generator that is left half-way, nor in the traceback of an analysis that was ended.

    Args:
        found: The engine's answer; hand it over without keeping a name for it.
        asked: What was asked, for the message.

    Returns:
        Its rows.

    Raises:
        TypeError: when the query was no SELECT.

    Example:
        >>> import pyoxigraph
        >>> rows = read_rows(pyoxigraph.Store().query("SELECT ?n { VALUES ?n { 1 2 } }"))
        >>> rows.names, [row["n"].value for row in rows.mappings()]
        (('n',), ['1', '2'])
    """
    try:
        if not isinstance(found, QuerySolutions):
            raise TypeError(f"{asked} is answered with {type(found).__name__}: only SELECT queries have rows")
        names = tuple(variable.value for variable in found.variables)
        return Rows(names, [tuple(row) for row in found])
    finally:
        del found
