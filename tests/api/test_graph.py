"""The graph over HTTP: every view, the offline file, neighbours for the script."""

from __future__ import annotations

import json

import pytest

from graph.view.graph_model import VIEWS
from tests.api.client import Client
from tests.view.support import Page

OURS = {"/static/menus.js", "/static/suggest.js"}


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_tables_and_a_light_page(client: Client, lang: str, view: str) -> None:
    answer = client.get(f"/{lang}/graph?view={view}")
    assert answer.status_code == 200
    assert len(answer.content) < 1_200_000
    page = Page(answer.text)
    data = json.loads(next(e.text for e in page.all("script") if e.attributes.get("id") == "graph-data"))
    rows = {e.attributes["data-key"] for e in page.all("tr") if "data-key" in e.attributes}
    assert rows == {n["id"] for n in data["nodes"]} != set()
    tied = {
        (e.attributes["data-edge"], e.attributes["data-tie"])
        for e in page.all("tr")
        if "data-tie" in e.attributes
    }
    assert tied == {(e["id"], tie["reason"]) for e in data["edges"] for tie in e["daftar"]["ties"]} != set()
    assert len(page.ids) == len(set(page.ids))
    current = [e for e in page.all("a") if e.attributes.get("aria-current") == "page"]
    assert any(view in e.attributes["href"] or view == "agencies" for e in current)


def test_every_thing_of_the_surroundings_can_be_the_next_middle(client: Client) -> None:
    page = Page(client.get("/en/graph?view=around&of=agency/police").text)
    links = [link for link in page.links if link.startswith("?view=around&of=")]
    assert len(links) == 17
    for link in links[:4]:
        assert client.get(f"/en/graph{link}").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("view=nonsense", 400),
        ("view=around&depth=3", 400),
        ("view=overlap&share=0", 400),
        ("view=together&of=nobody", 400),
        ("view=around&of=agency/nobody", 404),
        ("view=around&of=%22%3E%3Cscript%3E", 404),
    ],
)
def test_what_cannot_be_drawn_is_refused(client: Client, query: str, status: int) -> None:
    for path in ("graph", "graph/file"):
        answer = client.get(f"/fa/{path}?{query}")
        assert answer.status_code == status
        assert {
            e.attributes.get("src", "").partition("?")[0] for e in Page(answer.text).all("script")
        } <= OURS


def test_the_file_is_a_download_with_a_policy_of_its_own(client: Client) -> None:
    answer = client.get("/en/graph/file?view=around&of=process/P08&depth=2")
    assert answer.headers["content-disposition"] == 'attachment; filename="daftar-around-en.html"'
    page = Page(answer.text)
    assert all(link.startswith("#") for link in page.links)
    assert any(e.attributes.get("http-equiv") == "Content-Security-Policy" for e in page.all("meta"))


def test_neighbours_as_json(client: Client) -> None:
    found, start = [], 0
    while start is not None:
        page = client.get(f"/en/graph/neighbours?of=agency/police&start={start}").json()
        found += [node["id"] for node in page["nodes"]]
        start = page["next"]
    assert len(found) == len(set(found)) == page["total"] == 17
    assert client.get("/en/graph/neighbours?of=agency/nobody").status_code == 404
    assert client.get("/en/graph/neighbours?of=agency/police&start=-1").status_code == 400


def test_the_script_is_served_as_one(client: Client) -> None:
    answer = client.get("/static/graph.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.count('"use strict"') == 9
    assert client.get("/static/graph.css").status_code == 200
