"""Rendering: the templates with the words, digits and addresses of one edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from api.bundle import bundle_stamp, fonts_there
from api.edition import Edition
from api.navigation import menus
from api.site import Site
from api.urls import NUMBERED, PLURALS, page_path, twin_path
from api.words import site_words
from graph.view.nodes import Ref
from graph.view.page import TEMPLATES as VIEW_TEMPLATES
from graph.view.page import page_words
from graph.view.words import KIND_KEYS, LAYER_KEYS, Lang

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the template environment; it escapes everything and knows no undefined name.

    Returns:
        The environment.
    """
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), FileSystemLoader(VIEW_TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def site_of(request: Request) -> Site:
    """Return the site of a request.

    Args:
        request: The request.

    Returns:
        The site.
    """
    site: Site = request.app.state.site
    return site


def edition_of(request: Request) -> Edition:
    """Return the edition that answers a request.

    Args:
        request: The request.

    Returns:
        The edition.
    """
    return site_of(request).edition()


def render(request: Request, lang: Lang, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a page.

    Args:
        request: For the address of the twin page.
        lang: The language of the page.
        template: The file.
        status: The status code.
        **values: What the template shows.

    Returns:
        The page.
    """
    words = site_words(lang)

    def link(ref: Ref) -> str | None:
        # a page that says what went wrong has no edition, and no such links
        return edition_of(request).page(lang, ref) if ref.kind in NUMBERED else page_path(lang, ref)

    path = request.url.path
    known = path == f"/{lang}" or path.startswith(f"/{lang}/")
    page = (
        environment()
        .get_template(template)
        .render(
            **page_words(words),
            words=words,
            link=link,
            fonts=fonts_there(),
            plurals=PLURALS,
            kind_keys=KIND_KEYS,
            layer_keys=LAYER_KEYS,
            other=words.other,
            twin=twin_path(words.other, path, request.url.query) if known else f"/{words.other}/",
            here=path,
            menus=menus(lang, path),
            built=bundle_stamp(),
            **values,
        )
    )
    site_of(request).answered.set()
    return HTMLResponse(page, status, {"Content-Language": lang})
