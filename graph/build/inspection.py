"""Validation of a folder of records: a large one bucket by bucket, side by side, within a small memory.

It says what :func:`graph.build.validate` says of the dataset that the records make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.build.crew import Site, crew
from graph.build.errors import BuildError
from graph.build.examine import Examiner
from graph.build.findings import Report
from graph.build.gather import Gathering, bucket_of, gatherer_of
from graph.build.gather_checks import CHECKED
from graph.build.inspector import Inspector, Seen
from graph.build.making import build
from graph.build.ontology import read_ontology
from graph.build.plan import Common, Making, buckets_for, ident_of, read_lists, record_files
from graph.build.recheck import recheck
from graph.build.results import Engine, Progress
from graph.build.validate import report_of, validate
from graph.build.workshop import turtle
from graph.records.errors import RecordErrors
from graph.records.load import load_catalogue

BUCKETS_AT_ONCE = 8
"""Buckets that are looked at together: the lists are loaded and gone through once for them. Eight buckets of
200 processes take some 300 MB."""
_SLICES_AT_ONCE = 32


@dataclass(frozen=True)
class Inspected:
    """What an inspection found.

    Attributes:
        report: The findings.
        records: How many records there are, or how many were checked.
    """

    report: Report
    records: int


def inspect(
    data: Path,
    *,
    base_iri: str,
    ontology: Path,
    only: Collection[str] = (),
    engine: Engine = "compiled",
    edition: Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Inspected:
    """Check a folder of records, and the graph that they make.

    Args:
        data: The folder.
        base_iri: The base of resource IRIs.
        ontology: The `ontology/` folder.
        only: Ids of the records to say something of; all if empty.
        engine: What checks the shapes; `pyshacl` takes the whole at once.
        edition: An edition that was built of the folder; if it is not too far from it, records in `only` are
            checked beside it and nothing else is read.
        workers: Number of processes; unset, as many as there are processors to use.
        progress: Told how much is done and how much there is; raising from it cancels.

    Returns:
        What was found.

    Raises:
        RecordErrors: With every error in the records.
        BuildError: If the ontology is not as it should be, or a record in `only` is not there.
    """
    if only and engine == "compiled" and edition is not None:
        report = recheck(data, edition, base_iri=base_iri, ontology=ontology, only=frozenset(only))
        if report is not None:
            return Inspected(report, len(set(only)))
    files = record_files(data)
    if engine == "compiled" and buckets_for(len(files)) > 1 and not _uncompiled(ontology, base_iri):
        with TemporaryDirectory(prefix="daftar-") as scratch:
            job = _Job(Site(data, ontology, Path(scratch)), base_iri, files, progress or _silent)
            return job.run(frozenset(only), workers)
    catalogue = load_catalogue(data)
    dataset = build(catalogue, base_iri=base_iri, ontology=ontology)
    report = validate(dataset, catalogue, only=only or None, engine=engine, progress=progress)
    return Inspected(report, sum(catalogue.counts().values()))


def _uncompiled(ontology: Path, base_iri: str) -> bool:
    """Whether there is a shape that only pySHACL can check, and only on the whole."""
    base = set(turtle(read_ontology(ontology), base_iri))
    return bool(Examiner(base, base_iri, ontology, Gathering(frozenset(), 1)).shapes.others)


def _silent(done: int, total: int) -> None:
    """Say nothing."""


class _Job:
    def __init__(self, site: Site, base_iri: str, files: list[str], progress: Progress) -> None:
        self._site, self._files, self._progress = site, files, progress
        self._making = Making(site.edition)
        self._common = Common("", base_iri, buckets_for(len(files)))
        read_lists(site.data, read_ontology(site.ontology), self._common, files, self._making)
        self._making.write("files.json", dict.fromkeys(files))

    def run(self, only: frozenset[str], workers: int | None) -> Inspected:
        """Look at everything.

        Raises:
            RecordErrors: With every error in the records.
            BuildError: If a record in `only` is not there.
        """
        self._need(only)
        with crew(self._site, workers, Inspector) as work:
            seen = list(self._told(work("look", self._batches()), 0.95))
            if errors := [error for each in seen for error in each.errors]:
                raise RecordErrors(errors)
            present = sorted({name for each in seen for name in each.graphs})
            common, asked = work("common", [(present,)]), work("ask", self._slices())
            seen += [*common, *asked]
        self._progress(100, 100)
        findings = [finding for each in seen for finding in each.findings]
        if only:
            findings = [finding for finding in findings if finding.record in only]
        records = sum(self._common.records.values()) + sum(each.records for each in seen)
        return Inspected(report_of(findings), records)

    def _batches(self) -> list[tuple[list[int], list[str]]]:
        """Some buckets at a time, with their files."""
        files: dict[int, list[str]] = defaultdict(list)
        for name in self._files:
            files[bucket_of(ident_of(name), self._common.buckets)].append(name)
        numbers = range(self._common.buckets)
        batches = [list(numbers[at : at + BUCKETS_AT_ONCE]) for at in numbers[::BUCKETS_AT_ONCE]]
        return [(batch, [name for number in batch for name in files[number]]) for batch in batches]

    def _slices(self) -> list[tuple[list[str]]]:
        """Some slices at a time, all gathered in the same way."""
        ways: dict[str, set[str]] = defaultdict(set)
        for number in range(self._common.buckets):
            for name in (self._making.read(f"bucket-{number:04}.json") or {}).get("slices", ()):
                if gatherer_of(name) in CHECKED:
                    ways[gatherer_of(name)].add(name)
        return [
            (names[at : at + _SLICES_AT_ONCE],)
            for names in map(sorted, ways.values())
            for at in range(0, len(names), _SLICES_AT_ONCE)
        ]

    def _need(self, only: frozenset[str]) -> None:
        known = {str(data["id"]) for _, data in self._common.names} | set(map(ident_of, self._files))
        if unknown := only - known:
            raise BuildError(f"no record of this catalogue has the id {', '.join(sorted(unknown))}")

    def _told(self, work: Iterator[Seen], share: float) -> Iterator[Seen]:
        """Tell of each that is done; all together are a share of the whole."""
        total = -(-self._common.buckets // BUCKETS_AT_ONCE)
        for done, each in enumerate(work, start=1):
            yield each
            self._progress(int(100 * share * done / total), 100)
