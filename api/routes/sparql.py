"""The SPARQL endpoint (SPARQL 1.1 Protocol, query operation) and the page from which people ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.negotiation import best_lang, best_type
from api.pages import edition_of, render, site_of
from graph.query.errors import QueryCrashedError, QueryError, QueryRefused, QueryTimeoutError
from graph.query.evaluate import Answer
from graph.query.formats import FORMATS, Format, answers_of
from graph.query.guard import Limits, check_query
from graph.query.prefixes import PREFIXES
from graph.settings import Settings
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_PAGE_ROWS = 500
_EXAMPLES = (
    ("sparql.ex.agencies", "agencies"),
    ("sparql.ex.steps", "steps"),
    ("sparql.ex.together", "together"),
    ("sparql.ex.rules", "rules"),
    ("sparql.ex.doubts", "doubts"),
    ("sparql.ex.describe", "describe"),
)


@dataclass(frozen=True)
class Asked:
    """A request for an answer, however it came."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None


def limits_of(settings: Settings, rows: int | None = None) -> Limits:
    """Return what one query may take.

    Args:
        settings: The settings.
        rows: A smaller number of rows.

    Returns:
        The limits.
    """
    return Limits(
        length=settings.query_length,
        depth=settings.query_depth,
        seconds=settings.query_seconds,
        rows=min(rows or settings.query_rows, settings.query_rows),
        size=settings.query_bytes,
        memory=settings.query_memory,
    )


@router.get("/sparql")
def by_get(request: Request) -> Response:
    """Answer a query in the address; a browser without one is sent to the page."""
    pairs = list(request.query_params.multi_items())
    wants_page = "format" not in dict(pairs) and _wants_page(request)
    if wants_page and (not pairs or dict(pairs).get("query") is not None):
        lang = best_lang(request.headers.get("accept-language"))
        query = f"?{request.url.query}" if pairs else ""
        return RedirectResponse(f"/{lang}/sparql{query}", 303, {"Vary": "Accept, Accept-Language"})
    return answer(request, _asked(pairs))


@router.post("/sparql")
async def by_post(request: Request) -> Response:
    """Answer a query in the body: a form, or the query itself."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_FORM, _DIRECT):
        raise HTTPException(415, f"Send a query as {_FORM} or {_DIRECT}, not as {kind or 'nothing'}.")
    body = await _read(request, site_of(request).settings.query_length)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The query is not UTF-8: {error}.") from error
    pairs = list(request.query_params.multi_items())
    if kind == _DIRECT:
        pairs.append(("query", text))
    else:
        try:
            pairs += parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
        except ValueError as error:
            raise HTTPException(400, f"The form cannot be read: {error}.") from error
    return await run_in_threadpool(answer, request, _asked(pairs))


def answer(request: Request, asked: Asked) -> Response:
    """Evaluate and write the answer in the format that the client likes best.

    Args:
        request: The request, for its ``Accept`` header.
        asked: The query.

    Returns:
        The answer.
    """
    limits = limits_of(site_of(request).settings)
    try:
        form = check_query(asked.query, limits).form
        chosen, media_type = _format(request, asked.format, form)
        found = edition_of(request).runner.run(
            asked.query,
            limits,
            chosen.name,
            default_graphs=asked.default_graphs or None,
            named_graphs=asked.named_graphs or None,
        )
    except QueryError as error:
        raise _http(error) from error
    headers = {
        "Vary": "Accept",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "X-Daftar-Truncated, X-Daftar-Edition",
        "X-Daftar-Edition": found.fingerprint,
    }
    if found.truncated:
        headers["X-Daftar-Truncated"] = found.truncated
    return Response(found.body, 200, headers, media_type)


@router.get("/{lang}/sparql")
def page(request: Request, lang: Lang, query: str = "") -> Response:
    """The form, the examples and, when a query is given, its answer as a table."""
    settings = site_of(request).settings
    found: Answer | None = None
    error: str | None = None
    status = 200
    if query.strip():
        limits = limits_of(settings, _PAGE_ROWS)
        try:
            form = check_query(query, limits).form
            name = "json" if answers_of(form) == "rows" else "turtle"
            found = edition_of(request).runner.run(query, limits, name)
        except QueryError as refusal:
            error, status = str(refusal), _http(refusal).status_code
    rows = json.loads(found.body) if found and found.format.name == "json" else None
    offered = [f for f in FORMATS if found and f.answers == answers_of(found.form)]
    return render(
        request,
        lang,
        "sparql.html",
        status,
        query=query,
        found=found,
        turtle=found.body.decode("utf-8") if found and rows is None else None,
        table=_table(request, rows) if rows is not None else None,
        yes=rows.get("boolean") if rows is not None else None,
        error=error,
        downloads=[(f, "/sparql?" + urlencode({"query": query, "format": f.name})) for f in offered],
        examples=[(key, _example(name)) for key, name in _EXAMPLES],
        encode=lambda text: urlencode({"query": text}),
        prefixes=PREFIXES,
        limits=settings,
    )


def _table(request: Request, rows: dict[str, Any]) -> tuple[list[str], list[list[dict[str, Any] | None]]]:
    catalogue = edition_of(request).catalogue
    names = rows["head"].get("vars", [])
    lines: list[list[dict[str, Any] | None]] = []
    for binding in rows.get("results", {}).get("bindings", []):
        cells = [binding.get(name) for name in names]
        for cell in cells:
            if cell and cell["type"] == "uri":
                cell["ref"] = catalogue.ref(cell["value"])
        lines.append(cells)
    return names, lines


def _example(name: str) -> str:
    return (Path(__file__).parent.parent / "examples" / f"{name}.rq").read_text(encoding="utf-8").strip()


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if all_of("update"):
        raise HTTPException(400, "This endpoint answers questions only; it takes no update.")
    queries = all_of("query")
    if len(queries) != 1:
        raise HTTPException(400, f"Send exactly one parameter query; {len(queries)} came.")
    formats = all_of("format")
    return Asked(
        queries[0],
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        formats[-1] if formats else None,
    )


def _wants_page(request: Request) -> bool:
    offered = ["application/sparql-results+json", "text/turtle", "text/html"]
    return best_type(request.headers.get("accept"), offered) == "text/html"


def _format(request: Request, name: str | None, form: str) -> tuple[Format, str]:
    usable = [f for f in FORMATS if f.answers == answers_of(form)]
    if name:
        for entry in usable:
            if name in (entry.name, entry.extension, entry.media_type.split(";")[0], *entry.aliases):
                return entry, entry.media_type
        raise HTTPException(
            406, f"There is no format {name} for {form}; there are {', '.join(f.name for f in usable)}."
        )
    types: dict[str, tuple[Format, str]] = {}
    for entry in usable:
        types.setdefault(entry.media_type.split(";")[0], (entry, entry.media_type))
    for entry in usable:
        for alias in entry.aliases:
            types.setdefault(alias, (entry, alias))
    chosen = best_type(request.headers.get("accept"), list(types))
    if chosen is None:
        raise HTTPException(406, f"The answer to {form} can be had as: {', '.join(types)}.")
    return types[chosen]


def _http(error: QueryError) -> HTTPException:
    if isinstance(error, QueryTimeoutError | QueryCrashedError):
        return HTTPException(503, str(error), {"Retry-After": "10"})
    if isinstance(error, QueryRefused) and error.code == "too-long":
        return HTTPException(413, str(error))
    return HTTPException(400, str(error))


async def _read(request: Request, characters: int) -> bytes:
    # A character is at most four bytes of UTF-8, and each byte at most three in a form;
    # the rest is for parameters.
    allowed = characters * 12 + 8_192
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > allowed:
            raise HTTPException(413, f"The request is larger than {allowed} bytes.")
    return bytes(body)
