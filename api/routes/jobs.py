"""Analyses that take long, as jobs: start one, ask after it, cancel it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.desk import desk_of
from api.gate import client_of
from api.jobs import Job, TooManyJobsError
from api.made import start_job
from api.pages import edition_of
from api.state import address_of, given_of
from graph.analysis.options import values_of
from graph.analysis.report import AnalysisError
from graph.analysis.reports import analysis_named
from graph.query.question_library import QuestionError
from graph.view.words import LANGS

router = APIRouter(include_in_schema=False)
_NO_STORE = {"Cache-Control": "no-store"}


@router.post("/api/jobs")
async def start(request: Request) -> Response:
    """Start an analysis. A form of a page is sent back to it; a program gets the address of the job."""
    form = await request.form(max_files=0, max_fields=200)
    given: dict[str, list[str]] = {}
    for name, text in form.multi_items():
        given.setdefault(name, []).append(str(text))
    name, lang = (given.pop(key, [""])[-1] for key in ("analysis", "lang"))
    edition, desk = edition_of(request), desk_of(request)
    try:
        analysis = analysis_named(name)
    except AnalysisError as error:
        raise HTTPException(404, str(error)) from error
    try:
        told = given_of(given, analysis.options)
        job = start_job(edition, desk, client_of(request), analysis, values_of(analysis.options, told))
    except TooManyJobsError as error:
        raise HTTPException(503, str(error), {"Retry-After": "60"}) from error
    except QuestionError as error:
        raise HTTPException(400, str(error)) from error
    if lang in LANGS:
        return RedirectResponse(address_of(f"/{lang}/analyses/{analysis.key}", told), 303)
    return JSONResponse(_described(job), 202, {**_NO_STORE, "Location": f"/api/jobs/{job.id}"})


@router.get("/api/jobs/{ident}")
async def ask(request: Request, ident: str) -> Response:
    """How far a job is."""
    return JSONResponse(_described(_job(request, ident)), headers=_NO_STORE)


@router.delete("/api/jobs/{ident}")
async def cancel(request: Request, ident: str) -> Response:
    """Cancel a job."""
    job = _job(request, ident)
    desk_of(request).jobs.cancel(job)
    return JSONResponse(_described(job), 202, _NO_STORE)


@router.post("/api/jobs/{ident}/cancel")
async def cancel_by_form(request: Request, ident: str, back: str = "fa") -> Response:
    """Cancel a job from a page, which has no other method."""
    job = _job(request, ident)
    desk_of(request).jobs.cancel(job)
    lang = back if back in LANGS else LANGS[0]
    return RedirectResponse(f"/{lang}/analyses", 303)


def _job(request: Request, ident: str) -> Job:
    job = desk_of(request).jobs.find(ident)
    if job is None:
        raise HTTPException(404, "There is no such job, or it was forgotten since; start it again.")
    return job


def _described(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "analysis": job.title,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        **({"error": job.error} if job.error else {}),
        "address": f"/api/jobs/{job.id}",
    }
