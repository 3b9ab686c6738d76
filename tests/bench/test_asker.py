"""The client of the benchmark notices a connection that was closed, and hides no request that failed."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.asker import Asker

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def served(*connections: tuple[bytes, ...]) -> Iterator[str]:
    """A server that takes so many connections, answers so on each, and closes it without a word."""

    def serve() -> None:
        for answers in connections:
            line, _ = listening.accept()
            with line:
                for answer in answers:
                    line.recv(65_536)
                    line.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        thread.join(10)


def until_closed(asker: Asker) -> None:
    poll = select.poll()
    poll.register(asker._line.sock, select.POLLIN)
    assert poll.poll(10_000)


def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    with served((ANSWER,), (ANSWER, ANSWER)) as url:
        asker = Asker(url, seconds=10)
        assert asker.ask("ASK {}") == b"ok"
        until_closed(asker)
        assert asker.ask("ASK {}") == b"ok"
        assert asker.ask("ASK {}") == b"ok"
        asker.close()


def test_a_request_without_an_answer_is_not_sent_again() -> None:
    with served((ANSWER, b""), (ANSWER,)) as url:
        asker = Asker(url, seconds=10)
        assert asker.ask("ASK {}") == b"ok"
        with pytest.raises(OSError, match="closed connection"):
            asker.ask("ASK {}")
        assert asker.ask("ASK {}") == b"ok"
        asker.close()
