"""What is chosen of a list, for other programs: a table with every facet, or statements."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from graph.analysis.report import Column, Report, Table
from graph.analysis.report import Value as Cell
from graph.query.question_library import Words
from graph.view.about import triples_about
from graph.view.lists import ListTable
from graph.view.lists_facets import Facet, Value
from graph.view.lists_facts import Line
from graph.view.lists_state import ListError, ListState
from graph.view.reading import Catalogue
from graph.view.words import Lang

#: Things in one table, and things described in one graph.
MOST_ROWS, MOST_DESCRIBED = 10_000, 1_000
#: Facets that a number says more exactly.
_COUNTED = frozenset({"answered", "doubts"})
Say = Callable[[str], Words]
Maker = tuple[Column, Callable[[Line], Cell]]


def list_report(table: ListTable, state: ListState, lang: Lang, say: Say, edition: str) -> Report:
    """Everything that is chosen, in order, as a report that can be written in any format.

    Args:
        table: The list.
        state: What is chosen.
        lang: The language that names are sorted in.
        say: Gives the words of a message in both languages.
        edition: Fingerprint of the edition.

    Returns:
        A report with one table.

    Raises:
        ListError: when more is chosen than one table holds.
    """
    lines = table.selection(state, lang)
    _refuse_above(MOST_ROWS, len(lines))
    makers = _columns(table, say)
    title = say(_TITLES[table.kind])
    rows = tuple(tuple(make(line) for _, make in makers) for line in lines)
    shown = Table(table.kind, title, say("browse.export.says"), tuple(c for c, _ in makers), rows)
    asked: dict[str, list[str]] = {}
    for key, value in state.pairs():
        if key != "page":
            asked.setdefault(key, []).append(value)
    parameters = {key: ", ".join(values) for key, values in asked.items()}
    return Report(table.kind, title, say("browse.export.says"), (shown,), edition, parameters)


def list_triples(
    catalogue: Catalogue, table: ListTable, state: ListState, lang: Lang = "en"
) -> list[ox.Triple]:
    """The statements about everything that is chosen, as linked data gives them for each.

    Args:
        catalogue: The store.
        table: The list.
        state: What is chosen.
        lang: The language that names are sorted in.

    Returns:
        The triples, each once.

    Raises:
        ListError: when more is chosen than one graph describes.
    """
    lines = table.selection(state, lang)
    _refuse_above(MOST_DESCRIBED, len(lines))
    found: dict[ox.Triple, None] = {}
    for line in lines:
        found.update(dict.fromkeys(triples_about(catalogue, line.ref.iri.removeprefix(catalogue.base))))
    return list(found)


def _refuse_above(most: int, count: int) -> None:
    if count > most:
        raise ListError(
            Words(
                f"{count:,} things are chosen and one file holds {most:,}; choose fewer, or take the whole "
                "catalogue with daftar export.",
                f"{count} مورد برگزیده شده و یک پرونده {most} مورد را در بر می‌گیرد؛ کمتر برگزینید "
                "یا همه را با daftar export بگیرید.",
            )
        )


_TITLES = {
    "process": "list.processes",
    "service": "list.services",
    "agency": "list.agencies",
    "collective": "list.collectives",
    "instrument": "list.instruments",
    "template": "list.templates",
    "step": "list.steps",
}


def _columns(table: ListTable, say: Say) -> list[Maker]:
    kind = table.kind
    found: list[Maker] = [(Column("thing", say("list.name"), "thing"), lambda line: line.ref.iri)]
    if kind == "step":
        found += [
            (Column("number", say("list.step-number"), "number"), lambda line: line.number),
            (Column("words", say("list.step-words"), "words"), _words),
        ]
    else:
        uses = {"process": "list.uses.process", "service": "list.uses.service"}.get(kind, "list.uses.other")
        found.append((Column("uses", say(uses), "number"), lambda line: line.item.uses))
    if kind in ("process", "service"):
        found += [
            (Column("answered", say("list.answered"), "number"), lambda line: line.answered),
            (Column("fields", say("list.fields"), "number"), lambda line: line.fields),
            (Column("doubts", say("list.doubts"), "number"), lambda line: line.item.doubts),
        ]
    found += [_facet_column(facet, say) for facet in table.facets if facet.kind.key not in _COUNTED]
    lines = Column("lines", say("source.lines"), "text")
    return [*found, (lines, lambda line: str(line.item.lines) if line.item.lines else None)]


def _facet_column(facet: Facet, say: Say) -> Maker:
    """Things are named one by one; what only words name is said in words."""
    heading = say(facet.kind.message)
    if not facet.kind.order and all(len(value.refs) == 1 for value in facet.values.values()):
        things = Column(facet.kind.key, heading, "things")
        return things, lambda line: tuple(ref.iri for value in facet.told(line) for ref in value.refs)
    return Column(facet.kind.key, heading, "words"), lambda line: _both(facet.told(line), say)


def _both(values: tuple[Value, ...], say: Say) -> Words | None:
    if not values:
        return None
    named = [
        say(value.message)
        if value.message
        else Words(*(" · ".join(ref.label(lang) for ref in value.refs) for lang in ("en", "fa")))
        for value in values
    ]
    return Words(", ".join(one.en for one in named), "، ".join(one.fa for one in named))


def _words(line: Line) -> Words | None:
    return Words(line.words.text("en"), line.words.text("fa")) if line.words else None
