"""A query on its way through the server: its turn, its process, its end when the client goes away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import cast

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.asking import Asked, http_error, tag_of
from api.desk import desk_of
from api.gate import client_of
from api.pages import edition_of, site_of
from api.watch import note
from graph.query.errors import QueryError, RunnerClosedError
from graph.query.evaluate import Answer
from graph.query.guard import Limits, check_query
from graph.query.stop import Stop
from graph.store import is_address

_EDITIONS = 5
_AROUND = 1_000
"""Bytes of what is kept around the text of an answer."""
_LOOK_AFTER = 0.05
"""Seconds after which a query is looked after: its client may have gone away."""
_SHORT = 2_000
"""Characters of a query that are looked at in less time than a thread takes to begin."""


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
    """Wait for a turn, evaluate, count and note down; an answer that is kept is given again at once.

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
    key = _key(request, asked, limits, format_name)
    if key and (kept := desk.answers.get(key)) is not None:
        desk.count_query("kept", time.monotonic() - started)
        note(request.scope, outcome="kept", **facts, **_facts_of(kept))
        return cast(Answer, kept)
    try:
        with _ended_with(request, stop):
            async with desk.gate.enter(client_of(request)):
                found = await _run(request, asked, limits, format_name, stop)
        outcome = f"cut-{found.truncated}" if found.truncated else "whole"
        facts |= _facts_of(found)
    except QueryError as error:
        outcome = "gone" if stop.asked else str(http_error(error).facts.get("code", "error"))
        raise
    finally:
        desk.count_query(outcome, time.monotonic() - started)
        note(request.scope, outcome=outcome, **facts)
    if key and key[0] == found.fingerprint:
        desk.answers.put(key, found, len(found.body) + _AROUND)
    return found


def _facts_of(found: Answer) -> dict[str, object]:
    return {"form": found.form, "rows": found.rows, "edition": found.fingerprint[:16]}


def _key(request: Request, asked: Asked, limits: Limits, format_name: str) -> tuple[str, str] | None:
    """What an answer is kept under: its edition, and the entity tag that it has in its format.

    Whoever sends that tag is told that nothing changed without a look at the graph, so a kept answer is as
    good as the tag. None when the same question may have another answer (``NOW``, ``RAND`` ...).
    """
    site = site_of(request)
    # a server elsewhere may be away or changed by others: it is asked each time
    if not site.ready or is_address(site.settings.store):
        return None
    fingerprint = edition_of(request).store.manifest.fingerprint
    tag = tag_of(fingerprint, asked, limits, format_name)
    return (fingerprint, tag) if tag else None


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
