"""A report as a workbook: a sheet of notes, then a sheet for each table."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.analysis.report import Report, Table
from graph.analysis.report_text import cell_text, plain
from graph.query.question_library import Lang
from graph.query.question_terms import Labels

if TYPE_CHECKING:
    import xlsxwriter

_OPTIONS = {
    "in_memory": True,
    # text of a graph is text, whatever it looks like
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {"thing": 40, "things": 60, "number": 12, "share": 12, "text": 24, "words": 80}
_LONGEST = 32_767
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def as_xlsx(report: Report, labels: Labels, lang: Lang) -> bytes:
    """A report as an XLSX workbook; the same report gives the same bytes.

    Args:
        report: The report.
        labels: Names of the graph.
        lang: Language; sheets in Persian run from right to left.

    Returns:
        The workbook.
    """
    import xlsxwriter  # slow to import: not when a server starts

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": report.title.of(lang), "created": _EPOCH})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0%", "valign": "top"})
        first = book.add_worksheet("یادداشت" if lang == "fa" else "Notes")
        _notes(first, report, lang, bold, wrap)
        for table in report.tables:
            sheet = book.add_worksheet(table.key[:31])
            _fill(sheet, table, labels, lang, {"head": bold, "text": wrap, "share": share})
    return out.getvalue()


def _notes(
    sheet: xlsxwriter.worksheet.Worksheet, report: Report, lang: Lang, bold: object, wrap: object
) -> None:
    if lang == "fa":
        sheet.right_to_left()
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, report.title.of(lang), bold)
    sheet.write_string(1, 0, report.says.of(lang), wrap)
    lines = [note.of(lang) for note in report.notes]
    lines += [f"{table.key}: {table.title.of(lang)} {table.says.of(lang)}" for table in report.tables]
    for number, line in enumerate(lines, start=3):
        sheet.write_string(number, 0, line, wrap)


def _fill(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    labels: Labels,
    lang: Lang,
    formats: dict[str, object],
) -> None:
    if lang == "fa":
        sheet.right_to_left()
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _WIDTHS[column.kind])
        sheet.write_string(0, number, column.label.of(lang), formats["head"])
    for line, row in enumerate(table.rows, start=1):
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if column.kind in ("number", "share") and isinstance(value, int | float):
                sheet.write_number(line, number, value, formats["share"] if column.kind == "share" else None)
            else:
                if value is None:
                    continue
                thing = column.kind in ("thing", "things")
                text = str(cell_text(column, value, labels, lang) if thing else plain(value, lang))
                shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
                sheet.write_string(line, number, shown, formats["text"])
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
