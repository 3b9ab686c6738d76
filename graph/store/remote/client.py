"""Speaking HTTP to a SPARQL server: credentials, patience, and errors in words."""

from __future__ import annotations

import re
import time
import weakref
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import httpx

from graph.settings_remote import RemoteSettings
from graph.store.errors import StoreAwayError
from graph.store.remote.address import Address
from graph.store.remote.results import read_answer
from graph.store.rows import read_rows

_BUSY = frozenset({429, 502, 503, 504})
_WAIT = 0.5
_LONGEST_WAIT = 30.0
_SHOWN = 500
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"

Pairs = Sequence[tuple[str, str]]


class Client:
    """A line to one server. Safe for several threads.

    Args:
        address: The server.
        settings: Credentials and limits.
    """

    def __init__(self, address: Address, settings: RemoteSettings) -> None:
        self.address = address
        self._settings = settings
        headers = {"User-Agent": "Daftar"}
        if settings.token is not None:
            headers["Authorization"] = f"Bearer {settings.token.get_secret_value()}"
        self._http = httpx.Client(
            auth=None if settings.token is not None else _auth(address, settings),
            headers=headers,
            timeout=httpx.Timeout(settings.seconds, connect=min(10.0, settings.seconds)),
            follow_redirects=False,  # a password goes to the server that was named, and to no other
        )
        # an edition that was replaced may be asked still; its line closes when nobody holds it any more
        self._closing = weakref.finalize(self, self._http.close)

    def ask(self, query: str, dataset: Pairs = (), *, triples: bool = False) -> tuple[bytes, str]:
        """Send a query, as a form: every server takes that.

        Args:
            query: The query.
            dataset: Parameters that choose graphs.
            triples: Whether the answer is a graph; Virtuoso gives rows for one when it may.

        Returns:
            The answer and its media type.

        Raises:
            SyntaxError: when the server finds the query wrong, with its words.
            StoreAwayError: when it does not answer.
        """
        form: dict[str, list[str]] = {"query": [query]}
        for name, value in dataset:
            form.setdefault(name, []).append(value)
        response = self._send(
            "POST", self.address.query, data=form, headers={"Accept": _TRIPLES if triples else _ROWS}
        )
        if response.status_code == httpx.codes.BAD_REQUEST:
            # Virtuoso repeats the query after its error, with the dataset before it
            raise SyntaxError(_words(response).partition(" SPARQL query:")[0])
        self._check(response, "query", (200,))
        return response.content, response.headers.get("content-type", "").partition(";")[0].strip()

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Ask a SELECT query of our own, over the graphs that it names.

        Args:
            query: The query.

        Returns:
            One mapping a row from variable to term.

        Raises:
            SyntaxError: as of :meth:`ask`.
            StoreAwayError: when the server does not answer, or with something else than rows.
        """
        where = self.address.query
        try:
            return list(read_rows(read_answer(*self.ask(query), where)).mappings())
        except TypeError as error:
            raise StoreAwayError(f"{where} answers a SELECT with something else") from error

    def put_graph(self, graph: str, ntriples: bytes) -> None:
        """Put a graph in place of the one of its name, by the Graph Store protocol.

        Args:
            graph: Its IRI.
            ntriples: Its statements.

        Raises:
            StoreAwayError: when it could not be put.
        """
        response = self._graph(
            "PUT", graph, content=ntriples, headers={"Content-Type": "application/n-triples"}
        )
        self._check(response, f"graph <{graph}>", (200, 201, 204))

    def drop_graph(self, graph: str) -> None:
        """Delete a graph; it need not be there.

        Args:
            graph: Its IRI.

        Raises:
            StoreAwayError: when it could not be deleted.
        """
        self._check(self._graph("DELETE", graph), f"graph <{graph}>", (200, 202, 204, 404))

    def update(self, text: str) -> None:
        """Send an update, once: to repeat it may not be harmless.

        Args:
            text: The update.

        Raises:
            StoreAwayError: when the server refused it, or it is not known whether it took effect.
        """
        if self.address.update is None:
            raise StoreAwayError("the server's address for updates is not known; set DAFTAR_STORE_UPDATE_URL")
        response = self._send("POST", self.address.update, data={"update": [text]}, attempts=1)
        self._check(response, "update", (200, 202, 204))

    def close(self) -> None:
        """Close the line; one that is forgotten closes itself."""
        self._closing()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _graph(
        self, method: str, graph: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        if self.address.graphs is None:
            raise StoreAwayError(
                f"where {self.address.query} takes graphs is not known; set DAFTAR_STORE_GRAPHS_URL, "
                "or DAFTAR_STORE_KIND"
            )
        parameters = {self.address.kind.parameter: graph}
        return self._send(method, self.address.graphs, params=parameters, content=content, headers=headers)

    def _send(
        self,
        method: str,
        url: str,
        *,
        data: dict[str, list[str]] | None = None,
        params: dict[str, str] | None = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        attempts: int | None = None,
    ) -> httpx.Response:
        left = attempts or self._settings.attempts
        wait = _WAIT
        while True:
            left -= 1
            try:
                request = self._http.build_request(
                    method, url, data=data, params=params, content=content, headers=headers
                )
                response = self._read(request)
            except httpx.TransportError as error:
                if not left or isinstance(error, httpx.ReadTimeout):
                    raise StoreAwayError(f"{url} does not answer: {error or type(error).__name__}") from error
            else:
                if not left or response.status_code not in _BUSY:
                    return response
                wait = max(wait, _asked_to_wait(response))
            time.sleep(min(wait, _LONGEST_WAIT))
            wait *= 2

    def _read(self, request: httpx.Request) -> httpx.Response:
        """Read an answer, but not more of it than is allowed."""
        response = self._http.send(request, stream=True)
        try:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > self._settings.bytes:
                    raise StoreAwayError(
                        f"{request.url.copy_with(query=None)} answers with more than "
                        f"{self._settings.bytes} bytes (DAFTAR_STORE_BYTES)"
                    )
        finally:
            response.close()
        # its body is decoded now, so what told of the encoding goes
        plain = {k: v for k, v in response.headers.items() if k not in ("content-encoding", "content-length")}
        return httpx.Response(response.status_code, headers=plain, content=bytes(body), request=request)

    def _check(self, response: httpx.Response, what: str, good: tuple[int, ...]) -> None:
        if response.status_code in good:
            return
        where = response.request.url.copy_with(query=None)
        if response.status_code in (401, 403):
            hint = "set DAFTAR_STORE_USER and DAFTAR_STORE_PASSWORD, or DAFTAR_STORE_TOKEN"
            raise StoreAwayError(f"{where} does not let us in ({response.status_code}); {hint}")
        if response.is_redirect:
            target = response.headers.get("location", "")
            raise StoreAwayError(f"{where} points to {target}; if you trust it, set that address")
        raise StoreAwayError(f"{where} refused the {what} ({response.status_code}): {_words(response)}")


def _auth(address: Address, settings: RemoteSettings) -> httpx.Auth | None:
    if settings.user is None:
        return None
    password = settings.password.get_secret_value() if settings.password is not None else ""
    if address.kind.digest:
        return httpx.DigestAuth(settings.user, password)
    return httpx.BasicAuth(settings.user, password)


def _asked_to_wait(response: httpx.Response) -> float:
    seconds = response.headers.get("retry-after", "")
    return float(seconds) if seconds.isdigit() else 0.0


def _words(response: httpx.Response) -> str:
    """What a server says of an error, without markup, on one line."""
    text = re.sub(r"<[^>]*>", " ", response.text[: 10 * _SHOWN])
    text = re.sub(r"\s+", " ", text).strip() or response.reason_phrase
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
