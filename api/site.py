"""What the pages are made from: the edition that answers now, replaced when a new one is built."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from api.urls import page_path
from api.words import site_words
from graph.analysis.analyst import Analyst
from graph.analysis.headlines import Headline
from graph.derived import open_derived
from graph.paths import ontology_dir
from graph.query.errors import QueryError, RunnerClosedError
from graph.query.runner import QueryRunner
from graph.settings import Settings
from graph.store import Store, StoreError, is_address, newest_fingerprint, open_store
from graph.view.alike import Alike
from graph.view.completion import CompletionIndex
from graph.view.doubtful import OpenDoubt
from graph.view.findings import Finding
from graph.view.graph_large import LargeSource
from graph.view.graph_model import VIEWS, Asked
from graph.view.graph_source import Source
from graph.view.graph_views import Pictures
from graph.view.lists import ListTable
from graph.view.lists_kinds import LISTED
from graph.view.page import GraphPart, graph_part
from graph.view.profile import Profiles
from graph.view.search import SearchIndex
from graph.view.vocabulary import Vocabulary, vocabulary
from graph.view.words import LANGS, Lang

_LOOK_AGAIN_SECONDS = 1.0
_GRAPHS_KEPT = 32
_LOOK_AGAIN_AWAY_SECONDS = 10.0
"""For a store on a server, which is asked over the network."""
#: Message keys of the graphs that hold what a list of pages shows.
_GRAPH_KEYS = {
    "agencies": "list.agencies",
    "collectives": "list.collectives",
    "instruments": "list.instruments",
    "forms": "list.templates",
    "index": "nav.index",
}
_log = logging.getLogger(__name__)


class Edition:
    """One edition with what is computed from it once.

    Args:
        store: The edition's store.
        folder: Its folder, where derived tables are kept; None to compute them.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self.store = store
        self.folder = folder
        self.derived = open_derived(store, folder)
        self.catalogue = self.derived.catalogue
        self._lock = threading.Lock()
        self._runner_lock = threading.Lock()
        self._runner: QueryRunner | None = None
        self._closed = False
        self._graphs: OrderedDict[tuple[Lang, Asked], GraphPart] = OrderedDict()

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each kind there are."""
        return self.derived.counts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the home page says."""
        return self.derived.findings

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """What the analyses find worth a look."""
        return self.derived.headlines

    @property
    def doubts(self) -> tuple[OpenDoubt, ...]:
        """What is not certain."""
        return self.derived.doubts

    @property
    def index(self) -> SearchIndex:
        """The search index."""
        return self.derived.index

    @cached_property
    def completion(self) -> CompletionIndex:
        """What the editor offers."""
        fa, en = (site_words(lang) for lang in LANGS)
        names = {graph: (fa.t(key), en.t(key)) for graph, key in _GRAPH_KEYS.items()}
        names |= {
            f"inferred/{rule.name}": (rule.title["fa"], rule.title["en"]) for rule in self.vocabulary.rules
        }
        return CompletionIndex.build(self.catalogue, self.index, names)

    @cached_property
    def analyst(self) -> Analyst:
        """Analyses the edition; it reads the graph once."""
        return Analyst(self.store, tables=lambda: self.derived.tables)

    @cached_property
    def profiles(self) -> Profiles:
        """Makes the pages of single things."""
        return Profiles(self.catalogue, self.analyst)

    @property
    def alike(self) -> Alike:
        """Compares processes."""
        return self.profiles.alike

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The reference page of the ontology."""
        return vocabulary(self.catalogue, ontology_dir())

    @cached_property
    def pictures(self) -> Pictures:
        """Draws the views of the graph."""
        if self.analyst.large:
            return Pictures(LargeSource(self.catalogue, self.analyst.tables))
        return Pictures(Source(self.catalogue, self.analyst.graph))

    def graph(self, lang: Lang, asked: Asked = Asked()) -> GraphPart:  # noqa: B008 (frozen)
        """Return a view of the graph with links to pages.

        Args:
            lang: The language.
            asked: Which view, and of what.

        Returns:
            Model and data block.

        Raises:
            ValueError: If there is no such view or thing.
        """
        with self._lock:
            part = self._graphs.pop((lang, asked), None)
        if part is None:
            part = graph_part(self.pictures, lang, asked, lambda ref: page_path(lang, ref))
        with self._lock:
            self._graphs[lang, asked] = part
            if len(self._graphs) > _GRAPHS_KEPT:
                self._graphs.popitem(last=False)
        return part

    def table(self, kind: str) -> ListTable:
        """Return a list with its facets.

        Args:
            kind: One of ``LISTED``.

        Returns:
            The list.
        """
        return self.derived.list(kind)

    @property
    def answering(self) -> bool:
        """Whether :attr:`runner` is there without waiting."""
        return self._runner is not None

    @property
    def runner(self) -> QueryRunner:
        """Answers the queries of strangers, each in a process of its own.

        Raises:
            RunnerClosedError: when the edition was closed; the site has a newer one.
        """
        with self._runner_lock:
            if self._closed:
                raise RunnerClosedError("a newer edition answers, or the server stops; ask again")
            if self._runner is None:
                self._runner = QueryRunner(self.store)
            return self._runner

    def renew(self) -> None:
        """Read the derived tables from the folder, now that they are there."""
        self.derived = open_derived(self.store, self.folder)
        self.catalogue = self.derived.catalogue

    def close(self) -> None:
        """End the process that answers queries; those it is answering are answered still."""
        with self._runner_lock:
            self._closed = True
            runner, self._runner = self._runner, None
        if runner is not None:
            runner.close()

    def warm(self) -> None:
        """Compute everything now, so that no reader waits for it."""
        for kind in LISTED:
            self.table(kind)
        _ = (
            self.counts,
            self.findings,
            self.headlines,
            self.derived.entries,
            self.doubts,
            self.index,
            self.completion,
            self.runner,
            self.profiles.bodies,
            self.vocabulary,
            self.analyst.labels,
        )
        if self.analyst.large:
            return
        for lang in LANGS:
            for view in VIEWS:
                self.graph(lang, Asked(view))
        _ = (self.analyst.graph, self.analyst.needs, self.analyst.order(("named",)))
        for process in self.analyst.agencies(("named",)).rows[:1]:
            self.alike.similar(process)


@dataclass
class Site:
    """The settings and the edition that answers now; with a store, that one for ever."""

    settings: Settings
    fixed: Store | None = None
    prepare: Callable[[Edition], None] = Edition.warm
    """Makes what the pages of a new edition share."""
    answered: threading.Event = field(default_factory=threading.Event)
    """Set when the first page was made: until then, nothing else takes the processor."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _first: threading.Lock = field(default_factory=threading.Lock)
    _edition: Edition | None = None
    _looked: float = 0.0
    _loading: bool = False
    _closed: bool = False

    @property
    def ready(self) -> bool:
        """Whether :meth:`edition` answers at once."""
        return self._edition is not None

    def edition(self) -> Edition:
        """Return the edition that answers; a newer one is loaded beside it and takes its place when it can.

        Returns:
            The edition.

        Raises:
            graph.store.StoreError: If there is none, or the only one is damaged.
        """
        with self._lock:
            current = self._edition
            if current is not None:
                self._look(current)
                return current
        with self._first:  # the first is waited for, and loaded once
            if self._edition is None:
                self._edition = self._opened()
            return self._edition

    def close(self) -> None:
        """End what the newest edition started."""
        with self._lock:
            self._closed = True
            if self._edition is not None:
                self._edition.close()

    def _opened(self) -> Edition:
        store = self.fixed or open_store(self.settings.store)
        kept = self.fixed is None and not is_address(self.settings.store)
        folder = Path(self.settings.store) / "editions" / store.manifest.fingerprint
        return Edition(store, folder if kept else None)

    def _look(self, current: Edition) -> None:
        now = time.monotonic()
        pause = _LOOK_AGAIN_AWAY_SECONDS if is_address(self.settings.store) else _LOOK_AGAIN_SECONDS
        if self.fixed is not None or self._loading or self._closed or now - self._looked <= pause:
            return
        self._looked = now
        self._loading = True
        threading.Thread(target=self._replace, args=(current,), name="load", daemon=True).start()

    def _newer(self, old: Edition) -> Edition | None:
        """The newest edition with its process, when it is another one; a server may take long to say."""
        try:
            if newest_fingerprint(self.settings.store) == old.store.manifest.fingerprint:
                return None
        except StoreError as error:
            _log.warning("The store cannot be read, the loaded edition goes on answering: %s", error)
            return None
        try:
            newer = self._opened()
            _ = newer.runner
        except (StoreError, QueryError) as error:
            _log.warning("The new edition cannot be loaded, the old one goes on answering: %s", error)
            return None
        return newer

    def _replace(self, old: Edition) -> None:
        """Look for a newer edition and load it; only then does it answer and the old one end."""
        newer = self._newer(old)
        with self._lock:
            self._loading = False
            if newer is None or self._closed:
                unused = newer
            else:
                self._edition, unused = newer, old
        if unused is not None:
            unused.close()
        if newer is not None and unused is not newer:
            _log.info("Edition %s answers now", newer.store.manifest.fingerprint)
            try:
                self.prepare(newer)
            except (StoreError, QueryError) as error:
                _log.warning("The store went away while pages were prepared: %s", error)
