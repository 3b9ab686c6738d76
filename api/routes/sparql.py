"""The SPARQL endpoint (SPARQL 1.1 Protocol, query operation) and the page from which people ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
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
from api.desk import desk_of
from api.gate import client_of
from api.negotiation import best_lang, best_type
from api.origins import public_base
from api.pages import edition_of, render, site_of
from api.service import service_document
from api.sparql_page import editor_data, shown_answer
from api.watch import note
from graph.query.errors import QueryError, RunnerClosedError
from graph.query.evaluate import Answer
from graph.query.formats import FORMATS, answers_of
from graph.query.guard import Limits, check_query
from graph.query.prefixes import PREFIXES
from graph.query.stop import Stop
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_PAGE_ROWS = 500
_EDITIONS = 5
_LOOK_AFTER = 0.05
"""Seconds after which a query is looked after: its client may have gone away."""
_SHORT = 2_000
"""Characters of a query that are looked at in less time than a thread takes to begin."""
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


async def form_of(query: str, limits: Limits) -> str:
    """The form of a query that may be asked; a long one is not looked at in the event loop.

    Args:
        query: The query.
        limits: Its limits.

    Returns:
        ``SELECT`` or another.

    Raises:
        QueryRefused: when it must not reach the engine.
    """
    if len(query) <= _SHORT:
        return check_query(query, limits).form
    return (await run_in_threadpool(check_query, query, limits)).form


async def ask(request: Request, asked: Asked, limits: Limits, format_name: str) -> Answer:
    """Wait for a turn, evaluate, count and note down.

    Args:
        request: The request.
        asked: The query.
        limits: What it may take.
        format_name: Name of the format of the answer.

    Returns:
        The answer.

    Raises:
        QueryError: of the kind that says why there is none.
    """
    desk = desk_of(request)
    facts: dict[str, object] = {"query": sha256(asked.query.encode("utf-8", "replace")).hexdigest()[:16]}
    if site_of(request).settings.log_queries:
        facts["text"] = asked.query
    started, outcome, stop = time.monotonic(), "stopped", Stop()
    try:
        with _ended_with(request, stop):
            async with desk.gate.enter(client_of(request)):
                found = await _run(request, asked, limits, format_name, stop)
        outcome = f"cut-{found.truncated}" if found.truncated else "whole"
        facts |= {"form": found.form, "rows": found.rows, "edition": found.fingerprint[:16]}
    except QueryError as error:
        outcome = "gone" if stop.asked else str(http_error(error).facts.get("code", "error"))
        raise
    finally:
        desk.count_query(outcome, time.monotonic() - started)
        note(request.scope, outcome=outcome, **facts)
    return found


@contextmanager
def _ended_with(request: Request, stop: Stop) -> Iterator[None]:
    """End the query when its client goes away; most are answered before it is worth looking."""
    loop = asyncio.get_running_loop()
    watching: list[asyncio.Task[None]] = []
    later = loop.call_later(
        _LOOK_AFTER, lambda: watching.append(loop.create_task(_until_gone(request, stop)))
    )
    try:
        yield
    finally:
        later.cancel()
        for task in watching:
            task.cancel()


async def _until_gone(request: Request, stop: Stop) -> None:
    """Wait until the client goes away, then end its query."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stop.now()


async def _run(request: Request, asked: Asked, limits: Limits, format_name: str, stop: Stop) -> Answer:
    """Ask the edition that answers now; when it was closed in this very moment, the next one."""
    for attempt in range(_EDITIONS):
        try:
            edition = edition_of(request)
            if not edition.answering:
                await run_in_threadpool(getattr, edition, "runner")
            runner = edition.runner
            return await runner.run_async(
                asked.query,
                limits,
                format_name,
                default_graphs=asked.default_graphs or None,
                named_graphs=asked.named_graphs or None,
                stop=stop,
            )
        except RunnerClosedError:
            await asyncio.sleep(0.05 * attempt)
    raise RunnerClosedError("the server is stopping")


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
    library = edition_of(request).library
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
    return Response(service_document(store, edition.library, base, chosen), 200, headers, media_type)


def _headers(fingerprint: str, tag: str | None) -> dict[str, str]:
    headers = {"Vary": "Accept", "X-Daftar-Edition": fingerprint}
    return headers | ({"ETag": tag, "Cache-Control": "no-cache"} if tag else {"Cache-Control": "no-store"})


def _example(name: str) -> str:
    return (Path(__file__).parent.parent / "examples" / f"{name}.rq").read_text(encoding="utf-8").strip()


def _wants_page(request: Request) -> bool:
    offered = ["application/sparql-results+json", "text/turtle", "text/html"]
    return best_type(request.headers.get("accept"), offered) == "text/html"
