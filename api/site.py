"""The edition that answers now, replaced when a new one is built."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from api.edition import Edition
from graph.query.errors import QueryError
from graph.query.runner import QueryRunner
from graph.settings import Settings
from graph.store import Store, StoreError, find_edition, is_address, newest_fingerprint, open_store

_LOOK_AGAIN_SECONDS = 1.0
_LOOK_AGAIN_AWAY_SECONDS = 10.0
"""For a store on a server, which is asked over the network."""
_UNASKED_SECONDS = 30.0
_LARGE = 100_000_000
"""Bytes of a dataset that takes seconds to load: the process that answers queries loads it meanwhile."""
_log = logging.getLogger(__name__)


@dataclass
class Site:
    """The settings and the edition that answers now; with a store, that one for ever."""

    settings: Settings
    fixed: Store | None = None
    prepare: Callable[[Edition], None] = Edition.warm
    """Makes what the pages of a new edition share, before it answers."""
    settle: Callable[[], None] = lambda: None
    """Gives back what the edition before held, after it was replaced."""
    warms: bool = False
    """Whether somebody prepares the first edition as well."""
    answered: threading.Event = field(default_factory=threading.Event)
    """Set when the first page was made: until then, nothing else takes the processor."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _first: threading.Lock = field(default_factory=threading.Lock)
    _edition: Edition | None = None
    _looked: float = 0.0
    _loading: bool = False
    _due: threading.Event = field(default_factory=threading.Event)
    _looking: bool = False
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
                self._look()
                return current
        with self._first:  # the first is waited for, and loaded once
            if self._edition is None:
                self._edition = self._opened()
            return self._edition

    def close(self) -> None:
        """End what the newest edition started."""
        with self._lock:
            self._closed = True
            self._due.set()
            if self._edition is not None:
                self._edition.close()

    def _opened(self) -> Edition:
        kept = self.fixed is None and not is_address(self.settings.store)
        beside = _loaded_beside(Path(self.settings.store)) if kept else None
        try:
            store = self.fixed or open_store(self.settings.store)
            folder = Path(self.settings.store) / "editions" / store.manifest.fingerprint
            edition = Edition(store, folder if kept else None)
        except BaseException:
            _end(beside)
            raise
        if beside is not None and not edition.answer_with(beside.result()):
            _end(beside)
        if self.warms:
            edition.expect()
        return edition

    def _look(self) -> None:
        now = time.monotonic()
        pause = _LOOK_AGAIN_AWAY_SECONDS if is_address(self.settings.store) else _LOOK_AGAIN_SECONDS
        if self.fixed is not None or self._loading or self._closed or now - self._looked <= pause:
            return
        self._looked = now
        self._loading = True
        self._due.set()
        if not self._looking:  # to begin a thread takes as long as a small query, so one stays for a while
            self._looking = True
            threading.Thread(target=self._look_on, name="load", daemon=True).start()

    def _look_on(self) -> None:
        """Look for a newer edition whenever it is due, until nobody has asked anything for a while."""
        while True:
            self._due.wait(_UNASKED_SECONDS)
            with self._lock:
                if self._closed or not self._due.is_set():
                    self._looking = False
                    return
                self._due.clear()
            self._replace()

    def _newer(self) -> Edition | None:
        """The newest edition with all that is made once, when it is another one; this may take long."""
        try:
            current = self._edition
            if current and newest_fingerprint(self.settings.store) == current.store.manifest.fingerprint:
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
        try:
            self.prepare(newer)  # no reader waits for it: the old edition answers meanwhile
        except (StoreError, QueryError) as error:  # a graph that others made need not have all that we show
            _log.warning("Not everything of the new edition could be made beforehand: %s", error)
        return newer

    def _replace(self) -> None:
        """Look for a newer edition and load it; only then does it answer and the old one end."""
        newer = self._newer()
        with self._lock:
            self._loading = False
            if newer is None or self._closed:
                unused, newer = newer, None
            else:
                unused, self._edition = self._edition, newer
        if unused is not None:
            unused.close()
        unused = None  # nothing here may hold it any longer
        if newer is not None:
            _log.info("Edition %s answers now", newer.store.manifest.fingerprint)
            self.settle()


def _loaded_beside(folder: Path) -> Future[QueryRunner | None]:
    found: Future[QueryRunner | None] = Future()

    def load() -> None:
        try:
            found.set_result(_runner_of_large(folder))
        except BaseException as error:
            found.set_exception(error)

    # not of a pool: a server that is stopped meanwhile would wait for those
    threading.Thread(target=load, name="load beside", daemon=True).start()
    return found


def _runner_of_large(folder: Path) -> QueryRunner | None:
    """What answers queries from the newest edition of a folder, when that is large; else it can wait."""
    with suppress(StoreError, QueryError, OSError):  # whoever opens the store is told
        edition = find_edition(folder)
        if sum(part.stat().st_size for part in edition.glob("*.nq")) > _LARGE:
            return QueryRunner(edition)
    return None


def _end(beside: Future[QueryRunner | None] | None) -> None:
    runner = beside.result() if beside is not None else None
    if runner is not None:
        runner.close()
