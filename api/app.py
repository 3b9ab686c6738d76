"""The application: routes, static files, headers and error pages put together."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from api import openapi
from api.bundle import BUNDLE, FONTS
from api.compress import Compress
from api.desk import Desk
from api.errors import install_errors, public_words
from api.head import HeadAsGet
from api.origins import KnownHost, OpenData
from api.routes import (
    analyses,
    analysis_pages,
    compare,
    complete,
    components,
    graph,
    jobs,
    linked_data,
    lists,
    matrix,
    ontology,
    pages,
    questions,
    search,
    service,
    sparql,
)
from api.security import SecurityHeaders
from api.site import Site
from api.warm import prepare, settle, warm
from api.watch import Watch
from graph.settings import Settings
from graph.store import Store, StoreError, newest_fingerprint
from graph.view.graph_families import families_css
from graph.view.page import STATIC as VIEW_STATIC
from graph.view.page import graph_script, vis_network_folder

_STATIC = Path(__file__).parent / "static"
#: Every file that is served, by name: no request names a path.
_FILES = {
    "daftar.css": VIEW_STATIC / "daftar.css",
    "graph.css": VIEW_STATIC / "graph.css",
    "analyses.css": VIEW_STATIC / "analyses.css",
    "components.css": VIEW_STATIC / "components.css",
    "matrix.css": VIEW_STATIC / "matrix.css",
    "explore.css": VIEW_STATIC / "explore.css",
    "icon.svg": _STATIC / "icon.svg",
    "fonts.css": _STATIC / "fonts.css",
    **BUNDLE,
    **FONTS,
}
_THREADS = 8
"""Pages that are made at the same time."""


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """Build the application.

    Args:
        settings: Where the store is, and the limits of queries.
        store: An edition that is to answer always, whatever is built meanwhile; None for the newest.

    Returns:
        The application. It opens the store with the first request, so it starts before the first build.

    Example:
        >>> create_app(Settings.model_construct(store=".daftar")).title
        'Daftar'
    """
    site = Site(settings, store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # pages are work for the processor: more threads would only make each other and /healthz wait
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        site.warms = True
        threading.Thread(target=warm, args=(site, desk), name="warm", daemon=True).start()
        yield
        site.close()

    app = FastAPI(
        title="Daftar",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # we count for ourselves
    )
    app.router.routes.append(sparql.ENDPOINT)  # first: it is asked most, and by programs
    app.state.site = site
    app.state.desk = desk = Desk(settings)
    site.prepare, site.settle = partial(prepare, desk=desk), settle
    for middleware in (OpenData, Compress, HeadAsGet, KnownHost, SecurityHeaders):
        app.add_middleware(middleware)
    app.add_middleware(Watch, metrics=desk.metrics, write=settings.log_requests)
    install_errors(app)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:
        """Say whether there is a graph to answer from; never waits for a query, nor for a free thread."""
        try:
            edition = site.edition() if site.ready else await run_in_threadpool(site.edition)
        except StoreError as error:
            return JSONResponse({"status": "no graph", "error": public_words(error)}, 503)
        return JSONResponse({"status": "ok", "edition": edition.store.manifest.fingerprint})

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> Response:
        """Say whether the store answers at this moment; of a server it is asked over the network."""
        try:
            newest = newest_fingerprint(settings.store)
        except StoreError as error:
            return JSONResponse({"status": "no store", "error": public_words(error)}, 503)
        return JSONResponse({"status": "ready", "edition": newest})

    @app.get("/static/graph.js", include_in_schema=False)
    def graph_js() -> Response:
        """Serve the script of the graph, which is written in several files."""
        return Response(graph_script(), media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    @app.get("/static/families.css", include_in_schema=False)
    def families_style() -> Response:
        """Serve the colours of the families of bodies."""
        return Response(families_css(), 200, {"Cache-Control": "no-cache"}, "text/css; charset=utf-8")

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        """Serve one of our own files."""
        if name not in _FILES or not _FILES[name].is_file():  # the bundle may not be built
            raise HTTPException(404)
        return FileResponse(_FILES[name], headers={"Cache-Control": "no-cache"})

    @app.get("/static/vendor/vis-network.min.js", include_in_schema=False)
    def vis_network() -> Response:
        """Serve the vis-network that pyvis carries."""
        return FileResponse(
            vis_network_folder() / "vis-network.min.js",
            media_type="text/javascript",
            headers={"Cache-Control": "max-age=604800"},
        )

    app.include_router(openapi.router)
    app.include_router(linked_data.router)
    app.include_router(sparql.router)
    app.include_router(complete.router)
    app.include_router(search.router)
    app.include_router(service.router)
    app.include_router(ontology.router)
    app.include_router(questions.router)
    app.include_router(analyses.router)
    app.include_router(jobs.router)
    app.include_router(graph.router)
    app.include_router(matrix.router)
    app.include_router(analysis_pages.router)
    app.include_router(compare.router)
    app.include_router(components.router)
    app.include_router(lists.router)
    app.include_router(pages.router)
    app.include_router(lists.pages)
    return app
