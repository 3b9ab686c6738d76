"""What strangers try: host names, paths, parameters, markup, other machines, and odd queries."""

from __future__ import annotations

import json
import logging
import socket

import pytest

from api.app import create_app
from api.watch import JsonLines
from graph.settings import Settings
from tests.api.client import Client
from tests.view.support import HOSTILE, Page


@pytest.mark.parametrize(
    "host",
    ["evil.example/path", 'a"b', "<script>", "a b", "user@host", "", "[::1", "a:b:c", "x" * 300, "ناجا"],
)
@pytest.mark.parametrize("path", ["/sparql", "/fa/", "/healthz"])
def test_a_host_that_is_none_is_refused(client: Client, host: str, path: str) -> None:
    answer = client.get(path, headers=[(b"Host", host.encode())])
    assert answer.status_code == 400
    assert "Host" in answer.json()["error"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["daftar.example", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_a_host_that_is_one_is_served(client: Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_two_hosts_are_refused(client: Client) -> None:
    assert client.get("/healthz", headers=[("Host", "a.example"), ("Host", "b.example")]).status_code == 400


def test_a_stated_address_wins_over_the_host(client: Client) -> None:
    stated = client.app.state.site.settings.model_copy(update={"public_url": "https://daftar.example/x/"})
    with Client(create_app(stated)) as other:
        said = other.get("/sparql", headers={"Accept": "text/turtle", "Host": "evil.example"}).text
    assert "<https://daftar.example/x/sparql>" in said
    assert "evil" not in said


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/static/..%5c..%5cpyproject.toml",
        "/static/%00",
        "/static/daftar.css%00.html",
        "/fa/../../api/app.py",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/id/agency/%00",
        "/fa/processes/..%2f..%2fdata",
        "/api/questions/..%2f..%2flibrary",
        "/fa/questions/%2e%2e%2fdoubts%2fcollectives",
        "/ontology/..%2f..%2fpyproject.toml",
        "/sparql/..%2f",
        "/fa/sparql/%3Cscript%3E",
        "/" + "a/" * 500,
        "/" + "%25" * 500,
    ],
)
def test_no_path_reaches_a_file(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (303, 404)
    assert b"root:" not in answer.content
    assert b"[project]" not in answer.content


@pytest.mark.parametrize(
    "text", [*HOSTILE, "SELECT * { <script>alert(1)</script> }", "ASK {} #</textarea><b>"]
)
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_query_on_the_page_stays_text(client: Client, lang: str, text: str) -> None:
    page = Page(client.get(f"/{lang}/sparql", params={"query": text}).text)
    assert [e.text.strip() for e in page.all("textarea")] == [text.strip()]
    assert not page.all("img")
    assert "alert(1)" not in "".join(e.text for e in page.all("script"))
    assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]


@pytest.mark.parametrize("text", HOSTILE)
def test_values_and_graphs_and_formats_stay_text(client: Client, text: str) -> None:
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    page = Page(client.get("/en/sparql", params={"query": f'SELECT ("{said}" AS ?x) {{}}'}).text)
    assert not page.all("img")
    html = {"Accept": "text/html"}
    for name in ("format", "default-graph-uri"):
        answer = client.get("/sparql", params={"query": "ASK {}", "format": "json", name: text}, headers=html)
        assert answer.status_code in (400, 406)
        assert not Page(answer.text).all("img")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <ADDRESS> {} } } } }",
        "PREFIX a: <ADDRESS> SELECT * { SERVICE a: {} }",
        "SELECT * FROM <ADDRESS> { ?s ?p ?o }",
        "SELECT * FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <ADDRESS>",
        "LOAD SILENT <ADDRESS> INTO GRAPH <urn:x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <ADDRESS> { ?s ?p ?o } }",
    ],
)
def test_nothing_leaves_the_machine(client: Client, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        text = query.replace("ADDRESS", address)
        refusal = client.get("/sparql", params={"query": text})
        assert refusal.status_code == 400
        assert refusal.json()["code"] in ("service", "graph", "update")
        assert len(refusal.json()["error"]) > 40  # a reason, not only a code
        for name in ("default-graph-uri", "named-graph-uri"):
            asked = {"query": "SELECT * { ?s ?p ?o }", name: address}
            assert client.post("/sparql", data=asked).status_code == 400
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 900 + "}" * 900,
        "SELECT * { FILTER(" + "(" * 800 + "1" + ")" * 800 + ") }",
        "SELECT * { ?s " + "[ ?p " * 300 + "1" + "]" * 300 + " }",
        "SELECT * { FILTER(" + "!" * 1900 + "true) }",
        "SELECT * { ?s " + "^" * 1900 + "<urn:a> ?o }",
        'SELECT * { FILTER REGEX("' + "a" * 40 + '!", "^(a+)+$") }',
        'SELECT * { FILTER REGEX("a", "(((((") }',
        "SELECT (1/0 AS ?x) {}",
        "SELECT * { BIND(1e999999 AS ?x) }",
        "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
        "ASK { " + "\x00" + " }",
        "ASK { 'unfinished }",
        "\ufeffASK {}",
        "#" * 1000,
        " " * 1500,
        "SELECT ?\u202e { ?\u202e ?p ?o }",
    ],
)
def test_odd_queries_get_a_true_status_and_hurt_nobody(client: Client, query: str) -> None:
    assert client.post("/sparql", data={"query": query}).status_code in (200, 400)
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_doubling_text_ends_for_want_of_memory_or_size(client: Client) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(28))
    query = f"SELECT ?x28 {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {doubled} }}"
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 503 or answer.headers["x-daftar-truncated"] == "bytes"
    assert client.get("/healthz").status_code == 200


def test_the_log_holds_no_query_unless_it_is_wanted(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    private = 'ASK { ?s ?p "very\nsecret" }'
    settings: Settings = client.app.state.site.settings
    for wanted in (False, True):
        caplog.clear()
        with Client(create_app(settings.model_copy(update={"log_queries": wanted}))) as other:
            with caplog.at_level(logging.INFO, "daftar.requests"):
                other.get("/sparql", params={"query": private.replace("\n", " ")})
                other.post("/sparql", data={"query": "ASK {"})
            lines = [
                JsonLines().format(record) for record in caplog.records if record.name == "daftar.requests"
            ]
        first, second = (json.loads(line) for line in lines)
        assert (first["path"], first["status"], first["outcome"], first["form"]) == (
            "/sparql",
            200,
            "whole",
            "ASK",
        )
        assert (second["status"], second["outcome"]) == (400, "syntax")
        assert ("secret" in lines[0]) is wanted
        assert len(first["query"]) == 16


def test_a_log_line_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 1, "a\nb\u2028c\x1b[31m", None, None)
    line = JsonLines().format(record)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["message"] == "a\nb\u2028c\x1b[31m"


def test_metrics_count_by_few_labels(client: Client) -> None:
    with Client(create_app(client.app.state.site.settings)) as other:
        for path in ("/healthz", "/nope-1", "/nope-2", "/sparql?query=ASK{}", "/sparql?query=ASK{"):
            other.get(path)
        other.request("BREW", "/healthz")
        answer = other.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'daftar_requests_total{method="GET",route="/healthz",status="200"} 1' in lines
    assert 'daftar_requests_total{method="GET",route="none",status="404"} 2' in lines
    assert 'daftar_queries_total{outcome="whole"} 1' in lines
    assert 'daftar_queries_total{outcome="syntax"} 1' in lines
    assert "daftar_queries_running 0" in lines
    assert "daftar_query_seconds_count 2" in lines
    assert "BREW" not in answer.text
    assert all(line.startswith("#") or len(line.rsplit(" ", 1)) == 2 for line in lines)
