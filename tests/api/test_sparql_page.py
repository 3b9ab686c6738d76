"""The SPARQL page without a script: form, library, table, errors; and what the script gets."""

from __future__ import annotations

import pytest

import api.app
import api.bundle
from graph.query.question_library import questions
from tests.api.client import Client
from tests.view.support import Page

DESCRIBE = "DESCRIBE <https://w3id.org/daftar/id/agency/police>"
WRONG = "SELECT * WHERE {\n  ?s ?p\n}"


def test_the_library_leads_to_the_text_of_a_question(client: Client) -> None:
    page = Page(client.get("/fa/sparql").text)
    links = [link for link in page.links if "question=" in link]
    assert len(links) == len(questions())
    text = Page(client.get("/fa/sparql?question=who-meets").text).all("textarea")[0].text
    assert "df:involvesAgency ?agency, ?other" in text
    assert "<https://w3id.org/daftar/id/agency/police>" in text


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_an_error_says_where_in_the_language_of_the_page(client: Client, lang: str) -> None:
    page = Page(client.get(f"/{lang}/sparql", params={"query": WRONG}).text)
    place = next(e for e in page.all("p") if e.attributes.get("id") == "error-place")
    assert place.attributes["data-line"] == "3"
    assert ("سطر ۳" if lang == "fa" else "Line 3") in place.text


def test_a_graph_is_a_table_of_named_things_and_text(client: Client) -> None:
    page = Page(client.get("/fa/sparql", params={"query": DESCRIBE}).text)
    heads = [e.attributes["data-name"] for e in page.all("th")]
    assert heads == ["subject", "predicate", "object"]
    subjects = {e.text for e in page.all("td") if e.attributes.get("data-iri", "").endswith("/agency/police")}
    assert subjects == {"نیروی انتظامی"}
    assert "a foaf:Agent" in page.all("pre")[0].text or "rdf:type" in page.text


def test_numbers_are_marked_and_words_are_not(client: Client) -> None:
    query = 'SELECT * { VALUES (?a ?b ?c) { (3 "3" 2.5) } }'
    cells = Page(client.get("/en/sparql", params={"query": query}).text).all("td")
    assert [cell.attributes.get("data-number") for cell in cells] == ["3", None, "2.5"]


def test_the_script_gets_the_answer_alone_by_post_and_get(client: Client) -> None:
    for answer in (
        client.get("/en/sparql", params={"query": DESCRIBE, "part": "answer"}),
        client.post("/en/sparql", data={"query": DESCRIBE, "part": "answer"}),
    ):
        assert answer.status_code == 200
        page = Page(answer.text)
        assert not page.all("html", "form", "script")
        assert "answer" in page.ids
    assert client.post("/en/sparql", data={"query": WRONG, "part": "answer"}).status_code == 400


def test_without_the_bundle_the_page_is_a_plain_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.sparql.bundle_stamp", lambda: None)
    page = Page(client.get("/en/sparql").text)
    sources = {e.attributes.get("src", "").partition("?")[0] for e in page.all("script")}
    assert sources <= {"/static/suggest.js", "/static/menus.js"}  # those of every page
    assert not [link for link in page.links if "editor" in link]
    assert page.all("textarea")
    assert not [i for i in page.ids if i.startswith(("editor", "history"))]


def test_with_the_bundle_its_files_are_served(client: Client) -> None:
    if api.bundle.bundle_stamp() is None:
        pytest.fail("the editor is not bundled; run: make api/static/built/editor.js")
    page = Page(client.get("/en/sparql").text)
    files = [link for link in page.links if link.startswith("/static/editor")]
    assert len(files) == 2
    for file in files:
        assert client.get(file).status_code == 200
    licences = client.get("/static/editor.js.LEGAL.txt").text
    for name in ("@codemirror/view", "@lezer/lr", "codemirror-lang-sparql", "d3-force"):
        assert name in licences
    assert "esbuild" not in licences


def test_a_missing_bundle_file_is_not_found(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(api.app._FILES, "editor.js", api.bundle.BUNDLE["editor.js"].with_name("none"))
    assert client.get("/static/editor.js").status_code == 404


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_page_stays_small(client: Client, lang: str) -> None:
    assert len(client.get(f"/{lang}/sparql").content) < 100_000
