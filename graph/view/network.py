"""The network of processes and the bodies that their forms name, laid out on the server."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.layers import Layer
from graph.view.layout import positions
from graph.view.nodes import Lines, Ref
from graph.view.reading import Catalogue
from graph.view.rows import row_lines
from graph.view.terms import value_of
from graph.view.words import LANGS, Lang

#: Only agencies and processes for now; later views (overlap, dependency, surroundings) add their name here.
VIEWS = ("agencies",)
_WRAP = 20
_MAX_LINES = 4


@dataclass(frozen=True)
class Family:
    """A group of kinds that share one colour and one shape."""

    name: str
    message: str
    shape: str
    light: str
    dark: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class GraphNode:
    """A process, an agency or a collective in the graph."""

    ref: Ref
    family: Family
    kinds: tuple[Ref, ...]
    degree: int
    lines: Lines | None
    x: int
    y: int

    @property
    def key(self) -> str:
        """The node's id in the page."""
        return f"{self.ref.kind}/{self.ref.id}"

    @property
    def anchor(self) -> str:
        """The fragment of its row in the table."""
        return f"node-{self.ref.kind}-{self.ref.id}"


@dataclass(frozen=True)
class GraphEdge:
    """A tie between a process and a body: the words of the form, or an inference."""

    process: Ref
    body: Ref
    layer: Layer
    evidence: tuple[tuple[str, Lines | None], ...]


@dataclass(frozen=True)
class GraphModel:
    """Nodes and edges in a fixed order, with positions."""

    view: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    families: tuple[tuple[Family, int], ...]


@cache
def families() -> Mapping[str, Family]:
    """Return colour and shape by family, as the data file says.

    Returns:
        Families by name, in the order of the legend.
    """
    raw = json.loads((Path(__file__).parent / "families.json").read_text(encoding="utf-8"))
    return {
        name: Family(name, f["message"], f["shape"], f["light"], f["dark"], frozenset(f["kinds"]))
        for name, f in raw.items()
    }


def graph_model(catalogue: Catalogue, view: str = "agencies") -> GraphModel:
    """Build the network.

    Args:
        catalogue: The store.
        view: One of ``VIEWS``.

    Returns:
        The model; the same store gives the same model.

    Raises:
        ValueError: If there is no such view.
    """
    if view not in VIEWS:
        raise ValueError(f"There is no graph view {view!r}; say one of: {', '.join(VIEWS)}.")
    edges = _edges(catalogue)
    kinds, lines = _kinds(catalogue), _form_lines(catalogue)
    degree: dict[str, int] = defaultdict(int)
    refs: dict[str, Ref] = {}
    for row in catalogue.rows("SELECT DISTINCT ?p WHERE { ?f df:documents ?p . ?p a df:Process }"):
        refs[value_of(row["p"])] = catalogue.ref(value_of(row["p"]))
    for edge in edges:
        for ref in (edge.process, edge.body):
            refs[ref.iri] = ref
            degree[ref.iri] += 1
    boxes = {iri: _box(ref, degree[iri]) for iri, ref in refs.items()}
    places = positions(boxes, [(e.process.iri, e.body.iri) for e in edges])
    nodes = tuple(
        GraphNode(
            ref=ref,
            family=family_of(ref, kinds.get(iri, ())),
            kinds=catalogue.kinds(kinds.get(iri, ())),
            degree=degree[iri],
            lines=lines.get(iri),
            x=places[iri][0],
            y=places[iri][1],
        )
        for iri, ref in sorted(
            refs.items(), key=lambda one: (one[1].kind != "process", one[1].kind, one[1].id)
        )
    )
    tally = [(f, sum(n.family is f for n in nodes)) for f in families().values()]
    return GraphModel(view, nodes, edges, tuple((f, n) for f, n in tally if n))


def _edges(catalogue: Catalogue) -> tuple[GraphEdge, ...]:
    evidence: dict[tuple[str, str], list[tuple[str, Lines | None]]] = defaultdict(list)
    for row in catalogue.rows(
        """SELECT ?process ?body ?text ?start ?end ?written WHERE {
        ?process a df:Process ; cv:hasParticipation ?part .
        ?part cv:hasParticipant ?body ; df:asWritten ?text .
        OPTIONAL { ?part df:sourceLineStart ?start ; df:sourceLineEnd ?end
                OPTIONAL { ?part df:sourceLinesAsWritten ?written } } } ORDER BY ?part"""
    ):
        evidence[value_of(row["process"]), value_of(row["body"])].append(
            (value_of(row["text"]), row_lines(row))
        )
    found: dict[tuple[str, str], GraphEdge] = {}
    for row in catalogue.rows(
        """SELECT DISTINCT ?process ?body ?inferred WHERE {
        { ?process df:involvesAgency|df:involvesCollective ?body BIND(false AS ?inferred) }
        UNION { ?process df:involvesAgencyInferred ?body BIND(true AS ?inferred) }
        ?process a df:Process } ORDER BY ?inferred ?process ?body"""
    ):
        pair = value_of(row["process"]), value_of(row["body"])
        inferred = value_of(row["inferred"]) == "true"
        if pair not in found:
            ends = catalogue.ref(pair[0]), catalogue.ref(pair[1])
            said = tuple(dict.fromkeys(evidence.get(pair, ())))
            found[pair] = GraphEdge(*ends, "inferred" if inferred else "reading", said)
    return tuple(found[pair] for pair in sorted(found))


def _kinds(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in catalogue.rows(
        """SELECT DISTINCT ?body ?kind WHERE {
        ?body org:classification|df:collectiveKind ?kind } ORDER BY ?body ?kind"""
    ):
        kinds[value_of(row["body"])].append(value_of(row["kind"]))
    return {iri: tuple(found) for iri, found in kinds.items()}


def _form_lines(catalogue: Catalogue) -> dict[str, Lines]:
    rows = catalogue.rows(
        """SELECT ?thing ?start ?end ?written WHERE { ?form df:documents ?thing ;
        df:sourceLineStart ?start ; df:sourceLineEnd ?end }"""
    )
    return {value_of(r["thing"]): lines for r in rows if (lines := row_lines(r))}


def family_of(ref: Ref, kinds: tuple[str, ...]) -> Family:
    """Return the family, and so colour and shape, of a node.

    Args:
        ref: A process, an agency or a collective.
        kinds: IRIs of the codes that classify it.

    Returns:
        The family; ``other`` when no code tells.
    """
    table = families()
    if ref.kind in ("process", "collective"):
        return table[ref.kind]
    codes = {k.rsplit("/", 1)[-1] for k in kinds}
    return next((f for f in table.values() if f.kinds & codes), table["other"])


def _box(ref: Ref, degree: int) -> tuple[float, float]:
    """Width and height that a node and its label take, the longer of the two languages."""
    labels = [wrap(ref.label(lang)).splitlines() for lang in LANGS]
    letters = max(len(line) for lines in labels for line in lines)
    high, font = max(len(lines) for lines in labels), font_size(ref, degree)
    shape = 0.0 if ref.kind in ("process", "collective") else 2.0 * node_size(degree)
    return max(letters * font * 0.55, shape) + 34, high * font * 1.25 + shape + 34


def node_size(degree: int) -> int:
    """Radius of an agency's shape."""
    return 11 + 2 * min(degree, 20)


def font_size(ref: Ref, degree: int) -> int:
    """Height of a label: what many forms name is written larger."""
    return 19 if ref.kind == "process" else 19 + min(degree, 20) // 2


def wrap(text: str, width: int = _WRAP) -> str:
    """Break a label into lines at spaces.

    Args:
        text: The label.
        width: The wished number of characters a line.

    Returns:
        The label with line feeds.

    Example:
        >>> wrap("Commission on organised crime", 12).splitlines()
        ['Commission', 'on organised', 'crime']
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > _MAX_LINES:
        lines = [*lines[: _MAX_LINES - 1], lines[_MAX_LINES - 1] + " …"]
    return "\n".join(lines)


def pyvis_network(model: GraphModel, lang: Lang) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Put the model into a pyvis network and return its nodes and edges.

    The lists are filled directly: pyvis's ``add_node`` and ``add_edge`` scan all that is there each time.

    Args:
        model: Nodes and edges.
        lang: The language of the labels.

    Returns:
        The network's ``nodes`` and ``edges``, as vis-network reads them.
    """
    from pyvis.edge import Edge  # pyvis imports IPython: two seconds that only this function should cost
    from pyvis.network import Network
    from pyvis.node import Node

    net = Network(directed=False, cdn_resources="in_line")
    for node in model.nodes:
        look = {
            "group": node.family.name,
            "x": node.x,
            "y": node.y,
            "size": node_size(node.degree),
            "font": {"size": font_size(node.ref, node.degree)},
        }
        label = wrap(node.ref.label(lang))
        net.nodes.append(Node(node.key, node.family.shape, label, **look).options)
    for number, edge in enumerate(model.edges):
        ends = [f"{r.kind}/{r.id}" for r in (edge.process, edge.body)]
        net.edges.append(Edge(*ends, id=f"e{number}", dashes=edge.layer == "inferred").options)
    return net.nodes, net.edges
