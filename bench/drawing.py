"""*drawing*: from opening the file of the graph to its first drawing, in Chromium without a screen.

Beside pyvis with the same nodes, edges and positions and physics off, which is pyvis at its best.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from bench.children import call
from bench.model import Goal, Row, Sample
from bench.places import store, work

OURS = "#graph-canvas[data-ready]"
PYVIS = "pyvis, positions given"
#: Things to draw, and the made-up catalogue whose picture has about as many.
_NODES = (100, 500, 2000)
_CHROMIUM = os.environ.get("DAFTAR_CHROMIUM", "/usr/bin/chromium")
_WATCH = """(() => {
  const look = () => {
    if (document.querySelector("MARK")) window.daftarDrawn = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})();"""
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def run(size: int) -> list[Row]:
    """Measure pictures of three sizes (once, with the small catalogue), and the opening view."""
    rows: list[Row] = []
    if size <= 100:
        for nodes in _NODES:
            file, said = call("bench.drawing:write_picture", nodes)
            ours, peer = Sample(stopped=file.stopped), Sample(stopped=file.stopped)
            if not file.stopped:
                ours, _ = call("bench.drawing:draw", said["ours"], OURS, time_limit=200)
                peer, _ = call("bench.drawing:draw", said["pyvis"], "#drawn", time_limit=200)
            goal = Goal("under 3 s", 3) if nodes == 2000 else None
            facts = {"nodes": said.get("nodes", 0), "edges": said.get("edges", 0)}
            name = f"picture of {nodes:,} things"
            rows.append(Row("drawing", name, nodes, "s", ours, {PYVIS: peer}, goal, facts, growth=False))
    file, said = call("bench.drawing:write_opening", str(store(size)), size)
    drawn = Sample(stopped=file.stopped)
    if not file.stopped:
        drawn, _ = call("bench.drawing:draw", said["ours"], OURS, time_limit=200)
    goal = Goal("under 2 s", 2)
    facts = {"nodes": said.get("nodes", 0), "edges": said.get("edges", 0)}
    rows.append(Row("drawing", "the view that opens", size, "s", drawn, goal=goal, facts=facts))
    made = Sample(file.values, file.cpu_s, file.peak_mb, file.stopped)
    rows.append(Row("drawing", "making that view from the store", size, "s", made))
    return rows


def write_picture(nodes: int) -> dict[str, Any]:
    """Draw processes and bodies of a made-up table: as many things as asked, a third of them bodies."""
    from graph.view.graph_model import Asked
    from graph.view.graph_source import Source
    from graph.view.graph_views import Pictures
    from graph.view.page import graph_page
    from graph.view.reading import Catalogue
    from tests.view.national import national

    bodies = nodes // 4
    pictures = Pictures(Source(Catalogue(national(nodes - bodies, bodies))))
    asked = Asked(whole=True)
    model = pictures.model(asked)
    ours = work() / f"picture-{nodes}.html"
    ours.write_text(graph_page(pictures, "fa", asked), encoding="utf-8")
    pyvis = work() / f"pyvis-{nodes}.html"
    _write_pyvis(pictures, model, pyvis)
    found = {"nodes": len(model.nodes), "edges": len(model.edges)}
    return {"values": [], "ours": str(ours), "pyvis": str(pyvis), **found}


def _write_pyvis(pictures: Any, model: Any, path: Path) -> None:
    """The same nodes and places with pyvis's own template; a mark is put in when it has drawn."""
    from pyvis.network import Network

    net = Network(cdn_resources="in_line", height="800px", width="100%")
    for node in model.nodes:
        net.add_node(node.key, node.ref.label("fa"), x=node.x, y=node.y, shape="box")
    net.edges.extend({"from": edge.ends[0], "to": edge.ends[1]} for edge in model.edges)
    net.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}}')
    mark = (
        "network.once('afterDrawing', () => { const done = document.createElement('i'); done.id = 'drawn'; "
        "document.body.append(done); });"
    )
    text = net.generate_html()
    end = "network = new vis.Network(container, data, options);"
    if end not in text:
        raise RuntimeError("pyvis's page is not as it was: the place to mark the drawing is gone")
    path.write_text(text.replace(end, f"{end} {mark}"), encoding="utf-8")


def write_opening(folder: str, size: int) -> dict[str, Any]:
    """The view that the graph page opens with, made as the server does; timed from the open store on."""
    from api.edition import Edition
    from graph.store import open_store
    from graph.store.editions import find_edition
    from graph.view.graph_model import Asked
    from graph.view.page import graph_page

    edition = Edition(open_store(folder), find_edition(Path(folder)))
    started = time.perf_counter()
    pictures = edition.pictures
    text = graph_page(pictures, "fa", Asked())
    took = time.perf_counter() - started
    model = pictures.model(Asked())
    path = work() / f"opening-{size}.html"
    path.write_text(text, encoding="utf-8")
    return {"values": [took], "ours": str(path), "nodes": len(model.nodes), "edges": len(model.edges)}


def draw(path: str, mark: str) -> dict[str, Any]:
    """Seconds from opening a file until a mark is there, five times, each in a page of its own.

    The page itself looks for the mark before each of its frames and reads its own clock, which starts with
    the opening: a look from outside would search all that is in the page, again and again.
    """
    from playwright.sync_api import Route, sync_playwright

    found: list[float] = []

    def stay_here(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS) as browser,
    ):
        while len(found) < 5 and sum(found) < 60:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(_WATCH.replace("MARK", mark))
            page.route("**/*", stay_here)
            page.goto(Path(path).as_uri(), wait_until="commit")
            while not (drawn := page.evaluate("window.daftarDrawn")):
                page.wait_for_timeout(50)
            found.append(drawn / 1000)
            page.close()
    return {"values": found}
