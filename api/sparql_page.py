"""What the SPARQL page shows: an answer as a table of named things, and what the editor needs to know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox
from markupsafe import Markup

from api.words import site_words
from graph.query.evaluate import Answer
from graph.query.formats import format_named, row_json, write_triples
from graph.query.prefixes import PREFIXES
from graph.view.page import script_json
from graph.view.reading import Catalogue
from graph.view.words import Lang

#: Columns of a graph's table, with the message keys of their headings.
_TRIPLE: Mapping[str, str] = {"subject": "rdf.subject", "predicate": "rdf.property", "object": "rdf.value"}
_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(
    _XSD + name for name in ("integer", "decimal", "double", "float", "long", "int", "nonNegativeInteger")
)
#: Messages that the script says; the page says the others.
_MESSAGES = (
    "editor.running",
    "editor.stopped",
    "editor.failed",
    "editor.error.at",
    "editor.prefix-added",
    "editor.address-long",
    "editor.sorted.up",
    "editor.sorted.down",
    "editor.sorted.none",
    "editor.shown",
    "editor.chart.caption",
    "editor.graph.caption",
    "editor.graph.none",
    "editor.questions.found",
    "editor.history.empty",
    "editor.completions",
    "editor.group.class",
    "editor.group.property",
    "editor.group.code",
    "editor.group.graph",
    "editor.group.prefix",
    "editor.group.variable",
    "editor.group.word",
    "kind.process",
    "kind.service",
    "kind.agency",
    "kind.collective",
    "kind.instrument",
    "kind.template",
)


@dataclass(frozen=True)
class Shown:
    """An answer for people.

    Attributes:
        yes: The answer to ASK; None for the other forms.
        columns: Name and message key of the heading (empty for a variable) of each column.
        rows: Cells as SPARQL JSON writes terms, with ``ref`` for IRIs and ``number`` for numbers.
        turtle: The graph as text; None for rows.
    """

    yes: bool | None
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[dict[str, Any] | None, ...], ...]
    turtle: str | None


def shown_answer(catalogue: Catalogue, found: Answer) -> Shown:
    """Prepare an answer for the page.

    Args:
        catalogue: It names the things.
        found: The answer, as JSON (rows, yes or no) or N-Triples (a graph).

    Returns:
        What the template shows.
    """
    if found.format.name != "json":
        triples = [quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES)]
        names = list(_TRIPLE)
        rows = [json.loads(row_json(names, (t.subject, t.predicate, t.object))) for t in triples]
        turtle = write_triples(triples, format_named("turtle")).decode("utf-8")
        return Shown(None, tuple(_TRIPLE.items()), _cells(catalogue, names, rows), turtle)
    document = json.loads(found.body)
    if "boolean" in document:
        return Shown(bool(document["boolean"]), (), (), None)
    names = document["head"].get("vars", [])
    cells = _cells(catalogue, names, document["results"]["bindings"])
    return Shown(None, tuple((name, "") for name in names), cells, None)


def _cells(
    catalogue: Catalogue, names: list[str], rows: list[dict[str, Any]]
) -> tuple[tuple[dict[str, Any] | None, ...], ...]:
    for row in rows:
        for cell in row.values():
            if cell["type"] == "uri":
                cell["ref"] = catalogue.ref(cell["value"])
            cell["number"] = cell.get("datatype") in _NUMBERS
    return tuple(tuple(row.get(name) for name in names) for row in rows)


@cache
def editor_data(lang: Lang) -> Markup:
    """Write what the script of the page knows: language, prefixes and messages.

    Args:
        lang: The language.

    Returns:
        A JSON block.
    """
    words = site_words(lang)
    return script_json({"lang": lang, "prefixes": PREFIXES, "messages": words.given(_MESSAGES)})
