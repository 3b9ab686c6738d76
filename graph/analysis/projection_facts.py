"""What the projection asks the store: a few SPARQL 1.1 queries, each one pass over the graph.

The queries stand in ``queries/*.rq``. Each reads its statements from named graphs, so the answer is the same
whether or not a store takes the union of its graphs for the default graph. Joining is done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

import pyoxigraph as ox

from graph.analysis.projection_lines import Span, spans_of
from graph.query.prefixes import PREFIXES
from graph.store.rows import read_rows

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
T = TypeVar("T", str, tuple[str, str])

#: Names of the queries.
QUERIES = tuple(sorted(path.stem for path in (Path(__file__).parent / "queries").glob("*.rq")))
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
        types: The types of each thing (``code`` for a concept).
        stated: Names of the graphs that give a thing its types.
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

    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stated: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
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


def read_facts(store: Queryable, tell: Callable[[int], None] = lambda done: None) -> Facts:
    """Ask everything the projection needs.

    Where a store says several things of which there should be one, the first in code point order is taken, so
    that the order of answers does not matter.

    Args:
        store: What answers SPARQL.
        tell: Told before each query how many were asked.

    Returns:
        The facts.

    Raises:
        TypeError: when the store does not answer a SELECT with solutions.
    """
    facts = Facts()
    asked = _Telling(store, tell)
    _things(asked, facts)
    _documents(asked, facts)
    _evidence(asked, facts)
    facts.relations = [
        Statement(subject, local_name(relation), target, graph_name(graph))
        for subject, relation, target, graph in _ask(asked, "relations")
    ]
    facts.memberships = [
        Membership(iri, body, member, graph_name(graph))
        for iri, body, member, graph in _ask(asked, "memberships")
    ]
    return facts


class _Telling:
    """A store that tells how many queries it was asked."""

    def __init__(self, store: Queryable, tell: Callable[[int], None]) -> None:
        self._store, self._tell, self._asked = store, tell, 0

    def query(
        self, sparql: str, *, prefixes: Mapping[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        self._tell(self._asked)
        self._asked += 1
        return self._store.query(sparql, prefixes=prefixes)


def _things(store: Queryable, facts: Facts) -> None:
    for thing, kind, graph in _ask(store, "things"):
        facts.types[thing].add(kind)
        facts.stated[thing].add(graph_name(graph))
    for thing, notation, scheme, graph in _ask(store, "codes"):
        _first(facts.codes, thing, (local_name(scheme), notation))
        facts.types[thing].add("code")
        facts.stated[thing].add(graph_name(graph))
    for thing, ident in _ask(store, "identifiers"):
        _first(facts.ids, thing, ident)
    for named, label in _rows(store, "labels"):
        if isinstance(label, ox.Literal):
            _first(facts.labels[_text(named)], label.language or "fa", label.value)
    for thing, relation, code in _ask(store, "kinds"):
        facts.kinds[thing].setdefault(local_name(relation), set()).add(code)
    for thing, said in _said(store, "things-say").items():
        facts.spans[thing] = _spans(said)


def _documents(store: Queryable, facts: Facts) -> None:
    for sheet, document in _ask(store, "documents"):
        _first(facts.document, sheet, document)
    for sheet, thing in _ask(store, "forms"):
        _first(facts.form, thing, sheet)
    for thing, sheet in facts.form.items():
        if sheet in facts.document:
            facts.document[thing] = facts.document[sheet]


def _evidence(store: Queryable, facts: Facts) -> None:
    said = _said(store, "parts-say")
    for thing, link, part, graph in _ask(store, "parts"):
        facts.parts[thing].append(_part(part, thing, local_name(link), said.get(part, {}), graph))
    said = _said(store, "fields-say")
    for thing, part, name, graph in _ask(store, "fields"):
        found = _part(part, thing, "hasFieldReading", said.get(part, {}), graph)
        facts.fields[thing, name.removeprefix(_FIELD)].append(found)
    for part, link, thing, graph in _ask(store, "resolved"):
        _first(facts.resolved[part].setdefault(local_name(link), {}), thing, graph_name(graph))


def _part(iri: str, owner: str, link: str, said: Mapping[str, str], graph: str) -> Part:
    number = int(said["stepNumber"]) if "stepNumber" in said else None
    row, words = said.get("rowNumber", ""), said.get("asWritten", "")
    return Part(iri, owner, link, row, words, number, _spans(said), graph_name(graph))


def _spans(said: Mapping[str, str]) -> tuple[Span, ...]:
    if "sourceLineStart" not in said or "sourceLineEnd" not in said:
        return ()
    start, end = int(said["sourceLineStart"]), int(said["sourceLineEnd"])
    return spans_of(start, end, said.get("sourceLinesAsWritten"))


def _said(store: Queryable, name: str) -> dict[str, dict[str, str]]:
    """Values by thing and name of the property."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, relation, value in _ask(store, name):
        _first(found[thing], local_name(relation), value)
    return found


def _first(found: dict[str, T], key: str, value: T) -> None:
    if key not in found or value < found[key]:
        found[key] = value


@lru_cache(maxsize=1 << 16)
def local_name(iri: str) -> str:
    """The last piece of an IRI.

    Example:
        >>> local_name("https://w3id.org/daftar/ontology#involvesAgency")
        'involvesAgency'
    """
    return iri.replace("#", "/").rsplit("/", 1)[-1]


@lru_cache(maxsize=1 << 16)
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


def _ask(store: Queryable, name: str) -> Iterator[tuple[str, ...]]:
    """Rows of a query as texts and IRIs, in the order of its SELECT."""
    return (tuple(map(_text, row)) for row in _rows(store, name))


def _rows(store: Queryable, name: str) -> list[tuple[Term, ...]]:
    return read_rows(store.query(_query(name), prefixes=PREFIXES), f"{name}.rq").rows


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
