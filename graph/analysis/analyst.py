"""One catalogue, ready to be analysed: read once, with its tables, its needs and its names."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cached_property

import networkx as nx

from graph.analysis.dependency import dependency_graph
from graph.analysis.direct_tables import COMPARED, OTHERS, joined, read_tables
from graph.analysis.impact import choices_of, things_meant
from graph.analysis.incidence import Incidence
from graph.analysis.overlap import OverlapStudy
from graph.analysis.projection import read_graph
from graph.analysis.seriation import Order, by_likeness
from graph.analysis.sizes import MOST_READ
from graph.analysis.table_graph import TableGraph
from graph.query.question_answer import QuestionDesk
from graph.query.question_library import Words
from graph.query.question_terms import Labels, rows_of
from graph.query.question_values import Choice
from graph.store import Store

#: Ways for a body to be in a process, for :meth:`Analyst.agencies`.
WAYS = ("named", "collectives", "inferred", "rollup")
WAY_WORDS = {
    "named": Words("bodies that the form names", "نهادهایی که شناسنامه نام برده"),
    "collectives": Words("groups that the form names", "گروه‌هایی که شناسنامه نام برده"),
    "inferred": Words("members of the groups named (inferred)", "اعضای گروه‌های نام برده (استنتاج)"),
    "rollup": Words("bodies above those named (inferred)", "نهادهای بالاتر از نام بردگان (استنتاج)"),
}
_SPELLINGS = """SELECT ?thing ?words WHERE {
  { ?thing skos:altLabel ?words } UNION { ?alias df:denotesAgency ?thing ; df:surface ?words }
}"""


class Analyst:
    """Analyses one edition.

    Args:
        store: The graph.
        progress: Told the steps done and in all during long work; what it raises ends the work.
        tables: Gives the tables of :mod:`graph.analysis.direct_tables`, when they are kept somewhere.

    Example::

        analyst = Analyst(open_store(".daftar"))
        meetings(analyst.agencies(["named"]), min_support=5)
    """

    def __init__(
        self,
        store: Store,
        progress: Callable[[int, int], None] | None = None,
        tables: Callable[[], Mapping[str, Incidence]] | None = None,
    ) -> None:
        self.store = store
        self.progress = progress
        self._read = _Read(store, tables or (lambda: read_tables(store)))
        self._orders: dict[tuple[frozenset[str], bool], Order] = {}
        self._choices: dict[tuple[str, ...], tuple[Choice, ...]] = {}

    def watched(self, progress: Callable[[int, int], None]) -> Analyst:
        """The same catalogue, with what was read of it, for one piece of work.

        Args:
            progress: Told the steps of this work; what it raises ends it.

        Returns:
            An analyst that shares what this one has read.
        """
        other = copy(self)
        other.progress = progress
        return other

    @property
    def edition(self) -> str:
        """Fingerprint of the edition."""
        return self.store.manifest.fingerprint

    @property
    def large(self) -> bool:
        """Whether the catalogue is too large to be read into NetworkX for one page."""
        return self.store.manifest.records.get("process", 0) > MOST_READ

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The catalogue in NetworkX; see :mod:`graph.analysis.projection`."""
        return self._read.graph(self.progress)

    @property
    def nodes(self) -> nx.MultiDiGraph[str]:
        """Things by kind, id and names: the graph, or what names and tables tell if it is large."""
        return self._read.nodes if self.large else self.graph

    @property
    def names(self) -> Mapping[str, Words]:
        """Names of things in both languages, by IRI."""
        return self._read.names

    @property
    def desk(self) -> QuestionDesk:
        """Asks the questions of the library."""
        return self._read.desk

    @property
    def tables(self) -> Mapping[str, Incidence]:
        """Processes by what they go with, each table under its name in ``direct_tables.TABLES``."""
        return self._read.tables

    @property
    def labels(self) -> Labels:
        """The names of everything."""
        return self.desk.labels

    @property
    def needs(self) -> nx.MultiDiGraph[str]:
        """The graph of needs; see :mod:`graph.analysis.dependency`."""
        return self._read.needs(self.progress)

    def agencies(self, ways: Iterable[str], *, copies: bool = True) -> Incidence:
        """Processes by bodies.

        Args:
            ways: How a body may be in a process; see ``WAYS``.
            copies: Whether lists of partners that are copied from an earlier form count.

        Returns:
            The table.

        Raises:
            ValueError: when no way is chosen.
        """
        given = frozenset(ways)
        chosen = [way for way in WAYS if way in given]
        if not chosen:
            raise ValueError(f"choose at least one of {', '.join(WAYS)}")
        table = joined(self.tables[way] for way in chosen)
        return table if copies else table.without_weak

    def facets(self, ways: Iterable[str], *, copies: bool = True) -> dict[str, Incidence]:
        """All tables of processes, with the same rows.

        Args:
            ways: As of :meth:`agencies`.
            copies: As of :meth:`agencies`.

        Returns:
            Tables under ``agency``, ``instrument``, ``form``, ``step-type`` and ``recipient``.
        """
        found = {"agency": self.agencies(ways)} | {name: self.tables[name] for name in OTHERS}
        return found if copies else {name: table.without_weak for name, table in found.items()}

    def compared(self, ways: Iterable[str], *, copies: bool = True) -> dict[str, Incidence]:
        """The tables in which processes are compared with each other.

        Args:
            ways: As of :meth:`agencies`.
            copies: Whether copied partner lists and copied steps count.

        Returns:
            Tables by name, as :class:`graph.analysis.overlap.OverlapStudy` takes them.
        """
        found = self.facets(ways) | {name: self.tables[compared] for name, compared in COMPARED.items()}
        return found if copies else {name: table.without_weak for name, table in found.items()}

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the processes as the document writes them, by IRI; a process without one is missing."""
        rows = ((iri, self.labels.named(iri).labels.get("fa")) for iri in self.tables["named"].rows)
        return {iri: title for iri, title in rows if title}

    @property
    def overlap(self) -> OverlapStudy:
        """The comparison of all processes by what their forms name; it judges all pairs once."""
        if self._read.overlap is None:
            self._read.overlap = OverlapStudy(self.compared(("named",)), self.titles)
        return self._read.overlap

    def order(self, ways: Iterable[str], *, copies: bool = True) -> Order:
        """Processes and bodies in the order in which those that are alike stand side by side; made once.

        Args:
            ways: As of :meth:`agencies`.
            copies: As of :meth:`agencies`.

        Returns:
            The order.
        """
        key = frozenset(ways), copies
        if key not in self._orders:
            self._orders[key] = by_likeness(self.agencies(ways, copies=copies), progress=self.progress)
        return self._orders[key]

    def things(self, words: Iterable[str], kinds: Iterable[str]) -> tuple[str, ...]:
        """The things that a person's words mean: ids, names in either language, any recorded spelling.

        Args:
            words: The words.
            kinds: Kinds of things to look among.

        Returns:
            Their IRIs, each once.

        Raises:
            QuestionError: when a word means nothing, naming the nearest right one.
        """
        key = tuple(kinds)
        if key not in self._choices:
            self._choices[key] = choices_of(self.nodes, key, self._spellings)
        return things_meant(words, self._choices[key])

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in rows_of(self.store, _SPELLINGS):
            found.setdefault(row["thing"].value, []).append(row["words"].value)
        return found


class _Read:
    """What was read of a catalogue, once for all analysts that share it."""

    def __init__(self, store: Store, tables: Callable[[], Mapping[str, Incidence]]) -> None:
        self._store, self._tables = store, tables
        self._lock = threading.RLock()
        self._graph: nx.MultiDiGraph[str] | None = None
        self._needs: nx.MultiDiGraph[str] | None = None
        self.overlap: OverlapStudy | None = None

    def graph(self, progress: Callable[[int, int], None] | None) -> nx.MultiDiGraph[str]:
        """The projected graph; who comes while it is read waits for it."""
        with self._lock:
            if self._graph is None:
                self._graph = read_graph(self._store, progress=progress)
            return self._graph

    def needs(self, progress: Callable[[int, int], None] | None) -> nx.MultiDiGraph[str]:
        """The graph of needs."""
        with self._lock:
            if self._needs is None:
                self._needs = dependency_graph(self.graph(progress))
            return self._needs

    @cached_property
    def tables(self) -> Mapping[str, Incidence]:
        """Processes by what they go with."""
        return self._tables()

    @cached_property
    def desk(self) -> QuestionDesk:
        """Asks the questions of the library."""
        return QuestionDesk(self._store)

    @cached_property
    def names(self) -> Mapping[str, Words]:
        """Names by IRI; where one language has none, the other's."""
        return {one.iri: Words(one.label("en"), one.label("fa")) for one in self.desk.labels.everything()}

    @cached_property
    def nodes(self) -> nx.MultiDiGraph[str]:
        """The things that have names, with what the tables tell of them."""
        return TableGraph(self._store, self.desk.labels, self.tables)
