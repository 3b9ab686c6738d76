"""Evaluating one query within its limits of rows and bytes. Time and memory are the process's business."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Literal, TypeVar, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, Triple

from graph.query.cut import say_cut
from graph.query.errors import QueryError, QueryUnansweredError
from graph.query.formats import (
    Format,
    choose_format,
    convert_rows,
    write_boolean,
    write_triples,
)
from graph.query.guard import Limits, check_graph, check_graphs, check_query
from graph.query.prefixes import PREFIXES
from graph.query.rows_document import EnoughError, RowsDocument
from graph.query.scan import Scan
from graph.query.syntax import explain, widened
from graph.store import Store, StoreError

Truncated = Literal["", "rows", "bytes"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query.

    Attributes:
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        format: Row of the table of formats that it is written in.
        body: The document.
        rows: Number of rows, or of triples, in it; 1 for ``ASK``.
        truncated: Empty when the answer is whole; else the limit that cut it: ``rows`` or ``bytes``.
        seconds: How long it took.
        fingerprint: The edition that answered.
    """

    form: str
    format: Format
    body: bytes
    rows: int
    truncated: Truncated
    seconds: float
    fingerprint: str


def evaluate(
    store: Store,
    query: str,
    limits: Limits,
    format_name: str | None = None,
    *,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    form: str | None = None,
) -> Answer:
    """Answer a query in this process.

    Args:
        store: The graph.
        query: The query.
        limits: Length, depth, rows and bytes count here.
        format_name: Name of a format, or None for the usual one.
        default_graphs: IRIs of the graphs to ask, instead of the union of all.
        named_graphs: IRIs of the graphs that ``GRAPH`` reaches.
        form: Its form, of a query that was checked and has no ``FROM``; else it is checked here.

    Returns:
        The answer.

    Raises:
        QueryError: of the kind that says why there is none.
    """
    started = time.monotonic()
    seen = Scan(form=form) if form else check_query(query, limits)
    _check_graphs(store, seen, (*(default_graphs or ()), *(named_graphs or ())))
    chosen = choose_format(format_name, seen.form)
    results = _ask(store, query, limits, default_graphs, named_graphs)
    truncated: Truncated = ""
    if isinstance(results, QueryBoolean):
        body, rows = write_boolean(results, chosen), 1
    elif isinstance(results, QuerySolutions):
        body, rows, truncated = _rows(results, chosen, limits)
    else:
        body, rows, truncated = _triples(results, chosen, limits)
    seconds = time.monotonic() - started
    return Answer(seen.form, chosen, body, rows, truncated, seconds, store.manifest.fingerprint)


def _check_graphs(store: Store, seen: Scan, asked: Sequence[str]) -> None:
    if not seen.froms and not asked:
        return
    known = frozenset(store.graphs())
    # without a BASE of its own a query is relative to our resources: FROM <graph/codes>
    relative = frozenset() if seen.based else {iri.removeprefix(store.manifest.base_iri) for iri in known}
    check_graphs(seen, known | relative)
    for iri in asked:
        check_graph(iri, known)


def _ask(
    store: Store,
    query: str,
    limits: Limits,
    default_graphs: Sequence[str] | None,
    named_graphs: Sequence[str] | None,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    def nodes(graphs: Sequence[str] | None) -> list[NamedNode] | None:
        return None if graphs is None else [NamedNode(graph) for graph in graphs]

    def ask(text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        return store.query(
            text,
            default_graphs=nodes(default_graphs),
            named_graphs=nodes(named_graphs),
            prefixes=PREFIXES,
            base_iri=store.manifest.base_iri,
        )

    try:
        return ask(query)
    except SyntaxError:
        try:
            return ask(widened(query))
        except SyntaxError as error:
            raise explain(query, str(error), check_query(query, limits)) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    except StoreError as error:
        raise QueryUnansweredError(str(error)) from error


def _rows(results: QuerySolutions, chosen: Format, limits: Limits) -> tuple[bytes, int, Truncated]:
    document = RowsDocument(limits.rows, limits.size)
    columns = len(results.variables)
    truncated: Truncated = ""
    try:
        # the engine wants nothing of a stream but write and flush
        results.serialize(cast(IO[bytes], document), format=QueryResultsFormat.JSON)
        document.finish()
    except EnoughError:
        truncated = "bytes"
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    count = document.rows
    if limits.rows is not None and count > limits.rows:
        count, truncated = limits.rows, "rows"

    def written(rows: int) -> bytes:
        return convert_rows(document.cut(rows), chosen)

    return _fitting(count, truncated, limits, written, chosen, columns)


def _triples(results: QueryTriples, chosen: Format, limits: Limits) -> tuple[bytes, int, Truncated]:
    found: dict[Triple, None] = {}
    size = 0
    truncated: Truncated = ""
    for triple in _failing_clearly(results):
        if triple in found:
            continue
        if limits.rows is not None and len(found) >= limits.rows:
            truncated = "rows"
            break
        size += len(str(triple).encode("utf-8", "surrogatepass"))
        # Turtle and JSON-LD abbreviate what N-Triples spells out, so the real size is measured below
        if limits.size is not None and size > 4 * limits.size:
            truncated = "bytes"
            break
        found[triple] = None
    items = list(found)
    return _fitting(len(items), truncated, limits, lambda count: write_triples(items[:count], chosen), chosen)


def _failing_clearly(results: Iterable[Item]) -> Iterator[Item]:
    try:
        yield from results
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error


def _fitting(
    count: int,
    truncated: Truncated,
    limits: Limits,
    write: Callable[[int], bytes],
    chosen: Format,
    columns: int = 0,
) -> tuple[bytes, int, Truncated]:
    """Write as many items as fit into the size limit; an answer with none may be larger than a tiny limit."""

    def written() -> bytes:
        body = write(count)
        return say_cut(body, chosen, truncated, count, columns) if truncated else body

    body = written()
    while limits.size is not None and len(body) > limits.size and count:
        truncated = "bytes"
        count = min(count * limits.size // len(body), count - 1)
        body = written()
    return body, count, truncated
