"""The report on the matrix of processes and bodies: the matrix itself, why, and what chosen ones share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.analysis.analyst import WAY_WORDS, Analyst
from graph.analysis.brief_words import EVIDENCE
from graph.analysis.incidence import Incidence
from graph.analysis.matrix import Matrix, matrix, of_kinds
from graph.analysis.meetings import Together, together
from graph.analysis.report import AnalysisError, Column, Report, Table, Value
from graph.analysis.reports.common import Analysis, col, told, ways_note
from graph.analysis.reports.matrix_options import OPTIONS, SEATED
from graph.analysis.words import Words, say


@dataclass(frozen=True)
class Shown:
    """What a choice of options shows.

    Attributes:
        values: The values of the options.
        matrix: The part of the matrix.
        table: The whole table that it was taken from.
        by_tree: Whether the order by likeness is that of the trees; None for another order.
        bodies: Bodies chosen, and what they share; None when none is chosen.
        processes: IRIs of the processes chosen.
        common: Bodies that are in all the processes chosen.
        common_solid: Those of them that are there without copied lists.
    """

    values: Mapping[str, Any]
    matrix: Matrix
    table: Incidence
    by_tree: bool | None
    bodies: Together | None
    processes: tuple[str, ...]
    common: tuple[str, ...]
    common_solid: tuple[str, ...]


def shown(analyst: Analyst, values: Mapping[str, Any]) -> Shown:
    """Work out what is shown.

    Args:
        analyst: The catalogue.
        values: Values of ``OPTIONS``.

    Returns:
        The part of the matrix, and what is shared.

    Raises:
        AnalysisError: when a body or a process was chosen that is not in the table.
    """
    ways, copies = values["involved"], not values["no_copies"]
    table = of_kinds(analyst.agencies(ways, copies=copies), analyst.nodes, values["kind"])
    part = matrix(
        table,
        analyst.nodes,
        ways=ways,
        arrangement=values["order"],
        likeness=lambda: analyst.order(ways, copies=copies),
        start=(values["from_process"] - 1, values["from_body"] - 1),
        size=(values["most"], values["most_bodies"]),
    )
    by_tree = analyst.order(ways, copies=copies).by_tree if values["order"] == "likeness" else None
    bodies = analyst.things(values["bodies"], SEATED)
    processes = analyst.things(values["processes"], ("process",))
    _check(analyst, bodies, table.column_number)
    _check(analyst, processes, table.row_number)
    common = _common(table, processes)
    return Shown(
        values,
        part,
        table,
        by_tree,
        together(table, bodies) if bodies else None,
        processes,
        common,
        _common(table.without_weak, processes),
    )


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    found = shown(analyst, values)
    tables = [_grid(found, analyst), _cells(found)]
    if found.bodies is not None:
        tables.append(_where(found.bodies))
    if found.processes:
        tables.append(_who(found))
    return Report(
        ANALYSIS.key,
        ANALYSIS.title,
        ANALYSIS.says,
        tuple(tables),
        analyst.edition,
        told(OPTIONS, values),
        notes_of(found),
    )


def notes_of(found: Shown) -> tuple[Words, ...]:
    """What the matrix counts, how much of it is shown, and how it is ordered."""
    part, values = found.matrix, found.values
    notes = [*ways_note(values["involved"], no_copies=values["no_copies"])]
    notes.append(
        say(
            "{n} of {all_n} processes and {m} of {all_m} bodies are shown; the totals count all. "
            "{total} cells in all, {copied} of them only from lists copied from an earlier form.",
            "{n} از {all_n} فرایند و {m} از {all_m} نهاد نشان داده شده؛ جمع‌ها همه را می‌شمارند. "
            "روی هم {total} خانه، {copied} تای آن‌ها تنها از فهرست‌های رونوشت.",
            n=len(part.processes),
            all_n=part.all_processes,
            m=len(part.bodies),
            all_m=part.all_bodies,
            total=part.total,
            copied=part.copied,
        )
    )
    if found.by_tree is False:
        notes.append(
            Words(
                "The table is long: it is ordered along one axis (reciprocal averaging), not by a tree.",
                "جدول بلند است: بر پایه یک محور مرتب شده (میانگین‌گیری رفت و برگشتی)، نه با درخت.",
            )
        )
    return tuple(notes)


def mark(whys: Any) -> Words:
    """What a cell says in a word or two: the strongest way, and whether it is only copied."""
    if not whys:
        return Words("", "")
    words = {
        "named": Words("named", "نام‌برده"),
        "collectives": Words("group", "گروه"),
        "inferred": Words("inferred", "استنتاج"),
        "rollup": Words("above", "بالاتر"),
    }[whys[0].way]
    if all(why.copied for why in whys):
        return Words(f"{words.en} (copied list)", f"{words.fa} (فهرست رونوشت)")
    return words


def _check(analyst: Analyst, chosen: tuple[str, ...], known: Mapping[str, int]) -> None:
    for thing in chosen:
        if thing not in known:
            name = analyst.labels.named(thing)
            raise AnalysisError(
                f"{name.id} ({name.label('en')}) is not in the matrix in the way that was chosen; "
                "see the options involved and kind",
                f"«{name.label('fa')}» ({name.id}) با این گزینش در ماتریس نیست؛ "
                "گزینه‌های «چه کسی شریک شمرده شود» و گونه‌ها را ببینید",
            )


def _common(table: Incidence, processes: tuple[str, ...]) -> tuple[str, ...]:
    if not processes:
        return ()
    return tuple(sorted(frozenset.intersection(*(table.columns_of(one) for one in processes))))


def _grid(found: Shown, analyst: Analyst) -> Table:
    part, swap = found.matrix, found.values["swap"]
    rows, columns = (part.bodies, part.processes) if swap else (part.processes, part.bodies)
    heads = [analyst.labels.named(line.thing) for line in columns]
    filled: list[tuple[Value, ...]] = []
    for row in rows:
        cells = [
            mark(part.cells.get((column.thing, row.thing) if swap else (row.thing, column.thing), ()))
            for column in columns
        ]
        filled.append((row.thing, *cells, row.total, row.copied))
    last = ("total", "number", "Total", "جمع"), ("copied", "number", "Copied lists", "فهرست رونوشت")
    return Table(
        "matrix",
        Words("Processes and bodies", "فرایندها و نهادها"),
        Words(
            "A word stands where the form names the body.", "هر جا شناسنامه نهاد را نام برده واژه‌ای آمده است."
        ),
        (
            col("thing", "thing", "Body", "نهاد") if swap else col("thing", "thing", "Process", "فرایند"),
            *(
                Column(f"{head.kind}/{head.id}", Words(head.label("en"), head.label("fa")), "words")
                for head in heads
            ),
            *(col(*one) for one in last),
        ),
        tuple(filled),
        (part.all_bodies if swap else part.all_processes) if not part.whole else None,
    )


def _cells(found: Shown) -> Table:
    yes, no = Words("yes", "بله"), Words("no", "نه")
    rows = tuple(
        (
            process,
            body,
            WAY_WORDS[why.way],
            " | ".join(why.words),
            why.lines,
            EVIDENCE[why.evidence],
            yes if why.copied else no,
        )
        for (process, body), whys in found.matrix.cells.items()
        for why in whys
    )
    return Table(
        "cells",
        Words("Why each cell is there", "چرا هر خانه آنجاست"),
        Words("The words of the form and their lines.", "واژه‌های شناسنامه و سطرهای آن."),
        (
            col("process", "thing", "Process", "فرایند"),
            col("body", "thing", "Body", "نهاد"),
            col("way", "words", "How", "چگونه"),
            col("words", "text", "Words of the form", "واژه‌های شناسنامه"),
            col("lines", "text", "Lines", "سطرها"),
            col("evidence", "words", "Evidence", "پشتوانه"),
            col("copied", "words", "Copied list", "فهرست رونوشت"),
        ),
        rows,
    )


def _where(found: Together) -> Table:
    exactly, solid = frozenset(found.exactly), frozenset(found.solid)
    return Table(
        "shared-processes",
        Words("Where the chosen bodies sit together", "جایی که نهادهای برگزیده کنار هم‌اند"),
        Words("Processes that have all of them.", "فرایندهایی که همه آن‌ها را دارند."),
        (
            col("process", "thing", "Process", "فرایند"),
            col("exactly", "text", "Nobody else", "تنها همین‌ها"),
            col("solid", "text", "Without copied list", "بدون فهرست رونوشت"),
        ),
        tuple((one, one in exactly, one in solid) for one in found.at_least),
    )


def _who(found: Shown) -> Table:
    solid = frozenset(found.common_solid)
    return Table(
        "shared-bodies",
        Words("Who is in all the chosen processes", "چه کسانی در همه فرایندهای برگزیده‌اند"),
        Words("Bodies that are in all of them.", "نهادهایی که در همه آن‌ها هستند."),
        (
            col("body", "thing", "Body", "نهاد"),
            col("solid", "text", "Without copied list", "بدون فهرست رونوشت"),
        ),
        tuple((one, one in solid) for one in found.common),
    )


ANALYSIS = Analysis(
    "matrix",
    Words("Who takes part where?", "چه کسی کجا شریک است؟"),
    Words(
        "Processes by bodies as one table, with the words of the form behind each cell.",
        "فرایندها و نهادها در یک جدول، با واژه‌های شناسنامه پشت هر خانه.",
    ),
    OPTIONS,
    report,
)
