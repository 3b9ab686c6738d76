"""Records and the catalogue that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.records.yamlfile import Marks, steps_to


@dataclass(frozen=True, slots=True)
class Record:
    """One record: a process, a service, an agency, an entry of the index and so on.

    Attributes:
        kind: ``process``, ``service``, ``index-entry``, ``agency``, ``collective``, ``instrument``,
            ``template``, ``source`` or ``comparison``.
        id: Its id, unique within its kind.
        data: Its content as read: strings, lists and dictionaries.
        path: File that it was read from.
        line: Line of that file where it begins, from 1.
        marks: Where each of its values stands.
    """

    kind: str
    id: str
    data: dict[str, Any]
    path: Path
    line: int
    marks: Marks = field(repr=False, compare=False)

    def place_of(self, pointer: str) -> tuple[int, int]:
        """Line and column of a value.

        Args:
            pointer: JSON Pointer (RFC 6901), for example ``/partners/0/text``; empty for the record itself.

        Returns:
            Line and column from 1; those of the nearest parent when the record has no such value.
        """
        tokens = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
        return self.marks.at(steps_to(self.data, tokens))

    def line_of(self, pointer: str) -> int:
        """Line of a value in the record's file; see :meth:`place_of`."""
        return self.place_of(pointer)[0]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records of one folder, checked.

    Attributes:
        folder: Where they were read from.
        sources: The documents that the catalogue was read from.
        agencies: Bodies, offices, councils, commissions, posts.
        collectives: Groups that the document names as a group.
        instruments: Laws, directives, documents.
        forms: Templates that processes use.
        processes: Processes, by number.
        services: Services, by number.
        index: Entries of the index, in printed order.
        comparisons: Pairs that may be one thing.
        by_id: Kind and id to record.
    """

    folder: Path
    sources: tuple[Record, ...] = ()
    agencies: tuple[Record, ...] = ()
    collectives: tuple[Record, ...] = ()
    instruments: tuple[Record, ...] = ()
    forms: tuple[Record, ...] = ()
    processes: tuple[Record, ...] = ()
    services: tuple[Record, ...] = ()
    index: tuple[Record, ...] = ()
    comparisons: tuple[Record, ...] = ()
    by_id: Mapping[tuple[str, str], Record] = field(default_factory=dict, repr=False)

    def all_records(self) -> Iterator[Record]:
        """Every record, kind by kind, each kind in its own order."""
        yield from self.sources
        yield from self.agencies
        yield from self.collectives
        yield from self.instruments
        yield from self.forms
        yield from self.processes
        yield from self.services
        yield from self.index
        yield from self.comparisons

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind that occurs.

        Returns:
            Kind to number, in the order of :meth:`all_records`.
        """
        found: dict[str, int] = {}
        for record in self.all_records():
            found[record.kind] = found.get(record.kind, 0) + 1
        return found


def by_kind_and_id(records: Iterator[Record]) -> Mapping[tuple[str, str], Record]:
    """A read-only table of records."""
    return MappingProxyType({(record.kind, record.id): record for record in records})
