"""The health report: every check asked of a graph, with what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode

from graph.analysis.health.checks import SEVERITIES, Check, Severity, checks
from graph.analysis.projection import read_graph
from graph.query.question_answer import Asked, QuestionDesk, written_out
from graph.query.question_terms import rows_of
from graph.store import Store

#: Findings of one check that the report holds; all are counted.
MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One finding.

    Attributes:
        thing: IRI of what it is about, and where a link leads.
        lines: Source lines such as ``office-1396:120-133``; empty where there are none.
        cells: For each column of the check, the values there: IRIs, or words and numbers as text.
    """

    thing: str
    lines: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: The check: its id, words, severity, columns and question.
        sparql: The query behind it, with its parameters written in.
        count: Number of findings.
        things: Number of different things they are about.
        items: The findings in the order of the query; at most as many as asked for.
    """

    check: Check
    sparql: str
    count: int
    things: int
    items: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        """Whether all findings are there."""
        return len(self.items) == self.count


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Everything a reviewer should look at.

    Attributes:
        findings: One for each check, also where nothing was found: the gravest first, then by id.
        fingerprint: The edition of the graph.
    """

    findings: tuple[Finding, ...]
    fingerprint: str

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The checks of one severity that found something."""
        return tuple(one for one in self.findings if one.check.severity == severity and one.count)

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Number of findings by severity."""
        return {severity: sum(one.count for one in self.of(severity)) for severity in SEVERITIES}


def health(
    store: Store | QuestionDesk,
    *,
    graph: nx.MultiDiGraph[str] | None = None,
    among: Iterable[Check] | None = None,
    most_items: int = MOST_ITEMS,
    progress: Callable[[int, int], None] | None = None,
) -> HealthReport:
    """Ask everything that a reviewer should look at.

    Args:
        store: The graph, or a desk that asks it.
        graph: The same graph as projected, for source lines; it is read from the store when not given.
        among: The checks to make; all unless told.
        most_items: How many findings of each check to hold; all are counted.
        progress: Told the checks made and in all; what it raises ends the work.

    Returns:
        The report.

    Raises:
        ValueError: when ``most_items`` is negative.

    Example::

        report = health(open_store(".daftar"))
        [(one.check.id, one.count) for one in report.of("high")]
    """
    if most_items < 0:
        raise ValueError(f"most_items is the number of findings to hold, 0 or more, not {most_items}")
    desk = store if isinstance(store, QuestionDesk) else QuestionDesk(store)
    projected = read_graph(desk.store) if graph is None else graph
    wanted = tuple(checks() if among is None else among)
    findings = []
    for done, check in enumerate(wanted):
        if progress:
            progress(done, len(wanted))
        findings.append(_finding(desk, projected, check, most_items))
    return HealthReport(tuple(findings), desk.store.manifest.fingerprint)


def _finding(desk: QuestionDesk, graph: nx.MultiDiGraph[str], check: Check, most: int) -> Finding:
    values = desk.values(check.question, check.parameters)
    rows = tuple(rows_of(desk.store, check.question.sparql, **values))
    asked = Asked(check.question, values, rows, (), desk.store.manifest.fingerprint)
    items = tuple(_items(graph, check, rows))
    return Finding(check, written_out(asked), len(items), len({one.thing for one in items}), items[:most])


def _items(graph: nx.MultiDiGraph[str], check: Check, rows: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    """The findings in the order of their first rows; rows that differ in merged columns only are one."""
    together: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        key = tuple(str(term) for name, term in row.items() if name not in check.merge)
        together.setdefault(key, []).append(row)
    for found in together.values():
        there = ([row[column.name] for row in found] for column in check.columns)
        cells = (tuple(dict.fromkeys(str(t.value) for t in terms if t is not None)) for terms in there)
        yield Item(_iri(found[0][check.thing]), _lines(graph, check, found[0]), tuple(cells))


def _iri(term: Any) -> str:
    if not isinstance(term, NamedNode):
        raise TypeError(f"a finding is about a thing with an IRI, not {term}")
    return str(term.value)


def _lines(graph: nx.MultiDiGraph[str], check: Check, row: Mapping[str, Any]) -> str:
    """The line of the row in the document of the thing, or the lines of the thing itself."""
    thing = _iri(row[check.thing])
    own = str(graph.nodes[thing].get("lines", "")) if thing in graph else ""
    if not check.line or row[check.line] is None:
        return own
    document = own.rpartition(":")[0]
    return f"{document}:{row[check.line].value}" if document else str(row[check.line].value)
