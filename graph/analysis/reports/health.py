"""The report on health: what a reviewer should look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.health import SEVERITIES, SEVERITY_WORDS, Finding, Item, checks, health
from graph.analysis.options import Option
from graph.analysis.report import Report, Table, Value
from graph.analysis.reports.common import Analysis, col, told
from graph.analysis.words import Words, say


def _head(words: Words) -> Words:
    """The word that a sentence explains."""
    return Words(words.en.partition(":")[0], words.fa.partition(":")[0])


OPTIONS = (
    Option(
        "severity",
        "choices",
        ",".join(SEVERITIES),
        Words("Which severities", "کدام درجه‌ها"),
        SEVERITIES,
        words={key: _head(words) for key, words in SEVERITY_WORDS.items()},
    ),
    Option(
        "check",
        "choices",
        "",
        Words("Only these checks", "تنها این بررسی‌ها"),
        tuple(one.id for one in checks()),
        words={one.id: one.title for one in checks()},
    ),
    Option("most", "integer", "200", Words("Findings of each check", "یافته‌های هر بررسی"), least=1),
)


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    wanted = [
        check
        for check in checks()
        if check.severity in values["severity"] and (not values["check"] or check.id in values["check"])
    ]
    found = health(
        analyst.desk, graph=analyst.graph, among=wanted, most_items=values["most"], progress=analyst.progress
    ).findings
    notes = tuple(SEVERITY_WORDS[severity] for severity in values["severity"])
    empty = [one.check.title for one in found if not one.count]
    if empty:
        notes += (
            Words(
                "Looked at and nothing found: " + "; ".join(one.en for one in empty),
                "بررسی شد و چیزی یافت نشد: " + "؛ ".join(one.fa for one in empty),
            ),
        )
    parts = (_overview(found), _items(found, analyst), _queries(found))
    return Report(
        ANALYSIS.key, ANALYSIS.title, ANALYSIS.says, parts, analyst.edition, told(OPTIONS, values), notes
    )


def _short(finding: Finding) -> Words:
    return _head(SEVERITY_WORDS[finding.check.severity])


def _overview(found: tuple[Finding, ...]) -> Table:
    return Table(
        "checks",
        Words("What was looked at", "آنچه بررسی شد"),
        Words(
            "The gravest first; what was found nothing of is in the notes.",
            "مهم‌ترین‌ها نخست؛ آنچه نداشت در یادداشت‌هاست.",
        ),
        (
            col("severity", "words", "Severity", "درجه"),
            col("check", "text", "Check", "بررسی"),
            col("title", "words", "What", "چه"),
            col("count", "number", "Findings", "یافته‌ها"),
            col("things", "number", "Things", "چیزها"),
            col("says", "words", "What it means", "معنی"),
        ),
        tuple(
            (_short(one), one.check.id, one.check.title, one.count, one.things, one.check.says)
            for one in found
            if one.count
        ),
    )


def _items(found: tuple[Finding, ...], analyst: Analyst) -> Table:
    rows: list[tuple[Value, ...]] = [
        (one.check.id, item.thing, _details(one, item, analyst), item.lines)
        for one in found
        for item in one.items
    ]
    total = sum(one.count for one in found)
    return Table(
        "findings",
        Words("What was found", "آنچه یافت شد"),
        say("{n} findings.", "{n} یافته.", n=total),
        (
            col("check", "text", "Check", "بررسی"),
            col("thing", "thing", "Where", "کجا"),
            col("details", "words", "What", "چه"),
            col("lines", "text", "Lines", "سطرها"),
        ),
        tuple(rows),
        total if total > len(rows) else None,
    )


def _details(finding: Finding, item: Item, analyst: Analyst) -> Words:
    """The columns of the check with their headings, things by their names."""

    def shown(lang: Any) -> str:
        parts = []
        for column, values in zip(finding.check.columns, item.cells, strict=True):
            known = [analyst.labels.named(v).label(lang) if v.startswith("http") else v for v in values]
            if known:
                parts.append(f"{column.label.of(lang)}: {', '.join(known)}")
        return ("؛ " if lang == "fa" else "; ").join(parts)

    return Words(shown("en"), shown("fa"))


def _queries(found: tuple[Finding, ...]) -> Table:
    return Table(
        "queries",
        Words("The queries behind them", "پرسش‌های پشت آنها"),
        Words("Each can be asked as it is at /sparql.", "هر یک را می‌توان همین گونه در /sparql پرسید."),
        (
            col("check", "text", "Check", "بررسی"),
            col("question", "text", "Question of the library", "پرسش کتابخانه"),
            col("sparql", "text", "SPARQL", "SPARQL"),
        ),
        tuple(
            (one.check.id, one.check.question.id if one.check.from_library else "", one.sparql)
            for one in found
            if one.count
        ),
    )


ANALYSIS = Analysis(
    "health",
    Words("What should a reviewer look at?", "بازبین چه را ببیند؟"),
    Words(
        "What is missing, unsettled or contradictory, each with the query behind it and the line to look at.",
        "آنچه نیست، روشن نیست یا با خود نمی‌سازد، هر یک با پرسش پشت آن و سطری که باید دید.",
    ),
    OPTIONS,
    report,
)
