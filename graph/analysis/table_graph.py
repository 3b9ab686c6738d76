"""A catalogue that is too large for NetworkX, as far as tables and names tell of it, asked like a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import networkx as nx

from graph.analysis.incidence import Incidence
from graph.query.question_terms import Labels, rows_of
from graph.store import Store

#: The relation that each way to be in a process has in the projected graph.
RELATIONS: Mapping[str, str] = {
    "named": "involvesAgency",
    "collectives": "involvesCollective",
    "inferred": "involvesAgencyInferred",
    "rollup": "involvesAgencyRollup",
}
_EVIDENCE: Mapping[str, str] = {"inferred": "inferred", "rollup": "inferred"}
_KINDS = ("process", "service", "agency", "collective", "instrument", "template")
_SUBKINDS = """SELECT DISTINCT ?thing ?notation WHERE {
  ?thing org:classification|dct:type|df:collectiveKind ?code . ?code skos:notation ?notation }"""


class TableGraph(nx.MultiDiGraph):  # type: ignore[type-arg]
    """Things with names as nodes; who is in a process is read from the tables, without words and lines.

    Args:
        store: The graph.
        labels: Its names.
        tables: Its tables, by their names in ``direct_tables``.
    """

    def __init__(
        self,
        store: Store | None = None,
        labels: Labels | None = None,
        tables: Mapping[str, Incidence] | None = None,
    ) -> None:
        super().__init__()
        self._tables = tables or {}
        if store is None or labels is None:
            return
        subkinds: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(store, _SUBKINDS):
            subkinds[row["thing"].value].add(row["notation"].value)
        for one in labels.everything():
            if one.kind in _KINDS and "/" not in one.id:
                codes = tuple(sorted(subkinds.get(one.iri, ())))
                self.add_node(one.iri, kind=one.kind, id=one.id, subkinds=codes, lines="", **one.labels)

    def get_edge_data(  # type: ignore[override]
        self, one: str, other: str, key: Any = None, default: Any = None
    ) -> Any:
        """What is said between a process and a body, by relation; see :class:`networkx.MultiDiGraph`."""
        found = {}
        for way, relation in RELATIONS.items():
            table = self._tables[way]
            if one not in table.row_number or other not in table.column_number:
                continue
            row, column = table.row_number[one], table.column_number[other]
            if has(table, row, column):
                found[relation] = {
                    "relation": relation,
                    "evidence": _EVIDENCE.get(way, "reading"),
                    "weak": has(table, row, column, weak=True),
                    "lines": "",
                    "words": "",
                    "source": "",
                }
        return found.get(key, default) if key is not None else found or default

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """In how many processes a body, instrument or template is, and how many bodies are in a process."""
        found: dict[str, int] = {}
        for name in ("named", "collectives", "instrument", "form"):
            table = self._tables[name]
            found |= dict(zip(table.columns, table.matrix.sum(axis=0).tolist(), strict=True))
        named = self._tables["named"]
        return found | dict(zip(named.rows, named.matrix.sum(axis=1).tolist(), strict=True))


def has(table: Incidence, row: int, column: int, *, weak: bool = False) -> bool:
    """Whether a table has a cell, or a weak one.

    Args:
        table: The table.
        row: Number of the row.
        column: Number of the column.
        weak: Whether the cell must be weak.

    Returns:
        True when it has.

    Example:
        >>> has(Incidence.of({"P1": ["army"]}), 0, 0), has(Incidence.of({"P1": ["army"]}), 0, 0, weak=True)
        (True, False)
    """
    matrix = table.weak if weak else table.matrix
    return bool((matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]] == column).any())


def uses_of(graph: nx.MultiDiGraph[str], thing: str) -> int:
    """How much a thing is tied to others: its edges, or what the tables say.

    Args:
        graph: The projected graph, or one of this module.
        thing: An IRI.

    Returns:
        A number to rank by.
    """
    return graph.uses.get(thing, 0) if isinstance(graph, TableGraph) else int(graph.degree(thing))
