"""A small HTTP client that costs little itself: one connection, kept."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode, urlsplit

from graph.query.wire import gone

JSON = "application/sparql-results+json"


class Asker:
    """Asks one SPARQL endpoint over one connection.

    Args:
        url: The endpoint.
        seconds: How long to wait for an answer.
        source: Address to ask from; every 127.x.y.z is one of this machine.
    """

    def __init__(self, url: str, seconds: float = 150.0, source: str = "127.0.0.1") -> None:
        parts = urlsplit(url)
        self._path = parts.path
        self._line = http.client.HTTPConnection(str(parts.hostname), parts.port, seconds, (source, 0))

    def ask(self, query: str, accept: str = JSON) -> bytes:
        """The body of the answer.

        Args:
            query: The query.
            accept: The media type wanted.

        Returns:
            The body.

        Raises:
            OSError: when there is no answer, or its status is not 200.
        """
        status, body = self.get(f"{self._path}?{urlencode({'query': query})}", accept)
        if status != 200:
            raise OSError(f"{status}: {body[:200]!r}")
        return body

    def get(self, path: str, accept: str = "*/*") -> tuple[int, bytes]:
        """Status and body of any path; the connection is made anew when it broke, or was closed meanwhile.

        Args:
            path: Path and query.
            accept: The media type wanted.

        Raises:
            OSError: when the server cannot be reached, or ends the connection without an answer.
            http.client.HTTPException: when what comes is no answer.
        """
        if self._line.sock is not None and gone(self._line.sock):
            self._line.close()  # a server may end a connection that nobody used for some seconds
        try:
            self._line.request("GET", path, headers={"Accept": accept})
            answer = self._line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._line.close()


def anew(query: str, number: object) -> str:
    """The same query in another text, so that it is evaluated: Daftar keeps answers to the same text.

    Args:
        query: The query.
        number: What no other text of it has.

    Returns:
        The query with a comment at its end.
    """
    return f"{query}\n# {number}"
