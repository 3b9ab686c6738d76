"""The library of competency questions: each is one file, and everything that shows questions reads it here.

A file ``questions/<id>.rq`` holds comment lines with a YAML header (title, says, tags, parameters, doubts,
columns) and a SELECT query. A parameter is a variable of the query; its value is bound as a term by the
engine and never written into the text. The engine demands that such a variable stands in the projection, so
every question projects its parameters; the columns that people see are those of the header. A parameter must
also be bound by a pattern, or stand in a filter of the outermost group: a sub-query does not see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from rapidfuzz import fuzz, process

from graph.query.errors import QueryError

Lang = Literal["en", "fa"]
LANGS: tuple[Lang, ...] = ("en", "fa")
TYPES = ("agency", "instrument", "process", "collective", "integer", "text", "reading")
FOLDER = Path(__file__).parent / "questions"
_PIECE = re.compile(r"[()]|[?$]\w+")
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    en: str
    fa: str

    def of(self, lang: Lang) -> str:
        """The words in one language."""
        return self.en if lang == "en" else self.fa


class QuestionError(QueryError):
    """A question that does not exist, cannot be asked so, or whose file is wrong; the message says which.

    Args:
        en: The message.
        fa: The same in Persian, where readers of pages meet it; what only maintainers meet has none.

    Attributes:
        words: The message in both languages.
    """

    def __init__(self, en: str, fa: str = "") -> None:
        super().__init__(en)
        self.words = Words(en, fa or en)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for.

    Attributes:
        name: Variable of the query, and option on the command line.
        type: ``agency``, ``instrument``, ``process``, ``collective``, ``integer``, ``text``, ``reading`` or
            ``code:<scheme>``.
        label: What people call it.
        default: Id, number or text that stands in when nothing is given.
        choices: SELECT query whose ``?value`` lists the things to choose from; empty for numbers and text.
    """

    name: str
    type: str
    label: Words
    default: str
    choices: str


@dataclass(frozen=True, slots=True)
class Column:
    """A variable that people see; ``only`` keeps it to the answers in one language."""

    name: str
    label: Words
    only: Lang | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One competency question.

    Attributes:
        id: Its name, which is the name of its file.
        title: The question.
        says: What the answer holds, in a sentence or two.
        tags: Who asks it, what it is about, and ``dossier-<n>`` where it comes from the dossier.
        parameters: What it asks for.
        doubts: Kind of doubt to the column whose things it touches; ``*`` for the whole catalogue.
        columns: What people see of a row.
        sparql: The query.
    """

    id: str
    title: Words
    says: Words
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    doubts: Mapping[str, str]
    columns: tuple[Column, ...]
    sparql: str

    def shown(self, lang: Lang) -> tuple[Column, ...]:
        """The columns of an answer in one language."""
        return tuple(column for column in self.columns if column.only in (None, lang))


def read_question_file(path: Path) -> tuple[dict[str, Any], str]:
    """Split a file of the library into its header and its query.

    Args:
        path: The file.

    Returns:
        The header as a mapping whose scalars are all strings, and the query (empty when there is none).

    Raises:
        QuestionError: when the header is no YAML mapping.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines[:end])
    try:
        found = yaml.load(header, Loader=_LOADER)  # noqa: S506 - the base loader makes strings only
    except yaml.YAMLError as error:
        raise QuestionError(f"{path.name}: the header is no YAML: {error}") from error
    if not isinstance(found, dict):
        raise QuestionError(
            f"{path.name}: the comment lines at the top hold no header; write title: and so on"
        )
    return found, "\n".join(lines[end:]).strip()


def parse_question(path: Path) -> Question:
    """Read one question.

    Args:
        path: Its file.

    Returns:
        The question.

    Raises:
        QuestionError: naming the file and what is wrong in it.
    """
    header, sparql = read_question_file(path)
    known = {"title", "says", "tags", "parameters", "doubts", "columns"}
    if unknown := sorted(set(header) - known):
        raise QuestionError(f"{path.name}: the header has no {unknown[0]}; it has {', '.join(sorted(known))}")
    doubts = header.get("doubts")
    if doubts is None:
        raise QuestionError(f"{path.name}: say which doubts the answer depends on, or doubts: none")
    question = Question(
        path.stem,
        words_of(header, "title", path),
        words_of(header, "says", path),
        tuple(header.get("tags", ())),
        tuple(_parameter(entry, path) for entry in header.get("parameters", ())),
        {} if doubts == "none" else dict(doubts),
        tuple(_column(name, entry, path) for name, entry in header.get("columns", {}).items()),
        sparql,
    )
    _check(question, path)
    return question


@cache
def questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """The whole library, by id.

    Args:
        folder: Folder of the files.

    Returns:
        The questions.

    Raises:
        QuestionError: when a file is wrong.

    Example:
        >>> "who-meets" in [question.id for question in questions()]
        True
    """
    return tuple(parse_question(path) for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem))


def question_named(name: str, among: Iterable[Question] | None = None) -> Question:
    """The question with an id.

    Args:
        name: The id.
        among: The library; None for our own.

    Returns:
        The question.

    Raises:
        QuestionError: when there is none; the message names the nearest.

    Example:
        >>> question_named("who-meet")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        QuestionError: there is no question "who-meet"; the nearest is "who-meets"
    """
    known = {question.id: question for question in (questions() if among is None else among)}
    if name in known:
        return known[name]
    near = process.extractOne(name, list(known), scorer=fuzz.WRatio)
    hint = f'; the nearest is "{near[0]}"' if near else ""
    hint_fa = f"؛ نزدیک‌ترین «{near[0]}» است" if near else ""
    raise QuestionError(f'there is no question "{name}"{hint}', f"پرسش «{name}» نیست{hint_fa}")


def projected(question: Question) -> list[str]:
    """The variables of the SELECT clause, in order.

    Args:
        question: The question.

    Returns:
        Their names.

    Example:
        >>> projected(question_named("who-meets"))
        ['agency', 'other', 'processes']
    """
    clause = question.sparql.partition("SELECT")[2].partition("WHERE {")[0]
    names: list[str] = []
    depth, last = 0, ""
    for piece in _PIECE.findall(clause):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
            names += [last] if depth == 0 else []  # what follows AS
        else:
            last = piece[1:]
            names += [last] if depth == 0 else []
    return names


def words_of(header: Mapping[str, Any], key: str, path: Path) -> Words:
    """Read words in both languages from a header.

    Args:
        header: The header.
        key: Where they stand.
        path: The file, for the message.

    Returns:
        The words.

    Raises:
        QuestionError: when a language is missing.
    """
    entry = header.get(key)
    if not isinstance(entry, dict) or not all(entry.get(lang) for lang in LANGS):
        raise QuestionError(f"{path.name}: {key} needs words in both languages, en and fa")
    return Words(entry["en"], entry["fa"])


def _parameter(entry: dict[str, Any], path: Path) -> Parameter:
    kind = entry.get("type", "")
    if kind not in TYPES and not kind.startswith("code:"):
        raise QuestionError(
            f'{path.name}: "{kind}" is no type of parameter; there are {", ".join(TYPES)}, code:'
        )
    return Parameter(
        entry["name"], kind, words_of(entry, "label", path), entry["default"], entry.get("choices", "")
    )


def _column(name: str, entry: dict[str, Any], path: Path) -> Column:
    return Column(name, words_of({name: entry}, name, path), entry.get("only"))


def _check(question: Question, path: Path) -> None:
    there = projected(question)
    for name in (*(p.name for p in question.parameters), *(c.name for c in question.columns)):
        if name not in there:
            raise QuestionError(
                f"{path.name}: ?{name} is not in the SELECT clause; the engine needs it there"
            )
    for parameter in question.parameters:
        if parameter.type not in ("integer", "text") and not parameter.choices:
            raise QuestionError(f"{path.name}: the parameter {parameter.name} has no query for its choices")
