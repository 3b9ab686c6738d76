"""Writing the answer to a question: JSON with names, CSV and TSV with ids and names."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from pyoxigraph import NamedNode

from graph.query.formats import format_named, row_json, write_rows
from graph.query.question_answer import Asked
from graph.query.question_library import Lang, Question, projected
from graph.query.question_terms import Labels
from graph.spreadsheet import harmless


def describe(question: Question) -> dict[str, Any]:
    """A question for programs.

    Args:
        question: The question.

    Returns:
        What its file says of it.
    """
    return {
        "id": question.id,
        "title": _both(question.title),
        "says": _both(question.says),
        "tags": list(question.tags),
        "parameters": [
            {"name": p.name, "type": p.type, "label": _both(p.label), "default": p.default}
            for p in question.parameters
        ],
        "columns": [{"name": c.name, "label": _both(c.label)} for c in question.columns],
        "doubts": list(question.doubts),
    }


def as_json(asked: Asked, labels: Labels) -> bytes:
    """The answer as JSON, with the names of things in both languages.

    Args:
        asked: The answer.
        labels: Names of the graph.

    Returns:
        The document in UTF-8.
    """
    names = [column.name for column in asked.question.columns]
    document = {
        "question": describe(asked.question),
        "edition": asked.fingerprint,
        "parameters": {name: labels.json(term) for name, term in asked.values.items()},
        "columns": names,
        "rows": [{name: labels.json(row[name]) for name in names} for row in asked.rows],
        "doubts": [
            {"doubt": n.doubt, "count": n.count, "total": n.total, "says": _both(n.words)}
            for n in asked.notes
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_csv(asked: Asked, labels: Labels, lang: Lang, separator: str = ",") -> bytes:
    """The answer for spreadsheets: a thing has its short id in one column and its name in the next.

    Args:
        asked: The answer.
        labels: Names of the graph.
        lang: Language of the names.
        separator: Comma or tab.

    Returns:
        The table in UTF-8, with its header row. Text that a spreadsheet would run as a formula gets a quote
        before it.
    """
    columns = [column.name for column in asked.question.shown(lang)]
    things = {name for name in columns if any(isinstance(row[name], NamedNode) for row in asked.rows)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(
        [part for name in columns for part in ((name, f"{name}_label") if name in things else (name,))]
    )
    for row in asked.rows:
        cells: list[str] = []
        for name in columns:
            term = row[name]
            if isinstance(term, NamedNode):
                named = labels.named(term.value)
                cells += [named.id, named.label(lang)]
            else:
                value = "" if term is None else str(term.value)
                cells += [value, ""] if name in things else [value]
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8")


def as_sparql(asked: Asked, format_name: str) -> bytes:
    """The answer in a SPARQL results format, with every variable of the query.

    Args:
        asked: The answer.
        format_name: ``json`` or ``xml``.

    Returns:
        The document.
    """
    names = projected(asked.question)
    rows = [row_json(names, [row[name] for name in names]) for row in asked.rows]
    return write_rows(names, rows, format_named(format_name))


def _both(words: Any) -> dict[str, str]:
    return {"en": words.en, "fa": words.fa}
