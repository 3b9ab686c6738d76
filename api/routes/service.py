"""What the service is like: its limits for people in both languages, its counters for Prometheus."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from api.desk import desk_of
from api.metrics import CONTENT_TYPE
from api.pages import render, site_of
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
#: Message keys by the settings that they explain; the English words of a setting are its own description.
LIMIT_KEYS: Mapping[str, str] = {
    "query_length": "service.query-length",
    "query_depth": "service.query-depth",
    "query_seconds": "service.query-seconds",
    "query_memory": "service.query-memory",
    "query_rows": "service.query-rows",
    "query_bytes": "service.query-bytes",
    "query_concurrent": "service.query-concurrent",
    "query_per_client": "service.query-per-client",
    "query_queue": "service.query-queue",
    "query_queue_seconds": "service.query-queue-seconds",
    "analysis_seconds": "service.analysis-seconds",
    "body_seconds": "service.body-seconds",
}


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """The counters since the start."""
    site, desk = site_of(request), desk_of(request)
    edition = site.edition().store.manifest.fingerprint if site.ready else "none"
    return PlainTextResponse(
        desk.metrics.text(desk.gauges(edition)),
        headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"},
    )


@router.get("/{lang}/service")
def page(request: Request, lang: Lang) -> Response:
    """The limits, with their values here and the variables that set them."""
    settings = site_of(request).settings
    limits = [(f"DAFTAR_{name.upper()}", key, getattr(settings, name)) for name, key in LIMIT_KEYS.items()]
    return render(request, lang, "service.html", limits=limits)
