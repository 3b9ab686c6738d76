"""The question library for programs (JSON, CSV) and for people (pages with pick-lists from the graph)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from pyoxigraph import Literal, NamedNode

from api.negotiation import best_type
from api.pages import edition_of, render
from api.question_tags import ABOUT, TAGS, WHO, tags_of
from api.words import site_words
from graph.query.question_answer import Asked, QuestionDesk, written_out
from graph.query.question_library import Question, QuestionError, Words, question_named, questions
from graph.query.question_output import as_csv, as_json, describe
from graph.query.question_values import Choice
from graph.view.words import LANGS, Lang
from graph.view.words import Words as SiteWords

router = APIRouter(include_in_schema=False)
_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
_OPEN = {"Access-Control-Allow-Origin": "*"}
#: So many characters of a tag in the address are read.
_LONGEST = 60


@router.get("/api/questions")
def list_for_programs(tag: str | None = None) -> Response:
    """Every question with its parameters, columns and doubts."""
    found = [describe(question) for question in questions() if tag is None or tag in question.tags]
    return JSONResponse({"questions": found}, headers=_OPEN)


@router.get("/api/questions/{name}")
def answer_for_programs(request: Request, name: str) -> Response:
    """The answer to a question, with the doubts that it depends on."""
    question = _question(name)
    given = dict(request.query_params)
    wanted, lang = given.pop("format", None), given.pop("lang", "en")
    if wanted is None:
        accepted = best_type(request.headers.get("accept"), [kind.split(";")[0] for kind in _TYPES.values()])
        wanted = next((key for key, kind in _TYPES.items() if kind.split(";")[0] == accepted), "json")
    if wanted not in _TYPES:
        raise HTTPException(400, f"There is no format {wanted}; there are {', '.join(_TYPES)}.")
    known = next((each for each in LANGS if each == lang), None)
    if known is None:
        raise HTTPException(400, f"There is no language {lang}; say fa or en.")
    desk = edition_of(request).analyst.desk
    try:
        asked = desk.ask(question, given)
    except QuestionError as error:
        raise HTTPException(400, str(error)) from error
    separators = {"csv": ",", "tsv": "\t"}
    if wanted in separators:
        body = as_csv(asked, desk.labels, known, separators[wanted])
    else:
        body = as_json(asked, desk.labels)
    return Response(body, 200, {**_OPEN, "Vary": "Accept"}, _TYPES[wanted])


@router.get("/{lang}/questions")
def listing(request: Request, lang: Lang, tag: str = "") -> Response:
    """The questions, each with what it says, and the tags to choose from."""
    return render(
        request,
        lang,
        "questions.html",
        questions=[question for question in questions() if not tag or tag in question.tags],
        groups=(
            ("questions.who", tags_of(questions(), WHO)),
            ("questions.about", tags_of(questions(), ABOUT)),
        ),
        said=TAGS,
        tag=tag[:_LONGEST],
    )


@router.get("/{lang}/questions/{name}")
def page(request: Request, lang: Lang, name: str) -> Response:
    """One question: the form, the answer, its doubts and its SPARQL."""
    question = _question(name)
    desk = edition_of(request).analyst.desk
    given = {key: value for key, value in request.query_params.items() if value.strip()}
    asked: Asked | None = None
    error: Words | None = None
    try:
        asked = desk.ask(question, given)
    except QuestionError as refusal:
        error = refusal.words
    return render(
        request,
        lang,
        "question.html",
        200 if asked else 400,
        question=question,
        fields=_fields(desk, question, given, asked),
        asked=asked,
        error=error,
        columns=question.shown(lang),
        rows=_cells(request, desk, asked, lang) if asked else [],
        sparql=written_out(asked) if asked else question.sparql,
        downloads=[(key, _address(question, {**given, "format": key, "lang": lang})) for key in _TYPES],
        encode=lambda text: urlencode({"query": text}),
    )


def _question(name: str) -> Question:
    try:
        return question_named(name)
    except QuestionError as error:
        raise HTTPException(404, str(error)) from error


def _address(question: Question, given: Mapping[str, str]) -> str:
    return f"/api/questions/{question.id}?{urlencode(given)}"


def _fields(
    desk: QuestionDesk, question: Question, given: Mapping[str, str], asked: Asked | None
) -> list[tuple[Any, tuple[Choice, ...], str]]:
    """Parameter, pick-list, and what is chosen in it."""
    found = []
    for parameter in question.parameters:
        choices = desk.choices(parameter)
        chosen = given.get(parameter.name, parameter.default)
        if asked and choices:
            iri = asked.values[parameter.name].value
            chosen = next(choice.id for choice in choices if choice.named.iri == iri)
        found.append((parameter, choices, chosen))
    return found


def _day(column: str, literal: Literal | None, words: SiteWords) -> str:
    """A date in words; empty for what is none."""
    if literal is not None and literal.datatype.value.endswith("#date"):
        return words.gregorian(literal.value)
    return words.jalali(literal.value) if literal is not None and column == "jalali" else ""


def _cells(request: Request, desk: QuestionDesk, asked: Asked, lang: Lang) -> list[list[dict[str, Any]]]:
    catalogue = edition_of(request).catalogue
    rows = []
    for row in asked.rows:
        cells: list[dict[str, Any]] = []
        for column in asked.question.shown(lang):
            term = row[column.name]
            thing = isinstance(term, NamedNode)
            named = desk.labels.named(term.value) if thing else None
            literal = term if isinstance(term, Literal) else None
            cells.append(
                {
                    "ref": catalogue.ref(term.value) if thing else None,
                    "id": named.id if named and named.kind in ("process", "service", "index") else "",
                    "text": named.label(lang) if named else desk.labels.text(term, lang),
                    "lang": literal.language if literal else None,
                    "day": _day(column.name, literal, site_words(lang)),
                    "number": bool(literal and literal.datatype.value.endswith(("#integer", "#decimal"))),
                }
            )
        rows.append(cells)
    return rows
