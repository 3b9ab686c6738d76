"""Lists, the index, comparisons, and what the home page says: counts and findings by SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.view.fields import alternatives
from graph.view.model import ComparisonView, IndexLine
from graph.view.nodes import Lines, Ref
from graph.view.reading import Catalogue, solutions
from graph.view.terms import Row, value_of

#: Kinds with a list and pages, with the class that says what belongs to it.
KINDS: tuple[str, ...] = ("process", "service", "agency", "collective", "instrument", "template")
_PATTERNS: Mapping[str, str] = {
    "process": "?thing a df:Process",
    "service": "?thing a cpsv:PublicService",
    "agency": "?thing a foaf:Agent FILTER(CONTAINS(STR(?thing), '/agency/'))",
    "collective": "?thing a df:Collective",
    "instrument": "?thing a eli:LegalResource",
    "template": "?thing a df:Template",
}
_KIND_CODE: Mapping[str, str] = {
    "process": "df:processScope",
    "service": "df:serviceNature",
    "agency": "org:classification",
    "collective": "df:collectiveKind",
    "instrument": "eli:type_document",
    "template": "dct:type",
}
_USED_BY: Mapping[str, str] = {
    "process": "{ ?thing df:involvesAgency ?use } UNION { ?thing df:involvesCollective ?use }",
    "service": "?thing df:serviceOfProcess ?use",
    "agency": "?use df:involvesAgency ?thing",
    "collective": "?use df:involvesCollective ?thing",
    "instrument": "?use df:hasMention/df:resolvesTo ?thing",
    "template": "?use df:hasMention/df:resolvesTo ?thing",
}


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    ref: Ref
    kinds: tuple[Ref, ...]
    uses: int
    has_form: bool
    doubts: int
    lines: Lines | None
    confidential: bool


@dataclass(frozen=True)
class OpenDoubt:
    """A doubt with the record it belongs to."""

    place: Ref
    field: Ref | None
    fa: str | None
    en: str | None
    alternatives: tuple[Ref, ...]
    lines: Lines | None

    def text(self, lang: str) -> str:
        """Return the reason in a language, else in the other."""
        return (self.fa or self.en or "") if lang == "fa" else (self.en or self.fa or "")


def counts(catalogue: Catalogue) -> dict[str, int]:
    """Count the things of each kind.

    Args:
        catalogue: The store.

    Returns:
        Count by kind.
    """
    found = {}
    for kind in KINDS:
        rows = catalogue.rows(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {_PATTERNS[kind]} }}")
        found[kind] = _int(rows[0], "n")
    return found


def items(catalogue: Catalogue, kind: str) -> tuple[Item, ...]:
    """List the things of a kind.

    Args:
        catalogue: The store.
        kind: One of ``KINDS``.

    Returns:
        The things in the order of their ids.
    """
    pattern = _PATTERNS[kind]
    seen: dict[str, list[str]] = {}
    for row in catalogue.rows(
        f"SELECT DISTINCT ?thing ?code WHERE {{ {pattern} OPTIONAL {{ ?thing {_KIND_CODE[kind]} ?code }} }}"
    ):
        codes = seen.setdefault(value_of(row["thing"]), [])
        if "code" in row:
            codes.append(value_of(row["code"]))
    uses = _tally(catalogue, f"{pattern} . {_USED_BY[kind]}", "?use")
    doubts = _tally(
        catalogue, f"{pattern} . ?thing df:hasDoubt ?doubt" if kind in _FORMED else None, "?doubt"
    )
    forms = _tally(catalogue, f"{pattern} . ?form df:documents ?thing" if kind in _FORMED else None, "?form")
    hidden = {
        value_of(r["thing"])
        for r in catalogue.rows(f"SELECT DISTINCT ?thing WHERE {{ {pattern} . {_CONFIDENTIAL} }}")
    }
    lines = _first_lines(catalogue, kind)
    return tuple(
        Item(
            ref=catalogue.ref(iri),
            kinds=catalogue.kinds(codes),
            uses=uses.get(iri, 0),
            has_form=iri in forms,
            doubts=doubts.get(iri, 0),
            lines=lines.get(iri),
            confidential=iri in hidden,
        )
        for iri, codes in sorted(seen.items())
    )


_FORMED = frozenset({"process", "service"})
_CONFIDENTIAL = """ FILTER EXISTS { { ?thing df:confidentiality ?mark }
  UNION { ?thing ?link ?part . ?part df:confidentiality ?mark
          FILTER(STRSTARTS(STR(?part), CONCAT(STR(?thing), "/"))) } }"""


def _tally(catalogue: Catalogue, pattern: str | None, counted: str) -> dict[str, int]:
    if pattern is None:
        return {}
    query = f"SELECT ?thing (COUNT(DISTINCT {counted}) AS ?n) WHERE {{ {pattern} }} GROUP BY ?thing"
    return {value_of(r["thing"]): _int(r, "n") for r in catalogue.rows(query) if "thing" in r}


def _first_lines(catalogue: Catalogue, kind: str) -> dict[str, Lines]:
    place = "?form df:documents ?thing . ?form" if kind in _FORMED else "?thing"
    rows = catalogue.rows(
        f"""SELECT ?thing (MIN(?s) AS ?start) (MAX(?e) AS ?end) (MIN(?w) AS ?written) WHERE {{
        {_PATTERNS[kind]} . {place} df:sourceLineStart ?s ; df:sourceLineEnd ?e .
        OPTIONAL {{ {"?form" if kind in _FORMED else "?thing"} df:sourceLinesAsWritten ?w }}
        }} GROUP BY ?thing"""
    )
    return {value_of(r["thing"]): lines for r in rows if "thing" in r and (lines := row_lines(r))}


def index_lines(catalogue: Catalogue) -> tuple[IndexLine, ...]:
    """Return the printed index in its order.

    Args:
        catalogue: The store.

    Returns:
        The entries.
    """
    return _index_lines(catalogue, "")


def index_lines_of(catalogue: Catalogue, iri: str) -> tuple[IndexLine, ...]:
    """Return the entries of the printed index that denote a thing.

    Args:
        catalogue: The store.
        iri: The thing.

    Returns:
        The entries, as a rule one.
    """
    return _index_lines(catalogue, f"FILTER(?denotes = {ox.NamedNode(iri)})")


def _index_lines(catalogue: Catalogue, only: str) -> tuple[IndexLine, ...]:
    rows = catalogue.rows(
        f"""SELECT ?entry ?title ?section ?denotes ?noForm ?cases ?form ?start ?end ?written WHERE {{
        ?entry a df:IndexEntry ; dct:title ?title .
        OPTIONAL {{ ?entry df:indexSection ?section }} OPTIONAL {{ ?entry df:denotes ?denotes
          OPTIONAL {{ ?form df:documents ?denotes }} }}
        OPTIONAL {{ ?entry df:statesNoForm ?noForm }} OPTIONAL {{ ?entry df:statesCaseBased ?cases }}
        OPTIONAL {{ ?entry df:sourceLineStart ?start ; df:sourceLineEnd ?end
                OPTIONAL {{ ?entry df:sourceLinesAsWritten ?written }} }}
        {only} }} ORDER BY ?entry"""
    )
    return tuple(
        IndexLine(
            ref=catalogue.ref(value_of(r["entry"])),
            title=value_of(r["title"]),
            section=value_of(r["section"]) if "section" in r else None,
            denotes=catalogue.ref(value_of(r["denotes"])) if "denotes" in r else None,
            states_no_form=_true(r, "noForm"),
            case_based=_true(r, "cases"),
            has_form="form" in r,
            lines=row_lines(r),
        )
        for r in rows
    )


def comparison_views(catalogue: Catalogue) -> tuple[ComparisonView, ...]:
    """Return the pairs that may be one thing.

    Args:
        catalogue: The store.

    Returns:
        Comparisons in the order of their ids.
    """
    return _comparisons(catalogue, "SELECT DISTINCT ?c WHERE { ?c a df:Comparison } ORDER BY ?c")


def comparisons_of(catalogue: Catalogue, iri: str) -> tuple[ComparisonView, ...]:
    """Return the pairs that a thing belongs to.

    Args:
        catalogue: The store.
        iri: The thing.

    Returns:
        Comparisons in the order of their ids.
    """
    thing = ox.NamedNode(iri)
    return _comparisons(
        catalogue, f"SELECT DISTINCT ?c WHERE {{ ?c a df:Comparison ; df:compares {thing} }} ORDER BY ?c"
    )


def _comparisons(catalogue: Catalogue, query: str) -> tuple[ComparisonView, ...]:
    out = []
    ids = catalogue.rows(query)
    for row in ids:
        bundle = catalogue.bundle("comparison", catalogue.ref(value_of(row["c"])).id)
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


def row_lines(row: Row) -> Lines | None:
    """Return the lines that ``start`` and ``end`` of a row give.

    Args:
        row: A row of an answer.

    Returns:
        The lines, or None.
    """
    if "start" not in row or "end" not in row:
        return None
    written = value_of(row["written"]) if "written" in row else None
    return Lines(_int(row, "start"), _int(row, "end"), written)


def _int(row: Row, name: str) -> int:
    return int(value_of(row[name]))


def _true(row: Row, name: str) -> bool:
    return name in row and value_of(row[name]) in ("true", "1")
