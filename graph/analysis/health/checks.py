"""The checks of the health report: each is one file here, with the query behind it.

A file ``<id>.rq`` holds comment lines with a YAML header, read as those of the question library are, and a
SELECT query; or it names a ``question`` of the library, with its parameters, whose query it asks. The header:

- ``title``, ``says``: what is looked at, and a sentence on what it means, in both languages;
- ``severity``: ``high``, ``medium`` or ``low``;
- ``thing``: the column whose thing a finding is about and leads to;
- ``line``: the column with the source line, where there is one;
- ``merge``: columns whose values are gathered when all others are the same;
- ``columns``: what people see beside; that of the question, where one is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from graph.query.question_library import (
    Column,
    Question,
    QuestionError,
    Words,
    projected,
    question_named,
    read_question_file,
    words_of,
)

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
#: What each severity says.
SEVERITY_WORDS: Mapping[Severity, Words] = {
    "high": Words(
        "high: the document contradicts itself, or an answer depends on how this is settled",
        "زیاد: سند با خود نمی‌سازد، یا پاسخی به داوری در این باره بستگی دارد",
    ),
    "medium": Words(
        "medium: something that should be there is missing, open or cannot be looked up",
        "میانه: چیزی که باید باشد نیست، روشن نیست یا نمی‌توان آن را یافت",
    ),
    "low": Words("low: good to know when reading the answers", "کم: دانستن آن هنگام خواندن پاسخ‌ها خوب است"),
}
_FOLDER = Path(__file__).parent
_KEYS = frozenset(
    ("title", "says", "severity", "question", "parameters", "thing", "line", "merge", "columns")
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the health report looks at.

    Attributes:
        id: Its name, which is the name of its file.
        title: What is looked at.
        says: What it means, in a sentence.
        severity: How much it matters.
        question: The question of the library that it asks; a question of its own where the file has a query.
        from_library: Whether the question is one of the library.
        parameters: Words for the parameters of the question.
        thing: Column of the thing that a finding is about.
        line: Column of the source line; empty where the lines are those of the thing.
        merge: Columns whose values are gathered.
        columns: What people see beside the thing and the lines.
    """

    id: str
    title: Words
    says: Words
    severity: Severity
    question: Question
    from_library: bool
    parameters: Mapping[str, str]
    thing: str
    line: str
    merge: frozenset[str]
    columns: tuple[Column, ...]


def parse_check(path: Path) -> Check:
    """Read one check.

    Args:
        path: Its file.

    Returns:
        The check.

    Raises:
        QuestionError: naming the file and what is wrong in it.
    """
    header, sparql = read_question_file(path)
    if unknown := sorted(set(header) - _KEYS):
        raise QuestionError(f"{path.name}: the header has no {unknown[0]}; it has {', '.join(sorted(_KEYS))}")
    if header.get("severity") not in SEVERITIES:
        raise QuestionError(f"{path.name}: severity is one of {', '.join(SEVERITIES)}")
    if bool(sparql) == bool(header.get("question")):
        raise QuestionError(f"{path.name}: write a query, or name a question of the library; not both")
    title, says = words_of(header, "title", path), words_of(header, "says", path)
    question = _question(header, sparql, path, title, says)
    thing, line = header.get("thing", ""), header.get("line", "")
    check = Check(
        path.stem,
        title,
        says,
        header["severity"],
        question,
        not sparql,
        dict(header.get("parameters", {})),
        thing,
        line,
        frozenset(header.get("merge", ())),
        tuple(column for column in question.columns if column.name not in (thing, line)),
    )
    there = projected(question)
    for name in (thing, *filter(None, (line,)), *check.merge, *(column.name for column in check.columns)):
        if name not in there:
            raise QuestionError(f'{path.name}: "{name}" is no column; the query has {", ".join(there)}')
    return check


@cache
def checks(folder: Path = _FOLDER) -> tuple[Check, ...]:
    """All checks, the gravest first, then by id.

    Args:
        folder: Folder of their files.

    Returns:
        The checks.

    Raises:
        QuestionError: when a file is wrong.

    Example:
        >>> "open-ticks" in [check.id for check in checks()]
        True
    """
    found = (parse_check(path) for path in folder.glob("*.rq"))
    return tuple(sorted(found, key=lambda check: (SEVERITIES.index(check.severity), check.id)))


def _question(header: dict[str, Any], sparql: str, path: Path, title: Words, says: Words) -> Question:
    if not sparql:
        return question_named(header["question"])
    columns = header.get("columns", {})
    shown = tuple(
        Column(name, words_of({name: said}, name, path), said.get("only")) for name, said in columns.items()
    )
    return Question(path.stem, title, says, (), (), {}, shown, sparql)
