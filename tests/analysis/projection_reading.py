"""What the tests of the projection share: short names, records as the projection should write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from graph.analysis.incidence import Incidence
from tests.query.reference.records import processes, span

BASE = "https://w3id.org/daftar/id/"
CODE = "https://w3id.org/daftar/code/"
DOCUMENT = "provincial-security-office-1396"
Graph = nx.MultiDiGraph  # short


def iri(kind: str, ident: str) -> str:
    return f"{BASE}{kind}/{ident}"


def process(ident: str) -> str:
    return iri("process", ident)


def edge(graph: Graph[str], source: str, target: str, relation: str) -> dict[str, Any]:
    found: dict[str, Any] = graph.edges[source, target, relation]
    return found


def links(graph: Graph[str], *relations: str) -> set[tuple[str, str]]:
    """Both ends of every edge of some relations."""
    return {(s, t) for s, t, key in graph.edges(keys=True) if key in relations}


def read_lines(*texts: str) -> str:
    """Lines of records as the projection writes them: each range once, in order."""
    ranges = sorted({span(part) for text in texts for part in text.split(",")})
    return f"{DOCUMENT}:" + ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def documented() -> list[dict[str, Any]]:
    return [record for record in processes().values() if "form" in record]


def rows(table: Incidence) -> dict[str, set[str]]:
    """The last piece of the IRIs of a table."""
    return {r.rsplit("/", 1)[1]: {c.rsplit("/", 1)[1] for c in table.columns_of(r)} for r in table.rows}


def wanted(of: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    return {ident: set(found) for ident, found in of}
