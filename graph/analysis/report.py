"""The result of an analysis: tables with titles, and what must be known to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.query.question_library import QuestionError, Words

Kind = Literal["thing", "things", "number", "share", "text", "words"]
Value = str | int | float | bool | Words | tuple[str, ...] | None


class AnalysisError(QuestionError):
    """An analysis that was asked for something that there is not; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        key: Its name for programs.
        label: Its heading.
        kind: ``thing``: an IRI; ``things``: IRIs; ``number``; ``share``: a number from 0 to 1; ``text``:
            the same in both languages, such as source lines; ``words``: a sentence in both.
    """

    key: str
    label: Words
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        key: Its name for programs.
        title: What it shows.
        says: How to read it.
        columns: Its columns.
        rows: One value a column: an IRI, IRIs, a number, a text, words, or None for nothing.
        total: Rows there are, of which these are the first; None when these are all.
    """

    key: str
    title: Words
    says: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int | None = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.key} has not one value for each column")

    @property
    def shown(self) -> int:
        """Number of rows."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an analysis.

    Attributes:
        key: Name of the analysis: ``overlap``, ``meetings`` ...
        title: What it answers.
        says: How to read it.
        parameters: What it was asked for, as text.
        notes: What the result rests on, what was cut, what is our reading.
        tables: The most important first.
        edition: Fingerprint of the edition.
    """

    key: str
    title: Words
    says: Words
    tables: tuple[Table, ...]
    edition: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()

    def table(self, key: str) -> Table:
        """One of the tables.

        Raises:
            AnalysisError: when there is no such table.
        """
        for table in self.tables:
            if table.key == key:
                return table
        known = ", ".join(table.key for table in self.tables)
        raise AnalysisError(f'the analysis {self.key} has no table "{key}"; it has {known}')
