"""The ontology at its namespace path, and every code: a page for people, RDF for programs."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from api.negotiation import best_lang, best_type
from api.pages import edition_of, render
from graph.query.formats import FORMATS, Format, write_triples
from graph.view.about import triples_about, triples_of_codes
from graph.view.terms import DFC
from graph.view.vocabulary import anchor_of
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_GRAPH_FORMATS = tuple(f for f in FORMATS if f.answers == "graph")
_BY_TYPE = {f.media_type.split(";")[0]: f for f in _GRAPH_FORMATS}
_BY_EXTENSION = {f.extension: f for f in _GRAPH_FORMATS}


@router.get("/{lang}/ontology")
def page(request: Request, lang: Lang) -> Response:
    """The reference page: every term, code, rule, shape and tie."""
    return render(request, lang, "ontology.html", v=edition_of(request).vocabulary)


@router.get("/ontology")
def ontology(request: Request) -> Response:
    """Answer for the ontology and, since fragments stay with the reader, for each of its terms."""
    return _negotiated(request, _ontology(request), "/ontology", "")


@router.get("/ontology.{extension}")
def ontology_file(request: Request, extension: str) -> Response:
    """Answer with the ontology in the format that the address names."""
    return _document(_ontology(request), _named(extension), f"/ontology.{extension}")


@router.get("/code")
def codes(request: Request) -> Response:
    """Answer for all code lists together."""
    return _negotiated(request, triples_of_codes(edition_of(request).catalogue, ""), "/code", "#schemes")


@router.get("/code.{extension}")
def codes_file(request: Request, extension: str) -> Response:
    """Answer with all code lists in the format that the address names."""
    triples = triples_of_codes(edition_of(request).catalogue, "")
    return _document(triples, _named(extension), f"/code.{extension}")


@router.get("/code/{path:path}")
def code(request: Request, path: str) -> Response:
    """Answer for a code list with its codes, or for one code."""
    catalogue = edition_of(request).catalogue
    stem, _, extension = path.rpartition(".")
    if stem and extension in _BY_EXTENSION and (triples := triples_of_codes(catalogue, stem)):
        return _document(triples, _BY_EXTENSION[extension], f"/code/{path}")
    return _negotiated(
        request, triples_of_codes(catalogue, path), f"/code/{path}", f"#{anchor_of(DFC + path)}"
    )


@router.get("/shape/{name}")
def shape(request: Request, name: str) -> Response:
    """Send a reader from the id of a shape, as it stands in a validation report, to what it says."""
    if name not in {check.name for check in edition_of(request).vocabulary.checks}:
        raise HTTPException(404)
    lang = best_lang(request.headers.get("accept-language"))
    return RedirectResponse(f"/{lang}/ontology#check-{name}", 303, {"Vary": "Accept-Language"})


def _ontology(request: Request) -> list[ox.Triple]:
    return triples_about(edition_of(request).catalogue, "graph/ontology")


def _named(extension: str) -> Format:
    if extension not in _BY_EXTENSION:
        raise HTTPException(404)
    return _BY_EXTENSION[extension]


def _negotiated(request: Request, triples: list[ox.Triple], path: str, anchor: str) -> Response:
    if not triples:
        raise HTTPException(404)
    chosen = best_type(request.headers.get("accept"), ["text/html", *_BY_TYPE])
    if chosen is None:
        raise HTTPException(406, f"This can be had as: text/html, {', '.join(_BY_TYPE)}.")
    if chosen == "text/html":
        lang = best_lang(request.headers.get("accept-language"))
        return RedirectResponse(f"/{lang}/ontology{anchor}", 303, {"Vary": "Accept, Accept-Language"})
    found = _document(triples, _BY_TYPE[chosen], f"{path}.{_BY_TYPE[chosen].extension}")
    found.headers["Vary"] = "Accept"
    return found


def _document(triples: list[ox.Triple], chosen: Format, location: str) -> Response:
    if not triples:
        raise HTTPException(404)
    headers = {"Access-Control-Allow-Origin": "*", "Content-Location": location}
    return Response(write_triples(triples, chosen), 200, headers, chosen.media_type)
