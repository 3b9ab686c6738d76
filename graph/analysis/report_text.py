"""A report as JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from graph.analysis.report import Column, Report, Table, Value
from graph.query.question_library import Lang, Words
from graph.query.question_terms import Labels
from graph.spreadsheet import harmless
from graph.view.words import Words as Edition

_EDITIONS = {"en": Edition("en", {}), "fa": Edition("fa", {})}
_SEPARATORS = {"en": ", ", "fa": "، "}


def as_json(report: Report, labels: Labels) -> bytes:
    """A report for programs: things with their ids and names in both languages.

    Args:
        report: The report.
        labels: Names of the graph.

    Returns:
        The document in UTF-8.
    """
    document = {
        "analysis": report.key,
        "title": _both(report.title),
        "says": _both(report.says),
        "edition": report.edition,
        "parameters": dict(report.parameters),
        "notes": [_both(note) for note in report.notes],
        "tables": [_table(table, labels) for table in report.tables],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_csv(table: Table, labels: Labels, lang: Lang) -> bytes:
    """A table for spreadsheets: a thing has its id in one column and its name in the next.

    Args:
        table: The table.
        labels: Names of the graph.
        lang: Language of names and sentences.

    Returns:
        The table in UTF-8 with a byte order mark, which spreadsheets want to see before Persian.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    heads = [
        name for column in table.columns for name in (column.key, f"{column.key}_label")[: _width(column)]
    ]
    writer.writerow(heads)
    for row in table.rows:
        cells: list[str] = []
        for column, value in zip(table.columns, row, strict=True):
            if column.kind in ("thing", "things"):
                named = [labels.named(iri) for iri in things_of(value)]
                cells += [" ".join(one.id for one in named), " | ".join(one.label(lang) for one in named)]
            else:
                cells.append("" if value is None else str(plain(value, lang)))
        # a number is no formula, not even a negative one
        writer.writerow([cell if _number(cell) else harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_markdown(report: Report, labels: Labels, lang: Lang) -> str:
    """A report as Markdown with tables.

    Args:
        report: The report.
        labels: Names of the graph.
        lang: Language.

    Returns:
        The text.
    """
    edition = _EDITIONS[lang]
    parts = [f"# {markdown_text(report.title.of(lang))}", markdown_text(report.says.of(lang))]
    parts += ["\n".join(f"- {markdown_text(note.of(lang))}" for note in report.notes)] if report.notes else []
    for table in report.tables:
        parts += [f"## {markdown_text(table.title.of(lang))}", markdown_text(table.says.of(lang))]
        if not table.rows:
            parts.append("None." if lang == "en" else "هیچ.")
            continue
        heads = [markdown_text(column.label.of(lang)) for column in table.columns]
        lines = [heads, ["--:" if column.kind in ("number", "share") else "---" for column in table.columns]]
        lines += [
            [markdown_text(cell_text(c, v, labels, lang)) for c, v in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        parts.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
        if table.total is not None:
            shown, total = edition.num(table.shown), edition.num(table.total)
            parts.append(
                f"{shown} of {total} shown." if lang == "en" else f"{shown} از {total} نشان داده شد."
            )
    return "\n\n".join(parts) + "\n"


def cell_text(column: Column, value: Value, labels: Labels, lang: Lang) -> str:
    """A value in words, for people.

    Args:
        column: Its column.
        value: The value.
        labels: Names of the graph.
        lang: Language.

    Returns:
        Words; empty for None.
    """
    if value is None:
        return ""
    if column.kind in ("thing", "things"):
        return _SEPARATORS[lang].join(thing_text(iri, labels, lang) for iri in things_of(value))
    edition = _EDITIONS[lang]
    if column.kind == "share" and isinstance(value, int | float):
        return edition.num(f"{value:.0%}".replace("%", "٪" if lang == "fa" else "%"))
    if column.kind == "number" and isinstance(value, float):
        return edition.num(f"{value:.3g}".replace(".", "٫" if lang == "fa" else "."))
    if column.kind == "number":
        return edition.num(str(value))
    return str(plain(value, lang))


def thing_text(iri: str, labels: Labels, lang: Lang) -> str:
    """A thing by its name; a process or a service with its id before it."""
    named = labels.named(iri)
    label = named.label(lang)
    return (
        f"{named.id} {label}"
        if named.kind in ("process", "service", "index") and label != named.id
        else label
    )


def things_of(value: Value) -> tuple[str, ...]:
    """The IRIs in a value of the kind ``thing`` or ``things``."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def plain(value: Value, lang: Lang) -> str | int | float:
    """A value that is no thing, in one language."""
    if isinstance(value, Words):
        return value.of(lang)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "fa": ("نه", "بله")}[lang][value]
    if isinstance(value, tuple):
        return _SEPARATORS[lang].join(value)
    return "" if value is None else value


def markdown_text(text: str) -> str:
    """Text of a graph in Markdown, where it is shown as it is and means nothing."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in text)
    return " ".join(escaped.split())


def _table(table: Table, labels: Labels) -> dict[str, Any]:
    rows = [
        {column.key: _json(column, value, labels) for column, value in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    columns = [{"key": c.key, "label": _both(c.label), "kind": c.kind} for c in table.columns]
    total = table.shown if table.total is None else table.total
    return {
        "key": table.key,
        "title": _both(table.title),
        "says": _both(table.says),
        "columns": columns,
        "total": total,
        "rows": rows,
    }


def _json(column: Column, value: Value, labels: Labels) -> Any:
    if column.kind in ("thing", "things"):
        found = []
        for iri in things_of(value):
            named = labels.named(iri)
            found.append({"iri": iri, "kind": named.kind, "id": named.id, "label": dict(named.labels)})
        return found if column.kind == "things" else (found[0] if found else None)
    if isinstance(value, Words):
        return _both(value)
    return list(value) if isinstance(value, tuple) else value


def _width(column: Column) -> int:
    return 2 if column.kind in ("thing", "things") else 1


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "fa": words.fa}
