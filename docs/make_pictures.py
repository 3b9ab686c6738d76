"""Take the pictures of the README with headless Chromium: ``python docs/make_pictures.py``.

Builds the shipped catalogue into a temporary folder, serves it on a free port of this machine, and writes the
pictures to ``docs/images``. Needs the test packages and Debian's Chromium.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from api.app import create_app
from graph.build import build, nquads
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import load_catalogue
from graph.settings import Settings
from graph.store import describe, write_edition

IMAGES = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("DAFTAR_CHROMIUM", "/usr/bin/chromium")
PICTURES = {
    "graph-en": "/en/graph",
    "home-fa": "/fa/",
    "process-en": "/en/processes/P08",
}


def _serve(folder: Path) -> tuple[uvicorn.Server, str]:
    settings = Settings(store=str(folder))
    catalogue = load_catalogue(bundled_data_dir())
    dataset = build(catalogue, base_iri=settings.base_iri, ontology=ontology_dir())
    written = nquads(dataset)
    write_edition(folder, written, describe(written, dataset, catalogue, base_iri=settings.base_iri))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning", ws="none"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{port}"


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, base = _serve(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name, path in PICTURES.items():
            page.goto(base + path)
            page.wait_for_timeout(2500 if "graph" in path else 300)
            if "graph" in path:
                page.locator("#network, .canvas, canvas").first.scroll_into_view_if_needed()
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
        browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
