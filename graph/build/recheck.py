"""Checking some records beside an edition that is built: only they are read, and what changed since.

Everything else is as it was when the edition was built: its records are known to be right, and what checks
that look across records need of them is kept in `making/` (:mod:`graph.build.plan`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TypeGuard

import pyoxigraph as ox

from graph.build.crew import Site
from graph.build.dataset import Dataset
from graph.build.findings import Report
from graph.build.gather import bucket_of, by_property, gatherer_of
from graph.build.gather_checks import CHECKED, OF_LISTS
from graph.build.inspector import Inspector
from graph.build.ontology import Ontology
from graph.build.plan import Making, changed_files, common_key, ident_of, record_files
from graph.build.shapes_ask import ASKED, Compiled
from graph.build.validate import report_of
from graph.build.workshop import turtle
from graph.garbage import without_collecting
from graph.records.errors import RecordErrors
from graph.records.load import FOLDERS
from graph.records.model import Record

MOST_CHANGED = 300
"""With more record files changed than these since the edition was built, everything is read."""
_SHAPES = "shapes.json"


def keep_shapes(ontology: Ontology, base_iri: str, making: Making) -> None:
    """Compile the shapes once for all later checks of some records.

    Args:
        ontology: The ontology.
        base_iri: The base of resource IRIs.
        making: Where they are kept.

    Raises:
        BuildError: If a shape is not as it should be.
    """
    from graph.build.shapes import compile_ontology

    store = ox.Store()
    store.bulk_extend(turtle(ontology, base_iri))
    making.write(_SHAPES, asdict(compile_ontology(Dataset(store, base_iri, ontology.folder), [ASKED])))


def recheck(
    data: Path, edition: Path, *, base_iri: str, ontology: Path, only: Collection[str]
) -> Report | None:
    """Check some processes and services beside an edition of the same catalogue.

    Args:
        data: The folder of the records.
        edition: The folder of an edition.
        base_iri: The base of resource IRIs.
        ontology: The ontology folder.
        only: Ids of the records.

    Returns:
        What :func:`graph.build.inspect` finds about them; None when the edition is of other lists, another
        ontology or a small catalogue, when much changed since, or when an id is of another kind of record.

    Raises:
        RecordErrors: With every error in the records that changed.
        BuildError: If a record cannot become RDF.
    """
    making = Making(edition)
    common, kept, seen = making.common(), making.read(_SHAPES), making.read("files.json")
    if common is None or kept is None or seen is None or kept["others"]:
        return None
    if common.buckets < 2 or common.key != common_key(data, ontology, base_iri):
        return None
    files = record_files(data)
    asked = {f"{folder}/{ident}.yaml" for folder in FOLDERS for ident in only}.intersection(files)
    # an id may be of a process and of something in a list too
    elsewhere = {each["id"] for kind, each in common.names if kind not in ("process", "service")}
    if {ident_of(name) for name in asked} != set(only) or elsewhere.intersection(only):
        return None
    if not seen.keys() <= set(files):
        return None
    with without_collecting(), ThreadPoolExecutor(1) as pool:  # the disk is asked while the lists are loaded
        looking = pool.submit(changed_files, data, seen)
        checker = _Rechecker(Site(data, ontology, edition), files, common, Compiled.of(kept))
        changed = looking.result()
    if len(changed) > MOST_CHANGED:
        return None
    return checker.check(sorted(asked), sorted(changed | asked))


class _Rechecker(Inspector):
    """Looks at some records; the edition says what the others are."""

    def check(self, asked: list[str], files: list[str]) -> Report:
        """Read the files that changed and those that are asked about, and say what is wrong with the latter.

        Raises:
            RecordErrors: With every error in them.
        """
        reader = self._read(files)
        if reader.errors:
            raise RecordErrors(reader.errors)
        ids = {ident_of(name) for name in asked}
        entries = [entry for entry in self._near_entries(ids) if entry.data.get("denotes", entry.id) in ids]
        those = [record for record in reader.records if record.id in ids]
        records = [*those, *entries]
        said = self.workshop.statements(records, whole=True)
        store, own = said.store, self._own(those)
        statements = [*said.new, *said.concluded, *said.meta]
        store.bulk_extend(self.workshop.concluded)
        store.extend(statements)
        ends = [end.value for quad in statements for end in (quad.subject, quad.object) if _is_iri(end)]
        nodes = sorted({end for end in ends if self._examiner.thing_of(end) in own})
        results = self._examiner.bucket(store, own, self._types(said.new, records), nodes)
        for quad in statements:
            store.remove(quad)  # what is gathered stands for them
        store.extend(
            self._gathered_anew(set(self._examiner.slices(by_property(said.asserted))), reader.records)
        )
        for way in CHECKED.keys() - OF_LISTS:
            results |= self._examiner.crossing(way, store, nodes)
        about = ox.Store()
        about.extend(statements)
        return report_of(self._told(results, records, about))

    def _gathered_anew(self, slices: set[str], records: Sequence[Record]) -> Iterator[ox.Quad]:
        """What stands in some slices; what it says of records that were read again comes from these."""
        names = {name for name in slices if gatherer_of(name) not in OF_LISTS}
        again = self._own(records)
        for quad in self._gathered_quads(sorted(names)):
            if self._examiner.thing_of(quad.subject.value) not in again:  # type: ignore[union-attr]
                yield quad
        fresh = self._examiner.slices(by_property(self._asserter.quads(records)))
        for name in names & fresh.keys():
            yield from ox.parse(fresh[name], format=ox.RdfFormat.N_QUADS)

    def _near_entries(self, ids: set[str]) -> list[Record]:
        buckets = {bucket_of(each, self._common.buckets) for each in ids}
        return [entry for number in sorted(buckets) for entry in self._entries(number)]


def _is_iri(term: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)
