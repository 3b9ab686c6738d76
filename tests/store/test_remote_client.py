"""Speaking to a SPARQL server: addresses, credentials, patience, and answers that are none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from graph.settings_remote import RemoteSettings
from graph.store import StoreError, is_address
from graph.store.remote.address import address_of
from graph.store.remote.client import Client
from graph.store.remote.results import read_answer

Reply = tuple[int, dict[str, str], bytes]
JSON = {"Content-Type": "application/sparql-results+json"}
YES = b'{"head": {}, "boolean": true}'


class Fake:
    """A server that gives the replies it was given, one after the other, and keeps what it was asked."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fake.asked.append((self.command, self.path, dict(self.headers), body))
                status, headers, content = fake.replies.pop(0) if fake.replies else (200, JSON, YES)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        for method in ("GET", "POST", "PUT", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.handle_any)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/sparql"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    yield server
    server.stop()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []
    monkeypatch.setattr("graph.store.remote.client.time.sleep", seconds.append)
    return seconds


@pytest.fixture
def client_of(fake: Fake) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(**settings: Any) -> Client:
        chosen = RemoteSettings(**settings)
        made.append(Client(address_of(fake.url, chosen), chosen))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.mark.parametrize(
    ("query", "kind", "graphs", "update"),
    [
        ("http://h:7878/query", "oxigraph", "http://h:7878/store", "http://h:7878/update"),
        ("https://h/ds/query", "fuseki", "https://h/ds/data", "https://h/ds/update"),
        ("https://h/fuseki/ds/sparql", "fuseki", "https://h/fuseki/ds/data", "https://h/fuseki/ds/update"),
        (
            "https://h/repositories/r",
            "graphdb",
            "https://h/repositories/r/rdf-graphs/service",
            "https://h/repositories/r/statements",
        ),
        ("http://h/sparql", "virtuoso", "http://h/sparql-graph-crud-auth", "http://h/sparql-auth"),
        (
            "https://c.x.neptune.amazonaws.com:8182/sparql",
            "neptune",
            "https://c.x.neptune.amazonaws.com:8182/sparql/gsp/",
            "https://c.x.neptune.amazonaws.com:8182/sparql",
        ),
        ("https://h/anything", "other", None, None),
    ],
)
def test_the_look_of_an_address_tells_the_others(
    query: str, kind: str, graphs: str | None, update: str | None
) -> None:
    found = address_of(query, RemoteSettings())
    assert (found.name, found.graphs, found.update) == (kind, graphs, update)


def test_what_is_set_wins() -> None:
    settings = RemoteSettings(kind="fuseki", graphs_url="https://other/put")
    found = address_of("https://h/a/b", settings)
    assert (found.name, found.graphs, found.update) == ("fuseki", "https://other/put", "https://h/a/update")


@pytest.mark.parametrize("wrong", ["http://", "https://h:port/sparql", "http://:80/x"])
def test_what_is_no_address_is_said(wrong: str) -> None:
    assert is_address(wrong)
    with pytest.raises(StoreError, match="is no address"):
        address_of(wrong, RemoteSettings())


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="DAFTAR_STORE_PASSWORD") as caught:
        address_of("https://me:secret@h/sparql", RemoteSettings())
    assert "secret" not in str(caught.value)


def test_a_password_over_plain_http_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    settings = RemoteSettings(user="me", password="secret")  # type: ignore[arg-type]
    address_of("http://far.example/sparql", settings)
    assert "unprotected" in caplog.text
    assert "secret" not in caplog.text
    caplog.clear()
    address_of("http://127.0.0.1/sparql", settings)
    address_of("https://far.example/sparql", settings)
    assert not caplog.text


def test_name_and_password_are_sent(fake: Fake, client_of: Callable[..., Client]) -> None:
    client_of(kind="other", user="me", password="secret").ask("ASK {}")
    assert fake.asked[0][2]["Authorization"] == "Basic bWU6c2VjcmV0"  # base64 of me:secret


def test_a_token_wins_over_them(fake: Fake, client_of: Callable[..., Client]) -> None:
    client_of(kind="other", user="me", password="secret", token="t0k").ask("ASK {}")
    assert fake.asked[0][2]["Authorization"] == "Bearer t0k"


def test_a_query_goes_as_a_form(fake: Fake, client_of: Callable[..., Client]) -> None:
    client_of().ask("ASK { ?s ?p 'ی&=' }", [("default-graph-uri", "urn:a"), ("default-graph-uri", "urn:b")])
    method, path, headers, body = fake.asked[0]
    assert (method, path) == ("POST", "/sparql")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert body.decode() == (
        "query=ASK+%7B+%3Fs+%3Fp+%27%DB%8C%26%3D%27+%7D&default-graph-uri=urn%3Aa&default-graph-uri=urn%3Ab"
    )


def test_a_busy_server_is_asked_again(
    fake: Fake, client_of: Callable[..., Client], slept: list[float]
) -> None:
    fake.replies = [(503, {"Retry-After": "7"}, b""), (502, {}, b"")]
    assert client_of().ask("ASK {}") == (YES, "application/sparql-results+json")
    assert len(fake.asked) == 3
    assert slept == [7.0, 14.0]


def test_patience_ends(fake: Fake, client_of: Callable[..., Client], slept: list[float]) -> None:
    fake.replies = [(503, {}, b"<html><b>Too busy</b> now</html>")] * 5
    with pytest.raises(StoreError, match=r"\(503\): Too busy now$"):
        client_of(attempts=2).ask("ASK {}")
    assert len(fake.asked) == 2


def test_an_update_is_sent_once(fake: Fake, client_of: Callable[..., Client], slept: list[float]) -> None:
    fake.replies = [(503, {}, b"")]
    with pytest.raises(StoreError, match="refused the update"):
        client_of().update("MOVE GRAPH <urn:a> TO GRAPH <urn:b>")
    assert len(fake.asked) == 1


def test_a_server_that_lets_nobody_in(fake: Fake, client_of: Callable[..., Client]) -> None:
    fake.replies = [(401, {}, b"")]
    with pytest.raises(StoreError, match=r"does not let us in .*DAFTAR_STORE_TOKEN"):
        client_of(kind="other").ask("ASK {}")


def test_a_password_does_not_follow_to_another_place(fake: Fake, client_of: Callable[..., Client]) -> None:
    fake.replies = [(302, {"Location": "http://127.0.0.1:1/elsewhere"}, b"")]
    with pytest.raises(StoreError, match=r"points to http://127\.0\.0\.1:1/elsewhere"):
        client_of(kind="other", user="me", password="secret").ask("ASK {}")
    assert len(fake.asked) == 1


def test_a_wrong_query_keeps_the_words_of_the_server(fake: Fake, client_of: Callable[..., Client]) -> None:
    fake.replies = [(400, {}, b"error at 1:5: expected {")]
    with pytest.raises(SyntaxError, match="error at 1:5"):
        client_of().ask("ASK")


def test_too_long_an_answer_is_given_up(fake: Fake, client_of: Callable[..., Client]) -> None:
    fake.replies = [(200, JSON, b"x" * 1_000_001)]
    with pytest.raises(StoreError, match="more than 1000000 bytes"):
        client_of(bytes=1_000_000).ask("ASK {}")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<html>login</html>", "text/html"),
        (b"{}", ""),
        (b'{"head"', "application/json"),
        (b"<a> <b", "text/turtle"),
    ],
)
def test_an_answer_that_is_none_is_said(body: bytes, media_type: str) -> None:
    with pytest.raises(StoreError, match=r"https://h answers with .* that cannot be read"):
        read_answer(body, media_type, "https://h")


def test_graphs_are_put_and_deleted_by_name(fake: Fake, client_of: Callable[..., Client]) -> None:
    fake.replies = [(201, {}, b""), (404, {}, b"")]
    client = client_of(kind="fuseki")
    client.put_graph("urn:g?&", b"<urn:a> <urn:b> <urn:c> .\n")
    client.drop_graph("urn:g?&")
    assert [(method, path) for method, path, _, _ in fake.asked] == [
        ("PUT", "/data?graph=urn%3Ag%3F%26"),
        ("DELETE", "/data?graph=urn%3Ag%3F%26"),
    ]
    assert fake.asked[0][2]["Content-Type"] == "application/n-triples"


def test_where_graphs_go_must_be_known(client_of: Callable[..., Client]) -> None:
    with pytest.raises(StoreError, match="DAFTAR_STORE_GRAPHS_URL"):
        client_of(kind="other").put_graph("urn:g", b"")
