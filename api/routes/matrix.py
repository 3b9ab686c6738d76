"""The page of the matrix of processes and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.asking import texts_of_address
from api.bundle import bundle_stamp
from api.options_form import fields_of
from api.pages import edition_of, render
from api.state import address_of, given_of
from api.turns import kept_or_in_turn
from api.urls import page_path
from api.words import site_words
from graph.analysis.analyst import WAY_WORDS
from graph.analysis.options import values_of
from graph.analysis.reports.matrix import Shown, notes_of, shown
from graph.analysis.reports.matrix_options import KIND_WORDS, OPTIONS
from graph.query.question_library import QuestionError, Words
from graph.view.graph_families import families
from graph.view.matrix import choices, grid, kinds_of
from graph.view.page import script_json
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
#: Processes and bodies that the page shows at most, whatever is asked for; files hold more.
_MOST = {"most": 90, "most_bodies": 70}
#: Filled cells that the page shows at most: it stays below 300 kB.
_FILLED = 900
_KEPT_CELLS = 100_000
#: Options behind "more"; it stands open where one was told.
_MORE = ("involved", "no-copies", "order", "swap")
#: Messages that the script says.
_MESSAGES = ("matrix.empty", "matrix.copied", "layer.inferred", "source.lines", "matrix.open", "matrix.why")


@router.get("/{lang}/matrix")
async def page(request: Request, lang: Lang) -> Response:
    """The matrix, what was chosen in it, and what the chosen share."""
    given = given_of(texts_of_address(request), OPTIONS)
    error = None
    try:
        found = await _shown(request, given)
    except QuestionError as refusal:
        error = refusal.words
        found = await _shown(request, {})
    return await run_in_threadpool(_page, request, lang, given, found, error)


async def _shown(request: Request, given: Mapping[str, list[str]]) -> Shown:
    values = values_of(OPTIONS, given)
    values |= {name: min(values[name], most) for name, most in _MOST.items()}
    found = await _kept(request, values)
    while len(found.matrix.cells) > _FILLED and values["most"] > 1:
        fewer = max(1, values["most"] * _FILLED // len(found.matrix.cells))
        values |= {"most": min(fewer, values["most"] - 1)}
        found = await _kept(request, values)
    return found


async def _kept(request: Request, values: Mapping[str, Any]) -> Shown:
    return await kept_or_in_turn(
        request,
        ("matrix", tuple(values.items())),
        lambda analyst: shown(analyst, values),
        keep=lambda result: result.table.matrix.nnz <= _KEPT_CELLS,
    )


def _page(
    request: Request, lang: Lang, given: Mapping[str, list[str]], found: Shown, error: Words | None
) -> Response:
    edition = edition_of(request)
    analyst, catalogue = edition.analyst, edition.catalogue

    def subkinds(iri: str) -> tuple[str, tuple[str, ...]]:
        said = analyst.nodes.nodes[iri]
        return said["kind"], said["subkinds"]

    # the choice of kinds offers all that there are, not those that it left
    values = found.values
    bodies = analyst.agencies(values["involved"], copies=not values["no_copies"]).columns
    kinds_chosen = choices(bodies, subkinds, values["kind"])
    covered = {code for one in kinds_chosen if one.chosen for code in one.codes.split(",")}
    shown_grid = grid(catalogue, found, subkinds, lang, partial(page_path, lang))
    fields = {field.option.name: field for field in fields_of(OPTIONS, given, analyst, lang)}
    return render(
        request,
        lang,
        "matrix.html",
        400 if error else 200,
        error=error,
        found=found,
        part=found.matrix,
        grid=shown_grid,
        notes=[note.of(lang) for note in notes_of(found)],
        fields=fields,
        families=kinds_chosen,
        drawn=list(families().values()),
        kinds=[
            (code, KIND_WORDS[code].of(lang), code in values["kind"]) for code in kinds_of(bodies, subkinds)
        ],
        shared=_shared(edition, found),
        given=given,
        changed=any(given.get(name) for name in _MORE) or not covered.issuperset(values["kind"]),
        heads={head.ref.iri for head in (*shown_grid.rows, *shown_grid.columns)},
        pages=_pages(lang, given, found),
        downloads=_downloads(lang, given),
        ways=sorted({mark.way for row in shown_grid.marks for mark in row if mark}),
        data=_data(lang, shown_grid),
        stamp=bundle_stamp("matrix.js"),
    )


def _shared(edition: Any, found: Shown) -> dict[str, Any]:
    """What the chosen bodies and processes share, with names."""
    catalogue = edition.catalogue
    solid = frozenset(found.common_solid)
    both: dict[str, Any] = {"bodies": None, "processes": None}
    if found.bodies is not None:
        exactly, firm = frozenset(found.bodies.exactly), frozenset(found.bodies.solid)
        both["bodies"] = {
            "chosen": [catalogue.ref(iri) for iri in found.bodies.agencies],
            "where": [(catalogue.ref(iri), iri in exactly, iri in firm) for iri in found.bodies.at_least],
            "with": [catalogue.ref(iri) for iri in found.bodies.always_with],
            "exactly": len(exactly),
            "solid": len(firm),
        }
    if found.processes:
        both["processes"] = {
            "chosen": [catalogue.ref(iri) for iri in found.processes],
            "who": [(catalogue.ref(iri), iri in solid) for iri in found.common],
            "solid": len(solid),
        }
    return both


def _pages(lang: Lang, given: Mapping[str, list[str]], found: Shown) -> list[tuple[str, int, int, int, str]]:
    """Message, first, last, all and address of the parts before and after this one."""
    part = found.matrix
    links = []
    sides = (
        (
            "matrix.part.processes",
            "process",
            part.first_process,
            len(part.processes),
            part.all_processes,
            "most",
        ),
        ("matrix.part.bodies", "body", part.first_body, len(part.bodies), part.all_bodies, "most_bodies"),
    )
    for message, option, first, count, total, size in sides:
        step = found.values[size]
        for begin in ([max(0, first - step)] if first else []) + (
            [first + count] if first + count < total else []
        ):
            state = {**given, f"from-{option}": [str(begin + 1)]}
            last = min(begin + step, total)
            links.append((message, begin + 1, last, total, address_of(f"/{lang}/matrix", state)))
    return links


def _downloads(lang: Lang, given: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    base = "/api/analyses/matrix"
    files: list[tuple[str, dict[str, list[str]]]] = [
        (name, {"format": [name]}) for name in ("csv", "xlsx", "json")
    ]
    found = [(name, address_of(base, {**given, **more, "lang": [str(lang)]})) for name, more in files]
    cells: dict[str, list[str]] = {**given, "format": ["csv"], "table": ["cells"], "lang": [lang]}
    return [*found, ("cells", address_of(base, cells))]


def _data(lang: Lang, shown_grid: Any) -> Any:
    return script_json(
        {
            "lang": lang,
            "ways": {way: words.of(lang) for way, words in WAY_WORDS.items()},
            "cells": shown_grid.evidence,
            "messages": site_words(lang).given(_MESSAGES),
        }
    )
