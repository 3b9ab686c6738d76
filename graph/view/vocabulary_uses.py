"""Where the graph uses each class, property and code, and one statement as an example.

The store counts; of a large graph nothing but the counts is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import DFC, Term, compact, expand, value_of

_TYPE = expand("rdf:type")
#: Graphs that describe codes and graphs, not forms: examples are taken from them last.
_ABOUT = ("graph/codes", "graph/meta")
_CODES = "{ SELECT DISTINCT ?code { { ?code skos:inScheme ?any } UNION { ?code a skos:ConceptScheme } } }"
_SAID = "GRAPH ?g { ?s ?t ?o } FILTER (?g != <TERMS> && ?t != rdf:type)"
_CODED = "GRAPH ?g { ?s ?p ?code } FILTER (?g != <TERMS> && ?p != rdf:type)"
_COUNT_CLASSES = "SELECT ?t (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?t } FILTER (?g != <TERMS>) } GROUP BY ?t"
_COUNT_PROPERTIES = f"SELECT ?t (COUNT(*) AS ?n) {{ {_SAID} }} GROUP BY ?t"
_COUNT_CODES = (
    f"SELECT (?code AS ?t) ?n {{ SELECT ?code (COUNT(*) AS ?n) {{ {_CODES} {_CODED} }} GROUP BY ?code }}"
)
_ON = f"SELECT ?t ?of (COUNT(*) AS ?n) {{ {_SAID} ?s a ?of }} GROUP BY ?t ?of"
_DATATYPES = f"SELECT DISTINCT ?t ?of {{ {_SAID} FILTER ISLITERAL(?o) BIND (DATATYPE(?o) AS ?of) }}"
_LISTS = f"SELECT DISTINCT (?p AS ?t) (?code AS ?of) {{ {_CODES} {_CODED} }}"
_KINDS = f'SELECT DISTINCT ?t ?of {{ {_SAID} FILTER (!STRSTARTS(STR(?o), "{DFC}")) ?o a ?of }}'
# The first subject of each term among the statements that may be shown, and then what is said of it.
_FIRST = "SELECT ?t (MIN(STR(?s)) AS ?first) { AMONG PATTERN } GROUP BY ?t"
_THERE = "SELECT ?t ?s ?o ?g { VALUES (?t ?s) { PAIRS } PATTERN }"
_OF_PROPERTY = "GRAPH ?g { ?s ?t ?o } FILTER (?t != rdf:type)"
_OF_CLASS = "GRAPH ?g { ?s a ?t } BIND (?t AS ?o)"


@dataclass(frozen=True)
class Statement:
    """A statement with a term, for example.

    Attributes:
        subject: IRI of what it is about.
        value: IRI or text of what it says.
        literal: Whether it says a text.
        language: The language of the text, where it has one.
        graph: IRI of the graph it stands in.
    """

    subject: str
    value: str
    literal: bool
    language: str | None
    graph: str

    @classmethod
    def of(cls, subject: str, value: ox.NamedNode | ox.Literal, graph: str) -> Statement:
        """Take a statement as the store gives it."""
        if isinstance(value, ox.Literal):
            return cls(subject, value.value, True, value.language, graph)
        return cls(subject, value.value, False, None, graph)


@dataclass(frozen=True)
class Use:
    """How a term is used: how often, on what, with which values, and in which statement for example.

    Attributes:
        count: Number of statements; for a class, of things; for a code, of statements that point to it.
        on: The classes of the things it is said of, with how many of them, most first.
        values: The classes, datatypes or code lists of its values.
        example: One statement.
        is_class: Whether it is used as a class.
    """

    count: int
    on: tuple[tuple[str, int], ...]
    values: tuple[str, ...]
    example: Statement | None
    is_class: bool


NO_USE = Use(0, (), (), None, False)


def read_uses(catalogue: Catalogue) -> Mapping[str, Use]:
    """Count the uses of every class, property and code in the graph.

    Args:
        catalogue: The store.

    Returns:
        Use by IRI.
    """
    classes, properties, codes = (
        _counts(catalogue, query) for query in (_COUNT_CLASSES, _COUNT_PROPERTIES, _COUNT_CODES)
    )
    on: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _rows(catalogue, _ON):
        on[value_of(row["t"])].append((value_of(row["of"]), int(value_of(row["n"]))))
    values: dict[str, set[str]] = defaultdict(set)
    for query in (_DATATYPES, _LISTS, _KINDS):
        for row in _rows(catalogue, query):
            values[value_of(row["t"])].add(_list_of(value_of(row["of"])))
    examples = _examples(catalogue, _OF_CLASS, classes) | _examples(catalogue, _OF_PROPERTY, properties)
    return {
        term: Use(
            count=count,
            on=tuple(sorted(on[term], key=lambda each: (-each[1], compact(each[0])))),
            values=tuple(sorted(values[term])),
            example=examples.get(term),
            is_class=term in classes,
        )
        for term, count in (codes | classes | properties).items()
    }


def _rows(catalogue: Catalogue, query: str) -> list[dict[str, Term]]:
    return catalogue.rows(query.replace("TERMS", f"{catalogue.base}graph/ontology"))


def _counts(catalogue: Catalogue, query: str) -> dict[str, int]:
    rows = _rows(catalogue, query)
    return {value_of(row["t"]): int(value_of(row["n"])) for row in rows if "t" in row}


def _list_of(iri: str) -> str:
    """The list of a code; anything else is itself."""
    return DFC + iri.removeprefix(DFC).split("/")[0] if iri.startswith(DFC) else iri


def _examples(catalogue: Catalogue, pattern: str, terms: Iterable[str]) -> dict[str, Statement]:
    """A statement for each term: of the forms and not confidential, where there is such a one.

    It is the same one whatever the order of the answers: that of the first subject, with its first value.
    """
    found: dict[str, Statement] = {}
    for about, private in product((False, True), repeat=2):
        missing = " ".join(f"<{term}>" for term in terms if term not in found)
        if not missing:
            break
        shown = pattern + _allowed(catalogue, about, private)
        first = _rows(
            catalogue, _FIRST.replace("AMONG", f"VALUES ?t {{ {missing} }}").replace("PATTERN", shown)
        )
        pairs = " ".join(
            f"(<{value_of(row['t'])}> <{value_of(row['first'])}>)" for row in first if "t" in row
        )
        rows = _rows(catalogue, _THERE.replace("PAIRS", pairs).replace("PATTERN", shown)) if pairs else []
        for row in sorted(rows, key=lambda row: (value_of(row["s"]), str(row["o"]), value_of(row["g"]))):
            if isinstance(value := row["o"], ox.NamedNode | ox.Literal):
                said = Statement.of(value_of(row["s"]), value, value_of(row["g"]))
                found.setdefault(value_of(row["t"]), said)
    return found


def _allowed(catalogue: Catalogue, about: bool, private: bool) -> str:
    graphs = ", ".join(f"<{catalogue.base}{name}>" for name in _ABOUT)
    among = f"?g IN ({graphs})" if about else f"?g NOT IN ({graphs})"
    marked = f"{'' if private else 'NOT '}EXISTS {{ ?s df:confidentiality ?mark }}"
    return f" FILTER (?g != <TERMS> && {among} && {marked})"
