"""The pages that people read."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from api.navigation import analysis_names
from api.negotiation import best_lang
from api.pages import edition_of, render
from api.state import address_of
from api.urls import KIND_OF
from graph.analysis.headlines import Headline
from graph.query.question_library import question_named
from graph.view.doubtful import comparison_views
from graph.view.flow import access_table, flow_of
from graph.view.process import process_view, service_view
from graph.view.standing import place_of, standing_of
from graph.view.terms import value_of
from graph.view.things import thing_view
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
#: Questions of the library that planners and reviewers come with first; the home page offers them.
COMMON_QUESTIONS = (
    "processes-with-agency",
    "who-meets",
    "what-two-share",
    "steps-of-process",
    "governed-by",
    "forms-to-reissue",
    "confidential-where",
    "doubts-of-process",
)
#: Hits that a search page shows.
MOST_SHOWN = 60


@router.get("/")
def root(request: Request) -> Response:
    """Send a reader to the edition in their language."""
    lang = best_lang(request.headers.get("accept-language"))
    return RedirectResponse(f"/{lang}/", 303, {"Vary": "Accept-Language"})


@router.get("/fa")
@router.get("/en")
def without_slash(request: Request) -> Response:
    """Send a reader who left out the slash to the home page; other addresses have one form only."""
    return RedirectResponse(f"{request.url.path}/", 308)


@router.get("/{lang}/")
def home(request: Request, lang: Lang) -> Response:
    """What is in the catalogue."""
    edition = edition_of(request)
    return render(
        request,
        lang,
        "home.html",
        counts=edition.counts,
        questions=[question_named(name) for name in COMMON_QUESTIONS],
        headlines=[
            (one, analysis_names().get(one.analysis, ""), _shown_at(lang, one)) for one in edition.headlines
        ],
        findings=edition.findings,
        doubts=len(edition.doubts),
        entries=len(edition.entries),
    )


def _shown_at(lang: Lang, one: Headline) -> str:
    """The page that shows a finding with all that it rests on."""
    return address_of(f"/{lang}/analyses/{one.analysis}", {name: [value] for name, value in one.options})


@router.get("/{lang}/index")
def index(request: Request, lang: Lang) -> Response:
    """The index as the source prints it."""
    return render(request, lang, "index.html", entries=edition_of(request).entries)


@router.get("/{lang}/doubts")
def doubts(request: Request, lang: Lang) -> Response:
    """What is not certain."""
    catalogue = edition_of(request).catalogue
    return render(
        request,
        lang,
        "doubts.html",
        doubts=edition_of(request).doubts,
        comparisons=comparison_views(catalogue),
    )


@router.get("/{lang}/about")
def about(request: Request, lang: Lang) -> Response:
    """What this is, how to read it, and from which source and build it comes."""
    edition = edition_of(request)
    rows = edition.catalogue.rows("SELECT ?s WHERE { ?s a df:SourceDocument } ORDER BY ?s")
    refs = [edition.catalogue.ref(value_of(r["s"])) for r in rows]
    sources = [(ref, edition.catalogue.bundle("source", ref.id)) for ref in refs]
    return render(request, lang, "about.html", sources=sources, manifest=edition.store.manifest)


@router.get("/{lang}/search")
def search(request: Request, lang: Lang, q: str = "") -> Response:
    """Search over names, spellings and words of the forms."""
    hits = edition_of(request).index.find(q)
    return render(request, lang, "search.html", q=q, hits=hits[:MOST_SHOWN], total=len(hits))


@router.get("/{lang}/{plural}/{ident}")
def profile(request: Request, lang: Lang, plural: str, ident: str) -> Response:
    """The page of one thing."""
    kind = KIND_OF.get(plural)
    catalogue = edition_of(request).catalogue
    if kind in ("process", "service"):
        view = process_view(catalogue, ident) if kind == "process" else service_view(catalogue, ident)
        if view is not None:
            alike = edition_of(request).alike
            return render(
                request,
                lang,
                "process.html",
                view=view,
                kind=kind,
                similar=alike.similar(view.ref.iri) if kind == "process" else None,
                needs=alike.needs(view.ref.iri),
                flow=flow_of(catalogue, view.steps),
                access=access_table(view.stages),
            )
    elif kind is not None:
        thing = thing_view(catalogue, kind, ident)
        if thing is not None:
            place, standing = None, None
            if kind == "agency":
                place = place_of(catalogue, thing.ref.iri)
                standing = standing_of(*edition_of(request).bodies, thing.ref.iri, catalogue.ref)
            return render(request, lang, "thing.html", view=thing, kind=kind, place=place, standing=standing)
    raise HTTPException(404)
