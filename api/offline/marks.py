"""Marks on what only the server can answer, so that nobody follows a link to find out."""

from __future__ import annotations

import re

from markupsafe import Markup

from api.words import site_words
from graph.view.words import LANGS

_LINK = re.compile(r'(<a [^>]*href="[^"?]*/?server/index\.html\?[^"]*"[^>]*>)(.*?)</a>', re.DOTALL)
_FORM = re.compile(r'(<form [^>]*?action="[^"?]*server/index\.html".*?)(</form>)', re.DOTALL)


def marked(html: str, path: str) -> str:
    """Mark links and forms that lead to the page which says how to run the server.

    Args:
        html: A page of the site, with its own links.
        path: Where the server has it, for its language.

    Returns:
        The page with a word at each such link and a line at the end of each such form.

    Example:
        >>> marked('<a href="../server/index.html?page=/en/sparql">Open</a>', "/en/questions")[-48:]
        '<span class="chip state">needs the server</span>'
    """
    lang = next((each for each in LANGS if path.startswith(f"/{each}/")), LANGS[0])
    words = site_words(lang)
    chip = Markup(' <span class="chip state">{}</span>').format(words.t("offline.mark"))
    line = Markup('<p class="small muted">{}</p>').format(words.t("offline.mark.form"))
    html = _LINK.sub(lambda found: f"{found[1]}{found[2]}</a>{chip}", html)
    return _FORM.sub(lambda found: f"{found[1]}{line}{found[2]}", html)
