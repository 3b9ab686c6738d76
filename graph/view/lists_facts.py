"""The lines of a list and the values of its facets, read from the store once for each edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.view.lists_kinds import BANDS, PATTERNS, FacetKind, form_fields
from graph.view.nodes import Bilingual, Ref
from graph.view.overview import Item, items
from graph.view.reading import Catalogue
from graph.view.rows import integer, row_lines
from graph.view.terms import DFC, value_of

#: Values of each thing, as IRIs or as plain tokens.
Cells = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Line:
    """A thing in a list.

    Attributes:
        item: What every list shows of it.
        answered: How many fields of its form have an answer; None where there is no form.
        fields: How many fields the form asks for.
        number: Number of a step.
        words: Words of a step.
        process: Process of a step.
    """

    item: Item
    answered: int | None = None
    fields: int = 0
    number: int = 0
    words: Bilingual | None = None
    process: Ref | None = None

    @property
    def ref(self) -> Ref:
        """The thing."""
        return self.item.ref

    @property
    def band(self) -> str | None:
        """How complete its form is, as a token.

        Example:
            >>> thing = Item(Ref("…", "process", "P01"), (), 0, True, 0, None, False)
            >>> Line(thing, answered=10, fields=20).band, Line(thing, answered=11, fields=20).band
            ('to-50', 'to-60')
        """
        if self.answered is None:
            return None
        share = 100 * self.answered / self.fields
        return f"to-{next((most for most in BANDS if share <= most), 100)}"


def lines_of(catalogue: Catalogue, kind: str) -> tuple[Line, ...]:
    """Return everything of a kind.

    Args:
        catalogue: The store.
        kind: One of ``LISTED``.

    Returns:
        The lines in the order of their ids.
    """
    if kind == "step":
        return _steps(catalogue)
    if kind not in ("process", "service"):
        return tuple(Line(item) for item in items(catalogue, kind))
    asked = form_fields(kind)
    answers = _answers(catalogue, kind, asked)
    return tuple(
        Line(item, answers.get(item.ref.iri, 0) if item.has_form else None, len(asked))
        for item in items(catalogue, kind)
    )


def cells_of(catalogue: Catalogue, kind: str, facet: FacetKind, lines: Sequence[Line]) -> Cells:
    """Return the values of a facet for every thing that has any.

    Args:
        catalogue: The store.
        kind: Which list.
        facet: The facet.
        lines: The things.

    Returns:
        IRIs or tokens by the IRI of the thing.
    """
    if not facet.pattern:
        return {line.ref.iri: frozenset(_computed(facet.key, line)) for line in lines}
    found: dict[str, set[str]] = defaultdict(set)
    for row in catalogue.rows(
        f"SELECT DISTINCT ?thing ?value WHERE {{ {{ {PATTERNS[kind]} }} {facet.pattern} }}"
    ):
        found[value_of(row["thing"])].add(value_of(row["value"]))
    return {iri: frozenset(values) for iri, values in found.items()}


def _computed(key: str, line: Line) -> tuple[str, ...]:
    item = line.item
    if key == "confidential":
        return ("yes" if item.confidential else "unmarked",)
    if key == "form":
        return ("yes" if item.has_form else "no",)
    if key == "doubts":
        return ("yes" if item.doubts else "no",)
    return (line.band,) if line.band else ()


def _answers(catalogue: Catalogue, kind: str, fields: frozenset[str]) -> dict[str, int]:
    """How many fields have words, a mark (one that may be read in two ways too) or a row of a table."""
    codes = " ".join(f"<{DFC}field/{code}>" for code in sorted(fields))
    rows = catalogue.rows(
        f"""SELECT ?thing (COUNT(DISTINCT ?field) AS ?n) WHERE {{
        VALUES ?field {{ {codes} }} {{ {PATTERNS[kind]} }}
        {{ ?thing df:hasFieldReading|df:hasSelection|df:hasMention|df:hasExchange|df:hasStep
            |cv:hasParticipation ?part . ?part df:field ?field }}
        UNION
        {{ ?thing df:hasStageAccess|cv:hasChannel ?part . ?part df:boxState ?box ; df:field ?field
           FILTER(?box != <{DFC}box-state/no-mark>) }} }} GROUP BY ?thing"""
    )
    return {value_of(row["thing"]): integer(row, "n") for row in rows if "thing" in row}


def _steps(catalogue: Catalogue) -> tuple[Line, ...]:
    rows = catalogue.rows(
        """SELECT ?thing ?process ?number ?fa ?en ?type ?secret ?start ?end ?written WHERE {
        ?thing a df:Step ; df:stepNumber ?number . ?process df:hasStep ?thing .
        OPTIONAL { ?thing dct:description|df:summary ?fa FILTER(LANG(?fa) != "en") }
        OPTIONAL { ?thing df:summary ?en FILTER(LANG(?en) = "en") }
        OPTIONAL { ?thing df:stepType ?type } OPTIONAL { ?thing df:confidentiality ?secret }
        OPTIONAL { ?thing df:sourceLineStart ?start ; df:sourceLineEnd ?end
          OPTIONAL { ?thing df:sourceLinesAsWritten ?written } } }
        ORDER BY ?thing ?fa ?en ?type"""
    )
    bodies: dict[str, int] = defaultdict(int)
    for row in catalogue.rows(
        "SELECT DISTINCT ?thing ?body WHERE { ?thing a df:Step ; df:mentionsAgency ?body }"
    ):
        bodies[value_of(row["thing"])] += 1
    found: dict[str, Line] = {}
    for row in rows:
        iri = value_of(row["thing"])
        if iri in found:
            continue
        kinds = catalogue.kinds([value_of(row["type"])] if "type" in row else [])
        item = Item(catalogue.ref(iri), kinds, bodies[iri], True, 0, row_lines(row), "secret" in row)
        words = Bilingual(*(value_of(row[lang]) if lang in row else None for lang in ("fa", "en")))
        found[iri] = Line(
            item, number=integer(row, "number"), words=words, process=catalogue.ref(value_of(row["process"]))
        )
    return tuple(found.values())
