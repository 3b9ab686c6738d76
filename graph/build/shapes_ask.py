"""Asking compiled shapes; nothing here needs the shapes themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from graph.build.errors import BuildError
from graph.build.findings import Severity
from graph.build.results import Progress, Result, select_all
from graph.store.rows import Rows


@dataclass(frozen=True)
class ShapeQuery:
    """One SELECT for one constraint.

    Args:
        shape: The name of the shape.
        component: The constraint component, as SHACL names it.
        severity: How grave its results are.
        message_fa: Their words in Persian.
        message_en: Their words in English.
        text: The query; `?focus` and, where there is one, `?value`.
    """

    shape: str
    component: str
    severity: Severity
    message_fa: str
    message_en: str
    text: str


# Stands in a query for the nodes that are asked about.
ASKED = "urn:daftar:asked"


@dataclass(frozen=True)
class Compiled:
    """All shapes of an ontology as queries.

    Args:
        near: Those that a record and the authority files can answer.
        far: Those that look into other records.
        others: How many there are that only pySHACL can check.
    """

    near: Sequence[ShapeQuery]
    far: Sequence[ShapeQuery]
    others: int

    def about(self, nodes: Sequence[str]) -> Compiled:
        """Queries that were compiled for `ASKED`, with some nodes in its place."""
        named = " ".join(f"<{node}>" for node in nodes)

        def put(queries: Sequence[ShapeQuery]) -> list[ShapeQuery]:
            return [replace(each, text=each.text.replace(f"<{ASKED}>", named)) for each in queries]

        return Compiled(put(self.near), put(self.far), self.others)

    @classmethod
    def of(cls, data: Any) -> Compiled:
        """Read what `dataclasses.asdict` gave."""
        near, far = ([ShapeQuery(**each) for each in data[key]] for key in ("near", "far"))
        return cls(near, far, data["others"])


def ask_shapes(
    store: ox.Store,
    queries: Sequence[ShapeQuery],
    progress: Progress | None = None,
    threads: int | None = None,
) -> set[Result]:
    """Run compiled shapes.

    Args:
        store: The statements.
        queries: The shapes as queries.
        progress: Told how many queries are done and how many there are; raising from it cancels.
        threads: How many queries at a time; unset, as many as there are processors.

    Returns:
        What does not conform.

    Raises:
        BuildError: If a query cannot be run.
    """
    answers = select_all(store, [query.text for query in queries], progress, threads)
    return {result for query, rows in zip(queries, answers, strict=True) for result in _results(query, rows)}


def _results(query: ShapeQuery, rows: Rows | Exception) -> list[Result]:
    if isinstance(rows, Exception):
        raise BuildError(f"shape {query.shape} was compiled to a query that cannot be run: {rows}") from rows
    return [
        Result(
            query.severity,
            query.shape,
            query.message_fa,
            query.message_en,
            row[0].value,
            row[1].value if len(row) > 1 else "",
            query.component,
        )
        for row in rows.rows
    ]
