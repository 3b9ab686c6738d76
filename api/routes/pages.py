"""The pages that people read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from api import paging
from api.navigation import analysis_names
from api.negotiation import best_lang
from api.pages import edition_of, render
from api.paging import paged
from api.state import address_of
from api.urls import KIND_OF
from graph.analysis.headlines import Headline
from graph.query.question_library import question_named
from graph.view.doubtful import comparison_views
from graph.view.overview import index_lines
from graph.view.terms import value_of
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
Page = Annotated[int, Query(ge=1, le=1_000_000)]
#: Source documents of which a page says more than the name.
SOURCES = 20
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
#: Hits that are counted.
MOST_COUNTED = 100


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
        entries=len(edition.derived.entries),
    )


def _shown_at(lang: Lang, one: Headline) -> str:
    """The page that shows a finding with all that it rests on."""
    return address_of(f"/{lang}/analyses/{one.analysis}", {name: [value] for name, value in one.options})


@router.get("/{lang}/index")
def index(request: Request, lang: Lang, page: Page = 1) -> Response:
    """The index as the source prints it."""
    edition = edition_of(request)
    found = paged(edition.derived.entries, page, paging.ENTRIES)
    entries = index_lines(edition.catalogue, found.part)
    return render(
        request, lang, "index.html", entries=entries, total=found.total, first=found.first, pager=found
    )


@router.get("/{lang}/doubts")
def doubts(request: Request, lang: Lang, page: Page = 1) -> Response:
    """What is not certain."""
    edition = edition_of(request)
    found = paged(edition.doubts, page, paging.DOUBTS)
    pairs = paged(edition.comparisons, page, paging.PAIRS)
    at = max(found.page, pairs.page)
    return render(
        request,
        lang,
        "doubts.html",
        doubts=found.part if at <= found.pages else (),
        comparisons=comparison_views(edition.catalogue, pairs.part) if at <= pairs.pages else (),
        total=found.total,
        pager=found if found.pages >= pairs.pages else pairs,
    )


@router.get("/{lang}/about")
def about(request: Request, lang: Lang) -> Response:
    """What this is, how to read it, and from which source and build it comes."""
    edition = edition_of(request)
    rows = edition.catalogue.rows("SELECT ?s WHERE { ?s a df:SourceDocument } ORDER BY ?s")
    refs = [edition.catalogue.ref(value_of(r["s"])) for r in rows]
    brief = len(refs) > SOURCES
    sources = [(ref, None if brief else edition.catalogue.bundle("source", ref.id)) for ref in refs]
    return render(request, lang, "about.html", sources=sources, brief=brief, manifest=edition.store.manifest)


@router.get("/{lang}/search")
def search(request: Request, lang: Lang, q: str = "") -> Response:
    """Search over names, spellings and words of the forms."""
    hits, counted = edition_of(request).index.top(q, MOST_SHOWN, MOST_COUNTED)
    return render(request, lang, "search.html", q=q, hits=hits, total=counted)


@router.get("/{lang}/{plural}/{ident}")
def profile(request: Request, lang: Lang, plural: str, ident: str) -> Response:
    """The page of one thing."""
    kind = KIND_OF.get(plural)
    found = edition_of(request).profiles.profile(kind, ident) if kind else None
    if found is None:
        raise HTTPException(404)
    return render(request, lang, found.template, **found.values)
