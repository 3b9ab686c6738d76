"""Pages that only the static site has: the search in the browser, what needs the server, and redirects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request

from api.pages import environment, render
from api.routes.pages import MOST_SHOWN
from api.words import site_words
from graph.view.page import script_json
from graph.view.words import LANGS, Lang

#: What a page of the site may load: files of the site, wherever it lies; ``file:`` because a page that is
#: opened from disk has no origin of its own.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; '
    "script-src &#39;self&#39; file:; style-src &#39;self&#39; file:; img-src &#39;self&#39; file: data:; "
    'font-src &#39;self&#39; file:; base-uri &#39;none&#39;; form-action &#39;self&#39; file:">'
)
_SAID = ("search.none", "search.cut", "search.found")


def search_page(app: FastAPI, lang: Lang) -> str:
    """The search page: the same form, and a script that searches in the data beside it.

    Args:
        app: The application.
        lang: Language.

    Returns:
        The page, with addresses of the server.
    """
    words = site_words(lang)
    messages = words.given(_SAID)
    data = script_json({"lang": lang, "shown": MOST_SHOWN, "messages": messages})
    return rendered(app, lang, f"/{lang}/search", "offline_search.html", data=data)


def server_page(app: FastAPI, lang: Lang, path: str) -> str:
    """The page that says how to run the server.

    Args:
        app: The application.
        lang: Language.
        path: Where it stands.

    Returns:
        The page, with addresses of the server.
    """
    return rendered(app, lang, path, "offline_server.html")


def redirect_page(targets: Sequence[str]) -> str:
    """A tiny page that sends a reader on.

    Args:
        targets: Where to, in the order of the languages; the first is taken.

    Returns:
        The page.
    """
    named = [(lang, site_words(lang).t("site.name"), to) for lang, to in zip(LANGS, targets, strict=True)]
    return environment().get_template("offline_redirect.html").render(targets=named)


def rendered(app: FastAPI, lang: Lang, path: str, template: str, **values: Any) -> str:
    """A page rendered as for a request to its path.

    Args:
        app: The application.
        lang: Language.
        path: Where it stands.
        template: Its template.
        **values: What the template shows.

    Returns:
        The page, with addresses of the server.
    """
    scope = {"type": "http", "app": app, "method": "GET", "path": path, "query_string": b"", "headers": []}
    scope["server"], scope["scheme"] = ("127.0.0.1", 80), "http"
    return bytes(render(Request(scope), lang, template, **values).body).decode("utf-8")
