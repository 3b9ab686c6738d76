"""One catalogue, ready to be analysed: read once, with its tables, its needs and its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property

import networkx as nx

from graph.analysis.dependency import dependency_graph
from graph.analysis.impact import find_things
from graph.analysis.incidence import Incidence
from graph.analysis.projection import agency_table, read_graph, tables
from graph.analysis.seriation import Order, by_likeness
from graph.query.question_answer import QuestionDesk
from graph.query.question_library import Words
from graph.query.question_terms import Labels, rows_of
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

    Example::

        analyst = Analyst(open_store(".daftar"))
        meetings(analyst.agencies(["named"]), min_support=5)
    """

    def __init__(self, store: Store, progress: Callable[[int, int], None] | None = None) -> None:
        self.store = store
        self.progress = progress
        self._orders: dict[tuple[frozenset[str], bool], Order] = {}

    def watched(self, progress: Callable[[int, int], None]) -> Analyst:
        """The same catalogue, with what was read of it, for one piece of work.

        Args:
            progress: Told the steps of this work; what it raises ends it.

        Returns:
            An analyst that shares what this one has read.
        """
        _ = (self.graph, self.labels)
        other = copy(self)
        other.progress = progress
        return other

    @property
    def edition(self) -> str:
        """Fingerprint of the edition."""
        return self.store.manifest.fingerprint

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The catalogue in NetworkX; see :mod:`graph.analysis.projection`."""
        return read_graph(self.store)

    @cached_property
    def desk(self) -> QuestionDesk:
        """Asks the questions of the library."""
        return QuestionDesk(self.store)

    @property
    def labels(self) -> Labels:
        """The names of everything."""
        return self.desk.labels

    @cached_property
    def needs(self) -> nx.MultiDiGraph[str]:
        """The graph of needs; see :mod:`graph.analysis.dependency`."""
        return dependency_graph(self.graph)

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
        chosen = frozenset(ways)
        table = agency_table(
            self.graph,
            named="named" in chosen,
            collectives="collectives" in chosen,
            inferred="inferred" in chosen,
            rollup="rollup" in chosen,
        )
        return table if copies else table.without_weak

    def facets(self, ways: Iterable[str], *, copies: bool = True) -> dict[str, Incidence]:
        """All tables of processes, with the same rows.

        Args:
            ways: As of :meth:`agencies`.
            copies: As of :meth:`agencies`.

        Returns:
            Tables under ``agency``, ``instrument``, ``form``, ``step-type`` and ``recipient``.
        """
        chosen = frozenset(ways)
        found = tables(
            self.graph,
            named="named" in chosen,
            collectives="collectives" in chosen,
            inferred="inferred" in chosen,
            rollup="rollup" in chosen,
        )
        return found if copies else {name: table.without_weak for name, table in found.items()}

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
        return find_things(self.graph, words, kinds=kinds, spellings=self._spellings)

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in rows_of(self.store, _SPELLINGS):
            found.setdefault(row["thing"].value, []).append(row["words"].value)
        return found
