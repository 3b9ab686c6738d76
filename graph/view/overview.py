"""Lists, the index, and what the home page says: counts by SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.view.nodes import Lines, Ref
from graph.view.pages_model import IndexLine
from graph.view.reading import Catalogue
from graph.view.rows import flag, integer, row_lines
from graph.view.terms import value_of

#: Kinds with a list and pages, with the class that says what belongs to it.
KINDS: tuple[str, ...] = ("process", "service", "agency", "collective", "instrument", "template")
PATTERNS: Mapping[str, str] = {
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
    "agency": "org:classification|dct:type",
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


def counts(catalogue: Catalogue) -> dict[str, int]:
    """Count the things of each kind.

    Args:
        catalogue: The store.

    Returns:
        Count by kind.
    """
    found = {}
    for kind in KINDS:
        rows = catalogue.rows(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {PATTERNS[kind]} }}")
        found[kind] = integer(rows[0], "n")
    return found


def items(catalogue: Catalogue, kind: str) -> tuple[Item, ...]:
    """List the things of a kind.

    Args:
        catalogue: The store.
        kind: One of ``KINDS``.

    Returns:
        The things in the order of their ids.
    """
    pattern = PATTERNS[kind]
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
    return {value_of(r["thing"]): integer(r, "n") for r in catalogue.rows(query) if "thing" in r}


def _first_lines(catalogue: Catalogue, kind: str) -> dict[str, Lines]:
    place = "?form df:documents ?thing . ?form" if kind in _FORMED else "?thing"
    rows = catalogue.rows(
        f"""SELECT ?thing (MIN(?s) AS ?start) (MAX(?e) AS ?end) (MIN(?w) AS ?written) WHERE {{
        {PATTERNS[kind]} . {place} df:sourceLineStart ?s ; df:sourceLineEnd ?e .
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
            states_no_form=flag(r, "noForm"),
            case_based=flag(r, "cases"),
            has_form="form" in r,
            lines=row_lines(r),
        )
        for r in rows
    )
