"""The pages of the analyses: what there is, and each with a form, its tables and its drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.asking import texts_of_address
from api.desk import desk_of
from api.jobs import Job
from api.made import Made, kept, key_of, made_or_in_turn, must_be_job
from api.options_form import fields_of, offers_of
from api.pages import edition_of, render
from api.report_page import shown_tables
from api.state import address_of, given_of
from graph.analysis.options import values_of
from graph.analysis.report import AnalysisError
from graph.analysis.reports import ANALYSES, FORMATS, Analysis, analysis_named
from graph.query.question_library import QuestionError, Words
from graph.view.graph_families import families, family_of
from graph.view.needs_drawing import drawing
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
#: Analyses with a page of their own.
_OWN = {"matrix": "matrix"}
#: What an analysis shows beside its tables, by template.
_EXTRAS = {"meetings": "_groups.html", "impact": "_consequences.html", "dependencies": "_layers.html"}
#: Tables whose rows can be tried out: the option that takes the first thing of a row.
_TRY = {("impact", "single-removals"): "without", ("overlap", "pairs"): "compare"}


@dataclass(frozen=True)
class Offer:
    """What a page shows in place of a result that takes long: the job that makes it, or None to start one."""

    job: Job | None


@router.get("/{lang}/analyses")
def listing(request: Request, lang: Lang) -> Response:
    """What analyses there are."""
    return render(request, lang, "analyses.html", analyses=list(ANALYSES.values()), own=_OWN)


@router.get("/{lang}/analyses/{name}")
async def page(request: Request, lang: Lang, name: str) -> Response:
    """An analysis: the form, then what it finds."""
    if name in _OWN:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{lang}/{_OWN[name]}{query}", 308)
    try:
        analysis = analysis_named(name)
    except AnalysisError as error:
        raise HTTPException(404, str(error)) from error
    given = given_of(texts_of_address(request), analysis.options)
    made, refusal, offer = None, None, None
    try:
        values = values_of(analysis.options, given)
        edition, desk = edition_of(request), desk_of(request)
        if must_be_job(edition, analysis):
            made = kept(edition, desk, analysis, values)
            offer = None if made else Offer(desk.jobs.of(key_of(edition, analysis, values)))
        else:
            made = await made_or_in_turn(request, analysis, values)
    except QuestionError as error:
        refusal = error.words
    return await run_in_threadpool(_page, request, lang, analysis, given, made, refusal, offer)


def _page(
    request: Request,
    lang: Lang,
    analysis: Analysis,
    given: Mapping[str, list[str]],
    made: Made | None,
    refusal: Words | None,
    offer: Offer | None = None,
) -> Response:
    edition = edition_of(request)
    analyst, catalogue = edition.analyst, edition.catalogue
    fields = fields_of(analysis.options, given, analyst, lang)

    def family(iri: str) -> str:
        said = analyst.nodes.nodes.get(iri) or {"kind": catalogue.ref(iri).kind, "subkinds": ()}
        return family_of(said["kind"], said["subkinds"]).name

    def download(name: str) -> str:
        return address_of(f"/api/analyses/{analysis.key}", {**given, "format": [name], "lang": [lang]})

    tables = shown_tables(made.report.tables, catalogue, analyst.labels, lang) if made else ()
    affected = [row for one in tables if one.table.key == "affected" for row in one.by_key]
    waves = [(order, list(rows)) for order, rows in groupby(affected, key=lambda row: row["order"].text)]
    return render(
        request,
        lang,
        "analysis.html",
        200 if made or offer else 400,
        analysis=analysis,
        fields=fields,
        offers=offers_of(fields, analyst, lang),
        told=bool(given),
        made=made,
        refusal=refusal,
        offer=offer,
        given=given,
        tables=tables,
        by_key={one.table.key: one for one in tables},
        extra=_EXTRAS.get(analysis.key) if made else None,
        tries={one.table.key: _TRY.get((analysis.key, one.table.key)) for one in tables},
        waves=waves,
        drawing=drawing(made.drawing, catalogue.ref, lang) if made and made.drawing else None,
        family=family,
        drawn=list(families().values()),
        downloads=[(name, download(name)) for name in FORMATS],
    )
