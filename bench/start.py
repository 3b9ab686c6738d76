"""*start*: the command line, and the server up to its first answer."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.children import call, command, daftar
from bench.model import Goal, Row
from bench.places import store

PYTHON = "Python itself (-c pass)"
_PATIENCE = 600.0


def run(size: int) -> list[Row]:
    """Measure ``daftar --help`` and the time from ``daftar serve`` to the first page."""
    bare = command([sys.executable, "-c", "pass"], runs=5)
    helped = command(daftar("--help"), runs=5)
    home, _ = call("bench.start:first_answer", str(store(size)), "/fa/")
    health, _ = call("bench.start:first_answer", str(store(size)), "/fa/processes/P01")
    goal = Goal("within 1.5 s", 1.5) if size <= 100 else None
    return [
        Row(
            "start",
            "daftar --help",
            size,
            "s",
            helped,
            {PYTHON: bare},
            Goal("within 0.3 s", 0.3),
            growth=False,
        ),
        Row("start", "daftar serve to its first page", size, "s", home, goal=goal),
        Row("start", "daftar serve to the page of a process", size, "s", health),
    ]


def first_answer(path: str, page: str) -> dict[str, Any]:
    """Seconds from the command to the first answer, three times; no more after a minute."""
    found: list[float] = []
    while len(found) < 3 and sum(found) < 60:
        started = time.perf_counter()
        with served(path) as (port, _):
            until_ready(port, page)
            found.append(time.perf_counter() - started)
    return {"values": found}


@contextmanager
def served(path: str) -> Iterator[tuple[int, int]]:
    """A server over a store, up to its first answer to anything; its port and the number of its process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    line = daftar("serve", "--port", port, "--store", path)
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(server, port)
            yield port, server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"the server did not come up within {_PATIENCE:g} s, or ended: {server.poll()}")


def until_ready(port: int, page: str, limit: float = _PATIENCE) -> None:
    """Ask for a page until it comes: that of a large catalogue says 503 while its tables are made once.

    Raises:
        TimeoutError: when it does not come within the limit.
    """
    end = time.monotonic() + limit
    while fetch(port, page, limit)[0] == http.HTTPStatus.SERVICE_UNAVAILABLE:
        if time.monotonic() > end:
            raise TimeoutError(f"{page} still answered 503 after {limit:g} s")
        time.sleep(0.2)


def fetch(port: int, page: str, limit: float = _PATIENCE) -> tuple[int, int, int]:
    """Status, weight of a page as it comes (compressed), and weight as it is read."""
    import gzip

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=limit)
    try:
        connection.request("GET", page, headers={"Accept-Encoding": "gzip", "Accept": "text/html, */*"})
        answer = connection.getresponse()
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return answer.status, len(body), len(gzip.decompress(body)) if packed else len(body)
    finally:
        connection.close()
