"""Node-link JSON, as NetworkX and D3 write it."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx

from graph.analysis.exchange_flat import Edge, ExchangeError, Flat, Node, Value


def node_link(flat: Flat) -> bytes:
    """Write node-link JSON.

    Args:
        flat: The tables.

    Returns:
        The document, in UTF-8.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in flat.nodes:
        graph.add_node(node.key)
        graph.nodes[node.key].update({"label": node.label, **node.values})
    for edge in flat.edges:
        graph.add_edge(edge.source, edge.target, edge.key)
        graph.edges[edge.source, edge.target, edge.key].update(edge.values)
    said = nx.node_link_data(graph, edges="edges")
    return json.dumps(said, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def read_node_link(document: bytes) -> Flat:
    """Read what ``node_link`` wrote.

    Args:
        document: The document.

    Returns:
        The tables.

    Raises:
        ExchangeError: when it is no such document.
    """
    try:
        said = json.loads(document)
        # NetworkX's reader passes attributes as arguments and so fails on one called "node_for_adding"
        nodes = [Node(_take(one, "id"), _take(one, "label"), _values(one)) for one in said["nodes"]]
        edges = [
            Edge(_take(one, "source"), _take(one, "target"), _take(one, "key"), _values(one))
            for one in said["edges"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExchangeError(f"no node-link JSON written by Daftar ({error!r})") from error
    return Flat(nodes, edges, {}, {})


def _take(one: dict[str, Any], name: str) -> str:
    return str(one.pop(name))


def _values(one: dict[str, Any]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in one.items()}
