"""GraphML and GEXF.

NetworkX has writers for both, which are not used here for reasons that matter to this graph. Its GraphML
gives all edges of a relation one ``id`` (ids must differ; Gephi drops the others), writes truth values
as Python does (``True``) and names its keys ``d3`` and ``d7``, which Gephi takes for labels. Its GEXF
takes the attribute ``id`` for the key of a node, which merges nodes of different kinds that share a
short id; it has no ``kind`` of edge, without which Gephi merges relations between the same two nodes;
and its reader forgets keys where no edges are parallel. NetworkX's readers read what is written here
(tested).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from graph.analysis.exchange_flat import Edge, ExchangeError, Flat, Node, Type, Value, decode, encode, texts

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
#: What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: tuple[Type, ...] = ("string", "long", "double", "boolean", "list")

Ids = dict[str, str]


def graphml(flat: Flat) -> bytes:
    """Write GraphML (http://graphml.graphdrawing.org/).

    Args:
        flat: The tables.

    Returns:
        The document. The key of an edge is its data ``key``, its label for readers too.

    Raises:
        ExchangeError: when a text has a character that XML cannot hold.
    """
    _check(flat)
    root = ET.Element("graphml", {"xmlns": _GRAPHML})
    for scope, name in (("node", "label"), ("edge", "label")):
        _key(root, f"{scope}-label", scope, name, "string")
    node_ids = _graphml_keys(root, "node", flat.node_types)
    edge_ids = _graphml_keys(root, "edge", flat.edge_types)
    graph = ET.SubElement(root, "graph", {"edgedefault": "directed"})
    for node in flat.nodes:
        one = ET.SubElement(graph, "node", {"id": node.key})
        _data(one, {"node-label": node.label})
        _data(one, {node_ids[name]: encode(value) for name, value in node.values.items()})
    for number, edge in enumerate(flat.edges):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        one = ET.SubElement(graph, "edge", ends)
        _data(one, {"edge-label": edge.key})
        _data(one, {edge_ids[name]: encode(value) for name, value in edge.values.items()})
    return _bytes(root)


def read_graphml(document: bytes) -> Flat:
    """Read what ``graphml`` wrote.

    Args:
        document: The document.

    Returns:
        The tables.

    Raises:
        ExchangeError: when it is no such document.
    """
    root = _parse(document, f"{{{_GRAPHML}}}graphml")
    names = {_of(key, "id"): _of(key, "attr.name") for key in root.iterfind(f"{{{_GRAPHML}}}key")}
    space = f"{{{_GRAPHML}}}graph/{{{_GRAPHML}}}"

    def data(one: ET.Element) -> dict[str, str]:
        return {_of(d, "key"): d.text or "" for d in one.iterfind(f"{{{_GRAPHML}}}data")}

    nodes, edges = [], []
    for one in root.iterfind(f"{space}node"):
        said = data(one)
        nodes.append(Node(_of(one, "id"), _label(said, "node-label"), _values(said, names)))
    for one in root.iterfind(f"{space}edge"):
        said = data(one)
        key = _label(said, "edge-label")
        edges.append(Edge(_of(one, "source"), _of(one, "target"), key, _values(said, names)))
    return Flat(nodes, edges, {}, {})


def gexf(flat: Flat) -> bytes:
    """Write GEXF 1.3 (https://gexf.net/); the key of an edge is its ``kind``.

    Args:
        flat: The tables.

    Returns:
        The document.

    Raises:
        ExchangeError: when a text has a character that XML cannot hold.
    """
    _check(flat)
    root = ET.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    node_ids = _gexf_attributes(graph, "node", flat.node_types)
    edge_ids = _gexf_attributes(graph, "edge", flat.edge_types)
    nodes = ET.SubElement(graph, "nodes")
    for node in flat.nodes:
        one = ET.SubElement(nodes, "node", {"id": node.key, "label": node.label})
        _attvalues(one, node.values, node_ids)
    edges = ET.SubElement(graph, "edges")
    for number, edge in enumerate(flat.edges):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        one = ET.SubElement(edges, "edge", {**ends, "kind": edge.key, "label": edge.key})
        _attvalues(one, edge.values, edge_ids)
    return _bytes(root)


def read_gexf(document: bytes) -> Flat:
    """Read what ``gexf`` wrote.

    Args:
        document: The document.

    Returns:
        The tables.

    Raises:
        ExchangeError: when it is no such document.
    """
    root = _parse(document, f"{{{_GEXF}}}gexf")
    names = {_of(one, "id"): _of(one, "title") for one in root.iter(f"{{{_GEXF}}}attribute")}

    def values(one: ET.Element) -> dict[str, Value]:
        found = one.iterfind(f"{{{_GEXF}}}attvalues/{{{_GEXF}}}attvalue")
        return _values({_of(v, "for"): _of(v, "value") for v in found}, names)

    nodes = [Node(_of(one, "id"), _of(one, "label"), values(one)) for one in root.iter(f"{{{_GEXF}}}node")]
    edges = [
        Edge(_of(one, "source"), _of(one, "target"), _of(one, "kind"), values(one))
        for one in root.iter(f"{{{_GEXF}}}edge")
    ]
    return Flat(nodes, edges, {}, {})


def _graphml_keys(root: ET.Element, scope: str, types: Mapping[str, Type]) -> Ids:
    ids = dict(_column_ids(scope, types))
    for name, ident in ids.items():
        _key(root, ident, scope, name, _written_type(types[name]))
    return ids


def _key(root: ET.Element, ident: str, scope: str, name: str, kind: str) -> None:
    ET.SubElement(root, "key", {"id": ident, "for": scope, "attr.name": name, "attr.type": kind})


def _data(one: ET.Element, texts_by_key: Mapping[str, str]) -> None:
    for key, text in texts_by_key.items():
        ET.SubElement(one, "data", {"key": key}).text = text


def _gexf_attributes(graph: ET.Element, scope: str, types: Mapping[str, Type]) -> Ids:
    ids = dict(_column_ids(scope, types))
    if ids:
        block = ET.SubElement(graph, "attributes", {"class": scope, "mode": "static"})
        for name, ident in ids.items():
            kind = _written_type(types[name])
            ET.SubElement(block, "attribute", {"id": ident, "title": name, "type": kind})
    return ids


def _attvalues(one: ET.Element, values: Mapping[str, Value], ids: Ids) -> None:
    if values:
        block = ET.SubElement(one, "attvalues")
        for name, value in values.items():
            ET.SubElement(block, "attvalue", {"for": ids[name], "value": encode(value)})


def _column_ids(scope: str, types: Mapping[str, Type]) -> Iterator[tuple[str, str]]:
    """Ids of columns; they carry the type, because neither format has one for lists of texts."""
    for number, (name, kind) in enumerate(types.items()):
        yield name, f"{scope}-{kind}-{number}"


def _written_type(kind: Type) -> str:
    return "string" if kind == "list" else kind


def _values(said: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for ident, text in said.items():
        kind = next((kind for kind in _TYPES if f"-{kind}-" in ident), None)
        if kind is None or ident not in names:
            raise ExchangeError(f"column {ident!r} was not written by Daftar")
        found[names[ident]] = decode(text, kind)
    return found


def _check(flat: Flat) -> None:
    for text, where in texts(flat):
        if bad := _FORBIDDEN.search(text):
            raise ExchangeError(
                f"{where} has the character U+{ord(bad[0]):04X}, which XML cannot hold; remove it from the "
                "record, or write json or csv"
            )


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    # a bare carriage return in text comes back as a line feed (https://www.w3.org/TR/xml/#sec-line-ends)
    return document.replace(b"\r", b"&#13;")


def _parse(document: bytes, root: str) -> ET.Element:
    try:
        found = ET.fromstring(document)  # noqa: S314 - no network; expat bounds the growth of entities
    except ET.ParseError as error:
        raise ExchangeError(f"not an XML document ({error})") from error
    if found.tag != root:
        raise ExchangeError(f"the document is {found.tag}, not {root}")
    return found


def _of(one: ET.Element, name: str) -> str:
    if name not in one.attrib:
        raise ExchangeError(f"{one.tag} has no {name}: not written by Daftar")
    return one.attrib[name]


def _label(said: dict[str, str], ident: str) -> str:
    if ident not in said:
        raise ExchangeError(f"there is no data {ident}: not written by Daftar")
    return said.pop(ident)
