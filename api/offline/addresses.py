"""Where an address of the server stands in the folder of the static site.

Every page is a folder with an ``index.html``, so that ``/fa/index`` and ``/fa/`` differ and addresses look
as on the server; links name the file, because a browser that opens it from disk adds none.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from api.routes.lists import LISTS
from graph.query.formats import FORMATS
from graph.view.graph_model import VIEWS
from graph.view.words import LANGS

Kind = Literal["page", "file", "search", "list", "around", "server", "outside"]
_DATA = frozenset({entry.extension for entry in FORMATS} | {"svg", "css", "js", "woff2", "png", "txt"})
#: What answers questions that nobody has asked yet: it needs the server.
_SERVER = re.compile(r"/(?:sparql|api|metrics|healthz|openapi\.json)(?:/|$)")
_ASKING = re.compile(rf"/(?:{'|'.join(LANGS)})/(?:sparql|service)$")
_GRAPH = re.compile(rf"/(?:{'|'.join(LANGS)})/graph$")
_LIST = re.compile(rf"/(?:{'|'.join(LANGS)})/(?:{'|'.join(LISTS)})$")
_COMPARE = re.compile(rf"/(?:{'|'.join(LANGS)})/compare$")
#: Lists without choices that come in pages.
_LONG = re.compile(rf"/(?:{'|'.join(LANGS)})/(?:index|doubts)$")
_ANALYSIS = re.compile(rf"/(?:{'|'.join(LANGS)})/analyses/[a-z]+$")
_ENDINGS = {"markdown": "md", "turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}
_MOST_NAME = 120


@dataclass(frozen=True)
class Address:
    """An address of the server.

    Attributes:
        kind: ``page``: a page; ``file``: data or an asset; ``search``: the search page; ``list``: a list of
            which something is chosen; ``around``: the surroundings of a thing in the graph; ``server``: what
            only the server can answer; ``outside``: another host, or no address of a document.
        path: Its path with the query, if the file depends on it, as it is asked for.
        query: The query that stays with the link.
        fragment: The place on the page.
        file: Where it stands in the folder; empty outside.
    """

    kind: Kind
    path: str
    query: str = ""
    fragment: str = ""
    file: str = ""


def address_of(href: str, page: str = "/") -> Address:
    """Read a link.

    Args:
        href: The link as the page has it.
        page: The path of the page, from which relative links start.

    Returns:
        The address.

    Example:
        >>> address_of("/fa/processes/P08#step-01").file
        'fa/processes/P08/index.html'
        >>> address_of("/id/process/P08.ttl").file
        'id/process/P08.ttl'
        >>> address_of("/api/questions/dates?format=csv&lang=fa").file
        'api/questions/dates-fa.csv'
        >>> address_of("/fa/processes?agency=police").kind, address_of("/fa/matrix?swap=yes").kind
        ('list', 'server')
        >>> address_of("/fa/compare?one=P08&other=P22").file
        'fa/compare/P08-P22/index.html'
        >>> address_of("/fa/graph?view=overlap").file
        'fa/graph/overlap/index.html'
        >>> address_of("/fa/index?page=2#E300").file
        'fa/index/page-2/index.html'
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return Address("outside", href)
    if not (parts.path or parts.query):  # a place on the page itself, whose address may have a query
        parts = urlsplit(page)._replace(fragment=parts.fragment)
    here = urlsplit(page).path
    path = posixpath.join(posixpath.dirname(here), parts.path) if parts.path else here
    known = dict(parse_qsl(parts.query))
    if path.startswith("/static/"):
        return Address("file", path, file=file_of(path))
    if (_ASKING.match(path) and parts.query) or (_SERVER.match(path) and not _exported(path, known)):
        return Address("server", _joined(path, parts.query), fragment=parts.fragment)
    if path.endswith("/search"):
        return Address("search", path, parts.query, parts.fragment, page_file(path))
    if _GRAPH.match(path) and (picture := _picture(path, known, parts.fragment)):
        return picture
    if parts.query:
        return _asked(path, parts, known)
    if posixpath.splitext(path)[1].removeprefix(".") in _DATA:
        return Address("file", path, file=file_of(path))
    return Address("page", path, fragment=parts.fragment, file=page_file(path))


def page_file(path: str) -> str:
    """Where a page stands.

    Args:
        path: Its path on the server.

    Returns:
        The file below the folder.

    Example:
        >>> page_file("/"), page_file("/fa/index")
        ('index.html', 'fa/index/index.html')
    """
    return posixpath.join(file_of(path), "index.html")


def file_of(path: str) -> str:
    """Where a path stands: the same names, without letters that some file systems read otherwise.

    Args:
        path: A path on the server, with percent signs.

    Returns:
        The file below the folder; never above it.

    Example:
        >>> file_of("/id/agency/a%2Fb"), file_of("/../x:y")
        ('id/agency/a=2Fb', '=2E=2E/x=3Ay')
    """
    names = [unquote(each) for each in path.split("/") if each]
    return "/".join(_name(each) for each in names)


def relative(page: str, file: str) -> str:
    """The link from one file of the folder to another.

    Args:
        page: The file that has the link.
        file: The file that it leads to.

    Returns:
        A relative reference.

    Example:
        >>> relative("fa/processes/P08/index.html", "static/daftar.css")
        '../../../static/daftar.css'
    """
    return quote(posixpath.relpath(file, posixpath.dirname(page) or "."), safe="/=~-._")


def _name(name: str) -> str:
    kept = re.sub(r"[^\w.~-]", _written, name, flags=re.ASCII)
    if set(kept) == {"."} or kept.endswith("."):
        kept = kept.replace(".", "=2E")
    return kept[:_MOST_NAME]


def _written(found: re.Match[str]) -> str:
    return "".join(f"={byte:02X}" for byte in found.group().encode("utf-8"))


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _picture(path: str, known: dict[str, str], fragment: str) -> Address | None:
    """A view of the graph, or the surroundings of a thing; None for what more was asked of the graph."""
    view = known.get("view", "")
    if known.keys() == {"view"} and view in VIEWS:
        usual = view == VIEWS[0]
        file = page_file(path if usual else f"{path}/{view}")
        return Address("page", path if usual else f"{path}?view={view}", "", fragment, file)
    if known.keys() == {"view", "of"} and view == "around":
        return Address("around", path, known["of"])
    return None


def _asked(path: str, parts: SplitResult, known: dict[str, str]) -> Address:
    """An address with a query: a file, a choice that has a page, or something for the server."""
    if "format" in known:
        return Address("file", _joined(path, parts.query), file=_export_file(path, known))
    if _LIST.match(path):
        return Address("list", path, parts.query, parts.fragment, page_file(path))
    if (name := _choice(path, known)) and len(known) == len(parse_qsl(parts.query, True)):
        return Address("page", _joined(path, parts.query), "", parts.fragment, page_file(f"{path}/{name}"))
    return Address("server", _joined(path, parts.query), fragment=parts.fragment)


def _choice(path: str, known: dict[str, str]) -> str:
    """The name of a page for a choice that other pages link to; empty where choices have no end."""
    if _COMPARE.match(path) and known.keys() == {"one", "other"}:
        return f"{_name(known['one'])}-{_name(known['other'])}"
    if _LONG.match(path) and known.keys() == {"page"}:
        return f"page-{_name(known['page'])}"
    if _ANALYSIS.match(path) and len(known) == 1:
        return "-".join(_name(each) for pair in known.items() for each in pair)
    return ""


def _exported(path: str, known: dict[str, str]) -> bool:
    return path.startswith("/api/") and "format" in known


def _export_file(path: str, known: dict[str, str]) -> str:
    wanted = known["format"]
    words = [value for key, value in sorted(known.items()) if key != "format"]
    return (
        f"{file_of(path)}{''.join('-' + _name(each) for each in words)}.{_name(_ENDINGS.get(wanted, wanted))}"
    )
