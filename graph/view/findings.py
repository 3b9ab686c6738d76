"""A few true findings for the home page, computed by SPARQL whenever the page is built."""

from __future__ import annotations

from dataclasses import dataclass

from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.terms import value_of


@dataclass(frozen=True)
class Finding:
    """One finding: a message key, how many things it is about, and the first of them with their counts."""

    key: str
    count: int
    items: tuple[tuple[Ref, int], ...]


_QUERIES: tuple[tuple[str, str], ...] = (
    (
        "finding.agencies",
        """SELECT ?thing (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a df:Process ; df:involvesAgency ?thing }
        GROUP BY ?thing ORDER BY DESC(?n) ?thing""",
    ),
    (
        "finding.no-form",
        """SELECT ?thing (0 AS ?n) WHERE { ?thing a df:Process FILTER NOT EXISTS { ?f df:documents ?thing } }
        ORDER BY ?thing""",
    ),
    (
        "finding.not-in-index",
        """SELECT ?thing (0 AS ?n) WHERE { ?f df:documents ?thing FILTER NOT EXISTS { ?e df:denotes ?thing } }
        ORDER BY ?thing""",
    ),
    (
        "finding.index-denies",
        """SELECT DISTINCT ?thing (0 AS ?n) WHERE {
        ?e df:denotes ?thing ; df:statesNoForm true . ?f df:documents ?thing } ORDER BY ?thing""",
    ),
    (
        "finding.open-ticks",
        """SELECT ?thing (COUNT(DISTINCT ?s) AS ?n) WHERE { ?thing df:hasSelection ?s .
        ?s df:candidate ?a , ?b FILTER(STR(?a) < STR(?b)) FILTER NOT EXISTS { ?s df:selected ?x } }
        GROUP BY ?thing ORDER BY DESC(?n) ?thing""",
    ),
    (
        "finding.unresolved",
        """SELECT ?thing (COUNT(DISTINCT ?part) AS ?n) WHERE { ?thing cv:hasParticipation ?part
        FILTER NOT EXISTS { ?part cv:hasParticipant ?who } } GROUP BY ?thing ORDER BY DESC(?n) ?thing""",
    ),
    (
        "finding.confidential",
        """SELECT ?thing (COUNT(DISTINCT ?part) AS ?n) WHERE { ?thing a df:Process ; ?link ?part .
        ?part df:confidentiality ?mark
        FILTER(?mark != <https://w3id.org/daftar/code/confidentiality/unmarked>) }
        GROUP BY ?thing ORDER BY DESC(?n) ?thing""",
    ),
)


def findings(catalogue: Catalogue, shown: int = 6) -> tuple[Finding, ...]:
    """Compute the findings.

    Args:
        catalogue: The store.
        shown: How many things to name for each.

    Returns:
        Those that are about at least one thing.
    """
    out = []
    for key, query in _QUERIES:
        rows = [r for r in catalogue.rows(query) if "thing" in r]
        if rows:
            named = tuple((catalogue.ref(value_of(r["thing"])), int(value_of(r["n"]))) for r in rows[:shown])
            out.append(Finding(key, len(rows), named))
    return tuple(out)
