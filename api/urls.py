"""Addresses of the pages: one place that knows them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from graph.view.nodes import Ref

#: The list of each kind, as it stands in the address.
PLURALS: Mapping[str, str] = {
    "process": "processes",
    "service": "services",
    "agency": "agencies",
    "collective": "collectives",
    "instrument": "instruments",
    "template": "templates",
}
#: Kinds without pages of their own: one of many on a page of a long list.
NUMBERED = frozenset({"index", "comparison"})
#: What a field makes of its words; the words stand at the field, and the part only among the statements.
_STATEMENTS_ONLY = frozenset({"output", "input-type", "information-system", "website", "identifier"})
KIND_OF: Mapping[str, str] = {plural: kind for kind, plural in PLURALS.items()}


def page_path(lang: str, ref: Ref, number: int = 1) -> str | None:
    """Return the address of the page that shows a thing.

    Args:
        lang: The language of the edition.
        ref: The thing or a part of one.
        number: The page of the index, or of doubts, that something without a page of its own stands on.

    Returns:
        A path with a fragment for a part, or None when no page shows it.

    Example:
        >>> page_path("fa", Ref("…/process/P08/step-01", "process", "P08", part="step-01"))
        '/fa/processes/P08#step-01'
        >>> page_path("fa", Ref("…/index/E300", "index", "E300"), 2)
        '/fa/index?page=2#E300'
    """
    asked = f"?page={number}" if number > 1 else ""
    part = f"#{quote(_anchor(ref.kind, ref.part))}" if ref.part else ""
    ident = quote(ref.id, safe="")
    if ref.kind in PLURALS:
        return f"/{lang}/{PLURALS[ref.kind]}/{ident}{part}"
    if ref.kind == "form":
        return f"/{lang}/{'services' if ref.id.startswith('S') else 'processes'}/{ident}#form"
    if ref.kind == "index":
        return f"/{lang}/index{asked}#{ident}"
    if ref.kind == "source":
        return f"/{lang}/about#{ident}"
    if ref.kind == "comparison":
        return f"/{lang}/doubts{asked}#{ident}"
    if ref.kind == "code":
        return f"/{lang}/ontology#code-{quote(ref.id.replace('/', '-'))}"
    if ref.kind == "rule":
        return f"/{lang}/ontology#rule-{ident}"
    return None


def _anchor(kind: str, part: str) -> str:
    """The place of a part on its page; some have none but their row in the table of statements."""
    inferred = kind == "process" and part.startswith("channel-")
    place = part.replace("/", "-")
    return f"s-{place}" if inferred or part in _STATEMENTS_ONLY else place


def twin_path(lang: str, path: str, query: str) -> str:
    """Return the address of the same page in another language.

    Args:
        lang: The other language.
        path: The path of this page, which begins with a language.
        query: Its query string.

    Returns:
        The address.

    Example:
        >>> twin_path("en", "/fa/search", "q=police")
        '/en/search?q=police'
    """
    rest = path.split("/", 2)[2] if path.count("/") > 1 else ""
    return f"/{lang}/{quote(rest, safe='/')}" + (f"?{query}" if query else "")
