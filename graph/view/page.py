"""The interactive graph as one HTML file that asks the network for nothing, and its parts for the site.

Labels are hostile input: HTML is escaped by the template, the data block by ``script_json``,
and the script writes text nodes only. The file carries a Content-Security-Policy that names its
own scripts and style by hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.view.network import GraphModel, graph_model, pyvis_network
from graph.view.nodes import Ref
from graph.view.reading import Catalogue, Queryable
from graph.view.terms import DEFAULT_BASE
from graph.view.words import Lang, Words, view_words

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"
_MESSAGES = (
    "graph.find.none",
    "graph.close",
    "graph.open",
    "graph.row",
    "graph.inferred.long",
    "graph.lines",
    "graph.links.one",
    "graph.links.other",
)


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


def vis_network_folder() -> Path:
    """Return the folder of the vis-network that the pyvis wheel carries.

    Returns:
        The folder with ``vis-network.min.js``.

    Raises:
        FileNotFoundError: If pyvis is not installed.
    """
    spec = find_spec("pyvis")  # found, not imported: the import is slow and not needed for a file
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package pyvis is not installed; install Daftar's requirements again.")
    return Path(spec.origin).parent / "lib" / "vis-9.1.2"


@dataclass(frozen=True)
class GraphPart:
    """What a template needs to show the graph: the model and the data block."""

    model: GraphModel
    data: Markup


def graph_part(
    catalogue: Catalogue, lang: Lang, view: str = "agencies", link: Callable[[Ref], str] | None = None
) -> GraphPart:
    """Build the graph for a page.

    Args:
        catalogue: The store.
        lang: The language of the page.
        view: The graph's view.
        link: Makes the address of a thing's page; without it nothing is linked.

    Returns:
        The model and its data block.
    """
    model = graph_model(catalogue, view)
    words = view_words(lang)
    nodes, edges = pyvis_network(model, lang)
    for drawn, node in zip(nodes, model.nodes, strict=True):
        drawn["daftar"] = {
            "name": node.ref.label(lang),
            "other": (node.ref.en if lang == "fa" else node.ref.fa) or "",
            "id": node.ref.id if node.ref.kind == "process" else "",
            "kind": "، ".join(k.label(lang) for k in node.kinds) if lang == "fa" else _kinds(node.kinds),
            "family": words.t(node.family.message),
            "lines": words.num(node.lines) if node.lines else "",
            "row": node.anchor,
            "href": link(node.ref) if link else "",
        }
    for drawn, edge in zip(edges, model.edges, strict=True):
        drawn["daftar"] = {
            "inferred": edge.layer == "inferred",
            "evidence": [[text, words.num(lines) if lines else ""] for text, lines in edge.evidence],
        }
    styles = {f.name: {"light": f.light, "dark": f.dark, "shape": f.shape} for f, _ in model.families}
    data: dict[str, Any] = {
        "lang": lang,
        "nodes": nodes,
        "edges": edges,
        "families": styles,
        "messages": {key: words.messages[key] for key in _MESSAGES},
    }
    return GraphPart(model, script_json(data))


def _kinds(kinds: tuple[Ref, ...]) -> str:
    return ", ".join(k.label("en") for k in kinds)


def graph_page(
    store: Queryable, lang: Lang = "fa", view: str = "agencies", *, base_iri: str = DEFAULT_BASE
) -> str:
    """Return the graph as one HTML file.

    Args:
        store: The catalogue's store.
        lang: The language of the file.
        view: The graph's view.
        base_iri: The base of the resource IRIs.

    Returns:
        A complete page that makes no request at all.
    """
    part = graph_part(Catalogue(store, base_iri), lang, view)
    vis = (vis_network_folder() / "vis-network.min.js").read_text(encoding="utf-8")
    script, style = _asset("graph.js"), _asset("daftar.css")
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    words = view_words(lang)
    # The assets are ours or pyvis's and stand in script and style elements, where escaping would break them.
    return (
        environment()
        .get_template("graph_file.html")
        .render(
            **page_words(words),
            part=part,
            policy=policy,
            link=None,
            vis=Markup(vis),  # noqa: S704
            script=Markup(script),  # noqa: S704
            style=Markup(style),  # noqa: S704
        )
    )


def write_graph(
    store: Queryable, out: Path, lang: Lang = "fa", view: str = "agencies", *, base_iri: str = DEFAULT_BASE
) -> Path:
    """Write the graph as one HTML file.

    Args:
        store: The catalogue's store.
        out: The file.
        lang: The language of the file.
        view: The graph's view.
        base_iri: The base of the resource IRIs.

    Returns:
        The file.
    """
    out.write_text(graph_page(store, lang, view, base_iri=base_iri), encoding="utf-8", newline="\n")
    return out


def page_words(words: Words) -> Mapping[str, object]:
    """Return what every template calls: messages, digits, language and direction.

    Args:
        words: The messages of the edition.

    Returns:
        Names for the template.
    """
    return {"t": words.t, "tn": words.tn, "num": words.num, "lang": words.lang, "dir": words.direction}


@cache
def environment() -> Environment:
    """Return the template environment of the graph's file; it escapes everything.

    Returns:
        The environment.
    """
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
