"""Leaving out what is marked confidential.

What counts as confidential is said in ``ontology/export/public/*.rq``; from there this module leaves out

* every statement that has such a node in it,
* every value with the words of such a node (the goal of a process, a label, a quotation), in whatever graph,
* every conclusion that does not follow from what is left: the rules are run again, and only what both runs
  conclude stays,
* digests of records that lost something, which would let a reader test a guess.

What is not marked is left in. Not marked does not mean public: nobody has said so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.build.ontology import DF, DFC, read_ontology
from graph.build.rules import infer, read_query, read_rules
from graph.export.collect import owner_of, store_of
from graph.export.errors import ExportError
from graph.store import Store

_MARK = ox.NamedNode(DF + "confidentiality")
_CONFIDENTIAL = ox.NamedNode(DFC + "confidentiality/confidential")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PARTICIPATION = ox.NamedNode(DF + "Participation")
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
# Graphs with words of our own, and the names of public bodies: nothing in them is derived from a value.
_OTHER_WORDS = ("graph/codes", "graph/ontology", "graph/meta", "graph/agencies", "graph/collectives")


@dataclass(frozen=True)
class Redaction:
    """What was left out.

    Attributes:
        statements: Number of statements left out.
        conclusions: How many of them were conclusions of rules.
        values: Number of confidential nodes.
        by_record: Confidential nodes and statements left out, for each record that lost any.
        unknown_rules: Rules whose file is not the one that built the graph; all they concluded was left out.
    """

    statements: int
    conclusions: int
    values: int
    by_record: Mapping[str, tuple[int, int]]
    unknown_rules: tuple[str, ...] = ()


def redact(store: Store, ontology: Path) -> tuple[Store, Redaction]:
    """Make the edition that has nothing in it that is marked confidential.

    Args:
        store: The whole edition.
        ontology: The ``ontology/`` folder.

    Returns:
        A store of what is left, and what was left out.

    Raises:
        ExportError: when a file of ``ontology/export/public`` cannot be run.
    """
    base = store.manifest.base_iri
    quads = list(store.quads())
    nodes = confidential_nodes(quads, ontology)
    words = _Words(quads, nodes, base)
    inferred = base + "graph/inferred/"
    asserted = [quad for quad in quads if not _name(quad.graph_name).startswith(inferred)]
    touched = {owner_of(node, base) for node in nodes} - {""}
    left = [q for q in asserted if _may_stay(q, nodes, words, base) and not _digest(q, touched, base)]
    drawn = {quad for quad in quads if _name(quad.graph_name).startswith(inferred)}
    again, unknown = _conclude(store, left, ontology)
    kept = {quad for quad in drawn & again if _may_stay(quad, nodes, words, base)}
    gone = [*(set(asserted) - set(left)), *(drawn - kept)]
    lost = Counter(owner_of(_name(quad.subject), base) for quad in gone)
    marks = Counter(owner_of(node, base) for node in nodes)
    by_record = {name: (marks[name], lost[name]) for name in sorted(lost | marks) if name}
    public = store_of([*left, *kept], store.manifest)
    return public, Redaction(len(gone), len(drawn - kept), len(nodes), by_record, unknown)


def confidential_nodes(quads: Iterable[ox.Quad], ontology: Path) -> frozenset[str]:
    """Find every confidential node, until nothing more follows.

    Args:
        quads: The edition.
        ontology: The ``ontology/`` folder.

    Returns:
        Their IRIs.

    Raises:
        ExportError: when a file of ``ontology/export/public`` cannot be run.
    """
    store = ox.Store()
    store.bulk_extend(quads)
    questions = [read_query(path) for path in sorted((ontology / "export" / "public").glob("*.rq"))]
    if not questions:
        raise ExportError(f"{ontology / 'export' / 'public'} has no .rq file: nothing would be left out")
    found: set[str] = set()
    while True:
        more: set[str] = set()
        for question in questions:
            rows = store.query(question.text, use_default_graph_as_union=True)
            if not isinstance(rows, ox.QuerySolutions):
                raise ExportError(f"ontology/export/public/{question.name}.rq must be a SELECT of ?node")
            more |= {_name(row["node"]) for row in rows}
        more |= _below(store, found | more)
        if more <= found:
            return frozenset(found)
        found |= more
        for node in found:
            store.add(ox.Quad(ox.NamedNode(node), _MARK, _CONFIDENTIAL, ox.DefaultGraph()))


def _below(store: ox.Store, nodes: set[str]) -> set[str]:
    """Nodes whose IRI lies under that of a confidential node."""
    known = {_name(quad.subject) for quad in store} if nodes else set()
    return {iri for iri in known if any(parent in nodes for parent in _parents(iri))}


def _parents(iri: str) -> Iterable[str]:
    while "/" in iri:
        iri = iri.rpartition("/")[0]
        yield iri


class _Words:
    """The words of confidential nodes, and whether a value has them in it."""

    def __init__(self, quads: Iterable[ox.Quad], nodes: frozenset[str], base: str) -> None:
        everywhere: set[str] = set()
        here: dict[str, set[str]] = defaultdict(set)
        of_nodes = [quad for quad in quads if _name(quad.subject) in nodes]
        bodies = {q.subject for q in of_nodes if q.predicate == _TYPE and q.object == _PARTICIPATION}
        for quad in of_nodes:
            if not isinstance(quad.object, ox.Literal) or not _is_text(quad.object):
                continue
            here[owner_of(_name(quad.subject), base)].add(quad.object.value)
            if quad.subject not in bodies:  # a partner's name is no secret elsewhere; that it is one here is
                everywhere.add(quad.object.value)
        self._base = base
        self._equal = frozenset(everywhere)
        self._anywhere = _pattern(word for word in everywhere if len(word.split()) > 1)
        self._here = {owner: _pattern(words) for owner, words in here.items()}

    def found_in(self, subject: str, graph: str, value: ox.Literal) -> bool:
        if graph.removeprefix(self._base) in _OTHER_WORDS:
            return False
        own = self._here.get(owner_of(subject, self._base))
        return (
            value.value in self._equal
            or bool(self._anywhere and self._anywhere.search(value.value))
            or bool(own and own.search(value.value))
        )


def _is_text(value: ox.Literal) -> bool:
    """Words, and not a number, a date, or a short key such as "tick"."""
    if value.language:
        return True
    return (
        value.datatype.value == _XSD_STRING
        and len(value.value) > 5
        and bool(re.search("[^\\W\\d_]", value.value))
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    parts = sorted({re.escape(word) for word in words if word.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _may_stay(quad: ox.Quad, nodes: frozenset[str], words: _Words, base: str) -> bool:
    graph = _name(quad.graph_name)
    if nodes & {_name(quad.subject), _name(quad.object), graph}:
        return False
    return not (
        isinstance(quad.object, ox.Literal) and words.found_in(_name(quad.subject), graph, quad.object)
    )


def _digest(quad: ox.Quad, touched: set[str], base: str) -> bool:
    """Whether a statement is the digest of a graph from which something is left out."""
    if quad.predicate.value != DF + "recordDigest":
        return False
    name = _name(quad.subject).removeprefix(base + "graph/")
    ids = {owner.partition("/")[2] for owner in touched}
    kinds = {owner.partition("/")[0] + "s" for owner in touched} | {
        "forms" for owner in touched if owner.startswith("template/")
    }
    return name.removeprefix("record/") in ids or name in kinds


def _conclude(store: Store, left: Iterable[ox.Quad], ontology: Path) -> tuple[set[ox.Quad], tuple[str, ...]]:
    """Run the rules on what is left."""
    base = store.manifest.base_iri
    rest = ox.Store()
    rest.bulk_extend(quad for quad in left if _name(quad.graph_name) != base + "graph/meta")
    known = {
        _name(quad.subject): quad.object.value
        for quad in store.quads()
        if quad.predicate.value == DF + "sha256" and isinstance(quad.object, ox.Literal)
    }
    concluded: set[ox.Quad] = set()
    names = set()
    for rule in read_rules(read_ontology(ontology)):
        if known.get(f"{base}rule/{rule.name}") == rule.sha256:
            names.add(rule.name)
            concluded |= set(infer(rest, rule, ox.NamedNode(f"{base}graph/inferred/{rule.name}")))
    prefix = base + "graph/inferred/"
    drawn = {graph.removeprefix(prefix) for graph in store.graphs() if graph.startswith(prefix)}
    return concluded, tuple(sorted(drawn - names))


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
