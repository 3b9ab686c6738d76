"""The analyses by name, each with what it can be told and the report that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analysis.analyst import Analyst
from graph.analysis.options import values_of
from graph.analysis.report import AnalysisError, Report
from graph.analysis.report_html import as_html
from graph.analysis.report_text import as_csv, as_json, as_markdown
from graph.analysis.report_xlsx import as_xlsx
from graph.analysis.reports import centrality, dependencies, health, impact, matrix, meetings, overlap
from graph.analysis.reports.common import Analysis
from graph.query.question_library import Lang
from graph.query.question_terms import Labels

__all__ = ["ANALYSES", "FORMATS", "Analysis", "analysis_named", "run", "write_report", "written"]

#: Formats of files, with their media types.
FORMATS: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}

#: In the order in which planners come to them.
ANALYSES: Mapping[str, Analysis] = {
    module.ANALYSIS.key: module.ANALYSIS
    for module in (matrix, overlap, meetings, dependencies, impact, centrality, health)
}


def analysis_named(name: str) -> Analysis:
    """An analysis by its name.

    Raises:
        AnalysisError: when there is none, with those that there are.
    """
    if name not in ANALYSES:
        raise AnalysisError(
            f'there is no analysis "{name}"; there are {", ".join(ANALYSES)}', f"تحلیل «{name}» نیست"
        )
    return ANALYSES[name]


def run(analyst: Analyst, name: str, given: Mapping[str, Sequence[str]] | None = None) -> Report:
    """Run an analysis.

    Args:
        analyst: The catalogue.
        name: Name of the analysis.
        given: Texts for its options by name; defaults stand in for the rest.

    Returns:
        The report.

    Raises:
        AnalysisError: when there is no such analysis, option or thing; it says what there is.

    Example::

        run(Analyst(open_store(".daftar")), "meetings", {"bodies": ["army,police"]})
    """
    wanted = analysis_named(name)
    return wanted.make(analyst, values_of(wanted.options, given or {}))


def written(
    analyst: Analyst,
    name: str,
    given: Mapping[str, Sequence[str]],
    lang: Lang,
    format_name: str,
    table: str | None = None,
) -> bytes:
    """Run an analysis and write its result as a file.

    Args:
        analyst: The catalogue.
        name: Name of the analysis.
        given: As of :func:`run`.
        lang: Language of names and sentences; JSON has both.
        format_name: One of ``FORMATS``. CSV holds one table, the first unless told.
        table: Only this table.

    Returns:
        The file.

    Raises:
        AnalysisError: as of :func:`run`, or when there is no such format or table.
    """
    if format_name not in FORMATS:
        raise AnalysisError(f'there is no format "{format_name}"; there are {", ".join(FORMATS)}')
    wanted = analysis_named(name)
    if wanted.brief is not None and table is None and format_name in ("markdown", "html"):
        paper = wanted.brief(analyst, values_of(wanted.options, given), lang, format_name)
        if paper:
            return paper.encode("utf-8")
    return write_report(run(analyst, name, given), analyst.labels, lang, format_name, table)


def write_report(
    report: Report, labels: Labels, lang: Lang, format_name: str, table: str | None = None
) -> bytes:
    """Write a report as a file.

    Args:
        report: The report.
        labels: Names of the graph.
        lang: As of :func:`written`, like the rest.
        format_name: One of ``FORMATS``.
        table: Only this table.

    Returns:
        The file.

    Raises:
        AnalysisError: when there is no such table.
    """
    if table is not None:
        report = report.only(table)
    if format_name == "csv":
        return as_csv(report.tables[0], labels, lang)
    if format_name == "json":
        return as_json(report, labels)
    if format_name == "xlsx":
        return as_xlsx(report, labels, lang)
    writer = as_html if format_name == "html" else as_markdown
    return writer(report, labels, lang).encode("utf-8")
