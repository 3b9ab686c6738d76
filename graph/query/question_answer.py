"""Asking a question of the library: binding its parameters, its rows, and the doubts that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.digits import persian_digits
from graph.query.binding import with_values
from graph.query.question_library import (
    FOLDER,
    Lang,
    Parameter,
    Question,
    QuestionError,
    Words,
    read_question_file,
    words_of,
)
from graph.query.question_terms import Labels, rows_of
from graph.query.question_values import Choice, choices_of, value_of
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Doubt:
    """A kind of doubt that answers may rest on.

    Attributes:
        id: Its name in the header of a question.
        words: Sentences by case: ``always``, or ``rows``, ``none`` and ``catalogue``.
        sparql: SELECT query for the things that it touches; empty for ``always``.
    """

    id: str
    words: Mapping[str, Words]
    sparql: str


@dataclass(frozen=True, slots=True)
class DoubtNote:
    """What an answer says of one doubt.

    Attributes:
        doubt: The kind of doubt.
        count: Rows that rest on it, or things of the catalogue that it touches; None when it is not counted.
        total: Rows of the answer; None for a note on the whole catalogue.
        words: The sentence.
    """

    doubt: str
    count: int | None
    total: int | None
    words: Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer.

    Attributes:
        question: The question.
        values: The terms of its parameters.
        rows: One mapping a row from variable to term; unbound variables are None.
        notes: The doubts that the answer depends on.
        fingerprint: The edition that answered.
    """

    question: Question
    values: Mapping[str, NamedNode | Literal]
    rows: tuple[Mapping[str, Any], ...]
    notes: tuple[DoubtNote, ...]
    fingerprint: str


@cache
def doubts(folder: Path = FOLDER / "doubts") -> Mapping[str, Doubt]:
    """The kinds of doubt that questions may declare.

    Args:
        folder: Folder of their files.

    Returns:
        Doubts by name.

    Raises:
        QuestionError: when a file is wrong.

    Example:
        >>> sorted(doubts())[:2]
        ['collectives', 'copied-lists']
    """
    found = {}
    for path in sorted(folder.glob("*.rq")):
        header, sparql = read_question_file(path)
        cases = ("rows", "none", "catalogue") if sparql else ("always",)
        found[path.stem] = Doubt(path.stem, {case: words_of(header, case, path) for case in cases}, sparql)
    return found


class QuestionDesk:
    """Asks the questions of the library of one graph.

    Args:
        store: The graph.

    Example::

        desk = QuestionDesk(open_store(".daftar"))
        desk.ask(question_named("who-meets"), {"agency": "ناجا"}).rows
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def labels(self) -> Labels:
        """The names of everything in the graph."""
        return Labels(self.store)

    def choices(self, parameter: Parameter) -> tuple[Choice, ...]:
        """What the graph offers for a parameter; see :func:`choices_of`."""
        return choices_of(self.store, parameter, self.labels)

    def values(self, question: Question, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
        """The terms that a person's words mean.

        Args:
            question: The question.
            given: Words by name of parameter; the default stands in for the rest.

        Returns:
            Terms by name of parameter.

        Raises:
            QuestionError: when a parameter does not exist, or a word means nothing.
        """
        known = [parameter.name for parameter in question.parameters]
        for name in given:
            if name not in known:
                there = f"it takes {', '.join(known)}" if known else "it takes none"
                there_fa = f"می‌تواند {'، '.join(known)} بگیرد" if known else "هیچ نمی‌گیرد"
                raise QuestionError(
                    f'the question {question.id} has no parameter "{name}"; {there}',
                    f"پرسش {question.id} پارامتر «{name}» ندارد؛ {there_fa}",
                )
        return {p.name: value_of(p, given.get(p.name), self.choices(p)) for p in question.parameters}

    def ask(self, question: Question, given: Mapping[str, str]) -> Asked:
        """Answer a question.

        Args:
            question: The question.
            given: Words by name of parameter.

        Returns:
            The answer.

        Raises:
            QuestionError: see :meth:`values`.
        """
        values = self.values(question, given)
        rows = tuple(rows_of(self.store, question.sparql, **values))
        notes = tuple(self._note(name, column, rows) for name, column in question.doubts.items())
        return Asked(question, values, rows, notes, self.store.manifest.fingerprint)

    def _note(self, name: str, column: str, rows: tuple[Mapping[str, Any], ...]) -> DoubtNote:
        doubt = doubts()[name]
        if not doubt.sparql:
            return DoubtNote(name, None, None, doubt.words["always"])
        touched = {row["thing"] for row in rows_of(self.store, doubt.sparql)}
        if column == "*":
            case = "catalogue" if touched else "none"
            return DoubtNote(name, len(touched), None, _filled(doubt.words[case], len(touched), 0))
        count = sum(row[column] in touched for row in rows)
        words = doubt.words["rows" if count else "none"]
        return DoubtNote(name, count, len(rows), _filled(words, count, len(rows)))


def written_out(asked: Asked) -> str:
    """The query with the values of its parameters written as data, to open it where text is all there is.

    Args:
        asked: The question with its values.

    Returns:
        A query that gives the same rows.
    """
    return with_values(asked.question.sparql, asked.values)


def _filled(words: Words, count: int, total: int) -> Words:
    def put(text: str, lang: Lang) -> str:
        numbers = {"n": str(count), "total": str(total)}
        if lang == "fa":
            numbers = {name: persian_digits(number) for name, number in numbers.items()}
        return text.format(**numbers)

    return Words(put(words.en, "en"), put(words.fa, "fa"))
