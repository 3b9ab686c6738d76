"""The SPARQL endpoint (SPARQL 1.1 Protocol, query operation) and the page from which people ask."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match, Route
from starlette.types import Scope

from api.asking import (
    Asked,
    AskError,
    asked_by,
    choose,
    has_tag,
    http_error,
    limits_of,
    pairs_of_address,
    pairs_of_body,
    tag_of,
)
from api.bundle import bundle_stamp
from api.evaluating import ask, form_of
from api.negotiation import best_lang, best_type
from api.origins import public_base
from api.pages import edition_of, render, site_of
from api.service import service_document
from api.sparql_page import editor_data, shown_answer
from graph.query.errors import QueryError
from graph.query.evaluate import Answer
from graph.query.formats import FORMATS, answers_of
from graph.query.prefixes import PREFIXES
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_PAGE_ROWS = 500
_EXAMPLES = (
    ("sparql.ex.agencies", "agencies"),
    ("sparql.ex.steps", "steps"),
    ("sparql.ex.together", "together"),
    ("sparql.ex.rules", "rules"),
    ("sparql.ex.doubts", "doubts"),
    ("sparql.ex.describe", "describe"),
)


async def endpoint(request: Request) -> Response:
    """Answer a query in the address or the body; without one, describe the service."""
    if request.method == "POST":
        return await answer(request, asked_by(await pairs_of_body(request, site_of(request).settings)))
    pairs = pairs_of_address(request)
    names = {name for name, _ in pairs}
    if "format" not in names and _wants_page(request) and (not pairs or "query" in names):
        lang = best_lang(request.headers.get("accept-language"))
        query = f"?{request.url.query}" if pairs else ""
        return RedirectResponse(f"/{lang}/sparql{query}", 303, {"Vary": "Accept, Accept-Language"})
    if not names - {"format"}:
        named = dict(pairs).get("format")
        if named is None or named in {f.name for f in FORMATS if f.answers == "graph"}:
            return await run_in_threadpool(_description, request, named)
    return await answer(request, asked_by(pairs))


class _Plain(Route):
    """A route without FastAPI's reading of parameters: for one that reads its request itself."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the route is asked; it says so to those who count."""
        match, found = super().matches(scope)
        return match, {**found, "route": self}


ENDPOINT = _Plain("/sparql", endpoint, methods=["GET", "POST"], include_in_schema=False)


async def answer(request: Request, asked: Asked) -> Response:
    """Evaluate and write the answer in the format that the client likes best.

    Args:
        request: The request, for its ``Accept`` header.
        asked: The query.

    Returns:
        The answer; 304 without evaluating when the client has it already.
    """
    limits = limits_of(site_of(request).settings)
    try:
        form = await form_of(asked.query, limits)
        chosen, media_type = choose(request.headers.get("accept"), asked.format, form)
        # a thread costs as much as a small query; an edition that is there is had without waiting
        ready = site_of(request).ready
        edition = edition_of(request) if ready else await run_in_threadpool(edition_of, request)
        fingerprint = edition.store.manifest.fingerprint
        tag = tag_of(fingerprint, asked, limits, media_type)
        if request.method == "GET" and has_tag(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=_headers(fingerprint, tag))
        found = await ask(request, asked, limits, chosen.name)
    except QueryError as error:
        raise http_error(error) from error
    if found.fingerprint != fingerprint:
        tag = tag_of(found.fingerprint, asked, limits, media_type)
    headers = _headers(found.fingerprint, tag)
    if request.method == "GET" and tag and request.headers.get("if-none-match", "").strip() == "*":
        return Response(status_code=304, headers=headers)  # any answer is known, now that there is one
    headers["X-Daftar-Rows"] = str(found.rows)
    if found.truncated:
        headers["X-Daftar-Truncated"] = found.truncated
    return Response(found.body, 200, headers, media_type)


@router.api_route("/{lang}/sparql", methods=["GET", "POST"])
async def page(request: Request, lang: Lang) -> Response:
    """The form, the examples and, when a query is given, its answer as a table.

    The editor sends ``part=answer`` and gets the answer alone.
    """
    pairs = pairs_of_address(request)
    if request.method == "POST":
        pairs = await pairs_of_body(request, site_of(request).settings)
    given = dict(pairs)
    query = given.get("query", "")
    found: Answer | None = None
    error: AskError | None = None
    if query.strip():
        limits = limits_of(site_of(request).settings, _PAGE_ROWS)
        try:
            form = await form_of(query, limits)
            name = "json" if answers_of(form) == "rows" else "ntriples"
            found = await ask(request, Asked(query, (), (), None), limits, name)
        except QueryError as refusal:
            error = http_error(refusal)
    return await run_in_threadpool(_page, request, lang, given, found, error)


def _page(
    request: Request, lang: Lang, given: dict[str, str], found: Answer | None, error: AskError | None
) -> Response:
    query = given.get("query", "")
    offered = [f for f in FORMATS if found and f.answers == answers_of(found.form)]
    alone = given.get("part") == "answer"
    response = render(
        request,
        lang,
        "_answer.html" if alone else "sparql.html",
        error.status_code if error else 200,
        found=found,
        shown=shown_answer(edition_of(request).catalogue, found) if found else None,
        error=error.detail if error else None,
        place=(error.facts.get("line"), error.facts.get("column")) if error else None,
        downloads=[(f, "/sparql?" + urlencode({"query": query, "format": f.name})) for f in offered],
        **({} if alone else _around(request, lang, given)),
    )
    response.headers.update((error.headers if error else None) or {})
    return response


def _around(request: Request, lang: Lang, given: dict[str, str]) -> dict[str, object]:
    """What the page shows beside the answer."""
    library = edition_of(request).examples
    examples = [(key, _example(name)) for key, name in _EXAMPLES]
    asked = next((text for question, text in library if question.id == given.get("question")), "")
    return {
        "query": given.get("query") or asked or examples[0][1],
        "examples": examples,
        "questions": [question for question, _ in library],
        "encode": lambda text: urlencode({"query": text}),
        "prefixes": PREFIXES,
        "limits": site_of(request).settings,
        "stamp": bundle_stamp(),
        "editor": editor_data(lang),
    }


def _description(request: Request, format_name: str | None) -> Response:
    chosen, media_type = choose(request.headers.get("accept"), format_name, "DESCRIBE")
    site = site_of(request)
    edition = edition_of(request)
    store = edition.store
    base = public_base(request, site.settings)
    asked = Asked(base, (), (), chosen.name)
    tag = tag_of(store.manifest.fingerprint, asked, limits_of(site.settings), media_type)
    headers = _headers(store.manifest.fingerprint, tag)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(service_document(store, edition.examples, base, chosen), 200, headers, media_type)


def _headers(fingerprint: str, tag: str | None) -> dict[str, str]:
    headers = {"Vary": "Accept", "X-Daftar-Edition": fingerprint}
    return headers | ({"ETag": tag, "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"})


def _example(name: str) -> str:
    return (Path(__file__).parent.parent / "examples" / f"{name}.rq").read_text(encoding="utf-8").strip()


def _wants_page(request: Request) -> bool:
    offered = ["application/sparql-results+json", "text/turtle", "text/html"]
    return best_type(request.headers.get("accept"), offered) == "text/html"
