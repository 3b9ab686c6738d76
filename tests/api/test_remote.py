"""The site on a store that is a server: the same pages, a new edition without a restart, no secret shown."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from graph.settings import Settings
from graph.store import Manifest, find_edition, fingerprint_of, read_edition
from graph.store.remote import publish
from tests.api.client import Client
from tests.store.servers import oxigraph

PAGES = (
    "/en/",
    "/fa/processes",
    "/fa/processes/P08",
    "/en/processes/P27",
    "/en/agencies/police",
    "/en/doubts",
    "/fa/questions/who-meets?agency=army",
    "/en/search?q=police",
    "/en/graph",
    "/api/complete?q=a&limit=50",
    "/sparql?query=SELECT+*+{+?p+a+df:Process+}+ORDER+BY+?p&format=csv",
)


@pytest.fixture(scope="module")
def url(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("server")) as server:
        nquads, manifest = read_edition(find_edition(folder))
        publish(server.url, nquads, manifest.to_dict())
        yield server.url


@pytest.fixture
def remote(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("DAFTAR_STORE_USER", "reader")
    monkeypatch.setenv("DAFTAR_STORE_PASSWORD", "opensesame")
    with Client(create_app(Settings(store=url))) as client:
        yield client
        client.app.state.site.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same(remote: Client, client: Client, page: str) -> None:
    ours, theirs = (each.get(page, headers={"Accept": "text/html, */*;q=0.1"}) for each in (client, remote))
    assert theirs.status_code == ours.status_code == 200
    assert theirs.text == ours.text


def test_the_data_of_a_thing_is_the_same(remote: Client, client: Client) -> None:
    ours, theirs = (sorted(each.get("/id/process/P01.nt").text.splitlines()) for each in (client, remote))
    assert len(ours) > 100
    assert theirs == ours


def test_the_secret_is_not_shown(remote: Client) -> None:
    for page in ("/en/service", "/en/about", "/metrics", "/sparql"):
        assert "opensesame" not in remote.get(page).text


def test_a_new_edition_answers_without_a_restart(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.site._LOOK_AGAIN_AWAY_SECONDS", 0.05)
    nquads, manifest = read_edition(find_edition(folder))
    title = b'"Commission on order and security at sports competitions"@en'
    newer = b"".join(sorted(nquads.replace(title, b'"Changed"@en').splitlines(keepends=True)))
    assert newer != nquads
    changed = Manifest.from_dict({**manifest.to_dict(), "fingerprint": fingerprint_of(newer)})
    with Client(create_app(Settings(store=url))) as client:
        assert "Changed" not in client.get("/en/processes/P01").text
        done = publish(url, newer, changed.to_dict())
        assert (done.put, done.dropped, done.at_once) == (1, 0, True)
        deadline = time.monotonic() + 20
        while client.get("/healthz").json()["edition"] != changed.fingerprint:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert re.search(r"<h1[^>]*>.*Changed", client.get("/en/processes/P01").text)
        client.app.state.site.close()
    publish(url, nquads, manifest.to_dict())


def test_a_server_that_goes_away_is_an_error_of_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAFTAR_STORE_ATTEMPTS", "1")
    with oxigraph(tmp_path) as server:
        nquads, manifest = read_edition(find_edition(folder))
        publish(server.url, nquads, manifest.to_dict())
        client = Client(create_app(Settings(store=server.url)))
        assert client.get("/en/processes/P01").status_code == 200
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    with client:
        gone = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
        assert (gone.status_code, gone.json()["code"]) == (502, "store")
        page = client.get("/en/processes/P02")
        assert page.status_code == 503
        for answer in (gone, page):
            assert server.url not in answer.text  # an inner address is nobody's business
        client.app.state.site.close()
