"""Reading the store for the pages: rows of queries, names of things, bundles of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

import pyoxigraph as ox

from graph.layers import Layer, layer_of
from graph.store.rows import read_rows
from graph.view.nodes import Bundle, Node, Ref, Said
from graph.view.terms import DEFAULT_BASE, DFC, PROLOGUE, Row, Term, compact, value_of


class Queryable(Protocol):
    """What the pages need of a store: SPARQL over the union of its graphs."""

    def query(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[str, Term] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a query; ``substitutions`` bind variables of the projection."""
        ...


class Catalogue:
    """The store as the pages see it: rows of queries, names of things, bundles.

    Args:
        store: What answers SPARQL.
        base_iri: The base of the resource IRIs.
        names: Every named thing and code, when they are known already.
    """

    def __init__(
        self,
        store: Queryable,
        base_iri: str = DEFAULT_BASE,
        names: Mapping[str, Ref] | None = None,
    ) -> None:
        self.store = store
        self.base = base_iri
        self._known = names
        self._layers: dict[str, Layer] = {}

    def rows(self, sparql: str, **bindings: Term) -> list[Row]:
        """Run a SELECT (prefixes are added) and return its rows.

        Args:
            sparql: The query; ``bindings`` name variables of its projection.
            **bindings: Terms for variables; they never become query text.

        Returns:
            One dictionary a row, without the unbound variables.
        """
        found = read_rows(self.store.query(PROLOGUE + sparql, substitutions=bindings or None))
        return [{n: t for n, t in row.items() if t is not None} for row in found.mappings()]

    def iri(self, kind: str, ident: str) -> ox.NamedNode:
        """Return the IRI of a thing.

        Args:
            kind: ``process``, ``agency`` …
            ident: Its id.

        Returns:
            The node.

        Raises:
            ValueError: If the id cannot stand in an IRI.
        """
        return ox.NamedNode(f"{self.base}{kind}/{ident}")

    @cached_property
    def names(self) -> Mapping[str, Ref]:
        """Every named thing and code of the catalogue, by IRI."""
        if self._known is not None:
            return self._known
        found: dict[str, dict[str, str]] = {}
        for row in self.rows(_NAMES):
            label = row["label"]
            if isinstance(label, ox.Literal):
                labels = found.setdefault(value_of(row["thing"]), {})
                labels.setdefault(label.language or "fa", label.value)
        bare = {iri: self._bare(iri, labels.get("fa"), labels.get("en")) for iri, labels in found.items()}
        return {iri: ref for iri, ref in bare.items() if ref.part is None}

    def ref(self, iri: str) -> Ref:
        """Return the reference for an IRI; a part of a thing carries the name of the thing.

        Args:
            iri: Any IRI.

        Returns:
            The reference; ``kind`` is ``other`` for an IRI that is not ours.
        """
        known = self.names.get(iri)
        if known is not None:
            return known
        bare = self._bare(iri, None, None)
        owner = self.names.get(f"{self.base}{bare.kind}/{bare.id}")
        return Ref(iri, bare.kind, bare.id, owner.fa, owner.en, bare.part) if owner else bare

    def owner(self, iri: str) -> tuple[str, str]:
        """Return kind and id of the thing that an IRI names or belongs to.

        Args:
            iri: The IRI of a thing, a part of one or a code.

        Returns:
            As :meth:`ref` gives them, without looking up names.
        """
        return self._named_by(iri)[:2]

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Return references in the order of the ids.

        Args:
            iris: Any IRIs.

        Returns:
            The references, each once.
        """
        return tuple(sorted({self.ref(i) for i in iris}, key=lambda r: (r.kind, r.id, r.part or "")))

    def kinds(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Return the codes that classify a thing, each label once: two code lists may share one.

        Args:
            iris: The codes.

        Returns:
            References in the order of the ids.
        """
        named = {(ref.fa, ref.en): ref for ref in reversed(self.refs(iris))}
        return tuple(reversed(named.values()))

    def layer(self, graph: str) -> Layer:
        """Say which layer a graph belongs to.

        Args:
            graph: The IRI of a graph.

        Returns:
            The layer.
        """
        if graph not in self._layers:
            self._layers[graph] = layer_of(graph.removeprefix(self.base + "graph/"))
        return self._layers[graph]

    def bundle(self, kind: str, ident: str) -> Bundle | None:
        """Read a thing and everything below its IRI.

        Args:
            kind: ``process``, ``agency`` …
            ident: Its id.

        Returns:
            The bundle, or None when the store says nothing of it.
        """
        try:
            root = self.iri(kind, ident)
        except ValueError:
            return None
        # in two steps: in one query, Virtuoso reads the whole graph for the parts
        ends = self.rows(f"SELECT DISTINCT ?end {{ {root} ?link ?end FILTER(ISIRI(?end)) }}")
        parts = (iri for row in ends if (iri := value_of(row["end"])).startswith(f"{root.value}/"))
        nodes = self.nodes([root.value, *parts])
        if root.value not in nodes:
            return None
        return Bundle(nodes.pop(root.value), nodes)

    def nodes(self, iris: Iterable[str], only: Collection[str] = ()) -> dict[str, Node]:
        """Read everything said about several IRIs at once.

        Args:
            iris: The IRIs.
            only: The properties to read, as ``df:asWritten``; all if left out.

        Returns:
            Nodes by IRI; those of which nothing is said are left out.
        """
        values = " ".join(str(ox.NamedNode(iri)) for iri in sorted(set(iris)))
        chosen = f"FILTER(?property IN ({', '.join(only)}))" if only else ""
        rows = self.rows(
            f"SELECT ?node ?property ?value ?graph {{ VALUES ?node {{ {values} }} "
            f"GRAPH ?graph {{ ?node ?property ?value }} {chosen} }}"
        )
        return self._collect(rows)

    def _collect(self, rows: list[Row]) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for row in rows:
            node = nodes.setdefault(iri := value_of(row["node"]), Node(iri))
            graph = value_of(row["graph"])
            said = Said(row["value"], self.layer(graph), graph)
            node.said.setdefault(value_of(row["property"]), []).append(said)
        for node in nodes.values():
            for values in node.said.values():
                values.sort(key=lambda s: (str(s.term), s.graph))
        return nodes

    def _bare(self, iri: str, fa: str | None, en: str | None) -> Ref:
        kind, ident, part = self._named_by(iri)
        return Ref(iri, kind, ident, fa, en, part)

    def _named_by(self, iri: str) -> tuple[str, str, str | None]:
        """Kind, id and part as the IRI has them."""
        if iri.startswith(DFC):
            return "code", iri[len(DFC) :], None
        if not iri.startswith(self.base):
            return "other", compact(iri), None
        kind, _, rest = iri[len(self.base) :].partition("/")
        if kind == "graph":
            return kind, rest, None
        ident, _, part = rest.partition("/")
        return kind, ident, part or None


def solutions(rows: Iterable[Row], name: str) -> Iterator[str]:
    """Yield the text of one variable of each row that binds it.

    Args:
        rows: Rows of an answer.
        name: The variable.

    Yields:
        Texts or IRIs.
    """
    for row in rows:
        if name in row:
            yield value_of(row[name])


_NAMES = """
SELECT DISTINCT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label } UNION { ?thing rdfs:label ?label }
  UNION { ?thing dct:title ?label FILTER NOT EXISTS { ?thing a cv:Output } }
} ORDER BY ?thing ?label"""
