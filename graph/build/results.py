"""What shapes and checks find, before the place is known; and how their queries are run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from graph.build.findings import Severity
from graph.store.rows import Rows, read_rows

# More nodes than these are not named in the queries: looking at all and keeping theirs is quicker then.
MANY_NODES = 2000

Progress = Callable[[int, int], None]
# What can be answered from a record and the authority files, and what needs the other records too.
Scope = Literal["record", "catalogue"]
# What checks the shapes.
Engine = Literal["compiled", "pyshacl"]


@dataclass(frozen=True, order=True)
class Result:
    """What a shape or check says about a node, before its place is known."""

    severity: Severity
    shape: str
    message_fa: str
    message_en: str
    focus: str
    value: str
    component: str = "SPARQLConstraintComponent"


def select_all(
    store: ox.Store, queries: Sequence[str], progress: Progress | None = None, threads: int | None = None
) -> Iterator[Rows | SyntaxError | ValueError | TypeError]:
    """Run SELECTs over the union of all graphs, as many at a time as there are processors.

    The engine works outside the interpreter's lock, so threads are enough and share the store.

    Args:
        store: The dataset.
        queries: The queries.
        progress: Told after each how many are done and how many there are; raising from it cancels the rest.
        threads: How many at a time; unset, as many as there are processors.

    Yields:
        The rows of each query, in the order of the queries; the error instead for one that cannot be run.
    """

    def answer(query: str) -> Rows | SyntaxError | ValueError | TypeError:
        try:
            return read_rows(store.query(query, use_default_graph_as_union=True), "the query")
        except (SyntaxError, ValueError, TypeError) as error:
            return error

    pool = ThreadPoolExecutor(max_workers=threads or max(1, os.cpu_count() or 1))
    try:
        for done, rows in enumerate(pool.map(answer, queries), start=1):
            yield rows
            if progress is not None:
                progress(done, len(queries))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
