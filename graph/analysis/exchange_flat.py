"""A graph as two flat tables, nodes and edges, that every exchange format writes and gives back.

What a format cannot say is settled here once: values are texts, whole numbers, numbers, truth values or
lists of texts, one type for each attribute; ``None`` is left out; names that mean something to other
tools get ``_``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx

Type = Literal["string", "long", "double", "boolean", "list"]
Value = str | int | float | bool | tuple[str, ...]
Lang = Literal["fa", "en"]

#: Names of columns that readers of graphs take for their own, whatever the case.
_OF_NODES = frozenset(("id", "label", "timeset", "x", "y", "z", "size", "r", "g", "b"))
_OF_EDGES = frozenset(("id", "label", "timeset", "source", "target", "type", "kind", "key", "weight"))
_LARGEST = 2**63
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", "|": "\\|"}
_ITEM = re.compile(r"(?:\\.|[^|\\])+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_EMPTY_ITEM = "\\e"


class ExchangeError(ValueError):
    """A graph cannot be written in a format, or a file is no such graph."""


@dataclass(frozen=True)
class Node:
    """A row of the table of nodes: key, label for readers, attributes under their written names."""

    key: str
    label: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Edge:
    """A row of the table of edges: both ends, key, attributes under their written names."""

    source: str
    target: str
    key: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Flat:
    """Both tables with the types of their columns, by written name."""

    nodes: list[Node]
    edges: list[Edge]
    node_types: Mapping[str, Type]
    edge_types: Mapping[str, Type]


def flatten(graph: nx.MultiDiGraph[str], lang: Lang) -> Flat:
    """Make the tables of a graph.

    Args:
        graph: Keys of nodes and edges are texts.
        lang: The language of the labels for readers; where one is missing the other stands in, then the
            ``id``, then the key.

    Returns:
        The tables.

    Raises:
        ExchangeError: when a key or a value cannot be written in any format.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("P08", id="P08", fa="کمیسیون", subkinds=("specialised",))
        >>> flatten(graph, "fa").node_types
        {'id_': 'string', 'fa': 'string', 'subkinds': 'list'}
    """
    node_types: dict[str, Type] = {}
    edge_types: dict[str, Type] = {}
    nodes = [
        Node(
            _text(key, "the key of a node"),
            _label(key, said, lang),
            dict(_values(said, node_types, f"node {key!r}", node=True)),
        )
        for key, said in graph.nodes(data=True)
    ]
    edges = [
        Edge(
            source,
            target,
            _text(key, f"the key of an edge from {source!r} to {target!r}"),
            dict(_values(said, edge_types, f"edge {key!r} from {source!r} to {target!r}", node=False)),
        )
        for source, target, key, said in graph.edges(keys=True, data=True)
    ]
    return Flat(nodes, edges, node_types, edge_types)


def rebuild(flat: Flat) -> nx.MultiDiGraph[str]:
    """Make the graph of the tables.

    Args:
        flat: The tables.

    Returns:
        The graph; labels for readers are left out, attributes have their own names again.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in flat.nodes:
        graph.add_node(node.key)
        graph.nodes[node.key].update({read_name(n, node=True): v for n, v in node.values.items()})
    for edge in flat.edges:
        graph.add_edge(edge.source, edge.target, edge.key)
        said = {read_name(n, node=False): v for n, v in edge.values.items()}
        graph.edges[edge.source, edge.target, edge.key].update(said)
    return graph


def written_name(name: str, *, node: bool) -> str:
    """The name of an attribute in a file: one that tools take for their own gets ``_``.

    Example:
        >>> written_name("id", node=True), written_name("fa", node=True)
        ('id_', 'fa')
    """
    return f"{name}_" if _is_reserved(name, node) else name


def read_name(name: str, *, node: bool) -> str:
    """The name of an attribute that has this name in a file; undoes ``written_name``.

    Example:
        >>> read_name("id_", node=True), read_name("fa_", node=True)
        ('id', 'fa_')
    """
    return name[:-1] if name.endswith("_") and _is_reserved(name, node) else name


def encode(value: Value) -> str:
    r"""Write a value as text; a list has ``|`` between its items.

    Example:
        >>> encode(("a|b", "c")), encode(True), encode(0.5)
        ('a\\|b|c', 'true', '0.5')
    """
    if isinstance(value, tuple):
        return "|".join("".join(_ESCAPES.get(c, c) for c in item) or _EMPTY_ITEM for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def decode(text: str, kind: Type) -> Value:
    r"""Read a value from text; undoes ``encode``.

    Args:
        text: The text.
        kind: The type of the attribute.

    Returns:
        The value.

    Raises:
        ExchangeError: when the text is no such value.

    Example:
        >>> decode(r"a\|b|c", "list"), decode("true", "boolean")
        (('a|b', 'c'), True)
    """
    try:
        if kind == "list":
            items = _ITEM.findall(text)
            return tuple("" if item == _EMPTY_ITEM else _ESCAPED.sub(r"\1", item) for item in items)
        if kind == "boolean":
            return {"true": True, "false": False}[text]
        return int(text) if kind == "long" else float(text) if kind == "double" else text
    except (ValueError, KeyError) as error:
        raise ExchangeError(f"{text!r} is no value of type {kind}") from error


def _is_reserved(name: str, node: bool) -> bool:
    return name.rstrip("_").lower() in (_OF_NODES if node else _OF_EDGES)


def _label(key: str, said: Mapping[str, object], lang: Lang) -> str:
    names = (said.get(lang), said.get("en" if lang == "fa" else "fa"), said.get("id"))
    return next((name for name in names if isinstance(name, str) and name), key)


def _values(
    said: Mapping[str, object], types: dict[str, Type], where: str, *, node: bool
) -> Iterator[tuple[str, Value]]:
    for name, raw in said.items():
        if raw is None:
            continue
        place = f"attribute {name!r} of {where}"
        value, kind = _value(raw, place)
        written = written_name(_text(name, f"the name of an attribute of {where}"), node=node)
        known = types.setdefault(written, kind)
        if known != kind:
            raise ExchangeError(f"{place} is of type {kind}, elsewhere of type {known}; give it one type")
        yield written, value


def _value(raw: object, place: str) -> tuple[Value, Type]:
    match raw:
        case bool():
            return raw, "boolean"
        case int() if -_LARGEST <= raw < _LARGEST:
            return raw, "long"
        case float() if math.isfinite(raw):
            return raw, "double"
        case str():
            return _text(raw, place), "string"
        case tuple() | list() if all(isinstance(item, str) for item in raw):
            return tuple(_text(item, place) for item in raw), "list"
    raise ExchangeError(
        f"{place} is {raw!r}: only texts, lists of texts, truth values, finite numbers and whole numbers of "
        "64 bits can be written; change or remove it"
    )


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise ExchangeError(f"{what} is {value!r}; it must be a text")
    if _SURROGATE.search(value):
        raise ExchangeError(f"{what} has half a character ({value!r}), which no file can hold; remove it")
    return value


def texts(flat: Flat) -> Iterable[tuple[str, str]]:
    """Every text of the tables with a sentence part that says where it stands."""
    for node in flat.nodes:
        yield node.key, f"the key of node {node.key!r}"
        for name, value in node.values.items():
            yield name, f"the name of attribute {name!r}"
            yield encode(value), f"attribute {name!r} of node {node.key!r}"
    for edge in flat.edges:
        ends = f"from {edge.source!r} to {edge.target!r}"
        yield edge.key, f"the key of edge {edge.key!r} {ends}"
        for name, value in edge.values.items():
            yield name, f"the name of attribute {name!r}"
            yield encode(value), f"attribute {name!r} of edge {edge.key!r} {ends}"
