r"""Pajek's ``.net``: numbered vertices with one label, arcs with one label.

The format has no attributes of one's own. They stand in comments (``%``) before ``*Vertices``, where
Pajek, Gephi, NetworkX and others pass them over, so nothing is lost for ``read_back``; what others read
is a label for each vertex and the relation as the label of each arc (``l``). Labels there are made
plain: a double quote, a backslash and a line break have no way to be written. NetworkX's writer is not
used: it drops the keys of edges, and every value that is empty or not a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.analysis.exchange_flat import Edge, ExchangeError, Flat, Node, Value

_NODE, _EDGE = "% node ", "% edge "
_UNSAYABLE = str.maketrans({'"': "”", "\\": "⧵"})
_ARC = re.compile(r"(\d+) (\d+) 1 l .*")


def pajek(flat: Flat) -> bytes:
    """Write the network (http://mrvar.fdv.uni-lj.si/pajek/DrawEPS.htm).

    Args:
        flat: The tables.

    Returns:
        The file, in UTF-8.
    """
    return "".join(f"{line}\n" for line in _lines(flat)).encode("utf-8")


def _lines(flat: Flat) -> Iterator[str]:
    number = {node.key: position for position, node in enumerate(flat.nodes, 1)}
    for node in flat.nodes:
        yield _NODE + _json({"key": node.key, "values": node.values})
    for edge in flat.edges:
        yield _EDGE + _json({"key": edge.key, "values": edge.values})
    yield f"*Vertices {len(flat.nodes)}"
    seen: set[str] = set()
    for position, node in enumerate(flat.nodes, 1):
        label = _plain(node.label)
        if label in seen:  # readers that take the label for the key would merge the two
            label = _plain(f"{node.label} [{node.key}]")
        while label in seen:
            label += "'"
        seen.add(label)
        yield f'{position} "{label}"'
    yield "*Arcs"
    for edge in flat.edges:
        yield f'{number[edge.source]} {number[edge.target]} 1 l "{_plain(edge.key)}"'


def read_pajek(document: bytes) -> Flat:
    """Read what ``pajek`` wrote.

    Args:
        document: The file.

    Returns:
        The tables: ends of arcs from the network, the rest from its comments.

    Raises:
        ExchangeError: when it is no such file.
    """
    try:
        lines = document.decode("utf-8").split("\n")
        said_nodes = [json.loads(line[len(_NODE) :]) for line in lines if line.startswith(_NODE)]
        said_edges = [json.loads(line[len(_EDGE) :]) for line in lines if line.startswith(_EDGE)]
        start = lines.index("*Arcs")
        nodes = [Node(said["key"], "", _values(said)) for said in said_nodes]
        edges = []
        arcs = [match for line in lines[start + 1 :] if (match := _ARC.fullmatch(line))]
        for arc, said in zip(arcs, said_edges, strict=True):
            source, target = nodes[int(arc[1]) - 1].key, nodes[int(arc[2]) - 1].key
            edges.append(Edge(source, target, said["key"], _values(said)))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ExchangeError(f"no Pajek network written by Daftar ({error})") from error
    return Flat(nodes, edges, {}, {})


def _values(said: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in said["values"].items()
    }


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def _plain(text: str) -> str:
    # what Java, Python or C take for the end of a line or of a word in quotes
    return "".join(c if c.isprintable() else " " for c in text.translate(_UNSAYABLE)).strip() or "-"
