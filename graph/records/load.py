"""Reading a folder of records: everything is checked, and one error means that nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.paths import schema_dir
from graph.records import checks
from graph.records.errors import RecordError, RecordErrors
from graph.records.model import Catalogue, Record, by_kind_and_id
from graph.records.names import Names, nearest
from graph.records.schema import Problem, Schemas
from graph.records.yamlfile import Marks, YamlProblemError, parse_yaml, read_bytes, steps_to, tree_size

_LISTS = {
    "sources.yaml": "source",
    "agencies.yaml": "agency",
    "collectives.yaml": "collective",
    "instruments.yaml": "instrument",
    "forms.yaml": "template",
    "comparisons.yaml": "comparison",
}
FOLDERS = {"processes": "process", "services": "service"}
INDEX = "index.yaml"
_NUMBERED = re.compile(r"([A-Z])([0-9]+)")


def load_catalogue(folder: Path, *, schemas: Path | None = None) -> Catalogue:
    """Read and check every record of a folder.

    Args:
        folder: Folder with ``agencies.yaml``, ``processes/`` and so on.
        schemas: Folder with the record schemas; unset, those that came with Daftar.

    Returns:
        The catalogue, its processes and services by number, the rest as written.

    Raises:
        RecordErrors: with every error that was found; nothing is loaded then.
    """
    reader = Reader(folder, Schemas(schemas if schemas is not None else schema_dir()))
    reader.read_lists()
    for path in reader.files():
        reader.read_file(path)
    reader.check(reader.background())
    if reader.errors:
        raise RecordErrors(reader.errors)
    return as_catalogue(folder, reader.records)


@dataclass(frozen=True)
class Background:
    """What one record is checked against.

    Attributes:
        names: The ids of all records.
        line_counts: Number of lines of each source document.
        source: The source of records that name none.
    """

    names: Names
    line_counts: Mapping[str, int]
    source: str | None


@dataclass
class Reader:
    """Reads a folder, the lists first; the files of processes and services may be read by several readers.

    Attributes:
        folder: The folder.
        schemas: The record schemas.
        records: What was read and agrees with its schema.
        errors: What is wrong.
        known: Kind and content of everything that was read.
        digests: SHA-256, hexadecimal, of each file of a process or service that was read.
    """

    folder: Path
    schemas: Schemas
    records: list[Record] = field(default_factory=list)
    errors: list[RecordError] = field(default_factory=list)
    known: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    digests: dict[Path, str] = field(default_factory=dict)

    def read_lists(self, *, index: bool = True) -> None:
        """Read the files that hold many records each.

        Args:
            index: Whether to read the index too; it is the longest by far.
        """
        if not self.folder.is_dir():
            self._fail(
                self.folder,
                "there is no such folder",
                "give the folder that holds agencies.yaml and processes/",
            )
            return
        self._unread_files()
        for name, kind in _LISTS.items():
            if (path := self.folder / name).exists():
                self._list(path, kind)
        if index and (self.folder / INDEX).exists():
            self._index(self.folder / INDEX)
        if not self.known and not self.errors and not self.files():
            self._fail(
                self.folder,
                "there are no records in this folder",
                "it needs agencies.yaml, processes/ and so on",
            )

    def files(self) -> list[Path]:
        """The files that hold one process or service each, processes first, by number."""
        return [
            path
            for name in FOLDERS
            for path in sorted((self.folder / name).glob("*.yaml"), key=lambda path: _order(path.stem))
        ]

    def read_file(self, path: Path) -> None:
        """Read the file of a process or service."""
        self._single(path, FOLDERS[path.parent.name])

    def _unread_files(self) -> None:
        here = [path for path in self.folder.iterdir() if path.suffix.lower() in (".yaml", ".yml")]
        below = [path for name in FOLDERS for path in (self.folder / name).glob("*.yml")]
        right = [*_LISTS, INDEX]
        for path in sorted([*here, *below]):
            if path.name not in right or path in below:
                guess = path.with_suffix(".yaml").name if path in below else nearest(path.name, right)
                self._fail(
                    path,
                    "no record file has this name",
                    f'did you mean "{guess}"?' if guess else "move it away",
                )

    def _parse(self, path: Path) -> tuple[Any, Marks] | None:
        try:
            raw = read_bytes(path)
            if path.parent.name in FOLDERS:
                self.digests[path] = sha256(raw).hexdigest()
            return parse_yaml(raw)
        except YamlProblemError as problem:
            self.errors.append(
                RecordError(path, problem.line, problem.column, "", problem.message, problem.hint)
            )
            return None

    def _list(self, path: Path, kind: str) -> None:
        parsed = self._parse(path)
        if parsed is None:
            return
        value, marks = parsed
        if not isinstance(value, list):
            self._fail(
                path, f"a list of records is needed here, one for each {kind}", 'begin each with "- id: ..."'
            )
            return
        self._members(path, kind, value, marks, 1)

    def _members(self, path: Path, kind: str, members: list[Any], marks: Marks, index: int) -> None:
        for data in members:
            size = tree_size(data)
            self._add(kind, data, path, marks.part(index, size))
            index += size

    def _single(self, path: Path, kind: str) -> None:
        parsed = self._parse(path)
        if parsed is None:
            return
        data, marks = parsed
        self._add(kind, data, path, marks)
        if isinstance(data, dict) and isinstance(data.get("id"), str) and data["id"] != path.stem:
            record = _record(kind, data, path, marks)
            self._report(
                record, ("/id", f'the id "{data["id"]}" is not the name of the file', f'write "{path.stem}"')
            )

    def _index(self, path: Path) -> None:
        parsed = self._parse(path)
        if parsed is None:
            return
        value, marks = parsed
        shell = _record("index", value, path, marks)
        found = list(self.schemas.problems("index", value))
        for problem in found:
            self._report(shell, problem)
        if found:
            return
        index = steps_to(value, iter(["entries"])) + 1
        source_at = marks.at(steps_to(value, iter(["source"])))
        for entry in value["entries"]:
            size = tree_size(entry)
            part = marks.part(index, size)
            if "source" not in entry:  # the source is written once for the file and belongs to every entry
                part.lines.append(source_at[0])
                part.columns.append(source_at[1])
                entry["source"] = value["source"]
            self._add("index-entry", entry, path, part)
            index += size

    def _add(self, kind: str, data: Any, path: Path, marks: Marks) -> None:
        record = _record(kind, data, path, marks)
        if isinstance(data, dict):
            self.known.append((kind, data))
        found = list(self.schemas.problems(kind, data))
        for problem in found:
            self._report(record, problem)
        if not found:
            self.records.append(record)

    def background(self) -> Background:
        """What to check records against: the lists that were read, and the names of all files."""
        sources = [record for record in self.records if record.kind == "source"]
        counts = {record.id: int(record.data["lineCount"]) for record in sources}
        named = [(FOLDERS[path.parent.name], {"id": path.stem}) for path in self.files()]
        default = sources[0].id if len(sources) == 1 else self._index_source()
        return Background(Names([*self.known, *named]), counts, default)

    def check(self, known: Background) -> None:
        """Check what a schema cannot say; records that their schema refused are left out."""
        seen: dict[tuple[str, str], Record] = {}
        for record in self.records:
            self._report_all(record, self._alone(record, known))
            first = seen.setdefault((record.kind, record.id), record)
            if first is not record:
                where = f"{self._shown(first.path)}:{first.line_of('/id')}"
                self._report(record, ("/id", f'the id "{record.id}" is taken ({where})', "ids are unique"))
        for kind, key in (("agency", "parent"), ("instrument", "partOf")):
            same = [record for record in self.records if record.kind == kind]
            for record, problem in checks.circles(same, key):
                self._report(record, problem)

    @staticmethod
    def _alone(record: Record, known: Background) -> Iterator[Problem]:
        yield from checks.unknown_ids(record, known.names)
        yield from checks.wrong_lines(record, known.line_counts, known.source)
        yield from checks.wrong_order(record)
        yield from checks.wrong_dates(record)
        yield from checks.wrong_readings(record)
        yield from checks.untidy_text(record)

    def _index_source(self) -> str | None:
        return next((record.data["source"] for record in self.records if record.kind == "index-entry"), None)

    def _report_all(self, record: Record, found: Iterable[Problem]) -> None:
        for problem in found:
            self._report(record, problem)

    def _report(self, record: Record, problem: Problem) -> None:
        pointer, message, hint = problem
        line, column = record.place_of(pointer)
        name = f"{record.id}{pointer}" if record.id else pointer
        self.errors.append(RecordError(record.path, line, column, name, message, hint))

    def _fail(self, path: Path, message: str, hint: str) -> None:
        self.errors.append(RecordError(path, 1, 1, "", message, hint))

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _record(kind: str, data: Any, path: Path, marks: Marks) -> Record:
    name = data.get("id") if isinstance(data, dict) else None
    return Record(kind, name if isinstance(name, str) else "", data, path, marks.lines[0], marks)


def _order(name: str) -> tuple[str, int, str]:
    match = _NUMBERED.fullmatch(name)
    return (match[1], int(match[2]), name) if match else (name, 0, name)


def as_catalogue(folder: Path, records: list[Record]) -> Catalogue:
    """Sort records by kind.

    Args:
        folder: Where they were read from.
        records: The records, checked.

    Returns:
        A catalogue of these.
    """

    def of(kind: str) -> tuple[Record, ...]:
        return tuple(record for record in records if record.kind == kind)

    return Catalogue(
        folder,
        sources=of("source"),
        agencies=of("agency"),
        collectives=of("collective"),
        instruments=of("instrument"),
        forms=of("template"),
        processes=of("process"),
        services=of("service"),
        index=of("index-entry"),
        comparisons=of("comparison"),
        by_id=by_kind_and_id(iter(records)),
    )
