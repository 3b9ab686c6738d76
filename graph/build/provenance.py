"""The graph of graphs: what made each named graph, and from what (PROV-O)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph.build.assertions import Asserter
from graph.build.errors import BuildError
from graph.build.ontology import Ontology, expand_iri
from graph.build.rules import QueryFile
from graph.records.model import Record

_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

# Sets of graphs that a rule may say it reads.
_SETS = {
    "records": "graph/record/",
    "index": "graph/index",
    "agencies": "graph/agencies",
    "collectives": "graph/collectives",
    "instruments": "graph/instruments",
    "forms": "graph/forms",
    "comparisons": "graph/comparisons",
    "resolution": "graph/resolution",
    "codes": "graph/codes",
}


class _Writer:
    """Makes statements of the meta graph with short names."""

    def __init__(self, ontology: Ontology, base_iri: str) -> None:
        self.base = base_iri
        self.prefixes = ontology.prefixes
        self.graph = ox.NamedNode(base_iri + "graph/meta")
        self.quads: list[ox.Quad] = []

    def iri(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + path)

    def term(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(expand_iri(name, self.prefixes))

    def say(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        prop = _RDF_TYPE if predicate == "a" else self.term(predicate)
        self.quads.append(ox.Quad(self.iri(subject), prop, value, self.graph))

    def node(self, subject: str, type_: str, fa: str, en: str) -> None:
        self.say(subject, "a", self.term(type_))
        self.say(subject, "dct:title", ox.Literal(fa, language="fa"))
        self.say(subject, "dct:title", ox.Literal(en, language="en"))


def record_digest(record: Record) -> str:
    """Fingerprint what a record says, whatever its layout in the file.

    Args:
        record: The record.

    Returns:
        The SHA-256 of its data as JSON with sorted keys, in hexadecimal.
    """
    text = json.dumps(record.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def provenance(
    ontology: Ontology,
    rules: Iterable[QueryFile],
    present: Collection[str],
    base_iri: str,
) -> Iterator[ox.Quad]:
    """Describe the graphs that are not of one record, and what made them.

    Args:
        ontology: Context and layers.
        rules: The rules that were run.
        present: Paths of all graphs of the dataset below the base IRI, those of records included or not.
        base_iri: The base of resource IRIs.

    Yields:
        Statements of `graph/meta`.

    Raises:
        BuildError: If a rule says that it reads a set of graphs that does not exist.
    """
    writer = _Writer(ontology, base_iri)
    _agents(writer)
    _our_graphs(writer, present)
    for name in _SETS:
        writer.say(f"graphs/{name}", "a", writer.term("prov:Entity"))
    _graph_sets(writer, present)
    for rule in rules:
        _rule_graph(writer, rule, f"graph/inferred/{rule.name}" in present)
    yield from writer.quads


def record_provenance(
    records: Iterable[Record],
    asserter: Asserter,
    ontology: Ontology,
    sources: Sequence[str],
    folder: Path,
    base_iri: str,
) -> Iterator[ox.Quad]:
    """Describe the graphs that records make: their files, a digest of what they say, their source documents.

    Args:
        records: The records; all of those that share a graph.
        asserter: What makes their statements.
        ontology: Context and layers.
        sources: Ids of the source documents.
        folder: The data folder.
        base_iri: The base of resource IRIs.

    Yields:
        Statements of `graph/meta`.
    """
    writer = _Writer(ontology, base_iri)
    expander = asserter.expander
    by_graph: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_graph[expander.graph_of(record)].append(record)
        if record.kind == "source":
            writer.say(f"source/{record.id}", "a", writer.term("prov:Entity"))
    for graph, members in by_graph.items():
        writer.say(graph, "a", writer.term("prov:Entity"))
        writer.say(graph, "prov:wasGeneratedBy", writer.iri("activity/build"))
        for name in sorted({_file_of(record, folder) for record in members}):
            writer.say(graph, "df:fileName", ox.Literal(name))
        digest = hashlib.sha256("".join(record_digest(record) for record in members).encode()).hexdigest()
        writer.say(graph, "df:recordDigest", ox.Literal(digest))
        for source in _sources_of(graph, members, sources):
            writer.say(graph, "prov:wasDerivedFrom", writer.iri(f"source/{source}"))
        if len(members) == 1 and graph.startswith("graph/record/"):
            writer.say(graph, "dct:subject", writer.iri(expander.path_of(members[0])))
    _graph_sets(writer, by_graph)
    yield from writer.quads


def _agents(writer: _Writer) -> None:
    writer.node("agent/daftar-team", "prov:Agent", "گروه دفتر", "The Daftar team")
    writer.node("agent/daftar-build", "prov:SoftwareAgent", "سازنده گراف دفتر", "The Daftar builder")
    writer.node(
        "activity/build", "prov:Activity", "ساختن گراف از رکوردها", "Building the graph from the records"
    )
    writer.say("activity/build", "prov:wasAssociatedWith", writer.iri("agent/daftar-build"))
    writer.node("activity/review", "prov:Activity", "بازبینی رکوردها", "Review of the records")
    writer.say("activity/review", "prov:wasAssociatedWith", writer.iri("agent/daftar-team"))


def _sources_of(graph: str, members: Sequence[Record], sources: Sequence[str]) -> Sequence[str]:
    """The documents that a graph comes from: that of its form, where there is one; lists come from all."""
    if graph == "graph/sources":
        return ()
    if not graph.startswith("graph/record/") or len(sources) == 1:
        return sources
    forms = (record.data.get("form", {}) for record in members)
    return sorted({form["source"] for form in forms if "source" in form})


def _file_of(record: Record, folder: Path) -> str:
    """The record's file as seen from the data folder, so that no machine's path enters the dataset."""
    path = record.path
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _our_graphs(writer: _Writer, present: Collection[str]) -> None:
    ours = {
        "graph/resolution": ("خوانش‌های ما از نوشته‌ها", "Our readings of the words"),
        "graph/labels-en": (
            "برچسب‌های انگلیسی، از ما و نه از سند",
            "English labels, ours and not the document's",
        ),
        "graph/codes": ("فهرست‌های کد", "Code lists"),
        "graph/ontology": ("واژگان", "Vocabulary"),
    }
    for graph, (fa, en) in ours.items():
        if graph in present:
            writer.node(graph, "prov:Entity", fa, en)
            writer.say(graph, "prov:wasAttributedTo", writer.iri("agent/daftar-team"))
            writer.say(graph, "prov:wasGeneratedBy", writer.iri("activity/review"))
    # Readings and labels stand in the record files, beside what is read.
    for graph in ("graph/resolution", "graph/labels-en"):
        for name in _SETS.keys() - {"resolution", "codes"} if graph in present else ():
            writer.say(graph, "prov:wasDerivedFrom", writer.iri(f"graphs/{name}"))


def _graph_sets(writer: _Writer, present: Iterable[str]) -> None:
    for graph in present:
        for name, prefix in _SETS.items():
            if graph == prefix or (prefix.endswith("/") and graph.startswith(prefix)):
                writer.say(f"graphs/{name}", "dct:hasPart", writer.iri(graph))


def _rule_graph(writer: _Writer, rule: QueryFile, concluded: bool) -> None:
    """A rule, its run and its graph; a rule that concluded nothing is still described."""
    node, activity, graph = f"rule/{rule.name}", f"activity/rule/{rule.name}", f"graph/inferred/{rule.name}"
    writer.node(node, "prov:Plan", rule.need("title-fa"), rule.need("title-en"))
    writer.say(node, "dct:description", ox.Literal(rule.need("says-fa"), language="fa"))
    writer.say(node, "dct:description", ox.Literal(rule.need("says-en"), language="en"))
    writer.say(node, "dct:identifier", ox.Literal(rule.name))
    writer.say(node, "df:fileName", ox.Literal(f"ontology/rules/{rule.name}.rq"))
    writer.say(node, "df:sha256", ox.Literal(rule.sha256))
    writer.say(activity, "a", writer.term("prov:Activity"))
    writer.say(activity, "prov:wasAssociatedWith", writer.iri("agent/daftar-build"))
    writer.say(activity, "prov:used", writer.iri(node))
    inputs = [part.strip() for part in rule.need("reads").split(",")]
    for name in inputs:
        if name not in _SETS:
            raise BuildError(f"rule {rule.name} reads {name!r}; choose from {', '.join(_SETS)}")
        writer.say(activity, "prov:used", writer.iri(f"graphs/{name}"))
    if not concluded:
        return
    writer.say(graph, "a", writer.term("prov:Entity"))
    writer.say(graph, "prov:wasGeneratedBy", writer.iri(activity))
    for name in inputs:
        writer.say(graph, "prov:wasDerivedFrom", writer.iri(f"graphs/{name}"))


__all__ = ["provenance", "record_digest", "record_provenance"]
