"""What is made before anybody asks for it: once for each edition, after the first page was answered."""

from __future__ import annotations

import ctypes
import gc
import logging
from pathlib import Path

from api.desk import Desk
from api.edition import Edition
from api.made import keep_usual
from api.pages import environment
from api.site import Site
from graph.derived import write
from graph.garbage import without_collecting
from graph.query.errors import QueryError
from graph.store import StoreError

#: So long the first page is waited for; then the rest is made whether or not somebody asked.
_PATIENCE_SECONDS = 2.0
_log = logging.getLogger(__name__)


def warm(site: Site, desk: Desk) -> None:
    """Load the newest edition, let the first page go ahead, then make the rest.

    Args:
        site: The site.
        desk: Keeps results of analyses.
    """
    try:
        edition = site.edition()
        site.answered.wait(_PATIENCE_SECONDS)
        prepare(edition, desk)
        settle()
    except (StoreError, QueryError) as error:
        _log.warning("There is nothing to serve yet: %s", error)


def prepare(edition: Edition, desk: Desk) -> None:
    """Make everything of an edition that pages share, so that no reader waits for it.

    Args:
        edition: The edition.
        desk: Keeps results of analyses.
    """
    with without_collecting():  # a full one stops every request, of a large catalogue for half a second
        if edition.folder is not None and (edition.preparing or not edition.derived.stored):
            _keep(edition, edition.folder)
        edition.warm()
        for name in environment().list_templates(extensions=["html"]):
            environment().get_template(name)
        if not edition.analyst.large:
            keep_usual(edition, desk)


def settle() -> None:
    """Give back what is not needed any longer, after an edition was prepared or replaced.

    What was made stays as long as its edition. The collector of Python need not look through it again and
    again: with it, a full collection stops every request for more than 100 ms.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """Return to the system what the edition before has left free in the C library's heaps.

    Threads have heaps of their own there, and what one edition frees the next does not fill exactly: a
    server grew from 276 to 311 MB over twelve editions without this, and stayed at 230 MB with it.
    See `malloc_trim(3)`; other C libraries have no such function.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _keep(edition: Edition, folder: Path) -> None:
    """Write the derived tables that no build wrote, or that are damaged; else they stay in memory only."""

    def tell(done: int, total: int) -> None:
        if edition.preparing is not None:
            edition.preparing = done, total

    try:
        write(edition.store, folder, tell)
    except OSError as error:
        _log.warning("Derived tables cannot be kept (%s); they are computed at every start", error)
    finally:
        edition.renew()
