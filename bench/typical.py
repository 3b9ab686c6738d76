"""Twelve queries that people typically ask of a catalogue, over Daftar's own vocabulary.

Each is written so that its answer does not depend on the engine: total order where there is a limit, DISTINCT
where named graphs may say a thing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

from graph.query.binding import with_values
from graph.query.prefixes import PREFIXES
from graph.query.question_library import question_named
from graph.store import Store
from graph.store.rows import read_rows

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

_AGENCIES = """SELECT ?agency (COUNT(DISTINCT ?process) AS ?n) { ?process df:involvesAgency ?agency }
GROUP BY ?agency ORDER BY DESC(?n) ?agency LIMIT 40"""
_PROCESSES = """SELECT ?process (COUNT(DISTINCT ?agency) AS ?n) { ?process df:involvesAgency ?agency }
GROUP BY ?process ORDER BY DESC(?n) ?process LIMIT 40"""
_INSTRUMENTS = """SELECT ?instrument (COUNT(DISTINCT ?process) AS ?n)
{ ?process df:hasMention/df:resolvesTo ?instrument }
GROUP BY ?instrument ORDER BY DESC(?n) ?instrument LIMIT 40"""
_PARENTS = """SELECT ?parent (COUNT(DISTINCT ?agency) AS ?n) { ?agency org:subOrganizationOf ?parent }
GROUP BY ?parent ORDER BY DESC(?n) ?parent LIMIT 1"""
_WORD = """SELECT ?title { ?process a df:Process ; dct:title ?title FILTER(LANG(?title) = "en") }
ORDER BY ?process LIMIT 1"""

_TEXTS = {
    "agency → processes": """SELECT DISTINCT ?process ?title
{ ?process df:involvesAgency <AGENCY> ; dct:title ?title FILTER(LANG(?title) = "fa") }""",
    "co-participation, top 20": """SELECT ?first ?second (COUNT(DISTINCT ?process) AS ?n)
{ ?process df:involvesAgency ?first, ?second FILTER(STR(?first) < STR(?second)) }
GROUP BY ?first ?second ORDER BY DESC(?n) ?first ?second LIMIT 20""",
    "processes that share two agencies with one": """SELECT ?other (COUNT(DISTINCT ?agency) AS ?n)
{ <PROCESS> df:involvesAgency ?agency . ?other df:involvesAgency ?agency FILTER(?other != <PROCESS>) }
GROUP BY ?other HAVING(COUNT(DISTINCT ?agency) >= 2) ORDER BY DESC(?n) ?other""",
    "directive → processes": """SELECT DISTINCT ?process ?words
{ ?mention df:resolvesTo <INSTRUMENT> ; df:asWritten ?words . ?process df:hasMention ?mention }""",
    "processes by kind of agency": """SELECT ?kind (COUNT(DISTINCT ?process) AS ?n)
{ ?process df:involvesAgency ?agency . ?agency org:classification ?kind } GROUP BY ?kind""",
    "steps in order": """SELECT DISTINCT ?number ?words ?type
{ <PROCESS> df:hasStep ?step . ?step df:stepNumber ?number ; dct:description ?words ; df:stepType ?type }
ORDER BY ?number""",
    "list of 50 with OPTIONAL": """SELECT DISTINCT ?process ?title ?english ?goal ?owner ?status ?agency
{ { SELECT DISTINCT ?process { ?process a df:Process } ORDER BY ?process LIMIT 50 }
  ?process dct:title ?title FILTER(LANG(?title) = "fa")
  OPTIONAL { ?process dct:title ?english FILTER(LANG(?english) = "en") }
  OPTIONAL { ?process df:goal ?goal }
  OPTIONAL { ?process cv:hasCompetentAuthority ?owner }
  OPTIONAL { ?process df:documentationStatus ?status }
  OPTIONAL { ?process df:involvesAgency ?agency } }""",
    "property path": """SELECT DISTINCT ?process ?agency
{ ?agency org:subOrganizationOf+ <PARENT> . ?process df:involvesAgency ?agency }""",
    "text search": """SELECT DISTINCT ?process ?title
{ ?process a df:Process ; dct:title ?title FILTER(CONTAINS(LCASE(STR(?title)), "WORD")) }
ORDER BY ?process ?title LIMIT 50""",
    "full matrix": "SELECT DISTINCT ?process ?agency { ?process df:involvesAgency ?agency }",
}


@dataclass(frozen=True, slots=True)
class Typical:
    """A query and what people call it."""

    name: str
    text: str


def typical(store: Store) -> list[Typical]:
    """The queries for one catalogue: about a busy body, a well-known rule, a process with many bodies.

    Args:
        store: The catalogue.

    Returns:
        Twelve queries.
    """
    agency = _pick(store, _AGENCIES)
    names = {"AGENCY": agency, "PROCESS": _pick(store, _PROCESSES), "INSTRUMENT": _pick(store, _INSTRUMENTS)}
    names["PARENT"] = _first(store, _PARENTS)
    names["WORD"] = min(_first(store, _WORD).lower().split(), key=lambda word: (-len(word), word))
    found = []
    for name, pattern in _TEXTS.items():
        text = reduce(lambda so_far, mark: so_far.replace(mark, names[mark]), names, pattern)
        found.append(Typical(name, _PROLOGUE + text))
    for question, parameter, value in (
        ("who-meets", "agency", agency),
        ("steps-of-process", "process", names["PROCESS"]),
    ):
        text = with_values(question_named(question).sparql, {parameter: f"<{value}>"})
        found.append(Typical(f"question {question}", _PROLOGUE + _without_prologue(text)))
    return found


def _pick(store: Store, query: str) -> str:
    """The tenth of many, so that the answer is neither the largest nor nothing."""
    found = _rows(store, query)
    return str(found[min(10, len(found) - 1)][0].value)


def _first(store: Store, query: str) -> str:
    return str(_rows(store, query)[0][0].value)


def _rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return read_rows(store.query(_PROLOGUE + query)).rows


def _without_prologue(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("PREFIX"))
