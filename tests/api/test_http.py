"""Addresses, languages, headers, errors and linked data."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from api.app import create_app
from api.negotiation import best_lang, best_type
from graph.settings import Settings
from tests.api.client import Client
from tests.view.support import BASE, HOSTILE, Page, build_edition

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "fa"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.2", "en"),
        ("fa,en", "fa"),
        ("*", "fa"),
    ],
)
def test_the_root_leads_to_the_readers_language(client: Client, header: str | None, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": header} if header else {"Accept-Language": ""})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{lang}/"
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_language_without_its_slash_is_sent_to_the_home_page(client: Client, lang: str) -> None:
    answer = client.get(f"/{lang}", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/{lang}/")
    assert client.get("/de", headers=HTML).status_code == 404


def test_headers_are_strict_on_every_kind_of_answer(client: Client) -> None:
    for path in (
        "/fa/",
        "/static/daftar.css",
        "/nope",
        "/sparql?query=ASK{}",
        "/id/agency/police",
        "/healthz",
    ):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/fa/nothing",
        "/fa/processes/P99",
        "/fa/agencies/<script>",
        "/id/agency/nobody",
        "/id/",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/app.py",
        "/static/vendor/x.js",
        "/en/processes/P08/extra",
    ],
)
def test_what_is_not_there_is_404_in_both_forms(client: Client, path: str) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    parsed = Page(page.text)
    assert parsed.all("h1")[0].text
    assert "<script>" not in page.text.replace("<script src", "")
    assert client.get(path).status_code == 404


def test_errors_speak_the_language_of_the_page(client: Client) -> None:
    assert "There is no such page" in client.get("/en/nope").text
    assert "چنین صفحه‌ای نیست" in client.get("/fa/nope").text
    english = client.get("/nope", headers={**HTML, "Accept-Language": "en"})
    assert "There is no such page" in english.text


def test_without_a_graph_pages_say_what_to_do(tmp_path: Path) -> None:
    with Client(create_app(Settings(store=str(tmp_path / "none")))) as bare:
        page = bare.get("/fa/", headers=HTML)
        assert page.status_code == 503
        assert "daftar build" in page.text
        assert page.headers["retry-after"]
        assert bare.get("/healthz").status_code == 503


def test_a_new_build_is_picked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.site._LOOK_AGAIN_SECONDS", 0.0)
    store = tmp_path / "store"
    with Client(create_app(Settings(store=str(store)))) as bare:
        assert bare.get("/healthz").status_code == 503
        build_edition(store)
        assert bare.get("/healthz").json()["status"] == "ok"


def test_healthz_names_the_edition(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert len(answer.json()["edition"]) == 64


def test_head_is_get_without_body(client: Client) -> None:
    answer = client.head("/fa/")
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("text", [*HOSTILE, '"onmouseover="x', "ناجا<b>"])
def test_search_shows_the_question_as_text(client: Client, text: str) -> None:
    answer = client.get("/en/search", params={"q": text})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert not page.all("img")
    assert len(page.all("b")) == 2  # the brand and the count
    boxes = [e.attributes.get("value") for e in page.all("input") if e.attributes.get("name") == "q"]
    assert text in boxes
    assert not [e for e in page.elements if any(a.startswith("on") for a in e.attributes)]


def test_search_marks_what_was_asked(client: Client) -> None:
    page = Page(client.get("/fa/search", params={"q": "ناجا"}).text)
    assert {e.text for e in page.all("mark")} == {"ناجا"}
    first = page.all("h2")[0]
    assert first.text == "نیروی انتظامی"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("process/P08", "/en/processes/P08"),
        ("process/P08/partner-1-2", "/en/processes/P08#partner-1-2"),
        ("process/P08/step-01", "/en/processes/P08#step-01"),
        ("process/P08/output", "/en/processes/P08#s-output"),
        ("process/P08/channel-in-person", "/en/processes/P08#s-channel-in-person"),
        ("process/P28/field-title", "/en/processes/P28#field-title"),
        ("agency/police", "/en/agencies/police"),
        ("form/P08", "/en/processes/P08#form"),
        ("index/I01", "/en/index#I01"),
        ("source/provincial-security-office-1396", "/en/about#provincial-security-office-1396"),
    ],
)
def test_a_browser_is_sent_from_the_thing_to_its_page(client: Client, path: str, page: str) -> None:
    answer = client.get(f"/id/{path}", headers={**HTML, "Accept-Language": "en"})
    assert answer.status_code == 303
    assert answer.headers["location"] == page
    target, _, fragment = page.partition("#")
    assert not fragment or fragment in Page(client.get(target).text).ids


@pytest.mark.parametrize(
    ("media", "extension", "form"),
    [
        ("text/turtle", "ttl", ox.RdfFormat.TURTLE),
        ("application/n-triples", "nt", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "jsonld", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_rdf_by_accept_and_by_extension_is_the_same(
    client: Client, media: str, extension: str, form: ox.RdfFormat
) -> None:
    asked = client.get("/id/process/P08", headers={"Accept": media})
    named = client.get(f"/id/process/P08.{extension}")
    assert asked.status_code == named.status_code == 200
    assert asked.headers["content-type"].startswith(media)
    assert asked.content == named.content
    triples = list(ox.parse(asked.content, format=form))
    subjects = {t.subject.value for t in triples}  # type: ignore[union-attr]
    assert f"{BASE}process/P08" in subjects
    assert f"{BASE}process/P08/step-01" in subjects


def test_nothing_else_is_served_for_a_thing(client: Client) -> None:
    assert client.get("/id/process/P08", headers={"Accept": "image/png"}).status_code == 406


def test_negotiation_follows_the_weights() -> None:
    offered = ["text/html", "text/turtle"]
    assert best_type(None, offered) == "text/html"
    assert best_type("text/turtle, text/html;q=0.9", offered) == "text/turtle"
    assert best_type("text/*;q=0.5, text/html;q=0", offered) == "text/turtle"
    assert best_type("image/*", offered) is None
    assert best_type("text/html;q=oops", offered) is None
    assert best_lang("en;q=0.5, fa;q=0.4") == "en"
