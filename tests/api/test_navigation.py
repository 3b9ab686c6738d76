"""The menus in the head of every page: they lead somewhere, and one entry at most is the current page."""

from __future__ import annotations

import pytest

from api.navigation import MENUS, menus
from graph.view.words import LANGS, Lang
from tests.api.client import Client
from tests.view.support import Page

_PATHS = [path for entries in MENUS.values() for path, _ in entries]


def test_no_page_stands_in_two_menus() -> None:
    assert len(_PATHS) == len(set(_PATHS))


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_leads_to_a_page_that_marks_it(client: Client, lang: Lang) -> None:
    for path in _PATHS:
        answer = client.get(f"/{lang}/{path}")
        assert answer.status_code == 200, path
        page = Page(answer.text)
        marked = {e.attributes["href"] for e in page.all("a") if e.attributes.get("aria-current") == "page"}
        assert marked & {f"/{lang}/{one}" for one in _PATHS} == {f"/{lang}/{path}"}


@pytest.mark.parametrize(
    ("here", "path", "current"),
    [
        ("/en/agencies/police", "/en/agencies", "true"),
        ("/en/agencies", "/en/agencies", "page"),
        ("/en/analyses", "/en/analyses", "page"),
        ("/en/analyses/overlap", "/en/analyses/overlap", "page"),
        ("/en/questions/who-meets", "/en/questions", "true"),
    ],
)
def test_the_nearest_entry_is_current(here: str, path: str, current: str) -> None:
    found = [entry for menu in menus("en", here) for entry in menu.entries if entry.current]
    assert [(entry.href, entry.current) for entry in found] == [(path, current)]


@pytest.mark.parametrize("here", ["/en/", "/en/search", "/fa/agencies", "/en/agenciesque", "/"])
def test_elsewhere_no_entry_is_current(here: str) -> None:
    assert not any(menu.current for menu in menus("en", here))


def test_the_head_of_a_menu_says_that_the_page_is_inside(client: Client) -> None:
    page = Page(client.get("/en/agencies/police").text)
    heads = {e.text.strip(): e.attributes.get("aria-current") for e in page.all("summary")}
    assert heads["Explore"] == "true"
    assert heads["Analyse"] is None
