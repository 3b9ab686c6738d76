"""What the projection asks the store: a few SPARQL 1.1 queries, each one pass over the graph.

The queries stand in ``queries/*.rq``. Each reads its statements from named graphs, so the answer is the same
whether or not a store takes the union of its graphs for the default graph. Joining is done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from graph.analysis.projection_lines import Span, spans_of
from graph.query.prefixes import PREFIXES

Row = dict[str, str]

_FIELD = "https://w3id.org/daftar/code/field/"


class Queryable(Protocol):
    """What the projection needs of a store: a SPARQL SELECT, here or far away."""

    def query(
        self, sparql: str, *, prefixes: Mapping[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a query; ``prefixes`` are those it need not declare."""
        ...


@dataclass(frozen=True)
class Part:
    """A piece of evidence below a process or service: a name among the partners, a mention, a step ...

    Attributes:
        iri: The node of the evidence.
        owner: The process or service that it is about.
        link: Name of the property that leads to it, such as ``hasMention``.
        row: Row of the table it stands in, or empty.
        words: The words as written.
        number: Number of a step, or None.
        spans: Its source lines.
        graph: Name of the graph that states the link.
    """

    iri: str
    owner: str
    link: str
    row: str
    words: str
    number: int | None
    spans: tuple[Span, ...]
    graph: str


@dataclass(frozen=True)
class Statement:
    """A statement between two things with the name of the graph it stands in."""

    subject: str
    relation: str
    object: str
    graph: str


@dataclass(frozen=True)
class Membership:
    """A membership that someone recorded, with the name of the graph it stands in."""

    iri: str
    body: str
    member: str
    graph: str


@dataclass
class Facts:
    """The answers to the queries, ready to be joined. Keys and values are IRIs unless said otherwise.

    Attributes:
        types: The types of each thing (``code`` for a concept) with the name of the graph that says so.
        codes: Name of the scheme and notation of each code.
        ids: Identifiers.
        labels: Labels by language.
        kinds: Codes that say what kind a thing is, by name of the property.
        spans: Source lines of forms and of things that have lines of their own.
        document: The document that a form, an index entry, a process or a service stands in.
        form: The form of a process or service.
        parts: Evidence of each process or service.
        fields: What stands in a field, by process or service and name of the field.
        resolved: What a name or phrase was read as, by name of the property, with the name of the graph.
        relations: Statements between things.
        memberships: Memberships of bodies in bodies.
    """

    types: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    kinds: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    document: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))
    fields: dict[tuple[str, str], list[Part]] = field(default_factory=lambda: defaultdict(list))
    resolved: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    relations: list[Statement] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)


def read_facts(store: Queryable) -> Facts:
    """Ask everything the projection needs.

    Args:
        store: What answers SPARQL.

    Returns:
        The facts.

    Raises:
        TypeError: when the store does not answer a SELECT with solutions.
    """
    facts = Facts()
    _things(store, facts)
    _evidence(store, facts)
    facts.relations = [
        Statement(r["subject"], local_name(r["property"]), r["object"], graph_name(r["graph"]))
        for r in _ask(store, "relations")
    ]
    facts.memberships = [
        Membership(r["membership"], r["body"], r["member"], graph_name(r["graph"]))
        for r in _ask(store, "memberships")
    ]
    return facts


def _things(store: Queryable, facts: Facts) -> None:
    for row in _ask(store, "things"):
        facts.types[row["thing"]][row["type"]] = graph_name(row["graph"])
    for row in _ask(store, "codes"):
        facts.codes[row["thing"]] = (local_name(row["scheme"]), row["notation"])
        facts.types[row["thing"]]["code"] = graph_name(row["graph"])
    for row in _ask(store, "identifiers"):
        facts.ids[row["thing"]] = row["id"]
    for row in _ask(store, "labels"):
        # several labels in a language: the first in code point order, so that the choice does not move
        known = facts.labels[row["thing"]]
        language = row["label@"] or "fa"
        known[language] = min(known.get(language, row["label"]), row["label"])
    for row in _ask(store, "kinds"):
        facts.kinds[row["thing"]].setdefault(local_name(row["property"]), set()).add(row["code"])
    for row in _ask(store, "lines"):
        facts.spans[row["thing"]] = _spans(row)
    for row in _ask(store, "documents"):
        facts.document[row["sheet"]] = row["document"]
        if "thing" in row:
            facts.document[row["thing"]] = row["document"]
            facts.form[row["thing"]] = row["sheet"]


def _evidence(store: Queryable, facts: Facts) -> None:
    for row in _ask(store, "parts"):
        facts.parts[row["thing"]].append(_part(row, row["part"], local_name(row["link"])))
    for row in _ask(store, "fields"):
        name = row["field"].removeprefix(_FIELD)
        facts.fields[row["thing"], name].append(_part(row, row["reading"], "hasFieldReading"))
    for row in _ask(store, "resolved"):
        read_as = facts.resolved[row["part"]].setdefault(local_name(row["link"]), {})
        read_as[row["thing"]] = graph_name(row["graph"])


def _part(row: Row, iri: str, link: str) -> Part:
    number = int(row["number"]) if "number" in row else None
    words = row.get("words", "")
    return Part(
        iri, row["thing"], link, row.get("row", ""), words, number, _spans(row), graph_name(row["graph"])
    )


def _spans(row: Row) -> tuple[Span, ...]:
    if "start" not in row or "end" not in row:
        return ()
    return spans_of(int(row["start"]), int(row["end"]), row.get("written"))


def local_name(iri: str) -> str:
    """The last piece of an IRI.

    Example:
        >>> local_name("https://w3id.org/daftar/ontology#involvesAgency")
        'involvesAgency'
    """
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def graph_name(iri: str) -> str:
    """The name of a graph below the base, whatever the base is.

    Example:
        >>> graph_name("https://w3id.org/daftar/id/graph/record/P08")
        'record/P08'
    """
    return iri.rpartition("/graph/")[2]


@cache
def _query(name: str) -> str:
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def _ask(store: Queryable, name: str) -> Iterator[Row]:
    """Rows as texts and IRIs; the language of a literal stands under its name with ``@``."""
    found = store.query(_query(name), prefixes=PREFIXES)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"the store did not answer the SELECT query {name}.rq with solutions")
    names = [variable.value for variable in found.variables]
    for solution in found:
        row: Row = {}
        for name_, term in zip(names, solution, strict=True):
            if isinstance(term, ox.Literal):
                row[name_], row[f"{name_}@"] = term.value, term.language or ""
            elif isinstance(term, ox.NamedNode | ox.BlankNode):
                row[name_] = term.value
        yield row
