"""The graph: its views as pages, each as one offline file, and neighbours for the script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.pages import edition_of, render
from graph.view.graph_data import neighbours
from graph.view.graph_model import VIEWS, Asked, NoSuchThingError, View
from graph.view.page import graph_page
from graph.view.words import Lang, view_words

router = APIRouter(include_in_schema=False)
_Thing = Annotated[str, Query(max_length=200)]
_Share = Annotated[int | None, Query(ge=1, le=100_000)]
_Depth = Annotated[int, Query(ge=1, le=2)]


def _asked(
    view: View = "agencies",
    of: _Thing = "",
    depth: _Depth = 1,
    share: _Share = None,
    partners: bool = False,
    whole: bool = False,
) -> Asked:
    return Asked(view, of, depth, share, partners, whole)


_Asked = Annotated[Asked, Depends(_asked)]


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be drawn is said with its status."""
    try:
        yield
    except NoSuchThingError as error:
        raise HTTPException(404, str(error)) from error
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


@router.get("/{lang}/graph")
def page(request: Request, lang: Lang, asked: _Asked) -> Response:
    """A view of the graph."""
    with _told():
        part = edition_of(request).graph(lang, asked)
    return render(request, lang, "graph.html", part=part, views=VIEWS)


@router.get("/{lang}/graph/file")
def file(request: Request, lang: Lang, asked: _Asked) -> Response:
    """A view as one HTML file that needs no network."""
    with _told():
        text = graph_page(edition_of(request).pictures, lang, asked)
    # the file carries its own policy; the name of a thing in an address may hold what a header may not
    name = f"daftar-{asked.view}-{lang}.html"
    return HTMLResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/{lang}/graph/neighbours")
def near(request: Request, lang: Lang, of: _Thing, start: Annotated[int, Query(ge=0)] = 0) -> Response:
    """What a thing is tied to, for the script, some at a time."""
    edition = edition_of(request)
    try:
        link = partial(edition.page, lang)
        found = neighbours(edition.pictures.source, of, view_words(lang), link, start=start)
    except NoSuchThingError as error:
        return JSONResponse({"status": 404, "error": str(error)}, 404)
    return JSONResponse(found)
