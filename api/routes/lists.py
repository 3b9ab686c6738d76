"""Lists with facets: pages for people, and what is chosen of them for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from api.asking import pairs_of_address
from api.negotiation import best_type
from api.pages import edition_of, render
from api.urls import PLURALS
from api.words import site_words
from graph.analysis.report_text import as_csv, as_json
from graph.analysis.report_xlsx import as_xlsx
from graph.query.formats import FORMATS as QUERY_FORMATS
from graph.query.formats import Format, write_triples
from graph.query.question_library import Words
from graph.view.lists import ListPage, ListTable
from graph.view.lists_export import MOST_DESCRIBED, MOST_ROWS, list_report, list_triples
from graph.view.lists_kinds import FACETS, LISTED, SORTS
from graph.view.lists_state import ListError, ListState
from graph.view.words import LANGS, Lang

router = APIRouter(include_in_schema=False)
#: Its address fits those of other pages too, so they must be asked first.
pages = APIRouter(include_in_schema=False)
#: Address of each list; steps have one although they have no pages of their own.
LISTS: Mapping[str, str] = {**{PLURALS[kind]: kind for kind in LISTED if kind in PLURALS}, "steps": "step"}
_PLURAL_OF = {kind: plural for plural, kind in LISTS.items()}
_TABLES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_GRAPHS: Mapping[str, Format] = {entry.name: entry for entry in QUERY_FORMATS if entry.answers == "graph"}
_TYPES = {**_TABLES, **{name: entry.media_type for name, entry in _GRAPHS.items()}}
#: Formats that a page offers.
OFFERED = ("csv", "xlsx", "json", "turtle")
_OPEN = {"Access-Control-Allow-Origin": "*"}
#: Pages beside the current one that are named one by one.
_NEAR = 2


@router.get("/api/lists")
def list_for_programs() -> Response:
    """Every list with its facets and the columns that it can be sorted by."""
    found = [
        {
            "name": plural,
            "kind": kind,
            "facets": [
                {"name": facet.key, "label": _both(say(facet.message)), "tokens": list(facet.order or ())}
                for facet in FACETS[kind]
            ],
            "sort": list(SORTS[kind]),
        }
        for plural, kind in LISTS.items()
    ]
    return JSONResponse({"lists": found}, headers=_OPEN)


@router.get("/api/lists/{name}")
def selection(request: Request, name: str) -> Response:
    """What is chosen of a list, all of it, as a table or as RDF."""
    if name not in LISTS:
        raise HTTPException(404, f"There is no list {name[:50]}; there are {', '.join(LISTS)}.")
    pairs = pairs_of_address(request)
    lang, wanted = _wanted(request, dict(pairs))
    edition = edition_of(request)
    table = edition.table(LISTS[name])
    try:
        state = ListState.read(table.kind, pairs)
        if wanted in _GRAPHS:
            body = write_triples(list_triples(edition.catalogue, table, state, lang), _GRAPHS[wanted])
        else:
            report = list_report(table, state, lang, say, edition.store.manifest.fingerprint)
            labels = edition.analyst.labels
            if wanted == "csv":
                body = as_csv(report.tables[0], labels, lang)
            else:
                body = as_xlsx(report, labels, lang) if wanted == "xlsx" else as_json(report, labels)
    except ListError as error:
        raise HTTPException(400, error.words.of(lang)) from error
    headers = {**_OPEN, "Vary": "Accept"}
    if wanted != "json":
        ending = _GRAPHS[wanted].extension if wanted in _GRAPHS else wanted
        headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return Response(body, 200, headers, _TYPES[wanted])


@pages.get("/{lang}/{plural}")
def listing(request: Request, lang: Lang, plural: str) -> Response:
    """A list of one kind of thing, under the choice that the address makes."""
    kind = LISTS.get(plural)
    if kind is None:
        raise HTTPException(404)
    table = edition_of(request).table(kind)
    try:
        state = ListState.read(kind, pairs_of_address(request))
    except ListError as error:
        raise HTTPException(400, error.words.of(lang)) from error
    return render(request, lang, "list.html", **shown_list(table, table.page(state, lang), lang))


def shown_list(table: ListTable, page: ListPage, lang: Lang) -> dict[str, Any]:
    """What the template of lists shows.

    Args:
        table: The list.
        page: One page of it.
        lang: Language.

    Returns:
        Values by name.
    """
    plural = _PLURAL_OF[table.kind]
    return {
        "kind": table.kind,
        "page": page,
        "state": page.state,
        "plural": plural,
        "facets": {facet.kind.key: facet for facet in table.facets},
        "sorts": SORTS[table.kind],
        "to": lambda one: f"/{lang}/{plural}" + (f"?{query}" if (query := one.query()) else ""),
        "near": _near(page.state.page, page.pages),
        "exports": _exports(page.state, lang, page.total),
        "whole": None,
    }


def say(key: str) -> Words:
    """The words of a message in both languages.

    Args:
        key: Its key.

    Returns:
        The words.
    """
    return Words(site_words("en").messages[key], site_words("fa").messages[key])


def _exports(state: ListState, lang: Lang, total: int) -> list[tuple[str, str]]:
    """Formats and addresses of what is chosen; none that would be refused."""
    query = ListState(state.kind, state.q, state.chosen, state.sort).query()
    return [
        (name, f"/api/lists/{_PLURAL_OF[state.kind]}?{query}{'&' if query else ''}format={name}&lang={lang}")
        for name in OFFERED
        if total <= (MOST_DESCRIBED if name in _GRAPHS else MOST_ROWS)
    ]


def _near(page: int, pages: int) -> list[int | None]:
    """Numbers of pages to name: the first, the last and those around the current one; None for a gap."""
    shown = sorted({1, pages, *range(max(1, page - _NEAR), min(pages, page + _NEAR) + 1)})
    found: list[int | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        found += [None, number] if number - before > 1 else [number]
    return found


def _wanted(request: Request, given: Mapping[str, str]) -> tuple[Lang, str]:
    lang = next((each for each in LANGS if each == given.get("lang", "en")), None)
    if lang is None:
        raise HTTPException(400, f"There is no language {given['lang'][:50]}; say fa or en.")
    accepted = best_type(request.headers.get("accept"), [kind.partition(";")[0] for kind in _TYPES.values()])
    named = given.get("format") or next(
        (key for key, kind in _TYPES.items() if kind.partition(";")[0] == accepted), "json"
    )
    if named not in _TYPES:
        raise HTTPException(400, f"There is no format {named[:50]}; there are {', '.join(_TYPES)}.")
    return lang, named


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "fa": words.fa}
