"""The page that shows every component of the design system, with things of the catalogue as samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.edition import Edition
from api.pages import edition_of, render
from graph.view.flow import access_table, flow_of, step_groups
from graph.view.graph_families import families
from graph.view.lists_state import ListState
from graph.view.model import FieldView
from graph.view.pages_model import ProcessView
from graph.view.palette import SCHEMES, family_swatches, pairs, spaces, step_swatches
from graph.view.process import process_view
from graph.view.standing import place_of, standing_of
from graph.view.things import thing_view
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
#: What fields are shown for: one that has it, and no other.
_SHOWN: tuple[Callable[[FieldView], object], ...] = (
    lambda field: field.date,
    lambda field: any(tick.open for tick in field.ticks),
    lambda field: any(tick.selected for tick in field.ticks),
    lambda field: field.states,
    lambda field: field.mentions,
    lambda field: field.doubts,
    lambda field: any(not one.text for one in field.written),
)


@router.get("/{lang}/components")
def components(request: Request, lang: Lang) -> Response:
    """Every component with its states, by the same templates as the pages."""
    edition = edition_of(request)
    return render(
        request,
        lang,
        "components.html",
        schemes=SCHEMES,
        pairs=list(pairs()),
        families=families(),
        shades=list(family_swatches()),
        steps=[(swatch, step_groups()[swatch.name].message) for swatch in step_swatches()],
        spaces=spaces(),
        facets=edition.table("process").page(ListState("process"), lang).facets[:2],
        doubts=edition.doubts[:1],
        **_samples(edition),
    )


@lru_cache(maxsize=1)
def _samples(edition: Edition) -> Mapping[str, Any]:
    """What of the edition the page shows, read once."""
    view, bodies = _sample(edition), edition.profiles.bodies
    agency = max(edition.table("agency").lines, key=lambda line: line.item.uses, default=None)
    body = agency and thing_view(edition.catalogue, "agency", agency.item.ref.id)
    return {
        "process": view,
        "fields": _fields(view) if view else (),
        "flow": flow_of(edition.catalogue, view.steps[:4]) if view else None,
        "access": access_table(view.stages) if view else None,
        "body": body,
        "place": place_of(edition.catalogue, body.ref.iri) if body else None,
        "standing": standing_of(*bodies, body.ref.iri, edition.catalogue.ref) if body else None,
    }


def _sample(edition: Edition) -> ProcessView | None:
    """The process with most doubts: it has the rarest components."""
    lines = edition.table("process").lines
    by_doubts = sorted((line.item for line in lines), key=lambda item: (-item.doubts, item.ref.id))
    return process_view(edition.catalogue, by_doubts[0].ref.id) if by_doubts else None


def _fields(view: ProcessView) -> Sequence[FieldView]:
    """One field of each sort, in the order of the form."""
    fields = [field for section in view.sections for field in section.fields]
    wanted = [next((field for field in fields if has(field)), None) for has in _SHOWN]
    return [field for field in fields if field in wanted]
