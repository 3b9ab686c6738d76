"""A request of the SPARQL 1.1 Protocol: what it asks, in which format, and which answer the client has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from api.gate import TooBusyError
from api.negotiation import best_type
from graph.query.errors import (
    QueryCrashedError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryUnansweredError,
    RunnerClosedError,
)
from graph.query.formats import FORMATS, Format, answers_of
from graph.query.guard import Limits
from graph.settings import Settings
from graph.store import StoreAwayError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b", re.IGNORECASE)
_MAY_CHANGE = ("NOW", "RAND", "UUID")
_ENCODINGS = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_MOST_FIELDS = 200


class AskError(HTTPException):
    """A request without an answer; what programs want to know beside the reason goes with it.

    Attributes:
        facts: Members of the error document: ``code``, ``line``, ``column``.
    """

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **facts: Any) -> None:
        super().__init__(status, detail, headers)
        self.facts = {name: value for name, value in facts.items() if value is not None}


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


def pairs_of_address(request: Request) -> list[tuple[str, str]]:
    """The parameters in the address, which must be UTF-8.

    Args:
        request: The request.

    Returns:
        Names and values in order.

    Raises:
        AskError: when they cannot be read.
    """
    try:
        return _pairs(request.scope["query_string"].decode("utf-8"), "address")
    except UnicodeDecodeError as error:
        raise AskError(400, f"The address is not UTF-8: {error}.", code="parameters") from error


def texts_of_address(request: Request) -> dict[str, list[str]]:
    """The parameters in the address by name; each may come several times.

    Args:
        request: The request.

    Returns:
        Texts by name, in order.

    Raises:
        AskError: when they cannot be read.
    """
    found: dict[str, list[str]] = {}
    for name, text in pairs_of_address(request):
        found.setdefault(name, []).append(text)
    return found


async def pairs_of_body(request: Request, settings: Settings) -> list[tuple[str, str]]:
    """The parameters of a POST: those of the address, then those of the body.

    Args:
        request: The request.
        settings: How long and large a body may be.

    Returns:
        Names and values in order; a body that is a query itself is the value of ``query``.

    Raises:
        AskError: when the body is of another kind, not UTF-8, too large or too slow.
    """
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise AskError(415, "This endpoint answers questions only; it takes no update.", code="update")
    if kind not in (FORM, DIRECT):
        shown = kind[:100] or "nothing"
        raise AskError(415, f"Send a query as {FORM} or {DIRECT}, not as {shown}.", code="media-type")
    charset = re.search(r"charset\s*=\s*\"?([^\s\";]+)", parameters, re.IGNORECASE)
    if charset and charset[1].lower() not in _ENCODINGS:
        raise AskError(415, "Send the query in UTF-8.", code="charset")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise AskError(415, "Send the query without Content-Encoding.", code="content-encoding")
    try:
        async with asyncio.timeout(settings.body_seconds):
            body = await _read(request, settings.query_length)
    except TimeoutError as error:
        raise AskError(408, f"The body took longer than {settings.body_seconds:g} seconds.") from error
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AskError(400, f"The query is not UTF-8: {error}.", code="not-utf-8") from error
    pairs = pairs_of_address(request)
    return [*pairs, ("query", text)] if kind == DIRECT else [*pairs, *_pairs(text, "form")]


def asked_by(pairs: Sequence[tuple[str, str]]) -> Asked:
    """Read the parameters of the protocol.

    Args:
        pairs: Names and values; names that the protocol does not know do not count.

    Returns:
        What is asked.

    Raises:
        AskError: unless there is exactly one query and no update.
    """

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if all_of("update"):
        raise AskError(400, "This endpoint answers questions only; it takes no update.", code="update")
    queries = all_of("query")
    if len(queries) != 1:
        raise AskError(400, f"Send exactly one parameter query; {len(queries)} came.", code="one-query")
    formats = all_of("format")
    return Asked(
        queries[0].removeprefix("\ufeff"),
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        formats[-1] if formats else None,
    )


def choose(accept: str | None, name: str | None, form: str) -> tuple[Format, str]:
    """The format to answer in: the one that is named, else the one the client likes best.

    Args:
        accept: The ``Accept`` header.
        name: Name, extension or media type, for people.
        form: Form of the query.

    Returns:
        The format, and the media type to call it by.

    Raises:
        AskError: when the form cannot be answered so; the reason lists what there is.
    """
    usable = [entry for entry in FORMATS if entry.answers == answers_of(form)]
    if name:
        for entry in usable:
            if name in (entry.name, entry.extension, entry.media_type.split(";")[0], *entry.aliases):
                return entry, entry.media_type
        names = ", ".join(entry.name for entry in usable)
        raise AskError(406, f"There is no format {name[:50]} for {form}; there are {names}.", code="format")
    types: dict[str, tuple[Format, str]] = {}
    for entry in usable:
        types.setdefault(entry.media_type.split(";")[0], (entry, entry.media_type))
    for entry in usable:
        for alias in entry.aliases:
            types.setdefault(alias, (entry, alias))
    chosen = best_type(accept, list(types))
    if chosen is None:
        raise AskError(406, f"The answer to {form} can be had as: {', '.join(types)}.", code="format")
    return types[chosen]


def tag_of(fingerprint: str, asked: Asked, limits: Limits, media_type: str) -> str | None:
    """The entity tag of an answer (RFC 9110, section 8.8.3), known before the query is evaluated.

    Args:
        fingerprint: The edition that answers.
        asked: What is asked.
        limits: Limits that may cut the answer.
        media_type: What it is written in.

    Returns:
        A weak tag, for rows without an order may come in another; None when the answer changes by itself.
    """
    upper = asked.query.upper()  # the pattern takes a hundred times as long, and seldom has to be asked
    if any(name in upper for name in _MAY_CHANGE) and _CHANGING.search(asked.query):
        return None
    parts = (asked.query, asked.default_graphs, asked.named_graphs, limits.rows, limits.size, media_type)
    return f'W/"{fingerprint[:16]}-{sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def has_tag(header: str | None, tag: str | None) -> bool:
    """Whether ``If-None-Match`` names a tag (weak comparison).

    An asterisk does not count: whether there is any answer is known only when the query was evaluated.

    Args:
        header: The header.
        tag: The tag of the answer.

    Returns:
        True when the client has this answer already.

    Example:
        >>> has_tag('"a", W/"b"', 'W/"b"'), has_tag("*", 'W/"b"'), has_tag('"a"', 'W/"b"')
        (True, False, False)
    """
    if not header or tag is None:
        return False
    known = {part.strip().removeprefix("W/") for part in header.split(",")}
    return tag.removeprefix("W/") in known


def http_error(error: QueryError) -> AskError:
    """The answer for a query that got none.

    Args:
        error: Why.

    Returns:
        The error with its status: 503 for what may go well later or smaller, 413 for too long, else 400.
    """
    if isinstance(error, TooBusyError):
        return AskError(503, str(error), {"Retry-After": str(error.retry_after)}, code="busy")
    if isinstance(error, QueryTimeoutError | QueryCrashedError | RunnerClosedError):
        code = "time" if isinstance(error, QueryTimeoutError) else "memory"
        return AskError(503, str(error), {"Retry-After": "10"}, code=code)
    if isinstance(error, QueryRefused):
        status = 413 if error.code == "too-long" else 400
        return AskError(status, str(error), code=error.code, line=error.line, column=error.column)
    if isinstance(error, QuerySyntaxError):
        return AskError(400, str(error), code="syntax", line=error.line, column=error.column)
    if isinstance(error, QueryUnansweredError):
        return AskError(502, StoreAwayError.public, {"Retry-After": "30"}, code="store")
    return AskError(400, str(error), code="evaluation")


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise AskError(400, f"The {where} cannot be read: {error}.", code="parameters") from error


async def _read(request: Request, characters: int) -> bytes:
    # A character is at most four bytes of UTF-8, and each byte at most three in a form;
    # the rest is for parameters.
    allowed = characters * 12 + 8_192
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > allowed:
            raise AskError(413, f"The request is larger than {allowed} bytes.", code="too-long")
    return bytes(body)
