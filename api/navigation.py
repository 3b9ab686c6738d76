"""The way through the site: menus of the head of every page, with the current page marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: What a page or a menu says of the current page: ``page`` is the page itself, ``true`` a part of it.
Current = Literal["page", "true", ""]
#: Menus in their order: a message key, then the pages, each with its path after the language and its message
#: key. A menu of one page is a link.
MENUS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nav.explore": (
        ("processes", "list.processes"),
        ("services", "list.services"),
        ("agencies", "list.agencies"),
        ("collectives", "list.collectives"),
        ("instruments", "list.instruments"),
        ("templates", "list.templates"),
        ("steps", "list.steps"),
        ("index", "nav.index"),
    ),
    "nav.analyse": (
        ("matrix", "nav.matrix"),
        ("analyses/overlap", "nav.overlap"),
        ("analyses/meetings", "nav.meetings"),
        ("analyses/dependencies", "nav.dependencies"),
        ("analyses/impact", "nav.impact"),
        ("analyses/centrality", "nav.centrality"),
        ("compare", "nav.compare"),
        ("analyses", "nav.analyses"),
    ),
    "nav.graph": (("graph", "nav.graph"),),
    "nav.ask": (("questions", "nav.questions"), ("sparql", "nav.sparql"), ("service", "nav.service")),
    "nav.about": (
        ("about", "nav.reading"),
        ("doubts", "nav.doubts"),
        ("analyses/health", "nav.health"),
        ("ontology", "nav.ontology"),
        ("components", "nav.components"),
    ),
}


@dataclass(frozen=True)
class Entry:
    """A page in a menu.

    Attributes:
        href: Its address.
        message: The key of its name.
        current: What to say of it in ``aria-current``.
    """

    href: str
    message: str
    current: Current


@dataclass(frozen=True)
class Menu:
    """A menu; with one page it is a link.

    Attributes:
        message: The key of its name.
        entries: Its pages.
    """

    message: str
    entries: tuple[Entry, ...]

    @property
    def current(self) -> bool:
        """Whether the current page is in it."""
        return any(entry.current for entry in self.entries)


def menus(lang: str, here: str) -> tuple[Menu, ...]:
    """The menus of a page.

    Args:
        lang: The language of the page.
        here: Its path.

    Returns:
        The menus; at most one entry is current, the one with the longest path that leads to the page.

    Example:
        >>> [menu.message for menu in menus("en", "/en/analyses/health") if menu.current]
        ['nav.about']
        >>> menus("fa", "/fa/agencies/police")[0].entries[2].current
        'true'
    """
    paths = [f"/{lang}/{path}" for entries in MENUS.values() for path, _ in entries]
    above = max((path for path in paths if here == path or here.startswith(f"{path}/")), key=len, default="")

    def entry(path: str, message: str) -> Entry:
        href = f"/{lang}/{path}"
        return Entry(href, message, ("page" if href == here else "true") if href == above else "")

    return tuple(Menu(key, tuple(entry(*one) for one in entries)) for key, entries in MENUS.items())


def analysis_names() -> Mapping[str, str]:
    """The keys of the short names of the analyses, as the menus have them.

    Returns:
        Message key by analysis.

    Example:
        >>> analysis_names()["overlap"]
        'nav.overlap'
    """
    paths = {path: key for entries in MENUS.values() for path, key in entries}
    return {
        path.removeprefix("analyses/"): key for path, key in paths.items() if path.startswith("analyses/")
    }
