"""Lists, the index, and what the home page says: counts by SPARQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.view.nodes import Lines, Ref
from graph.view.pages_model import IndexLine
from graph.view.reading import Catalogue
from graph.view.rows import integer, row_lines
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
    doubts = _tally(catalogue, f"{pattern} . ?thing df:hasDoubt ?doubt" if kind in FORMED else None, "?doubt")
    forms = _tally(catalogue, f"{pattern} . ?form df:documents ?thing" if kind in FORMED else None, "?form")
    hidden = {value_of(row["thing"]) for row in catalogue.rows(_CONFIDENTIAL)}
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


FORMED = frozenset({"process", "service"})
"""Kinds of things that are described on a form."""
# From the marks to the things: asked of each thing, the engine would go through all marks for each.
_CONFIDENTIAL = """SELECT DISTINCT ?thing WHERE {
  { ?thing df:confidentiality ?mark }
  UNION { ?part df:confidentiality ?mark . ?thing ?link ?part
          FILTER(STRSTARTS(STR(?part), CONCAT(STR(?thing), "/"))) } }"""


def _tally(catalogue: Catalogue, pattern: str | None, counted: str) -> dict[str, int]:
    if pattern is None:
        return {}
    query = f"SELECT ?thing (COUNT(DISTINCT {counted}) AS ?n) WHERE {{ {pattern} }} GROUP BY ?thing"
    return {value_of(r["thing"]): integer(r, "n") for r in catalogue.rows(query) if "thing" in r}


def _first_lines(catalogue: Catalogue, kind: str) -> dict[str, Lines]:
    place = "?form df:documents ?thing . ?form" if kind in FORMED else "?thing"
    rows = catalogue.rows(
        f"""SELECT ?thing (MIN(?s) AS ?start) (MAX(?e) AS ?end) (MIN(?w) AS ?written) WHERE {{
        {PATTERNS[kind]} . {place} df:sourceLineStart ?s ; df:sourceLineEnd ?e .
        OPTIONAL {{ {"?form" if kind in FORMED else "?thing"} df:sourceLinesAsWritten ?w }}
        }} GROUP BY ?thing"""
    )
    return {value_of(r["thing"]): lines for r in rows if "thing" in r and (lines := row_lines(r))}


def index_entries(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the entries of the printed index.

    Args:
        catalogue: The store.

    Returns:
        Their IRIs in the order of the index.
    """
    rows = catalogue.rows("SELECT DISTINCT ?entry WHERE { ?entry a df:IndexEntry ; dct:title ?title }")
    return tuple(sorted(value_of(row["entry"]) for row in rows))


def index_lines(catalogue: Catalogue, entries: Iterable[str] | None = None) -> tuple[IndexLine, ...]:
    """Return entries of the printed index in its order.

    Args:
        catalogue: The store.
        entries: Which; None for all.

    Returns:
        The entries.
    """
    iris = index_entries(catalogue) if entries is None else tuple(sorted(entries))
    # The entries first, then what they say: the engine would read each OPTIONAL pattern whole.
    nodes = catalogue.nodes(iris)
    meant = {iri: node.iri_of("df:denotes") for iri, node in nodes.items()}
    forms = _with_form(catalogue, {thing for thing in meant.values() if thing})
    return tuple(
        IndexLine(
            ref=catalogue.ref(iri),
            title=nodes[iri].text("dct:title") or "",
            section=nodes[iri].text("df:indexSection"),
            denotes=catalogue.ref(thing) if (thing := meant[iri]) else None,
            states_no_form=nodes[iri].flag("df:statesNoForm"),
            case_based=nodes[iri].flag("df:statesCaseBased"),
            has_form=thing in forms,
            lines=nodes[iri].lines,
        )
        for iri in iris
    )


def index_lines_of(catalogue: Catalogue, iri: str) -> tuple[IndexLine, ...]:
    """Return the entries of the printed index that denote a thing.

    Args:
        catalogue: The store.
        iri: The thing.

    Returns:
        The entries, as a rule one.
    """
    rows = catalogue.rows(
        f"SELECT DISTINCT ?entry WHERE {{ ?entry a df:IndexEntry ; df:denotes {ox.NamedNode(iri)} }}"
    )
    return index_lines(catalogue, [value_of(row["entry"]) for row in rows])


def _with_form(catalogue: Catalogue, things: Iterable[str]) -> frozenset[str]:
    values = " ".join(str(ox.NamedNode(iri)) for iri in sorted(things))
    rows = catalogue.rows(
        f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {values} }} ?form df:documents ?thing }}"
    )
    return frozenset(value_of(row["thing"]) for row in rows)
