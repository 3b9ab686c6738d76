"""Processes that make buckets side by side, each reading once what the build keeps for all."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.build.errors import BuildError
from graph.build.gather import Gathering, sorted_nquads
from graph.build.ontology import read_ontology
from graph.build.plan import Common, Making, asserter_for, ids_of
from graph.build.workshop import Part, Workshop
from graph.paths import schema_dir
from graph.records.errors import RecordError
from graph.records.load import FOLDERS, INDEX, Background, Reader
from graph.records.model import Record
from graph.records.names import Names
from graph.records.schema import Schemas
from graph.spawned import spawned

_CONCLUDED = "concluded.nq"
_SELDOM = 100_000, 50, 100
"""New objects after which Python looks for garbage, and how often among older ones: a bucket makes many
objects and no garbage in circles, and looking took a fifth of the time."""


@dataclass(frozen=True)
class Site:
    """Where a build works.

    Attributes:
        data: The data folder.
        ontology: The ontology folder.
        edition: The folder of the draft.
    """

    data: Path
    ontology: Path
    edition: Path


Written = tuple[str, dict[str, int]]
"""SHA-256 of a file, hexadecimal, and number of statements of each graph in it."""


@dataclass
class Made:
    """What came of a piece of work.

    Attributes:
        errors: What is wrong with the records.
        files: Each file that was written, with its SHA-256 and the number of statements of each graph.
        read: SHA-256 of each record file that was read, by its path below the data folder.
    """

    errors: list[RecordError] = field(default_factory=list)
    files: dict[str, Written] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)


class Worker:
    """Makes buckets and slices.

    Args:
        site: Where.
        files: The record files; unset, those that the build saw.
        common: What all buckets share; unset, it is read.
    """

    def __init__(self, site: Site, files: Sequence[str] | None = None, common: Common | None = None) -> None:
        self._site, self._making = site, Making(site.edition)
        common = self._making.common() if common is None else common
        if common is None:
            raise RuntimeError(f"{self._making.path} was not prepared")
        self._common: Common = common
        files = list(self._making.read("files.json")) if files is None else files
        ontology = read_ontology(site.ontology)
        self._asserter = asserter = asserter_for(ontology, files, common.base_iri)
        lists = self._making.quads("lists.nq")
        things = asserter.expander.things
        compared = frozenset(common.base_iri + things[ident] for ident in common.compared)
        self.workshop = Workshop(
            ontology,
            asserter,
            lists or (),
            Gathering(compared, common.buckets),
            list(common.sources),
            site.data,
            common.base_iri,
            self._making.quads(_CONCLUDED),
            common.reads,
        )
        ids = {FOLDERS[folder]: found for folder, found in ids_of(files).items()}
        # the names of lists come from JSON as lists of two
        self._known = Background(Names(common.names, ids), common.line_counts, common.source)
        self._schemas = Schemas(schema_dir())

    def bucket(self, number: int, files: list[str]) -> Made:
        """Read the records of a bucket, check them, and write their statements.

        Args:
            number: The bucket.
            files: Its record files below the data folder.

        Returns:
            What is wrong, and how many records there are.

        Raises:
            BuildError: If a record cannot become RDF.
        """
        reader = self._read(files)
        if reader.errors:
            return Made(reader.errors)
        part = self.workshop.bucket([*reader.records, *self._entries(number)])
        records = Counter(record.kind for record in reader.records)
        self._keep(number, part.slices, records)
        read = {name: reader.digests[self._site.data / name] for name in files}
        return Made(files=self._write(f"part-{number:04}.nq", part), read=read)

    def _read(self, files: Iterable[str]) -> Reader:
        reader = Reader(self._site.data, self._schemas)
        for name in files:
            reader.read_file(self._site.data / name)
        reader.check(self._known)
        return reader

    def _entries(self, number: int) -> list[Record]:
        return self._making.entries(number, self._site.data / INDEX)

    def across(self, slices: Sequence[str]) -> Made:
        """Conclude from slices, and write what is concluded.

        Args:
            slices: Their names.

        Returns:
            What was written.
        """
        made = Made()
        for name, nquads in self._gathered(slices).items():
            made.files |= self._write(f"across-{name}.nq", self.workshop.across(name, nquads))
        return made

    def _gathered(self, slices: Iterable[str]) -> dict[str, list[bytes]]:
        """What every bucket gives to some slices, as N-Quads."""
        gathered: dict[str, list[bytes]] = {name: [] for name in slices}
        for number in range(self._common.buckets):
            read_slices(self._making, number, gathered)
        return gathered

    def shared(self, present: Collection[str]) -> Made:
        """Write what does not belong to one record.

        Args:
            present: Paths of the graphs that other parts have, below the base IRI.

        Returns:
            What was written.
        """
        concluded = self._making.path / _CONCLUDED
        if not concluded.exists():
            concluded.write_bytes(sorted_nquads(self.workshop.concluded))
        return Made(files=self._write("common.nq", self.workshop.shared(present)))

    def _write(self, name: str, part: Part) -> dict[str, Written]:
        if not part.nquads:
            return {}
        (self._site.edition / name).write_bytes(part.nquads)
        return {name: (sha256(part.nquads).hexdigest(), dict(part.graphs))}

    def _keep(self, number: int, slices: Mapping[str, bytes], records: Mapping[str, int]) -> None:
        places: dict[str, tuple[int, int]] = {}
        with (self._making.path / f"bucket-{number:04}.slices").open("wb") as stream:
            for name, nquads in sorted(slices.items()):
                places[name] = (stream.tell(), len(nquads))
                stream.write(nquads)
        self._making.write(f"bucket-{number:04}.json", {"records": dict(records), "slices": places})


def read_slices(making: Making, number: int, into: dict[str, list[bytes]]) -> None:
    """Add what a bucket gives to slices.

    Args:
        making: The folder of the making.
        number: The bucket.
        into: Name of each slice → what is gathered.
    """
    places = (making.read(f"bucket-{number:04}.json") or {}).get("slices", {})
    wanted = into.keys() & places.keys()
    if not wanted:
        return
    with (making.path / f"bucket-{number:04}.slices").open("rb") as stream:
        for name in wanted:
            start, length = places[name]
            stream.seek(start)
            into[name].append(stream.read(length))


_worker: Worker | None = None


def _begin(kind: type[Worker], site: Site) -> None:
    global _worker  # noqa: PLW0603 - one for each process
    _worker = kind(site)
    gc.freeze()  # the lists stay; do not look through them for garbage again and again
    gc.set_threshold(*_SELDOM)


def _do(method: str, arguments: tuple[Any, ...]) -> Any:
    assert _worker is not None  # noqa: S101 - _begin ran first
    try:
        return getattr(_worker, method)(*arguments)
    except BuildError as error:
        raise BuildError(str(error)) from None  # its record cannot be sent


Crew = Callable[[str, Sequence[tuple[Any, ...]]], Iterator[Any]]
"""Takes the name of a method of the workers and the arguments of each call; gives results as they come.
Several workers begin at once, one alone when it is asked for a result."""


@contextmanager
def crew(site: Site, workers: int | None = None, kind: type[Worker] = Worker) -> Iterator[Crew]:
    """Have workers ready, in processes of their own when there are several.

    Args:
        site: Where they work.
        workers: How many; unset, as many as this process may use processors.
        kind: What they are.

    Yields:
        What does the work.
    """
    count = workers or len(os.sched_getaffinity(0))
    if count == 1:
        alone = kind(site)
        yield lambda method, calls: (getattr(alone, method)(*each) for each in calls)
        return
    with spawned(count, _begin, (kind, site)) as pool:

        def work(method: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
            futures = [pool.submit(_do, method, each) for each in calls]
            return (future.result() for future in as_completed(futures))

        yield work
