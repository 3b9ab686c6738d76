"""What a build in buckets has to do, kept beside the edition so that the next build need not do it again.

::

    <edition>/making/common.json      what every record is checked against, and what all of it was made from
    <edition>/making/files.json       each record file with its size, time of change and SHA-256
    <edition>/making/lists.nq         the asserted statements of the lists, and where they come from
    <edition>/making/concluded.nq     what rules conclude from the lists alone
    <edition>/making/shapes.json      the shapes, compiled for the check of some records
    <edition>/making/entries-NNNN.json  the entries of the index that belong to a bucket
    <edition>/making/bucket-NNNN.json   number of statements of each graph of a bucket, and its slices
    <edition>/making/bucket-NNNN.slices the slices, one after the other

The folder may be deleted at any time: the next build then makes everything anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.build.assertions import Asserter, things_of
from graph.build.gather import bucket_of, sorted_nquads
from graph.build.ontology import Ontology
from graph.build.provenance import record_provenance
from graph.paths import schema_dir
from graph.records.errors import RecordErrors
from graph.records.load import FOLDERS, Reader, load_catalogue
from graph.records.model import Record
from graph.records.schema import Schemas
from graph.records.yamlfile import Marks

RECORDS_OF_A_BUCKET = 256
"""A bucket is made again when one of its records changed: small enough to be made in a second."""
_MAKING = "making"
Stat = tuple[int, int, str]


@dataclass
class Common:
    """What all buckets share.

    Attributes:
        key: SHA-256 over the lists, the ontology, the code and the base IRI: another key, another build.
        base_iri: The base of resource IRIs.
        buckets: Number of buckets.
        names: Kind and names of every record of the lists.
        line_counts: Number of lines of each source document.
        source: The source of records that name none.
        sources: SHA-256 of each source document, by id.
        compared: Ids of the things that comparisons put side by side.
        records: Number of records of each kind in the lists.
        reads: What rules read that look at one record and the lists; None for anything.
    """

    key: str
    base_iri: str
    buckets: int
    names: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    line_counts: dict[str, int] = field(default_factory=dict)
    source: str | None = None
    sources: dict[str, str] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)
    records: dict[str, int] = field(default_factory=dict)
    reads: list[tuple[str, str | None]] | None = None


class Making:
    """The folder in which a build keeps what the next one can use.

    Args:
        edition: The folder of an edition or of its draft.
    """

    def __init__(self, edition: Path) -> None:
        self.path = edition / _MAKING

    def read(self, name: str) -> Any:
        """Read a JSON file; None when it is not there or not whole."""
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def write(self, name: str, data: Any) -> None:
        """Write a JSON file."""
        self.path.mkdir(exist_ok=True)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        (self.path / name).unlink(missing_ok=True)  # it may be a link to what the edition before keeps
        (self.path / name).write_text(text, encoding="utf-8")

    def common(self) -> Common | None:
        """What all buckets share; None when it cannot be read."""
        found = self.read("common.json")
        try:
            return Common(**found)
        except TypeError:
            return None

    def quads(self, name: str) -> Iterator[ox.Quad] | None:
        """Read an N-Quads file; None when it is not there."""
        path = self.path / name
        return ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS) if path.exists() else None

    def entries(self, bucket: int, path: Path) -> list[Record]:
        """The entries of the index that belong to a bucket.

        Args:
            bucket: Its number.
            path: The file of the index.

        Returns:
            The entries.
        """
        return [
            Record("index-entry", data["id"], data, path, lines[0], Marks.of(lines, columns))
            for data, lines, columns in self.read(f"entries-{bucket:04}.json") or ()
        ]


def fingerprint_files(folder: Path, before: Mapping[str, Stat]) -> dict[str, Stat]:
    """Look at every file of a process or service; one whose size and time are as before is not read again.

    Args:
        folder: The data folder.
        before: What was seen the last time; if nothing was, no file is read now.

    Returns:
        Path below the folder → size in bytes, time of change in nanoseconds, SHA-256; that is empty when
        nothing was seen before, for whoever reads the file then says it.
    """
    found: dict[str, Stat] = {}
    for key, entry in _record_files(folder):
        stat, old = entry.stat(), before.get(key)
        if old is None or (old[0], old[1]) != (stat.st_size, stat.st_mtime_ns):
            digest = sha256(Path(entry.path).read_bytes()).hexdigest() if before else ""
            old = (stat.st_size, stat.st_mtime_ns, digest)
        found[key] = old
    return dict(sorted(found.items()))


def record_files(folder: Path) -> list[str]:
    """The file of every process and service, as a path below the data folder, sorted."""
    return sorted(key for key, _ in _record_files(folder))


def _record_files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for name in FOLDERS:
        if not (folder / name).is_dir():
            continue
        with os.scandir(folder / name) as entries:
            yield from ((f"{name}/{each.name}", each) for each in entries if each.name.endswith(".yaml"))


def ident_of(file: str) -> str:
    """The id of the record in a file; a path object for each of 50,000 would take half a second.

    Example:
        >>> ident_of("processes/P08.yaml")
        'P08'
    """
    return file.rpartition("/")[2].removesuffix(".yaml")


def ids_of(files: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the records in files, by folder.

    Example:
        >>> ids_of(["processes/P08.yaml", "services/S01.yaml"])
        {'processes': ['P08'], 'services': ['S01']}
    """
    found: dict[str, list[str]] = {name: [] for name in FOLDERS}
    for file in files:
        found[file.partition("/")[0]].append(ident_of(file))
    return found


def changed_files(folder: Path, before: Mapping[str, Stat]) -> set[str]:
    """The files of processes and services that are not as they were.

    Args:
        folder: The data folder.
        before: Path below the folder → size, time of change and SHA-256 when they were looked at.

    Returns:
        Paths below the folder, new files among them.
    """
    return changed_since(before, fingerprint_files(folder, before))


def changed_since(before: Mapping[str, Stat], now: Mapping[str, Stat]) -> set[str]:
    """The files whose words are not as they were.

    Args:
        before: Path below the folder → what `fingerprint_files` found then.
        now: The same now.

    Returns:
        Paths below the folder, new files among them.

    Example:
        >>> sorted(changed_since({"a": (1, 1, "x"), "b": (1, 1, "y")}, {"a": (1, 2, "x"), "b": (1, 2, "z")}))
        ['b']
    """
    return {name for name, stat in now.items() if name not in before or before[name][2] != stat[2]}


def common_key(folder: Path, ontology: Path, base_iri: str) -> str:
    """Fingerprint everything but the files of processes and services.

    Args:
        folder: The data folder.
        ontology: The ontology folder.
        base_iri: The base of resource IRIs.

    Returns:
        SHA-256, hexadecimal.
    """
    code = Path(__file__).parent.parent
    files = [
        *sorted(folder.glob("*.y*ml")),
        *(path for path in sorted(ontology.rglob("*")) if path.is_file()),
        *(path for name in ("build", "records") for path in sorted((code / name).glob("*.py"))),
    ]
    digest = sha256(base_iri.encode())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def buckets_for(files: int) -> int:
    """How many buckets so many record files fall into: a power of two, so that it seldom changes.

    Example:
        >>> buckets_for(36), buckets_for(3000), buckets_for(50_000)
        (1, 16, 256)
    """
    return 1 << max(0, (files - 1) // RECORDS_OF_A_BUCKET).bit_length()


def read_lists(folder: Path, ontology: Ontology, common: Common, ids: Sequence[str], making: Making) -> None:
    """Read the lists and write down what buckets need of them.

    Args:
        folder: The data folder.
        ontology: The ontology.
        common: Gets what all buckets share.
        ids: Paths of all record files below the folder.
        making: Where it is kept.

    Raises:
        RecordErrors: With every error of the catalogue, when a list is wrong.
        BuildError: If a record cannot become RDF.
    """
    reader = Reader(folder, Schemas(schema_dir()))
    reader.read_lists()
    known = reader.background()
    reader.check(known)
    if reader.errors:
        load_catalogue(folder)  # says what is wrong in the other records too
        raise RecordErrors(reader.errors)
    common.names = [(kind, _names(data)) for kind, data in reader.known]
    common.line_counts, common.source = dict(known.line_counts), known.source
    lists = [record for record in reader.records if record.kind != "index-entry"]
    common.sources = {r.id: str(r.data["sha256"]) for r in lists if r.kind == "source"}
    common.compared = sorted({i for r in lists if r.kind == "comparison" for i in r.data["compares"]})
    common.records = dict(Counter(record.kind for record in reader.records))
    asserter = asserter_for(ontology, ids, common.base_iri)
    about = record_provenance(
        reader.records, asserter, ontology, list(common.sources), folder, common.base_iri
    )
    making.path.mkdir(exist_ok=True)
    (making.path / "lists.nq").write_bytes(sorted_nquads([*asserter.quads(lists), *about]))
    entries: dict[int, list[Any]] = defaultdict(list)
    for record in reader.records:
        if record.kind == "index-entry":
            thing, marks = record.data.get("denotes", record.id), record.marks
            entries[bucket_of(thing, common.buckets)].append(
                [record.data, list(marks.lines), list(marks.columns)]
            )
    for bucket in range(common.buckets):
        making.write(f"entries-{bucket:04}.json", entries[bucket])
    making.write("common.json", asdict(common))


def asserter_for(ontology: Ontology, files: Sequence[str], base_iri: str) -> Asserter:
    """Prepare the making of statements.

    Args:
        ontology: The ontology.
        files: Paths of all record files, as ``processes/P08.yaml``.
        base_iri: The base of resource IRIs.

    Returns:
        The asserter.
    """
    ids = ids_of(files)
    return Asserter(ontology, things_of(ids["processes"], ids["services"]), base_iri)


def _names(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in ("id", "label", "labelEn", "spellings") if key in data}
