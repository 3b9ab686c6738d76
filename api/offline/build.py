"""Building the static site: every page is asked of the application in this process and written as a file."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import httpx
import pyoxigraph as ox
from fastapi import FastAPI
from markupsafe import Markup

from api.app import create_app
from api.bundle import FONTS, OFFLINE_SCRIPT, SITE_LISTS, SITE_SUGGEST
from api.offline.addresses import Address, address_of, page_file, relative
from api.offline.folder import SiteFolder
from api.offline.graph import GRAPH_BLOCK, views_of_things, with_reserve
from api.offline.lists import list_page, listed
from api.offline.marks import marked
from api.offline.pages import POLICY, redirect_page, search_page, server_page
from api.offline.search import search_script
from graph.export.errors import ExportError
from graph.export.writing import write_quads
from graph.query.formats import FORMATS
from graph.settings import Settings
from graph.store import Store
from graph.view.page import script_json
from graph.view.rewriting import attributes, rewrite
from graph.view.words import LANGS

Progress = Callable[[int, int], None]
_LINKS = frozenset({"href", "src", "action"})
#: Names of links in the data of scripts.
_DATA_LINKS = frozenset({"href", "around", "inside"})
_BLOCK = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', re.DOTALL)
_RDF = {entry.media_type.partition(";")[0]: entry for entry in FORMATS if entry.answers == "graph"}
_ENGINE = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
_SHOWN_DEAD = 10


def build_site(store: Store, out: Path, settings: Settings, progress: Progress = lambda *_: None) -> int:
    """Write the whole catalogue as a static site. The same edition gives the same bytes.

    Args:
        store: The edition.
        out: The folder; a former site there is replaced when everything is written.
        settings: The settings of the server, which some pages show.
        progress: Told the files done and known.

    Returns:
        Number of files.

    Raises:
        ExportError: when a link is dead, a page fails, or the folder holds something else.

    Example::

        build_site(open_store(".daftar"), Path("site"), Settings())
    """
    if not all(script.is_file() for script in (OFFLINE_SCRIPT, SITE_SUGGEST, SITE_LISTS)):
        raise ExportError(
            'the scripts of the static site are not bundled; run "make run" once, then try again'
        )
    quiet = settings.model_copy(update={"log_requests": False})
    app = create_app(quiet, store)
    try:
        with SiteFolder(out) as folder:
            asyncio.run(_Builder(app, folder, progress).run())
            return folder.finish({"edition": store.manifest.fingerprint})
    finally:
        app.state.site.close()


class _Builder:
    """One walk from the front page along all links."""

    def __init__(self, app: FastAPI, folder: SiteFolder, progress: Progress) -> None:
        self._app, self._folder, self._progress = app, folder, progress
        self._waiting: deque[Address] = deque()
        self._known: dict[str, str] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self._places: list[tuple[str, str, str]] = []
        self._dead: list[str] = []

    async def run(self) -> None:
        """Write everything."""
        site = self._app.state.site.edition()
        own = {
            "static/search-data.js": search_script(site.index),
            "static/offline.js": OFFLINE_SCRIPT.read_bytes(),
            "static/suggest.js": SITE_SUGGEST.read_bytes(),
            "static/lists.js": SITE_LISTS.read_bytes(),
            # fonts.css names them, and no page does
            **{f"static/{name}": path.read_bytes() for name, path in FONTS.items() if path.is_file()},
        }
        for name, content in own.items():
            self._folder.write(name, content)
            self._known[name] = ""
        for path in ("/", *(f"/{lang}/{page}" for lang in LANGS for page in ("", "server"))):
            self._want(address_of(path), "")
        transport = httpx.ASGITransport(app=self._app)
        headers = {"Accept": "text/html, */*;q=0.1", "Accept-Language": "fa", "Accept-Encoding": "identity"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=headers, timeout=600
        ) as client:
            while self._waiting:
                await self._take(client, self._waiting.popleft())
                self._progress(len(self._known) - len(self._waiting), len(self._known))
        self._check_places()
        if self._dead:
            more = len(self._dead) - _SHOWN_DEAD
            shown = [*self._dead[:_SHOWN_DEAD], *([f"and {more} more"] if more > 0 else [])]
            raise ExportError("the site has dead links; nothing was written:\n" + "\n".join(shown))

    def _want(self, address: Address, page: str) -> None:
        if address.file not in self._known:
            self._known[address.file] = page
            self._waiting.append(address)

    async def _take(self, client: httpx.AsyncClient, address: Address) -> None:
        own = _own_page(self._app, address.path)
        if own is not None:
            self._write_page(address, own)
            return
        answer = await client.get(address.path)
        if answer.is_redirect:
            self._redirect(address, answer.headers["location"])
            return
        kind = answer.headers.get("content-type", "").partition(";")[0]
        # 400 as a page: a question whose usual example is not in this catalogue; the page says so
        if answer.status_code != 200 and (answer.status_code, kind) != (400, "text/html"):
            self._dead.append(f"{self._known[address.file] or '/'} → {address.path}: {answer.status_code}")
            return
        if kind == "text/html" and address.kind in ("page", "search"):
            self._write_page(address, answer.text)
            return
        content = _steady(answer.content, kind)
        self._folder.write(address.file, content)
        if address.path.startswith(("/id/", "/ontology", "/code")):  # the IRI itself sends people on
            self._want(address_of(address.path.rpartition(".")[0]), address.path)

    def _redirect(self, address: Address, location: str) -> None:
        to = address_of(urlsplit(location)._replace(scheme="", netloc="").geturl(), address.path)
        paths = [re.sub(r"^/(fa|en)(?=/)", f"/{lang}", to.path) for lang in LANGS]
        twins = [address_of(each + _hash(to)) for each in paths]
        html = redirect_page([self._link(each, address.file, address.path) for each in twins])
        self._folder.write(address.file, html.encode("utf-8"))

    def _write_page(self, address: Address, html: str) -> None:
        path, file = address.path, address.file
        self._known.setdefault(file, "")
        html = _BLOCK.sub(lambda found: found[1] + str(self._block(found, file, path)) + found[3], html)
        html = rewrite(html, lambda tag, name, value: self._attribute(tag, name, value, (file, path)))
        html = marked(_with_pages(html), path)
        html = html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{POLICY}', 1)
        self._ids[file] = frozenset(value for _, _, value in attributes(html, "id"))
        self._folder.write(file, html.encode("utf-8"))

    def _attribute(self, tag: str, name: str, value: str, here: tuple[str, str]) -> str:
        if name not in _LINKS:
            return value
        address = address_of(value, here[1])
        if tag == "form" and address.kind == "page" and not self._listed(address.path):
            address = Address("server", address.path)  # its fields make a question for the server
        return self._link(address, *here, value=value)

    def _link(self, address: Address, file: str, path: str, value: str = "") -> str:
        if address.kind == "outside":
            return value
        if address.kind == "around":
            address = self._around(address)
        if address.kind == "list" and not self._listed(address.path):
            address = Address("server", f"{address.path}?{address.query}")
        if address.kind == "server":
            lang = next((each for each in LANGS if path.startswith(f"/{each}/")), LANGS[0])
            server = page_file(f"/{lang}/server")
            return f"{relative(file, server)}?page={quote(address.path, safe='/')}"
        self._want(replace(address, kind="page", query="") if address.kind == "list" else address, path)
        if address.fragment and "=" not in address.fragment:  # with one it is a state, not a place
            self._places.append((path, address.file, address.fragment))
        query = f"?{address.query}" if address.query else ""
        if address.file == file and not query:
            return _hash(address) or relative(file, address.file)
        return relative(file, address.file) + query + _hash(address)

    def _listed(self, path: str) -> bool:
        """Whether a list stands here whole, so that a script can choose from it."""
        return listed(self._app, path) is not None

    def _around(self, address: Address) -> Address:
        """A thing chosen in the picture that shows it, in place of a picture of its surroundings."""
        view = self._views.get(address.query)
        if view is None:
            return Address("server", f"{address.path}?view=around&of={quote(address.query, safe='/')}")
        fragment = f"node={quote(address.query, safe='/')}"
        return replace(address_of(f"{address.path}?view={view}"), fragment=fragment)

    @cached_property
    def _views(self) -> Mapping[str, str]:
        return views_of_things(self._app.state.site.edition())

    def _block(self, found: re.Match[str], file: str, path: str) -> Markup:
        """A block of data for a script, with its links changed: they stand under the names of links."""
        data = json.loads(found[2])
        if GRAPH_BLOCK in found[1]:
            data = with_reserve(data, self._app.state.site.edition())

        def walk(value: Any) -> Any:
            if isinstance(value, list):
                return [walk(each) for each in value]
            if not isinstance(value, dict):
                return value
            return {
                key: link(each) if key in _DATA_LINKS and isinstance(each, str) else walk(each)
                for key, each in value.items()
            }

        def link(value: str) -> str:
            if not value.startswith("/"):
                return value
            return self._link(address_of(value, path), file, path, value)

        return script_json(walk(data))

    def _check_places(self) -> None:
        for path, file, fragment in self._places:
            if file in self._ids and unquote(fragment) not in self._ids[file]:
                self._dead.append(f"{path} → {file}#{fragment}: there is no such place on the page")


def _own_page(app: FastAPI, path: str) -> str | None:
    """A page that the site has instead of the server's."""
    for lang in LANGS:
        if path == f"/{lang}/search":
            return search_page(app, lang)
        table = listed(app, path) if path.startswith(f"/{lang}/") and path.count("/") == 2 else None
        if table is not None:
            return list_page(app, lang, path, table)
        if path in (f"/{lang}/sparql", f"/{lang}/service", f"/{lang}/server"):
            return server_page(app, lang, path)
    return None


def _with_pages(html: str) -> str:
    """Tell the page for what needs the server which form was sent: its address goes with the fields."""

    def change(found: re.Match[str]) -> str:
        page = unquote(found[2])
        return f'{found[1]}"{found[3]}><input type="hidden" name="page" value="{Markup.escape(page)}">'

    html = re.sub(r'(<form [^>]*?action="[^"?]*/server/index\.html)\?page=([^"]*)"([^>]*)>', change, html)
    # a link to a file that the server makes is a link to a page here
    return re.sub(
        r'(<a [^>]*href="[^"?]*/server/index\.html\?page=[^"]*"[^>]*?) download(="[^"]*")?', r"\1", html
    )


def _hash(address: Address) -> str:
    return f"#{address.fragment}" if address.fragment else ""


def _steady(content: bytes, kind: str) -> bytes:
    """RDF with its prefixes in order: the engine writes them in another one on every run."""
    entry = _RDF.get(kind)
    if entry is None or entry.name not in _ENGINE:
        return content
    quads = ox.parse(content, format=_ENGINE[entry.name])
    return write_quads(quads, entry)
