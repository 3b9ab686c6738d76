"""What the review file says of the catalogue: headlines, counts, and the first rows of every analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.analysis.analyst import Analyst
from graph.analysis.headlines import headlines
from graph.analysis.report import Column, Report, Table, Value
from graph.analysis.report_text import cell_text, things_of
from graph.analysis.reports import ANALYSES, run
from graph.digits import persian_digits
from graph.view.matrix import lines_only
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.words import Lang

#: Rows of each table of an analysis; a file for people shows the first.
MOST_ROWS = 10
#: A cell with more letters is a sentence.
_SENTENCE = 80


@dataclass(frozen=True)
class Said:
    """A headline.

    Attributes:
        place: What remarks call it, such as ``finding/meet-most``.
        text: The sentence.
        things: What it names.
        command: The command that shows more.
    """

    place: str
    text: str
    things: tuple[Ref, ...]
    command: str


@dataclass(frozen=True)
class PaperCell:
    """A cell: things, or words.

    Attributes:
        things: The things that it names.
        text: Its words when it names none.
        number: Whether it is a number.
    """

    things: tuple[Ref, ...]
    text: str
    number: bool


@dataclass(frozen=True)
class PaperTable:
    """The first rows of a table of an analysis.

    Attributes:
        place: What remarks call it, such as ``analysis/meetings/groups``.
        title: What it shows.
        says: How to read it.
        heads: The headings.
        rows: The first rows.
        total: How many rows there are.
        wide: Numbers of the columns of sentences, which stand below their row.
    """

    place: str
    title: str
    says: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    total: int
    wide: frozenset[int]


@dataclass(frozen=True)
class PaperAnalysis:
    """An analysis.

    Attributes:
        key: Its name.
        title: What it answers.
        says: How to read it.
        notes: What it rests on.
        tables: Its tables.
    """

    key: str
    title: str
    says: str
    notes: tuple[str, ...]
    tables: tuple[PaperTable, ...]


def said(analyst: Analyst, catalogue: Catalogue, lang: Lang) -> tuple[Said, ...]:
    """The headlines.

    Args:
        analyst: The catalogue, for analyses.
        catalogue: The same, for names.
        lang: Language.

    Returns:
        The headlines in the order in which planners ask.
    """
    found = headlines(analyst)
    return tuple(
        Said(place, one.whole.of(lang), tuple(catalogue.ref(iri) for iri in one.things), one.command)
        for place, one in zip(_distinct(f"finding/{one.key}" for one in found), found, strict=True)
    )


def analyses(analyst: Analyst, catalogue: Catalogue, lang: Lang) -> Iterator[PaperAnalysis]:
    """Run every analysis that there is, with its defaults.

    Args:
        analyst: The catalogue, for analyses.
        catalogue: The same, for names.
        lang: Language.

    Yields:
        The first rows of its tables; tables that only explain the analysis are left out.
    """
    for key, one in ANALYSES.items():
        few = {"most": [str(MOST_ROWS)]} if any(option.name == "most" for option in one.options) else {}
        report = run(analyst, key, few)
        yield PaperAnalysis(
            key,
            report.title.of(lang),
            report.says.of(lang),
            tuple(note.of(lang) for note in report.notes),
            tuple(_tables(report, analyst, catalogue, lang)),
        )


def count_place(key: str) -> str:
    """What remarks call a count of the home page.

    Args:
        key: Its message key.

    Returns:
        The place.

    Example:
        >>> count_place("finding.no-form")
        'count/no-form'
    """
    return f"count/{key.removeprefix('finding.')}"


def places(analyst: Analyst, catalogue: Catalogue) -> set[str]:
    """What remarks on findings may be about.

    Args:
        analyst: The catalogue, for analyses.
        catalogue: The same, for names.

    Returns:
        The places of headlines and tables.
    """
    found = {one.place for one in said(analyst, catalogue, "en")}
    return found | {table.place for one in analyses(analyst, catalogue, "en") for table in one.tables}


def _tables(report: Report, analyst: Analyst, catalogue: Catalogue, lang: Lang) -> Iterator[PaperTable]:
    for table in report.tables:
        if not any(column.kind in ("thing", "things", "number", "share") for column in table.columns):
            continue
        rows = tuple(_row(table, row, analyst, catalogue, lang) for row in table.rows[:MOST_ROWS])
        yield PaperTable(
            f"analysis/{report.key}/{table.key}",
            table.title.of(lang),
            table.says.of(lang),
            tuple((column.label.of(lang), _is_number(column)) for column in table.columns),
            rows,
            table.shown if table.total is None else table.total,
            frozenset(
                number
                for number in range(len(table.columns))
                if max((len(row[number].text) for row in rows), default=0) > _SENTENCE
            ),
        )


def _row(
    table: Table, row: tuple[Value, ...], analyst: Analyst, catalogue: Catalogue, lang: Lang
) -> tuple[PaperCell, ...]:
    cells = []
    for column, value in zip(table.columns, row, strict=True):
        things = column.kind in ("thing", "things")
        refs = tuple(catalogue.ref(iri) for iri in things_of(value)) if things else ()
        text = "" if things else cell_text(column, value, analyst.labels, lang)
        if column.key == "lines":
            text = lines_only(text)
            text = persian_digits(text) if lang == "fa" else text
        cells.append(PaperCell(refs, text, _is_number(column)))
    return tuple(cells)


def _is_number(column: Column) -> bool:
    return column.kind in ("number", "share")


def _distinct(places: Iterable[str]) -> Iterator[str]:
    """Names that differ: a second finding of the same kind gets a number."""
    seen: dict[str, int] = {}
    for place in places:
        seen[place] = seen.get(place, 0) + 1
        yield place if seen[place] == 1 else f"{place}-{seen[place]}"
