"""The data block of a graph page: what is drawn, what the panel says, and what can be added by a click."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from graph.view.graph_families import families
from graph.view.graph_model import GraphEdge, GraphModel, GraphNode, Tie, edge_of, key_of
from graph.view.graph_source import Source
from graph.view.graph_words import BASIS_KEYS, SCRIPT_KEYS, TIE_KEYS
from graph.view.network import SHAPES, drawn_edge, drawn_node, name_of, pyvis_network
from graph.view.nodes import Ref
from graph.view.words import Words

#: A click adds so many things.
ADDED_AT_ONCE = 12
#: A thing that is added brings so many of its ties at most; the page shows those whose ends are drawn.
TIES_AT_MOST = 400
#: An offline file carries so many undrawn things, the neighbours of the first drawn ones.
RESERVE = 240
Linker = Callable[[Ref], str | None]


def script_json(data: object) -> Markup:
    r"""Write data so that it can stand in a ``<script type="application/json">`` block.

    Args:
        data: What ``json`` can write.

    Returns:
        JSON without ``<``, ``>``, ``&`` and the line separators of JavaScript.

    Example:
        >>> str(script_json("</script>"))
        '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 (every character that HTML reads is escaped above)


def block(model: GraphModel, words: Words, link: Linker | None, *, site: bool) -> dict[str, Any]:
    """The data block without what can be added.

    Args:
        model: The picture.
        words: The messages of the edition.
        link: Makes the address of a thing's page; without it nothing is linked.
        site: Whether the page stands on a site, which can be asked for more.

    Returns:
        What the script reads.
    """
    nodes, edges = pyvis_network(model, words)
    for drawn, node in zip(nodes, model.nodes, strict=True):
        drawn["daftar"] = about_node(node, words, link, site=site)
    for drawn, edge in zip(edges, model.edges, strict=True):
        drawn["daftar"] = about_edge(edge, words)
    return {
        "lang": words.lang,
        "view": model.view,
        "nodes": nodes,
        "edges": edges,
        "families": _styles(),
        "reasons": {reason: [words.t(key) for key in keys] for reason, keys in TIE_KEYS.items()},
        "layers": {layer: words.t(key) for layer, key in BASIS_KEYS.items()},
        "messages": words.given(SCRIPT_KEYS),
        "atOnce": ADDED_AT_ONCE,
        "more": f"/{words.lang}/graph/neighbours" if site else "",
        "middle": key_of(model.centre) if model.centre else "",
    }


def about_node(node: GraphNode, words: Words, link: Linker | None, *, site: bool) -> dict[str, Any]:
    """What the panel says of a node.

    Args:
        node: The node.
        words: The messages of the edition.
        link: Makes the address of a thing's page.
        site: Whether the page stands on a site.

    Returns:
        Plain data.
    """
    lang, family = words.lang, node.ref.kind == "family"
    around = inside = ""
    if site:
        around = "" if family else f"/{lang}/graph?view=around&of={node.key}"
        inside = f"/{lang}/graph?view=together&of={node.ref.id}" if family else ""
    return {
        "name": name_of(node, words),
        "other": (node.ref.en if lang == "fa" else node.ref.fa) or "",
        "id": node.ref.id if node.ref.kind in ("process", "service") else "",
        "kind": ("، " if lang == "fa" else ", ").join(kind.label(lang) for kind in node.kinds),
        "family": words.t(node.family.message),
        "lines": words.num(node.lines),
        "row": node.anchor,
        "href": (link(node.ref) or "") if link and not family else "",
        "around": around,
        "inside": inside,
        "total": node.total,
        "drawn": node.drawn,
    }


def about_edge(edge: GraphEdge, words: Words) -> dict[str, Any]:
    """What the panel says of an edge.

    Args:
        edge: The edge.
        words: The messages of the edition.

    Returns:
        Plain data.
    """
    return {"circle": edge.circle, "directed": edge.directed, "ties": [_tie(t, words) for t in edge.ties]}


def _tie(tie: Tie, words: Words) -> dict[str, Any]:
    said: dict[str, Any] = {"reason": tie.reason, "layer": tie.layer}
    if tie.words:
        said["words"] = tie.words
    if tie.lines:
        said["lines"] = words.num(tie.lines)
    if tie.weak:
        said["weak"] = True
    if tie.shared:
        said["shared"] = [ref.label(words.lang) for ref in tie.shared]
        said["count"] = tie.count
    return said


def _styles() -> dict[str, dict[str, object]]:
    return {
        f.name: {"light": f.light, "dark": f.dark, "shape": SHAPES.get(f.shape, (f.shape,))[0]}
        for f in families().values()
    }


def neighbours(
    source: Source, key: str, words: Words, link: Linker | None, *, start: int = 0, most: int = ADDED_AT_ONCE
) -> dict[str, Any]:
    """Things tied to one thing, the best founded first, with their ties, ready to be drawn.

    Args:
        source: The catalogue.
        key: The thing, as ``agency/police``.
        words: The messages of the edition.
        link: Makes the address of a thing's page.
        start: How many to pass over.
        most: How many to return.

    Returns:
        ``total``, ``start``, ``next`` (None at the end), ``nodes`` and ``edges``.

    Raises:
        graph.view.graph_model.NoSuchThingError: if the graph has no such thing.
    """
    iri = source.find(key)
    near = source.around.get(iri, ())
    page = near[start : start + most]
    end = start + len(page)
    return {
        "total": len(near),
        "start": start,
        "next": end if end < len(near) else None,
        **added(source, page, words, link, site=True),
    }


def reserve(model: GraphModel, source: Source, words: Words, link: Linker | None) -> dict[str, Any]:
    """What an offline file can add: undrawn neighbours of what is drawn.

    Args:
        model: The picture.
        source: The catalogue.
        words: The messages of the edition.
        link: Makes the address of a thing's page.

    Returns:
        ``nodes``, ``edges`` and ``around`` (keys of undrawn neighbours by key).
    """
    drawn = {node.ref.iri for node in model.nodes}
    chosen: dict[str, None] = {}
    around: dict[str, list[str]] = {}
    middle_first = sorted(model.nodes, key=lambda node: node.ref != model.centre)
    for node in middle_first:
        for iri in source.around.get(node.ref.iri, ()):
            if iri not in drawn and (iri in chosen or len(chosen) < RESERVE):
                chosen[iri] = None
                around.setdefault(node.key, []).append(key_of(source.ref(iri)))
    more = added(source, chosen, words, link, site=False)
    held = {node.key for node in model.nodes} | {node["id"] for node in more["nodes"]}
    edges = [edge for edge in more["edges"] if edge["from"] in held and edge["to"] in held]
    return {"around": around, "nodes": more["nodes"], "edges": edges}


def added(
    source: Source, things: Iterable[str], words: Words, link: Linker | None, *, site: bool
) -> Mapping[str, Any]:
    """Nodes for things that a click adds, with all their ties up to ``TIES_AT_MOST`` each.

    Args:
        source: The catalogue.
        things: Their IRIs.
        words: The messages of the edition.
        link: Makes the address of a thing's page.
        site: Whether the page stands on a site.

    Returns:
        ``nodes`` without places, and ``edges`` by the ids of their ends.
    """
    nodes, edges = [], {}
    for iri in things:
        node = _undrawn(source, iri)
        options = drawn_node(node, words)
        del options["x"], options["y"]
        options["daftar"] = about_node(node, words, link, site=site)
        nodes.append(options)
        for other in source.around.get(iri, ())[:TIES_AT_MOST]:
            for a, b in ((iri, other), (other, iri)):
                if not (ties := source.ties_of(a, b)):
                    continue
                edge = edge_of(source.ref(a), source.ref(b), ties)
                ident = f"{edge.ends[0]}>{edge.ends[1]}"
                drawn = drawn_edge(edge, ident, words)
                drawn["daftar"] = about_edge(edge, words)
                edges[ident] = drawn
    return {"nodes": nodes, "edges": [edges[ident] for ident in sorted(edges)]}


def _undrawn(source: Source, iri: str) -> GraphNode:
    near = source.around.get(iri, ())
    kinds = source.catalogue.kinds(source.kinds.get(iri, ()))
    ref, family, lines = source.ref(iri), source.family(iri), source.lines_of(iri)
    return GraphNode(ref, family, kinds, 0, min(len(near), 12), lines, 0, 0, total=len(near))
