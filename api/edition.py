"""One edition with what is computed from it once, or read from the tables beside it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cached_property, partial
from pathlib import Path

from api import paging
from api.service import Library, library_queries
from api.urls import page_path
from api.words import site_words
from graph.analysis.analyst import Analyst
from graph.analysis.headlines import Headline
from graph.derived import Derived, open_derived
from graph.paths import ontology_dir
from graph.query.errors import RunnerClosedError
from graph.query.runner import QueryRunner
from graph.store import Store
from graph.view.alike import Alike
from graph.view.completion import CompletionIndex
from graph.view.doubtful import OpenDoubt, comparisons
from graph.view.findings import Finding
from graph.view.graph_large import LargeSource
from graph.view.graph_model import VIEWS, Asked
from graph.view.graph_source import Source
from graph.view.graph_views import Pictures
from graph.view.lists import ListTable
from graph.view.lists_kinds import LISTED
from graph.view.nodes import Ref
from graph.view.page import GraphPart, graph_part
from graph.view.profile import Profiles
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.vocabulary import Vocabulary, vocabulary
from graph.view.words import LANGS, Lang

_GRAPHS_KEPT = 32
#: Message keys of the graphs that hold what a list of pages shows.
_GRAPH_KEYS = {
    "agencies": "list.agencies",
    "collectives": "list.collectives",
    "instruments": "list.instruments",
    "forms": "list.templates",
    "index": "nav.index",
}


class PreparingError(Exception):
    """The pages of a large catalogue are asked for before its tables are made.

    Attributes:
        done: Steps done.
        total: All steps.
    """

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"the catalogue is being prepared: {done} of {total} steps are done")
        self.done, self.total = done, total


class Edition:
    """One edition with what is computed from it once.

    Args:
        store: The edition's store.
        folder: Its folder, where derived tables are kept; None to compute them.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self.store = store
        self.folder = folder
        #: Analyses the edition; it reads the graph once.
        self.analyst = Analyst(store, tables=lambda: self.derived.tables)
        self._derived = open_derived(store, folder, self.analyst)
        #: Steps done and all steps, while the tables of a large catalogue are made.
        self.preparing: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._runner_lock = threading.Lock()
        self._runner: QueryRunner | None = None
        self._closed = False
        self._graphs: OrderedDict[tuple[Lang, Asked], GraphPart] = OrderedDict()

    @property
    def derived(self) -> Derived:
        """What the pages need of the whole catalogue.

        Raises:
            PreparingError: while it is made, which takes minutes for a large catalogue.
        """
        if self.preparing is not None:
            raise PreparingError(*self.preparing)
        return self._derived

    @property
    def catalogue(self) -> Catalogue:
        """Reads the store and names things."""
        return self.derived.catalogue

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
    def examples(self) -> Library:
        """The questions of the library as queries, to be opened in the editor."""
        return library_queries(self.analyst.desk)

    @cached_property
    def profiles(self) -> Profiles:
        """Makes the pages of single things."""
        return Profiles(self.catalogue, self.analyst, self.derived.around)

    @property
    def alike(self) -> Alike:
        """Compares processes."""
        return self.profiles.alike

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The reference page of the ontology."""
        return vocabulary(self.catalogue, ontology_dir(), self.derived.uses)

    @cached_property
    def pictures(self) -> Pictures:
        """Draws the views of the graph."""
        if self.analyst.large:
            return Pictures(LargeSource(self.catalogue, self.analyst.tables))
        return Pictures(Source(self.catalogue, self.analyst.graph))

    @cached_property
    def comparisons(self) -> tuple[str, ...]:
        """The pairs that may be one thing."""
        return comparisons(self.catalogue)

    def page(self, lang: Lang, ref: Ref) -> str | None:
        """Return the address of the page that shows a thing, and of the part of a long page.

        Args:
            lang: The language.
            ref: The thing, or a part of one.

        Returns:
            A path with its query and fragment, or None when no page shows it.
        """
        if ref.kind == "index":
            number = paging.page_of(ref.iri, self.derived.entries, paging.ENTRIES)
        elif ref.kind == "comparison":
            number = paging.page_of(ref.iri, self.comparisons, paging.PAIRS)
        else:
            number = 1
        return page_path(lang, ref, number)

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
            part = graph_part(self.pictures, lang, asked, partial(self.page, lang))
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

    def answer_with(self, runner: QueryRunner | None) -> bool:
        """Take what was loaded beside the store, so that :attr:`runner` need not be waited for.

        Args:
            runner: It, if there is one.

        Returns:
            Whether it was taken: it answers from this edition.
        """
        with self._runner_lock:
            if self._closed or runner is None or runner.fingerprint != self.store.manifest.fingerprint:
                return False
            self._runner = runner
            return True

    def expect(self) -> None:
        """Let the pages of a large catalogue wait until its tables are made: somebody makes them now."""
        if self.folder is not None and self.analyst.large and not self._derived.stored:
            self.preparing = 0, 1

    def renew(self) -> None:
        """Read the derived tables from the folder, where they are there now; else they are computed."""
        self._derived = open_derived(self.store, self.folder, self.analyst)
        self.preparing = None

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
        # first what the first queries and clicks need: the workers, the names of things, the tables of bodies
        _ = self.runner
        self.analyst.things((), ("process",))
        _ = (
            self.counts,
            self.findings,
            self.headlines,
            self.derived.entries,
            self.doubts,
            self.index,
            self.analyst.labels,
            self.analyst.tables,
            self.profiles.bodies,
            self.vocabulary,
            self.examples,
            self.completion,
        )
        if self.analyst.large:
            return
        for lang in LANGS:
            for view in VIEWS:
                self.graph(lang, Asked(view))
        _ = (self.analyst.graph, self.analyst.needs, self.analyst.order(("named",)))
        for process in self.analyst.agencies(("named",)).rows[:1]:
            self.alike.similar(process)
