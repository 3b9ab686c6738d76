"""The analyses for programs: what there is, and each as JSON, CSV, workbook, Markdown or HTML."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.asking import texts_of_address
from api.desk import desk_of
from api.made import kept, made_or_in_turn, must_be_job
from api.negotiation import best_type
from api.pages import edition_of
from api.turns import in_turn
from api.watch import note
from graph.analysis.options import values_of
from graph.analysis.report import AnalysisError
from graph.analysis.reports import ANALYSES, FORMATS, Analysis, analysis_named, write_report, written
from graph.query.question_library import QuestionError
from graph.view.words import LANGS, Lang

router = APIRouter(include_in_schema=False)
_OPEN = {"Access-Control-Allow-Origin": "*"}
_ENDINGS = {"json": "json", "csv": "csv", "xlsx": "xlsx", "markdown": "md", "html": "html"}


@router.get("/api/analyses")
def list_for_programs() -> Response:
    """Every analysis with its options."""
    return JSONResponse({"analyses": [_described(one) for one in ANALYSES.values()]}, headers=_OPEN)


@router.get("/api/analyses/{name}")
async def analyse(request: Request, name: str) -> Response:
    """Run an analysis. It waits for its turn with the queries, and ends when its client goes away."""
    given = texts_of_address(request)
    try:
        analysis = analysis_named(name)
    except AnalysisError as error:
        raise HTTPException(404, str(error)) from error
    format_name, lang, table = _wanted(request, given)
    try:
        if analysis.brief is not None and format_name in ("markdown", "html"):
            body = await in_turn(
                request, lambda analyst: written(analyst, name, given, lang, format_name, table)
            )
        else:
            values, edition = values_of(analysis.options, given), edition_of(request)
            made = kept(edition, desk_of(request), analysis, values)
            if made is None and must_be_job(edition, analysis):
                raise HTTPException(
                    409, f"In a catalogue of this size {name} takes long: start it with POST /api/jobs"
                )
            made = made or await made_or_in_turn(request, analysis, values)
            labels = edition_of(request).analyst.labels
            body = await run_in_threadpool(write_report, made.report, labels, lang, format_name, table)
    except QuestionError as error:
        raise HTTPException(400, str(error)) from error
    note(request.scope, analysis=name)
    headers = {**_OPEN, "Vary": "Accept"}
    if format_name != "json":
        headers["Content-Disposition"] = f'attachment; filename="{name}.{_ENDINGS[format_name]}"'
    return Response(body, 200, headers, FORMATS[format_name])


def _wanted(request: Request, given: dict[str, list[str]]) -> tuple[str, Lang, str | None]:
    """Format, language and table; they are taken out of what is given."""
    named, langs, tables = (given.pop(key, []) for key in ("format", "lang", "table"))
    accepted = best_type(request.headers.get("accept"), [kind.partition(";")[0] for kind in FORMATS.values()])
    format_name = next((key for key, kind in FORMATS.items() if kind.partition(";")[0] == accepted), "json")
    if named:
        format_name = named[-1]
    if format_name not in FORMATS:
        raise HTTPException(400, f"There is no format {format_name}; there are {', '.join(FORMATS)}.")
    lang = next((each for each in LANGS if each == (langs or ["en"])[-1]), None)
    if lang is None:
        raise HTTPException(400, f"There is no language {langs[-1]}; say fa or en.")
    return format_name, lang, tables[-1] if tables else None


def _described(analysis: Analysis) -> dict[str, Any]:
    def both(words: Any) -> dict[str, str]:
        return {"en": words.en, "fa": words.fa}

    return {
        "name": analysis.key,
        "title": both(analysis.title),
        "says": both(analysis.says),
        "options": [
            {
                "name": option.name,
                "kind": option.kind,
                "default": option.default,
                "label": both(option.label),
                **({"among": list(option.among)} if option.among else {}),
            }
            for option in analysis.options
        ],
    }
