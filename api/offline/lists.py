"""Lists of the static site: all on one page, and a script that narrows and sorts as the address says."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from markupsafe import Markup

from api.offline.pages import rendered
from api.routes.lists import LISTS, shown_list
from api.words import site_words
from graph.view.lists import ListTable
from graph.view.lists_kinds import SORTS
from graph.view.lists_state import ListState
from graph.view.page import script_json
from graph.view.words import Lang

#: Longer lists are not written whole; what is chosen of them is for the server.
MOST_LINES = 2_000
_SAID = ("browse.found", "browse.remove", "browse.words", "browse.clear", "browse.chosen.count")


def listed(app: FastAPI, path: str) -> ListTable | None:
    """The list that stands at a path, when it is short enough to be written whole.

    Args:
        app: The application.
        path: The path of the server.

    Returns:
        The list, or None.
    """
    kind = LISTS.get(path.rpartition("/")[2])
    table: ListTable | None = app.state.site.edition().table(kind) if kind else None
    return table if table is not None and len(table.lines) <= MOST_LINES else None


def list_page(app: FastAPI, lang: Lang, path: str, table: ListTable) -> str:
    """A list with all its lines.

    Args:
        app: The application.
        lang: Language.
        path: Its path on the server.
        table: The list.

    Returns:
        The page, with addresses of the server.
    """
    page = table.page(ListState(table.kind), lang, size=MOST_LINES)
    values = shown_list(table, page, lang) | {"whole": _data(table, lang)}
    return rendered(app, lang, path, "list.html", **values)


def _data(table: ListTable, lang: Lang) -> Markup:
    """What the script needs: lines by value of each facet, their order by column, and words."""
    state = ListState(table.kind)
    column, turned = state.order
    lines = table.selection(state, lang)
    place = {line.ref.iri: at for at, line in enumerate(lines)}
    facets: dict[str, Mapping[str, list[int]]] = {}
    for facet in table.facets:
        rows = facet.table.rows
        having = facet.table.matrix.T.tocsr()
        facets[facet.kind.key] = {
            token: sorted(place[rows[at]] for at in having.indices[having.indptr[n] : having.indptr[n + 1]])
            for n, token in enumerate(facet.table.columns)
        }
    orders = {}
    for each in SORTS[table.kind]:
        for sort in (each, f"-{each}"):
            found = table.selection(ListState(table.kind, sort=sort), lang)
            orders[sort] = [place[line.ref.iri] for line in found]
    return script_json(
        {
            "lang": lang,
            "things": [f"{line.ref.kind}/{line.ref.id}" for line in lines],
            "facets": facets,
            "called": _called(table),
            "parts": table.kind == "step",
            "orders": orders,
            "order": f"-{column}" if turned else column,
            "messages": site_words(lang).given(_SAID),
        }
    )


def _called(table: ListTable) -> dict[str, list[list[str]]]:
    """By thing, the facets and values that it names: who finds the thing by its name finds what has it."""
    found: dict[str, list[list[str]]] = {}
    for facet in table.facets:
        for token, value in sorted(facet.values.items()) if facet.kind.named else ():
            for ref in value.refs:
                found.setdefault(f"{ref.kind}/{ref.id}", []).append([facet.kind.key, token])
    return found
