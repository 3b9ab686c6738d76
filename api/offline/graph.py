"""The graph on the static site: it carries what a click adds, for there is no server to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from api.edition import Edition
from graph.view.graph_data import reserve
from graph.view.graph_model import Asked, View, key_of
from graph.view.words import as_lang, view_words

#: The element with the data of the picture.
GRAPH_BLOCK = 'id="graph-data"'


#: Pictures in which a thing is looked for, in this order.
_PICTURES: tuple[View, ...] = ("agencies", "dependencies")


def views_of_things(edition: Edition) -> dict[str, View]:
    """In which picture of the graph a thing stands.

    Args:
        edition: The edition.

    Returns:
        View by the key of the thing, such as ``agency/police``.
    """
    found: dict[str, View] = {}
    for view in _PICTURES:
        for node in edition.pictures.model(Asked(view)).nodes:
            found.setdefault(key_of(node.ref), view)
    return found


def with_reserve(data: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """Put into the data of a picture what a click adds to it.

    Args:
        data: The data block of a page of the server that asks for nothing but a view.
        edition: The edition.

    Returns:
        The data block for a page that can ask nobody.
    """
    lang = as_lang(data["lang"])
    model = edition.pictures.model(Asked(data["view"]))
    more = reserve(model, edition.pictures.source, view_words(lang), partial(edition.page, lang))
    return {**data, "more": "", "reserve": more}
