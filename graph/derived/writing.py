"""Computing the derived tables of an edition and writing them beside it.

Of a catalogue that is small enough for them, the analyses take about as long as everything else together. A
program that has a processor to spare lets a process of its own make them meanwhile, which loads the edition
itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.analysis.headlines import Headline
from graph.derived.box import Filling, adapter, filled
from graph.derived.derived import AROUND, Derived
from graph.derived.kept import keep_list, keep_search, keep_table
from graph.garbage import without_collecting
from graph.query.errors import QueryError
from graph.spawned import spawned
from graph.store import Store
from graph.store.memory import open_edition
from graph.view.alike import Alike
from graph.view.around import Around, around_each
from graph.view.doubtful import OpenDoubt
from graph.view.findings import Finding
from graph.view.lists import ListTable
from graph.view.lists_kinds import LISTED
from graph.view.nodes import Ref
from graph.view.overview import FORMED
from graph.view.vocabulary_uses import Use

Progress = Callable[[int, int], None]
Analysed = Iterable[tuple[str, bytes]]
"""Documents by name, as they are kept."""
_WORTH = 500
"""Fewer processes are analysed before another program has begun."""
_log = logging.getLogger(__name__)


def write(store: Store, folder: Path, progress: Progress | None = None, *, processes: int = 1) -> None:
    """Compute the derived tables of an edition and write them beside it, all or nothing.

    Args:
        store: The edition.
        folder: Its folder.
        progress: Told the steps done and all steps; to raise from it is to cancel.
        processes: 2 or more to have the analyses made in a process of their own where that is sooner done; it
            reads the edition from its folder. The tables are the same.

    Raises:
        OSError: when the folder cannot be written.

    Example::

        store = open_store(".daftar")
        write(store, find_edition(Path(".daftar")))
    """
    with without_collecting():
        _write(store, folder, progress, processes)


def _write(store: Store, folder: Path, progress: Progress | None, processes: int) -> None:
    derived = Derived(store)
    enough = store.manifest.records.get("process", 0) >= _WORTH
    beside = processes > 1 and enough and not derived.analyst.large
    with filled(folder, store.manifest.fingerprint) as box, _analysing(derived, beside, folder) as analysed:
        steps: list[Callable[[Filling], None]] = [
            lambda box: box.document("names", tuple[Ref, ...], tuple(derived.catalogue.names.values())),
            lambda box: keep_search(box, derived.index),
            *(lambda box, kind=kind: _keep_list(box, derived, kind) for kind in LISTED),
            lambda box: _keep_facts(box, derived),
            lambda box: _keep_tables(box, derived),
            lambda box: _keep_analyses(box, analysed()),
        ]
        for done, step in enumerate(steps):
            if progress is not None:
                progress(done, len(steps))
            step(box)
    if progress is not None:
        progress(len(steps), len(steps))


def _keep_list(box: Filling, derived: Derived, kind: str) -> None:
    # not through derived.list(), which would hold all lists in memory until the end
    keep_list(box, ListTable.build(derived.catalogue, derived.index, kind))


def _keep_facts(box: Filling, derived: Derived) -> None:
    box.document("counts", dict[str, int], derived.counts)
    box.document("findings", tuple[Finding, ...], derived.findings)
    box.document("doubts", tuple[OpenDoubt, ...], derived.doubts)
    box.document("uses", dict[str, Use], dict(derived.uses))
    box.text("entries", "\n".join(derived.entries))


def _keep_tables(box: Filling, derived: Derived) -> None:
    box.text("table/rows", "\n".join(next(iter(derived.tables.values())).rows))
    for name, table in derived.tables.items():
        keep_table(box, name, table)


def _keep_analyses(box: Filling, analysed: Analysed) -> None:
    for name, body in analysed:
        box.blob(name, body)


@contextmanager
def _analysing(derived: Derived, beside: bool, folder: Path) -> Iterator[Callable[[], Analysed]]:
    """Give what gives the analyses: made when asked for, or beside from now on."""
    if not beside:
        yield lambda: _analyses(derived)
        return
    with spawned(1) as pool:
        yield pool.submit(_analyses_of, folder).result


def _analyses_of(folder: Path) -> list[tuple[str, bytes]]:
    with without_collecting():
        return list(_analyses(Derived(open_edition(folder))))


def _analyses(derived: Derived) -> Iterator[tuple[str, bytes]]:
    """What the analyses say of the catalogue and of each process; of a large one, little."""
    yield "headlines", adapter(tuple[Headline, ...]).dump_json(derived.headlines)
    if derived.analyst.large:
        return
    dump = adapter(Around).dump_json
    alike = Alike(derived.analyst, derived.catalogue)
    try:
        formed = (ref.iri for ref in derived.catalogue.names.values() if ref.kind in FORMED and not ref.part)
        for iri, found in around_each(alike, formed):
            yield AROUND + iri, dump(found)
    except QueryError as error:  # as with the findings; a page that asks for it says what is wrong
        _log.warning("What goes with each process is not kept: %s", error)
