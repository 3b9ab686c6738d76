"""Take the pictures of the README with headless Chromium: ``make pictures``.

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
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

from api.app import create_app
from graph.build import build, nquads
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import load_catalogue
from graph.settings import Settings
from graph.store import describe, write_edition

IMAGES = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("DAFTAR_CHROMIUM", "/usr/bin/chromium")
_DESK = {"viewport": {"width": 1280, "height": 900}}
#: Address, what the browser is like, and what is brought into view first.
PICTURES: dict[str, tuple[str, dict[str, Any], str]] = {
    "graph-en": ("/en/graph", _DESK, "#graph-canvas"),
    "home-fa": ("/fa/", _DESK, ""),
    "process-en": ("/en/processes/P08", _DESK, ""),
    "matrix-fa": ("/fa/matrix", {**_DESK, "color_scheme": "dark"}, ".matrix-scroll"),
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


def _take(page: Page, address: str, shown: str, out: Path) -> None:
    page.goto(address, wait_until="networkidle")
    if "graph" in address:
        page.wait_for_selector("#graph-canvas[data-ready]")
    if shown:
        page.locator(shown).evaluate("each => each.scrollIntoView({block: 'start'})")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=out)
    print(out)


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, base = _serve(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, options, shown) in PICTURES.items():
            with browser.new_context(**options, reduced_motion="reduce") as context:
                _take(context.new_page(), base + path, shown, IMAGES / f"{name}.png")
        browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
