"""A picture as a pyvis network, which vis-network draws in the browser."""

from __future__ import annotations

from typing import Any

from graph.view.graph_families import font_size, node_size, wrap
from graph.view.graph_model import GraphEdge, GraphModel, GraphNode
from graph.view.words import Lang, Words

#: How vis-network draws our shapes: its own name, the radius of corners, whether the border is dashed.
SHAPES: dict[str, tuple[str, int, bool]] = {
    "box": ("box", 3, False),
    "pill": ("box", 24, False),
    "sheet": ("box", 0, False),
    "form": ("box", 0, True),
    "ellipse": ("ellipse", 0, True),
}
_WIDEST = 9


def name_of(node: GraphNode, words: Words) -> str:
    """What a node is called.

    Args:
        node: The node.
        words: The messages of the edition.

    Returns:
        The thing's label; for a family of bodies its name in the legend.
    """
    return words.t(node.family.message) if node.ref.kind == "family" else node.ref.label(words.lang)


def drawn_node(node: GraphNode, words: Words, *, mirrored: bool = False) -> dict[str, Any]:
    """A node as vis-network reads it.

    Args:
        node: The node.
        words: The messages of the edition.
        mirrored: Whether what stands left goes right.

    Returns:
        The options of the node.
    """
    from pyvis.node import Node  # pyvis imports IPython: two seconds that only a drawing should cost

    shape, radius, dashed = SHAPES.get(node.family.shape, (node.family.shape, 0, False))
    label = wrap(name_of(node, words))
    if node.ref.kind == "family":
        label += "\n" + words.tn("graph.members", node.members)
    look = {
        "group": node.family.name,
        "x": -node.x if mirrored else node.x,
        "y": node.y,
        "size": node_size(node.weight),
        "font": {"size": font_size(node.ref, node.weight)},
        "shapeProperties": {"borderRadius": radius, "borderDashes": [6, 4] if dashed else False},
    }
    options: dict[str, Any] = Node(node.key, shape, label, **look).options
    return options


def score_text(score: float, words: Words) -> str:
    """A score as people read it: two digits after the point of the language.

    Args:
        score: From 0 to 1.
        words: The messages of the edition.

    Returns:
        For example ``0.51``, or ``۰٫۵۱``.
    """
    text = f"{score:.2f}"
    return words.num(text.replace(".", "٫")) if words.lang == "fa" else text


def drawn_edge(edge: GraphEdge, ident: str, words: Words) -> dict[str, Any]:
    """An edge as vis-network reads it.

    Args:
        edge: The edge.
        ident: Its id in the page.
        words: The messages of the edition.

    Returns:
        The options of the edge.
    """
    from pyvis.edge import Edge

    look: dict[str, Any] = {"id": ident, "dashes": edge.inferred or edge.weak}
    if edge.directed:
        look["arrows"] = "to"
    if edge.score:
        look["width"] = 1 + edge.score * (_WIDEST - 1)
        look["label"] = score_text(edge.score, words)
    elif edge.weight > 1:
        look["width"] = min(1 + edge.weight / 3, _WIDEST)
        look["label"] = words.num(edge.weight)
    options: dict[str, Any] = Edge(*edge.ends, **look).options
    return options


def pyvis_network(model: GraphModel, words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Put the picture into a pyvis network and return its nodes and edges.

    The lists are filled directly: pyvis's ``add_node`` and ``add_edge`` scan all that is there each time.

    Args:
        model: Nodes and edges.
        words: The messages of the edition. What is needed stands at the end of the line: left in Persian.

    Returns:
        The network's ``nodes`` and ``edges``, as vis-network reads them.
    """
    from pyvis.network import Network

    net = Network(directed=False, cdn_resources="in_line")
    mirrored = is_mirrored(model, words.lang)
    net.nodes.extend(drawn_node(node, words, mirrored=mirrored) for node in model.nodes)
    net.edges.extend(drawn_edge(edge, f"e{n}", words) for n, edge in enumerate(model.edges))
    return net.nodes, net.edges


def is_mirrored(model: GraphModel, lang: Lang) -> bool:
    """Whether a picture that reads along the line is drawn from right to left.

    Args:
        model: The picture.
        lang: The language of the page.

    Returns:
        True for layers in Persian.
    """
    return model.view == "dependencies" and lang == "fa"
