"""What a query may be: not too long, not too deep, a question and no update, about this catalogue only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from graph.query.errors import QueryRefused
from graph.query.prefixes import PREFIXES
from graph.query.scan import Place, Scan, scan

QUESTIONS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING"}
)
_LISTING = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
_SHOWN = 200
_KEPT_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may take.

    Attributes:
        length: Characters of the query.
        depth: Nesting of brackets.
        seconds: Wall-clock time; None for no limit.
        rows: Rows or triples of the answer; None for no limit.
        size: Bytes of the answer; None for no limit.
        memory: Bytes of memory beyond the loaded graph; None for no limit.
    """

    length: int = 64_000
    depth: int = 100
    seconds: float | None = 10.0
    rows: int | None = 10_000
    size: int | None = 10_000_000
    memory: int | None = 2_000_000_000


def check_query(query: str, limits: Limits, known_graphs: Collection[str] | None = None) -> Scan:
    """Refuse a query that must not reach the engine.

    Args:
        query: The query.
        limits: Its limits; length and depth count here.
        known_graphs: IRIs of the graphs that ``FROM`` may name; None when they are not known yet.

    Returns:
        What the scan saw.

    Raises:
        QueryRefused: with the reason and, where there is one, the place.

    Example:
        >>> check_query("ASK { ?s ?p ?o }", Limits()).form
        'ASK'
        >>> check_query("CLEAR ALL", Limits())
        Traceback (most recent call last):
        graph.query.errors.QueryRefused: the query is refused (line 1, column 1): CLEAR changes data; only \
questions are answered
    """
    if len(query) > limits.length:
        raise QueryRefused(f"it has {len(query)} characters; {limits.length} are allowed", "too-long")
    seen = _scanned(query) if len(query) <= _KEPT_LENGTH else scan(query, PREFIXES)
    if not seen.form:
        raise QueryRefused("there is no question in it", "empty")
    if seen.depth > limits.depth:
        reason = f"its brackets nest {seen.depth} deep; {limits.depth} are allowed"
        raise _refused(reason, "too-deep", seen.deepest)
    if seen.ambiguous:
        reason = 'this may be a comparison or an IRI; put a space after "<", or write the IRI with a prefix'
        raise _refused(reason, "ambiguous", seen.ambiguous[0])
    if seen.form in UPDATES:
        raise _refused(f"{seen.form} changes data; only questions are answered", "update", seen.form_at)
    if seen.services:
        reason = "SERVICE asks another server; this one answers from its own catalogue only"
        raise _refused(reason, "service", seen.services[0])
    if known_graphs is not None:
        check_graphs(seen, known_graphs)
    return seen


@lru_cache(maxsize=512)
def _scanned(query: str) -> Scan:
    """The scan of a short query, which is looked at twice on its way and often asked again."""
    return scan(query, PREFIXES)


def check_graphs(seen: Scan, known_graphs: Collection[str]) -> None:
    """Refuse ``FROM`` with a graph that the catalogue does not have.

    Args:
        seen: What the scan saw.
        known_graphs: IRIs of the graphs.

    Raises:
        QueryRefused: with the place.
    """
    for place, iri in seen.froms:
        if iri is None or iri not in known_graphs:
            reason = f"{place.text} is no graph of this catalogue; {_LISTING} lists them"
            raise _refused(reason, "graph", place)


def check_graph(iri: str, known_graphs: Collection[str]) -> None:
    """Refuse a graph of the request that the catalogue does not have.

    Args:
        iri: Its IRI.
        known_graphs: IRIs of the graphs.

    Raises:
        QueryRefused: with the query that lists the graphs there are.
    """
    if iri not in known_graphs:
        shown = iri if len(iri) <= _SHOWN else iri[:_SHOWN] + "…"
        raise QueryRefused(f"<{shown}> is no graph of this catalogue; {_LISTING} lists them", "graph")


def _refused(reason: str, code: str, place: Place | None) -> QueryRefused:
    return QueryRefused(reason, code, place.line if place else None, place.column if place else None)
