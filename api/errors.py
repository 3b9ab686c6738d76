"""Error pages in both languages for readers, plain JSON for programs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.edition import PreparingError
from api.negotiation import best_lang, best_type
from api.pages import render
from api.security import SECURITY_HEADERS
from graph.store import StoreAwayError, StoreError
from graph.view.words import LANGS, Lang

_log = logging.getLogger(__name__)
_KEYS: Mapping[int, tuple[str, str]] = {
    400: ("error.400", "error.400.text"),
    404: ("error.404", "error.404.text"),
    405: ("error.405", "error.405.text"),
    500: ("error.500", "error.500.text"),
    503: ("error.503", "error.503.text"),
}
_PREPARING = ("error.preparing", "error.preparing.text")


def error_lang(request: Request) -> Lang:
    """Return the language for an error page: the address's, else the reader's.

    Args:
        request: The request.

    Returns:
        The language.
    """
    first = request.url.path.split("/")[1]
    return next((lang for lang in LANGS if lang == first), best_lang(request.headers.get("accept-language")))


def error_response(
    request: Request,
    status: int,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
    keys: tuple[str, str] | None = None,
) -> Response:
    """Answer with an error.

    Args:
        request: The request.
        status: The status code.
        detail: What is wrong, for people and programs.
        headers: Further headers.
        facts: Further members of the JSON.
        keys: Messages for title and text of the page; None for those of the status.

    Returns:
        A page for browsers, JSON for others.
    """
    response: Response
    wants_page = best_type(request.headers.get("accept"), ["application/json", "text/html"]) == "text/html"
    known = status if status in _KEYS else 400 if status < 500 else 500
    if wants_page or request.url.path.split("/")[1] in LANGS:
        title, text = keys or _KEYS[known]
        response = render(
            request,
            error_lang(request),
            "error.html",
            status,
            code=status,
            title=title,
            text=text,
            detail=detail,
        )
    else:
        response = JSONResponse(
            {"status": status, "error": detail or _phrase(status), **(facts or {})}, status
        )
    response.headers.update(headers or {})
    return response


def _phrase(status: int) -> str:
    return next((known.phrase.lower() for known in HTTPStatus if known == status), "error")


def public_words(error: StoreError) -> str:
    """What a stranger is told of a store that does not answer: not the address of a server inside.

    Args:
        error: What went wrong.

    Returns:
        The words.
    """
    if isinstance(error, StoreAwayError):
        return error.public
    return str(error)


def install_errors(app: FastAPI) -> None:
    """Give an application the error pages.

    Args:
        app: The application.
    """

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        shown = error.detail if error.status_code not in (404, 405) else None
        return error_response(request, error.status_code, shown, error.headers, getattr(error, "facts", None))

    @app.exception_handler(RequestValidationError)
    def on_validation(request: Request, error: RequestValidationError) -> Response:
        # An address whose language is neither fa nor en is no page of ours.
        in_path = any(part.get("loc", ("",))[0] == "path" for part in error.errors())
        said = "; ".join(f"{part['loc'][-1]}: {part['msg']}" for part in error.errors())
        return error_response(request, 404) if in_path else error_response(request, 400, said)

    @app.exception_handler(StoreError)
    def on_store(request: Request, error: StoreError) -> Response:
        _log.warning("The store: %s", error)
        return error_response(request, 503, public_words(error), {"Retry-After": "30"})

    @app.exception_handler(PreparingError)
    def on_preparing(request: Request, error: PreparingError) -> Response:
        facts = {"done": error.done, "total": error.total}
        wants = None if request.url.path.split("/")[1] in LANGS else str(error)
        return error_response(request, 503, wants, {"Retry-After": "30"}, facts, _PREPARING)

    @app.exception_handler(Exception)
    def on_any(request: Request, error: Exception) -> Response:
        response = error_response(request, 500)
        response.headers.update(SECURITY_HEADERS)  # this answer passes by the middleware
        return response
