"""Linked data: every IRI of the catalogue answers with a page for people and RDF for programs."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from api.negotiation import best_lang, best_type
from api.pages import edition_of
from graph.query.formats import FORMATS, Format, write_triples
from graph.view.about import triples_about

router = APIRouter(include_in_schema=False)
_GRAPH_FORMATS = tuple(f for f in FORMATS if f.answers == "graph")
_BY_TYPE = {f.media_type.split(";")[0]: f for f in _GRAPH_FORMATS}
_BY_EXTENSION = {f.extension: f for f in _GRAPH_FORMATS}


@router.get("/id/{path:path}")
def resource(request: Request, path: str) -> Response:
    """Answer for an IRI of the catalogue.

    A known extension (``.ttl``, ``.nt``, ``.jsonld`` …) chooses the format; else the ``Accept``
    header does. A person is sent to the page that shows the thing (303),
    because the thing is not the page.
    """
    edition = edition_of(request)
    catalogue = edition.catalogue
    stem, _, extension = path.rpartition(".")
    asked = _BY_EXTENSION.get(extension) if stem else None
    if asked is not None and (body := _document(request, stem, asked)) is not None:
        return body
    triples = triples_about(catalogue, path)
    if not triples:
        raise HTTPException(404)
    chosen = best_type(request.headers.get("accept"), ["text/html", *_BY_TYPE])
    if chosen is None:
        raise HTTPException(406, f"This resource can be had as: text/html, {', '.join(_BY_TYPE)}.")
    lang = best_lang(request.headers.get("accept-language"))
    page = edition.page(lang, catalogue.ref(catalogue.base + path))
    if chosen == "text/html" and page is not None:
        return RedirectResponse(page, 303, {"Vary": "Accept, Accept-Language"})
    found = _document(request, path, _BY_TYPE.get(chosen, _GRAPH_FORMATS[0]))
    if found is None:
        raise HTTPException(404)
    found.headers["Vary"] = "Accept"
    return found


def _document(request: Request, path: str, chosen: Format) -> Response | None:
    triples = triples_about(edition_of(request).catalogue, path)
    if not triples:
        return None
    headers = {"Access-Control-Allow-Origin": "*", "Content-Location": f"/id/{path}.{chosen.extension}"}
    return Response(write_triples(triples, chosen), 200, headers, chosen.media_type)
