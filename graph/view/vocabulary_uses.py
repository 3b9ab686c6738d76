"""Where the graph uses each class, property and code, and one statement as an example."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from graph.view.reading import Catalogue
from graph.view.terms import DFC, compact, expand, value_of

_TYPE = expand("rdf:type")
_CONFIDENTIAL = expand("df:confidentiality")
#: Graphs that describe codes and graphs, not forms: examples are taken from them last.
_ABOUT = ("graph/codes", "graph/meta")
Statement = tuple[str, ox.NamedNode | ox.Literal, str]


@dataclass(frozen=True)
class Use:
    """How a term is used: how often, on what, with which values, and in which statement for example.

    Attributes:
        count: Number of statements; for a class, of things; for a code, of statements that point to it.
        on: The classes of the things it is said of, with how many of them, most first.
        values: The classes, datatypes or code lists of its values.
        example: Subject, value and graph of one statement.
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
    rows = catalogue.rows("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    terms = catalogue.base + "graph/ontology"
    statements: list[tuple[str, str, ox.NamedNode | ox.Literal, str]] = []
    types: dict[str, set[str]] = defaultdict(set)
    private: set[str] = set()
    for row in rows:
        subject, prop, value, graph = value_of(row["s"]), value_of(row["p"]), row["o"], value_of(row["g"])
        if prop == _TYPE:
            types[subject].add(value_of(value))
        if prop == _CONFIDENTIAL:
            private.add(subject)
        if isinstance(value, ox.NamedNode | ox.Literal) and graph != terms:
            statements.append((subject, prop, value, graph))
    about = frozenset(catalogue.base + name for name in _ABOUT)
    collected = _Collected(types, private, about)
    for subject, prop, value, graph in statements:
        collected.add(subject, prop, value, graph)
    return collected.uses()


class _Collected:
    def __init__(self, types: Mapping[str, set[str]], private: set[str], about: frozenset[str]) -> None:
        self._types, self._private, self._about = types, private, about
        self._count: Counter[str] = Counter()
        self._on: dict[str, Counter[str]] = defaultdict(Counter)
        self._values: dict[str, set[str]] = defaultdict(set)
        self._examples: dict[str, tuple[tuple[bool, bool, str, str], Statement]] = {}
        self._classes: set[str] = set()

    def add(self, subject: str, prop: str, value: ox.NamedNode | ox.Literal, graph: str) -> None:
        term = value.value if prop == _TYPE else prop
        self._count[term] += 1
        if prop == _TYPE:
            self._classes.add(term)
        else:
            for type_ in self._types.get(subject, ()):
                self._on[term][type_] += 1
            self._values[term] |= self._kinds(value)
            if isinstance(value, ox.NamedNode) and value.value.startswith(DFC):
                self._count[value.value] += 1
        # A statement of the forms that is not confidential; the same one whatever the order of the answer.
        rank = (graph in self._about, subject in self._private, subject, str(value))
        if term not in self._examples or rank < self._examples[term][0]:
            self._examples[term] = (rank, (subject, value, graph))

    def _kinds(self, value: ox.NamedNode | ox.Literal) -> set[str]:
        if isinstance(value, ox.Literal):
            return {value.datatype.value}
        if value.value.startswith(DFC):
            return {DFC + value.value.removeprefix(DFC).split("/")[0]}
        return set(self._types.get(value.value, ()))

    def uses(self) -> dict[str, Use]:
        return {
            term: Use(
                count=count,
                on=tuple(sorted(self._on[term].items(), key=lambda each: (-each[1], compact(each[0])))),
                values=tuple(sorted(self._values[term])),
                example=example[1] if (example := self._examples.get(term)) else None,
                is_class=term in self._classes,
            )
            for term, count in self._count.items()
        }
