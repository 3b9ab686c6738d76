"""The messages of the site: its own and those of the graph page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graph.view.words import Lang, Words, read_words, view_words


@cache
def site_words(lang: Lang) -> Words:
    """Return the words of the site, those of the graph page among them.

    Args:
        lang: The language.

    Returns:
        Its words.
    """
    return view_words(lang).joined(read_words(Path(__file__).parent / "locale", lang))
