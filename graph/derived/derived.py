"""What the pages need of a whole catalogue: read from files beside it, or computed when asked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from graph.analysis.analyst import Analyst
from graph.analysis.direct_tables import TABLES, read_tables
from graph.analysis.headlines import Headline, headlines
from graph.analysis.incidence import Incidence
from graph.derived.box import Box, DerivedError, opened
from graph.derived.kept import kept_list, kept_search, kept_table
from graph.query.errors import QueryError
from graph.store import Store
from graph.view.around import Around
from graph.view.doubtful import OpenDoubt, open_doubts
from graph.view.findings import Finding, findings
from graph.view.lists import ListTable
from graph.view.nodes import Ref
from graph.view.overview import counts, index_entries
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.vocabulary_uses import Use, read_uses

AROUND = "around/"
"""What the names of documents on single processes and services begin with; their IRI follows."""
_log = logging.getLogger(__name__)


class Derived:
    """The derived tables of an edition; everything is read or computed once.

    Args:
        store: The edition.
        box: The files beside it; None to compute everything.
        analyst: Analyses the edition where nothing is kept; None to make one, which reads the graph itself.
    """

    def __init__(self, store: Store, box: Box | None = None, analyst: Analyst | None = None) -> None:
        self.store = store
        self.stored = box is not None
        self.analyst = analyst or Analyst(store, tables=lambda: self.tables)
        self._box = box
        self._lists: dict[str, ListTable] = {}
        self._lock = threading.RLock()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Reads the store and names things."""
        names = None
        if self._box is not None:
            refs: tuple[Ref, ...] = self._box.document("names", tuple[Ref, ...])
            names = {ref.iri: ref for ref in refs}
        return Catalogue(self.store, self.store.manifest.base_iri, names)

    @cached_property
    def index(self) -> SearchIndex:
        """The search."""
        if self._box is not None:
            return kept_search(self._box, self.catalogue)
        return SearchIndex.build(self.catalogue)

    def list(self, kind: str) -> ListTable:
        """A list with its facets.

        Args:
            kind: One of ``LISTED``.

        Returns:
            The list.
        """
        index = self.index
        with self._lock:
            if kind not in self._lists:
                self._lists[kind] = (
                    ListTable.build(self.catalogue, index, kind)
                    if self._box is None
                    else kept_list(self._box, self.catalogue, index, kind)
                )
            return self._lists[kind]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many things of each kind there are."""
        if self._box is not None:
            return dict(self._box.document("counts", dict[str, int]))
        return counts(self.catalogue)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the home page says."""
        if self._box is not None:
            return tuple(self._box.document("findings", tuple[Finding, ...]))
        return findings(self.catalogue)

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """What the analyses find worth a look; nothing of a catalogue that takes them long."""
        if self._box is not None:
            return tuple(self._box.document("headlines", tuple[Headline, ...]))
        try:
            return () if self.analyst.large else headlines(self.analyst)
        except QueryError as error:  # a graph that others made need not have what our checks ask for
            _log.warning("There are no findings to show: %s", error)
            return ()

    @cached_property
    def doubts(self) -> tuple[OpenDoubt, ...]:
        """What is not certain."""
        if self._box is not None:
            return tuple(self._box.document("doubts", tuple[OpenDoubt, ...]))
        return open_doubts(self.catalogue)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The entries of the printed index, in its order."""
        if self._box is not None:
            text = self._box.text("entries")
            return tuple(text.split("\n")) if text else ()
        return index_entries(self.catalogue)

    @cached_property
    def uses(self) -> Mapping[str, Use]:
        """Where each class, property and code is used."""
        if self._box is not None:
            return dict(self._box.document("uses", dict[str, Use]))
        return read_uses(self.catalogue)

    @cached_property
    def tables(self) -> Mapping[str, Incidence]:
        """Processes by bodies in each way to be in one, and by what else they go with."""
        if self._box is None:
            return read_tables(self.store)
        text = self._box.text("table/rows")
        rows = tuple(text.split("\n")) if text else ()
        return {name: kept_table(self._box, name, rows) for name in TABLES}

    def around(self, iri: str) -> Around | None:
        """What goes with a process or service, where that is kept.

        Args:
            iri: Its IRI.

        Returns:
            Processes like it, what it needs and what needs it; None when nothing is kept of it.
        """
        if self._box is None or self.analyst.large:
            return None
        try:
            found: Around = self._box.document(AROUND + iri, Around)
        except DerivedError:
            return None
        return found

    def close(self) -> None:
        """Let go of the files."""
        if self._box is not None:
            self._box.close()


def open_derived(store: Store, folder: Path | None = None, analyst: Analyst | None = None) -> Derived:
    """The derived tables of an edition.

    Args:
        store: The edition.
        folder: Its folder, with the files that :func:`graph.derived.write` wrote; None to compute all.
        analyst: Who analyses the edition already, so that the graph is read once; None for one of its own.

    Returns:
        The tables: from the files where they are whole and belong to this edition, else computed when asked.
    """
    if folder is not None:
        try:
            return Derived(store, opened(folder, store.manifest.fingerprint), analyst)
        except DerivedError as error:
            _log.info("Derived tables are computed: %s", error)
    return Derived(store, None, analyst)
