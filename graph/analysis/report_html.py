"""A report as one HTML file: no script, nothing to fetch, ready to print."""

from __future__ import annotations

from graph.analysis.brief import html_templates
from graph.analysis.report import Report, Table
from graph.analysis.report_text import cell_text, cut_words
from graph.query.question_library import Lang
from graph.query.question_terms import Labels


def as_html(report: Report, labels: Labels, lang: Lang) -> str:
    """Write a report as a page.

    Args:
        report: The report.
        labels: Names of the graph.
        lang: Language; Persian reads from right to left.

    Returns:
        The page.
    """
    return (
        html_templates()
        .get_template("report.html")
        .render(
            lang=lang,
            direction="rtl" if lang == "fa" else "ltr",
            title=report.title.of(lang),
            says=report.says.of(lang),
            notes=[note.of(lang) for note in report.notes],
            tables=[_table(table, labels, lang) for table in report.tables],
            none="هیچ." if lang == "fa" else "None.",
            edition=report.edition,
        )
    )


def _table(table: Table, labels: Labels, lang: Lang) -> dict[str, object]:
    rows = [
        [cell_text(column, value, labels, lang) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    return {
        "key": table.key,
        "title": table.title.of(lang),
        "says": table.says.of(lang),
        "heads": [column.label.of(lang) for column in table.columns],
        "rows": rows,
        "cut": cut_words(table).of(lang),
    }
