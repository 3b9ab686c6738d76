"""What is not certain: open doubts, and pairs that may be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from graph.view.nodes import Bilingual, Lines, Ref
from graph.view.pages_model import ComparisonView
from graph.view.reading import Catalogue, solutions
from graph.view.rows import row_lines
from graph.view.said import alternatives
from graph.view.terms import Row, value_of


@dataclass(frozen=True)
class OpenDoubt(Bilingual):
    """A doubt with the record it belongs to."""

    place: Ref
    field: Ref | None
    alternatives: tuple[Ref, ...]
    lines: Lines | None


def comparisons(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the comparisons of pairs that may be one thing.

    Args:
        catalogue: The store.

    Returns:
        Their IRIs, sorted.
    """
    rows = catalogue.rows("SELECT DISTINCT ?c WHERE { ?c a df:Comparison }")
    return tuple(sorted(value_of(row["c"]) for row in rows))


def comparison_views(catalogue: Catalogue, iris: Iterable[str] | None = None) -> tuple[ComparisonView, ...]:
    """Return the pairs that may be one thing.

    Args:
        catalogue: The store.
        iris: Which comparisons; None for all.

    Returns:
        Comparisons in the order of their ids.
    """
    return _views(catalogue, comparisons(catalogue) if iris is None else sorted(iris))


def comparisons_of(catalogue: Catalogue, iri: str) -> tuple[ComparisonView, ...]:
    """Return the pairs that a thing belongs to.

    Args:
        catalogue: The store.
        iri: The thing.

    Returns:
        Comparisons in the order of their ids.
    """
    thing = ox.NamedNode(iri)
    rows = catalogue.rows(f"SELECT DISTINCT ?c WHERE {{ ?c a df:Comparison ; df:compares {thing} }}")
    return _views(catalogue, sorted(value_of(row["c"]) for row in rows))


def _views(catalogue: Catalogue, iris: Iterable[str]) -> tuple[ComparisonView, ...]:
    out = []
    for iri in iris:
        bundle = catalogue.bundle("comparison", catalogue.ref(iri).id)
        if bundle is None:
            continue
        node = bundle.root
        decision = node.iri_of("df:decision")
        out.append(
            ComparisonView(
                ref=catalogue.ref(node.iri),
                compares=catalogue.refs(node.iris("df:compares")),
                decision=catalogue.ref(decision) if decision else None,
                fa=node.text("dct:description", "fa"),
                en=node.text("dct:description", "en"),
                lines=node.lines,
            )
        )
    return tuple(out)


def open_doubts(catalogue: Catalogue) -> tuple[OpenDoubt, ...]:
    """Return every doubt of the catalogue.

    Args:
        catalogue: The store.

    Returns:
        Doubts in the order of records and lines.
    """
    rows = catalogue.rows(
        """SELECT ?place ?doubt ?field ?fa ?en ?start ?end ?written ?alternative WHERE {
        ?place df:hasDoubt ?doubt .
        OPTIONAL { ?doubt df:field ?field }
        OPTIONAL { ?doubt df:sourceLineStart ?start ; df:sourceLineEnd ?end
                OPTIONAL { ?doubt df:sourceLinesAsWritten ?written } }
        OPTIONAL { ?doubt dct:description ?fa FILTER(LANG(?fa) = "fa") }
        OPTIONAL { ?doubt dct:description ?en FILTER(LANG(?en) = "en") }
        OPTIONAL { ?doubt df:alternative ?alternative }
        } ORDER BY ?place ?start ?doubt ?alternative"""
    )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(value_of(row["doubt"]), []).append(row)
    return tuple(
        OpenDoubt(
            place=catalogue.ref(iri),
            field=catalogue.ref(value_of(rs[0]["field"])) if "field" in rs[0] else None,
            fa=value_of(rs[0]["fa"]) if "fa" in rs[0] else None,
            en=value_of(rs[0]["en"]) if "en" in rs[0] else None,
            alternatives=_alternatives(catalogue, rs),
            lines=row_lines(rs[0]),
        )
        for iri, rs in grouped.items()
    )


def _alternatives(catalogue: Catalogue, rows: list[Row]) -> tuple[Ref, ...]:
    field = value_of(rows[0]["field"]).rsplit("/", 1)[-1] if "field" in rows[0] else None
    return alternatives(catalogue, field, dict.fromkeys(solutions(rows, "alternative")))
