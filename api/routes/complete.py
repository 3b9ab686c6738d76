"""What the editor offers while a query is written, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from api.pages import edition_of
from graph.view.completion import GROUPS, Completion, Group
from graph.view.words import Lang

router = APIRouter(include_in_schema=False)
_MOST = 50


@router.get("/api/complete")
def complete(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    lang: Lang = "en",
    kinds: str = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 20,
) -> Response:
    """Terms, codes, graphs and things by a name in either language or by id.

    Args:
        request: The request.
        q: What was typed; empty for the most used.
        lang: The language of ``label``.
        kinds: Groups that may stand here, with commas between: class, property, thing, code, graph.
        limit: How many.

    Returns:
        The offers, the best first.
    """
    known = {group: group for group in GROUPS}
    wanted: list[Group] = []
    for name in filter(None, kinds.split(",")):
        if name not in known:
            raise HTTPException(400, f"There is no kind {name[:50]}; there are {', '.join(GROUPS)}.")
        wanted.append(known[name])
    found = edition_of(request).completion.find(q, wanted or GROUPS, limit)
    document = {"q": q, "results": [_described(offer, lang) for offer in found]}
    return JSONResponse(document, headers={"Cache-Control": "no-cache"})


def _described(offer: Completion, lang: Lang) -> dict[str, object]:
    ref = offer.ref
    return {
        "group": offer.group,
        "kind": ref.kind,
        "id": ref.id,
        "iri": ref.iri,
        "name": offer.name,
        "label": ref.label(lang),
        "labels": {key: text for key, text in (("fa", ref.fa), ("en", ref.en)) if text},
    }
