"""The interactive graph as one HTML file that asks the network for nothing, and its parts for the site.

Labels are hostile input: HTML is escaped by the template, the data block by ``script_json``,
and the script writes text nodes only. The file carries a Content-Security-Policy that names its
own scripts and style by hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.view.graph_data import block, reserve, script_json
from graph.view.graph_families import families, families_css
from graph.view.graph_model import Asked, GraphModel, View
from graph.view.graph_source import Source
from graph.view.graph_views import DRAW_AT_MOST, OPEN_AT_MOST, Pictures
from graph.view.graph_words import ALONE_KEYS, BASIS_KEYS, TIE_KEYS, VIEW_KEYS
from graph.view.nodes import Ref
from graph.view.reading import Catalogue, Queryable
from graph.view.terms import DEFAULT_BASE
from graph.view.words import Lang, Words, view_words

__all__ = ["GraphPart", "graph_page", "graph_part", "graph_script", "script_json", "write_graph"]

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"
#: The parts of the script, in the order in which they run.
SCRIPTS = ("core", "state", "draw", "panel", "find", "expand", "rows", "picture", "start")


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
    """What a template needs to show the graph: the picture, the data block, and how to go on from here.

    Attributes:
        model: The picture.
        data: The data block.
        words: The messages of the edition.
        site: Whether the page stands on a site, where other pictures are a link away.
        choices: Things that may stand in the middle, where there are few enough to choose from.
    """

    model: GraphModel
    data: Markup
    words: Words
    site: bool = False
    choices: tuple[Ref, ...] = ()

    def name(self, ref: Ref) -> str:
        """What a thing is called; a family of bodies has the name of the legend."""
        return (
            self.words.t(families()[ref.id].message) if ref.kind == "family" else ref.label(self.words.lang)
        )

    @property
    def title(self) -> str:
        """The name of the view, with the thing in the middle."""
        title, middle = self.view_name(self.model.view), self.model.centre
        return self.words.t("graph.titled", view=title, name=self.name(middle)) if middle else title

    @property
    def intro(self) -> str:
        """What the view shows."""
        return self.words.t(VIEW_KEYS[self.model.view][1])

    def view_name(self, view: View) -> str:
        """The name of a view."""
        return self.words.t(VIEW_KEYS[view][0])

    def tie(self, reason: str) -> str:
        """What a tie says."""
        return self.words.t(TIE_KEYS[reason][0])

    def basis(self, layer: str) -> str:
        """What a tie rests on."""
        return self.words.t(BASIS_KEYS[layer])

    @property
    def alone(self) -> str:
        """How many things the view leaves out because nothing ties them; empty for none."""
        key = ALONE_KEYS.get(self.model.view)
        return self.words.tn(key, self.model.alone) if key and self.model.alone else ""

    @property
    def draws_whole(self) -> bool:
        """Whether all of a large view may be drawn on request."""
        return self.model.aggregated_instead and self.model.whole <= DRAW_AT_MOST

    def address(self, **changes: Any) -> str:
        """The query of this picture with something changed."""
        return replace(self.model.asked, **changes).query


def graph_part(
    pictures: Pictures | Catalogue,
    lang: Lang,
    view: str | Asked = "agencies",
    link: Callable[[Ref], str | None] | None = None,
) -> GraphPart:
    """Build the graph for a page.

    Args:
        pictures: The pictures of an edition; from a catalogue they are made anew.
        lang: The language of the page.
        view: The graph's view, or all that is asked for.
        link: Makes the address of a thing's page; without it nothing is linked, and what a click adds is
            carried along.

    Returns:
        The picture and its data block.

    Raises:
        ValueError: If there is no such view.
    """
    made = Pictures(Source(pictures)) if isinstance(pictures, Catalogue) else pictures
    asked = view if isinstance(view, Asked) else Asked(view)  # type: ignore[arg-type]
    model, words, site = made.model(asked), view_words(lang), link is not None
    data = block(model, words, link, site=site)
    if not site:
        data["reserve"] = reserve(model, made.source, words, link)
    choices: tuple[Ref, ...] = ()
    if site and model.view == "around" and len(made.source.around) <= OPEN_AT_MOST:
        choices = tuple(made.source.ref(iri) for iri in sorted(made.source.around, key=made.source.order))
    return GraphPart(model, script_json(data), words, site, choices)


def graph_script() -> str:
    """Return the script of the graph page: its files in their order, as one.

    Returns:
        JavaScript.
    """
    return "".join(_asset(f"graph/{name}.js") for name in SCRIPTS)


def graph_page(
    store: Queryable | Pictures,
    lang: Lang = "fa",
    view: str | Asked = "agencies",
    *,
    base_iri: str = DEFAULT_BASE,
) -> str:
    """Return the graph as one HTML file.

    Args:
        store: The catalogue's store, or the pictures of an edition.
        lang: The language of the file.
        view: The graph's view, or all that is asked for.
        base_iri: The base of the resource IRIs.

    Returns:
        A complete page that makes no request at all.

    Raises:
        ValueError: If there is no such view or thing.
    """
    pictures = store if isinstance(store, Pictures) else Pictures(Source(Catalogue(store, base_iri)))
    part = graph_part(pictures, lang, view)
    vis = (vis_network_folder() / "vis-network.min.js").read_text(encoding="utf-8")
    script, style = graph_script(), _asset("daftar.css") + families_css() + _asset("graph.css")
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # The assets are ours or pyvis's and stand in script and style elements, where escaping would break them.
    return (
        environment()
        .get_template("graph_file.html")
        .render(
            **page_words(part.words),
            part=part,
            policy=policy,
            link=None,
            vis=Markup(vis),  # noqa: S704
            script=Markup(script),  # noqa: S704
            style=Markup(style),  # noqa: S704
        )
    )


def write_graph(
    store: Queryable | Pictures,
    out: Path,
    lang: Lang = "fa",
    view: str | Asked = "agencies",
    *,
    base_iri: str = DEFAULT_BASE,
) -> Path:
    """Write the graph as one HTML file.

    Args:
        store: The catalogue's store, or the pictures of an edition.
        out: The file.
        lang: The language of the file.
        view: The graph's view, or all that is asked for.
        base_iri: The base of the resource IRIs.

    Returns:
        The file.

    Raises:
        ValueError: If there is no such view or thing.
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
