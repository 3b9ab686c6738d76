"""Tables of reports for pages: cells with links, numbers in the digits of the language, as much as fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.analysis.report import Column, Table, Value
from graph.analysis.report_text import cell_text, things_of
from graph.digits import persian_digits
from graph.query.question_library import Lang
from graph.query.question_terms import Labels
from graph.view.matrix import lines_only
from graph.view.nodes import Ref
from graph.view.reading import Catalogue

#: Rows of a table, and things in a cell, that a page shows; files hold all.
ROWS, THINGS = 120, 24
#: Characters of a sentence that no longer stands well in a column.
_LONG = 120
_FIGURES = re.compile(r"[\d\s,.:–-]+")
_PERSIAN = re.compile(r"[\u0621-\u06cc]")


@dataclass(frozen=True)
class Cell:
    """A cell as a page shows it.

    Attributes:
        kind: ``things``, ``number``, ``lines`` or ``text``.
        refs: Things that it names.
        more: Things that are left out.
        text: What it says, for other kinds.
        lang: Language of the text where it is not that of the page.
    """

    kind: str
    refs: tuple[Ref, ...] = ()
    more: int = 0
    text: str = ""
    lang: str | None = None


@dataclass(frozen=True)
class ShownTable:
    """A table as a page shows it.

    Attributes:
        table: The table.
        heads: Heading and whether it is one of numbers, for each column.
        rows: The first rows.
        total: Rows there are.
        wide: Places of the columns with long sentences; they stand below the row.
    """

    table: Table
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    wide: frozenset[int]

    @property
    def by_key(self) -> list[dict[str, Cell]]:
        """The rows as mappings from the key of a column to its cell."""
        keys = [column.key for column in self.table.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def shown_tables(
    tables: Sequence[Table], catalogue: Catalogue, labels: Labels, lang: Lang
) -> tuple[ShownTable, ...]:
    """Prepare the tables of a report.

    Args:
        tables: The tables.
        catalogue: It names things for links.
        labels: It names things in words.
        lang: Language of the page.

    Returns:
        The tables as the page shows them.
    """
    return tuple(_shown(table, catalogue, labels, lang) for table in tables)


def _shown(table: Table, catalogue: Catalogue, labels: Labels, lang: Lang) -> ShownTable:
    rows = tuple(
        tuple(
            shown_cell(column, value, catalogue, labels, lang)
            for column, value in zip(table.columns, row, strict=True)
        )
        for row in table.rows[:ROWS]
    )
    long = (
        number
        for number, column in enumerate(table.columns)
        if column.kind in ("words", "text")
        and max((len(row[number].text) for row in rows), default=0) > _LONG
    )
    heads = tuple((column.label.of(lang), column.kind in ("number", "share")) for column in table.columns)
    return ShownTable(
        table, heads, rows, table.shown if table.total is None else table.total, frozenset(long)
    )


def shown_cell(column: Column, value: Value, catalogue: Catalogue, labels: Labels, lang: Lang) -> Cell:
    """Prepare a cell.

    Args:
        column: Its column.
        value: Its value.
        catalogue: It names things for links.
        labels: It names things in words.
        lang: Language of the page.

    Returns:
        The cell.
    """
    if column.kind in ("thing", "things"):
        things = things_of(value)
        refs = tuple(catalogue.ref(thing) for thing in things[:THINGS])
        return Cell("things", refs, len(things) - len(refs))
    text = cell_text(column, value, labels, lang)
    if column.key == "lines":
        return Cell("lines", text=lines_only(text))
    number = column.kind in ("number", "share")
    if lang == "fa" and _FIGURES.fullmatch(text):
        text = persian_digits(text)
    other = "fa" if lang == "en" and column.kind == "text" and _PERSIAN.search(text) else None
    return Cell("number" if number else "text", text=text, lang=other)
