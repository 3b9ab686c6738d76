"""Search over names and all words of the forms, as JSON: what the search box offers while one types."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from api.pages import edition_of
from api.words import site_words
from graph.view.search_hits import Hit
from graph.view.words import KIND_KEYS, Lang

router = APIRouter(include_in_schema=False)
_MOST = 50
#: More than this is not counted: a search for one letter finds almost everything.
_COUNTED = 100
#: Letters of a found text that are shown before the first word that was asked for, and in all.
_BEFORE, _SHOWN = 30, 110


@router.get("/api/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    lang: Lang = "en",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 10,
) -> Response:
    """Things in whose names, spellings or forms all the words occur.

    Args:
        request: The request.
        q: The words, in either language, in any spelling of letters.
        lang: The language of labels and pages.
        limit: How many.

    Returns:
        The things, the best first, each with the text that was found in it.
    """
    edition = edition_of(request)
    hits, counted = edition.index.top(q, limit, _COUNTED)
    results = [_described(hit, lang, edition.page(lang, hit.ref)) for hit in hits]
    document = {"q": q, "total": counted, "results": results}
    return JSONResponse(document, headers={"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"})


def _described(hit: Hit, lang: Lang, page: str | None) -> dict[str, object]:
    ref = hit.ref
    words = site_words(lang)
    # an id that is found says nothing to a reader, nor does the label said twice
    match = next((one for one in hit.matches if one.what != "hit.id"), None)
    found = None
    if match is not None and "".join(text for text, _ in match.pieces) != ref.label(lang):
        pieces = [{"text": text, "wanted": wanted} for text, wanted in around(match.pieces)]
        found = {"what": words.t(match.what), "lang": match.lang, "pieces": pieces}
    return {
        "kind": ref.kind,
        "kind_label": words.t(KIND_KEYS[ref.kind][0]),
        "id": ref.id,
        "iri": ref.iri,
        "label": ref.label(lang),
        "labels": {key: text for key, text in (("fa", ref.fa), ("en", ref.en)) if text},
        "page": page,
        "found": found,
    }


def around(pieces: tuple[tuple[str, bool], ...]) -> list[tuple[str, bool]]:
    """Cut a text to the surroundings of the first word that was asked for.

    Args:
        pieces: Its pieces, with whether they were asked for.

    Returns:
        Fewer and shorter pieces, with dots where something is left out.

    Example:
        >>> around((("a " * 40, False), ("word", True)))[0][0].startswith("… a a")
        True
    """
    found: list[tuple[str, bool]] = []
    left = _SHOWN
    for number, (text, wanted) in enumerate(pieces):
        shown = text
        if number == 0 and not wanted and len(text) > _BEFORE:
            shown = "… " + text[-_BEFORE:].partition(" ")[2]  # to the next space, so that no word is cut
        if len(shown) > left:
            found.append((shown[:left].rpartition(" ")[0] + " …", wanted))
            break
        found.append((shown, wanted))
        left -= len(shown)
    return found
