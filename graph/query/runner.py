"""Asking queries of strangers: each is evaluated in a process that can be ended."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.query.answering import LAST
from graph.query.errors import (
    QueryCrashedError,
    QueryError,
    QueryFormatError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryUnansweredError,
)
from graph.query.evaluate import Answer
from graph.query.formats import format_named
from graph.query.guard import Limits, check_query
from graph.query.stop import Stop
from graph.query.wire import UnreadError, ask, exchange
from graph.query.workers import Workers
from graph.store import Store

_GRACE = 5.0
"""Seconds beyond a query's own limit after which a worker that does not even die is given up."""
_TRIES = 3
"""Workers that a query is handed to when one after the other ends before it has read it."""
_Message = tuple[dict[str, Any], bytes] | None
_QUERY_ERRORS = {kind.__name__: kind for kind in (QueryFormatError, QueryUnansweredError)}


class QueryRunner:
    """Processes with one edition loaded; each evaluates one query at a time and can be ended.

    May be used from several threads at once. To answer from a newer edition, make another and close this one.

    Args:
        where: Folder or address of a store, or a store that is open.

    Raises:
        StoreError: of the kind that says why the graph could not be loaded.

    Example::

        with QueryRunner(".daftar") as runner:
            answer = runner.run("SELECT * { ?s ?p ?o }", Limits(), "csv")
    """

    def __init__(self, where: Store | str | Path) -> None:
        self._workers = Workers(where)

    @property
    def fingerprint(self) -> str:
        """The edition that answers."""
        return self._workers.fingerprint

    def run(
        self,
        query: str,
        limits: Limits,
        format_name: str | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        stop: Stop | None = None,
    ) -> Answer:
        """Answer a query.

        Args:
            query: The query, from anybody.
            limits: What it may take.
            format_name: Name of a format; None for the usual one of its form.
            default_graphs: IRIs of the graphs to ask, instead of the union of all.
            named_graphs: IRIs of the graphs that ``GRAPH`` reaches.
            stop: With it, another thread can end the query, which then counts as crashed.

        Returns:
            The answer.

        Raises:
            QueryRefused: when it is too long or deep, or asks for what is not offered.
            QuerySyntaxError: when it is no SPARQL.
            QueryFormatError: when its answer cannot be written in the format.
            QueryTimeoutError: when it ran too long.
            QueryCrashedError: when its process ended.
            RunnerClosedError: when it was closed; a newer runner may answer.
            QueryError: when the engine cannot evaluate it.
        """
        request = _request(query, limits, format_name, default_graphs, named_graphs)
        started = time.monotonic()
        stop = stop or Stop()
        message: _Message = None
        for _ in range(_TRIES):
            channel = self._workers.take()
            try:
                channel.settimeout(None if limits.seconds is None else limits.seconds + _GRACE)
                stop.hold(channel)
                with contextlib.suppress(TimeoutError):
                    message = ask(channel, request)
                break
            except UnreadError:  # whatever ended the worker, it was not this query
                if stop.asked:
                    break
            finally:
                stop.hold(None)
                self._hand_back(channel, message)
        return _answer(message, limits, time.monotonic() - started)

    async def run_async(
        self,
        query: str,
        limits: Limits,
        format_name: str | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        stop: Stop | None = None,
    ) -> Answer:
        """Answer a query without a thread that waits for it; see :meth:`run`.

        A query whose task is cancelled is ended.
        """
        request = _request(query, limits, format_name, default_graphs, named_graphs)
        started = time.monotonic()
        stop = stop or Stop()
        message: _Message = None
        for _ in range(_TRIES):
            channel = self._workers.idle()
            if channel is None:
                channel = await asyncio.to_thread(self._workers.take)
            try:
                channel.setblocking(False)
                stop.hold(channel)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(None if limits.seconds is None else limits.seconds + _GRACE):
                        message = await exchange(channel, request)
                break
            except UnreadError:  # whatever ended the worker, it was not this query
                if stop.asked:
                    break
            finally:
                stop.hold(None)
                self._hand_back(channel, message)
        return _answer(message, limits, time.monotonic() - started)

    def _hand_back(self, channel: socket.socket, message: _Message) -> None:
        if message is None or message[0].pop(LAST, True):
            self._workers.give_up(channel)
        else:
            self._workers.give_back(channel)

    def close(self) -> None:
        """End the processes; queries that are being answered are answered still."""
        self._workers.close()

    def __enter__(self) -> QueryRunner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def run_query(
    where: QueryRunner | Store | str | Path,
    query: str,
    limits: Limits | None = None,
    format_name: str | None = None,
) -> Answer:
    """Answer one query; see :meth:`QueryRunner.run`.

    Args:
        where: A runner, which is fast; or a store or its folder, which costs a process and a load each time.
        query: The query, from anybody.
        limits: What it may take; None for the usual limits.
        format_name: Name of a format; None for the usual one of its form.

    Returns:
        The answer.

    Raises:
        QueryError: of the kind that says why there is none.
        StoreError: when the graph could not be loaded.
    """
    limits = limits if limits is not None else Limits()
    if isinstance(where, QueryRunner):
        return where.run(query, limits, format_name)
    check_query(query, limits)
    with QueryRunner(where) as runner:
        return runner.run(query, limits, format_name)


def _ended(limits: Limits, seconds: float) -> QueryError:
    if limits.seconds is not None and seconds >= limits.seconds * 0.99:
        return QueryTimeoutError(f"the query was ended after {limits.seconds:g} seconds; ask for less")
    return QueryCrashedError("the query ended its process, as a rule for want of memory; ask for less")


def _request(
    query: str,
    limits: Limits,
    format_name: str | None,
    default_graphs: Sequence[str] | None,
    named_graphs: Sequence[str] | None,
) -> dict[str, Any]:
    seen = check_query(query, limits)  # cheap, and no process need be bothered
    return {
        "query": query,
        "format": format_name,
        "limits": _said(limits),
        "default_graphs": default_graphs,
        "named_graphs": named_graphs,
        "form": None if seen.froms else seen.form,
    }


@lru_cache(maxsize=16)
def _said(limits: Limits) -> dict[str, Any]:
    return asdict(limits)


def _answer(message: _Message, limits: Limits, seconds: float) -> Answer:
    if message is None:
        raise _ended(limits, seconds)
    header, body = message
    error = header.pop("error", None)
    if error == "QueryRefused":
        raise QueryRefused(header["reason"], header["code"], header["line"], header["column"])
    if error == "QuerySyntaxError":
        raise QuerySyntaxError(header["reason"], header["line"], header["column"])
    if error is not None:
        raise _QUERY_ERRORS.get(error, QueryError)(header["message"])
    return Answer(**{**header, "format": format_named(header["format"])}, body=body)
