"""What stops a build, said so that the writer of a record can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.records.model import Record


class BuildError(ValueError):
    """A record or an ontology file that cannot become RDF."""


class RecordBuildError(BuildError):
    """A record that cannot become RDF, with the place to mend.

    Args:
        record: The record.
        pointer: The place in the record, as `/partners/0/row`.
        reason: What is wrong and what to do, in one sentence.
    """

    def __init__(self, record: Record, pointer: str, reason: str) -> None:
        place = f"{record.path}:{record.line_of(pointer)}"
        super().__init__(f"{place}: {record.kind} {record.id}, {pointer or '/'}: {reason}")
        self.record = record
        self.pointer = pointer
