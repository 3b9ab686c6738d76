"""Work that takes long: it waits for its turn with the queries, ends when nobody waits, and is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import TypeVar, cast

from anyio import to_thread
from fastapi import HTTPException, Request

from api.desk import desk_of
from api.edition import Edition
from api.gate import TooBusyError, client_of
from api.pages import edition_of, site_of
from api.watched import StoppedError, watched
from graph.analysis.analyst import Analyst

T = TypeVar("T")


async def in_turn(request: Request, work: Callable[[Analyst], T]) -> T:
    """Analyse in a thread, when it is this client's turn.

    Args:
        request: Whose turn it is; the work ends when it goes away.
        work: Gets an analyst whose progress ends the work in time.

    Returns:
        What the work returns.

    Raises:
        HTTPException: 503 when too many wait, or the work took too long.
    """
    analyst, seconds = edition_of(request).analyst, site_of(request).settings.analysis_seconds
    stop = threading.Event()
    watching = asyncio.create_task(_until_gone(request, stop))
    try:
        async with desk_of(request).analyses.enter(client_of(request)):
            return await to_thread.run_sync(
                partial(watched, analyst, work, stop, seconds), limiter=desk_of(request).limiter
            )
    except TooBusyError as error:
        raise HTTPException(503, str(error), {"Retry-After": str(error.retry_after)}) from error
    except StoppedError as error:
        raise HTTPException(503, str(error), {"Retry-After": "60"}) from error
    finally:
        watching.cancel()


async def kept_or_in_turn(
    request: Request, asked: Hashable, work: Callable[[Analyst], T], *, keep: Callable[[T], bool]
) -> T:
    """The result that is kept for this edition, else that of :func:`in_turn`.

    Args:
        request: The request.
        asked: What is asked: the same asks for the same result.
        work: As of :func:`in_turn`.
        keep: Whether a result is small enough to keep.

    Returns:
        The result.

    Raises:
        HTTPException: as of :func:`in_turn`.
    """
    key = kept_as(edition_of(request), asked)
    known = desk_of(request).results.get(key)
    if known is not None:
        return cast(T, known)
    result = await in_turn(request, work)
    if keep(result):
        desk_of(request).results.put(key, result)
    return result


def kept_as(edition: Edition, asked: Hashable) -> Hashable:
    """The key under which a result is kept.

    Args:
        edition: What was analysed.
        asked: What is asked.

    Returns:
        The key.
    """
    return edition.store.manifest.fingerprint, asked


async def _until_gone(request: Request, stop: threading.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stop.set()
