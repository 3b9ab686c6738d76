"""What the pages are made from: the edition that answers now, replaced when a new one is built."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from api.urls import page_path
from graph.paths import ontology_dir
from graph.query.runner import QueryRunner
from graph.settings import Settings
from graph.store import Store, find_edition, open_store
from graph.view.findings import Finding, findings
from graph.view.overview import OpenDoubt, counts, open_doubts
from graph.view.page import GraphPart, graph_part
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.vocabulary import Vocabulary, vocabulary
from graph.view.words import LANGS, Lang

_LOOK_AGAIN_SECONDS = 1.0


class Edition:
    """One edition with what is computed from it once.

    Args:
        store: The edition's store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.catalogue = Catalogue(store, store.manifest.base_iri)
        self._lock = threading.Lock()
        self._graphs: dict[Lang, GraphPart] = {}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many things of each kind there are."""
        return counts(self.catalogue)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the home page says."""
        return findings(self.catalogue)

    @cached_property
    def doubts(self) -> tuple[OpenDoubt, ...]:
        """What is not certain."""
        return open_doubts(self.catalogue)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index."""
        return SearchIndex.build(self.catalogue)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The reference page of the ontology."""
        return vocabulary(self.catalogue, ontology_dir())

    def graph(self, lang: Lang) -> GraphPart:
        """Return the graph of agencies and processes with links to pages.

        Args:
            lang: The language.

        Returns:
            Model and data block.
        """
        with self._lock:
            if lang not in self._graphs:
                self._graphs[lang] = graph_part(
                    self.catalogue, lang, link=lambda ref: page_path(lang, ref) or ""
                )
            return self._graphs[lang]

    @cached_property
    def runner(self) -> QueryRunner:
        """Answers the queries of strangers, each in a process of its own."""
        return QueryRunner(self.store)

    def close(self) -> None:
        """End the process that answers queries."""
        if "runner" in self.__dict__:
            self.runner.close()

    def warm(self) -> None:
        """Compute everything now, so that no reader waits for it."""
        for lang in LANGS:
            self.graph(lang)
        _ = (self.counts, self.findings, self.doubts, self.index, self.runner, self.vocabulary)


@dataclass
class Site:
    """The settings and the edition that answers now."""

    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _edition: Edition | None = None
    _looked: float = 0.0

    def edition(self) -> Edition:
        """Return the newest edition; a build that finished since is picked up here.

        Returns:
            The edition.

        Raises:
            graph.store.StoreError: If there is none, or it is damaged.
        """
        with self._lock:
            now = time.monotonic()
            if self._edition is None or now - self._looked > _LOOK_AGAIN_SECONDS:
                self._looked = now
                newest = find_edition(Path(self.settings.store)).name
                if self._edition is None or self._edition.store.manifest.fingerprint != newest:
                    old, self._edition = self._edition, Edition(open_store(self.settings.store))
                    if old is not None:
                        threading.Thread(target=old.close, name="close", daemon=True).start()
            return self._edition

    def close(self) -> None:
        """End what the newest edition started."""
        with self._lock:
            if self._edition is not None:
                self._edition.close()
