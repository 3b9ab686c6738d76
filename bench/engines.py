"""Daftar's endpoint and those of others, over the same statements."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bench.asker import Asker
from bench.children import daftar
from bench.places import ROOT

OURS = "Daftar"
IN_PROCESS = "pyoxigraph in memory"
SERVER = "oxigraph server"
RDFLIB = "rdflib"
ENDPOINT = "rdflib-endpoint"
Ask = Callable[[str], bytes]

#: The usual limits would cut the largest answers of the largest catalogue; every guard stays on.
WIDE = {"QUERY_SECONDS": "120", "QUERY_ROWS": "1000000", "QUERY_BYTES": "300000000", "LOG_REQUESTS": "true"}


def digest(answer: bytes) -> tuple[int, str]:
    """Number of rows, and a checksum that does not depend on their order.

    Args:
        answer: SPARQL JSON.

    Example:
        >>> digest(b'{"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}')[0]
        1
    """
    rows = []
    for row in json.loads(answer)["results"]["bindings"]:
        cells = [(name, cell["type"], cell["value"], cell.get("xml:lang", "")) for name, cell in row.items()]
        rows.append(repr(sorted(cells)))
    return len(rows), sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def served(line: list[str], url: str, log: Path, extra: dict[str, str] | None = None) -> Iterator[int]:
    """Run a server until the block ends.

    Args:
        line: Its command line.
        url: Where it answers queries.
        log: File for what it writes.
        extra: Environment beside ours.

    Yields:
        The number of its process.

    Raises:
        RuntimeError: when it does not answer within ten minutes.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}
    with log.open("wb") as stream:
        process = subprocess.Popen(line, stdout=stream, stderr=stream, cwd=log.parent, env=environment)
    try:
        _await(process, url, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + 600
    while time.monotonic() < end and process.poll() is None:
        try:
            Asker(url, 5).ask("SELECT * { ?s ?p ?o } LIMIT 1")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer: {log.read_text(encoding='utf-8')[-1000:]}")


@contextmanager
def our_server(store: Path, log: Path, settings: dict[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """``daftar serve`` over a store.

    Yields:
        The address of its endpoint and the number of its process.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}/sparql"
    extra = {f"DAFTAR_{name}": value for name, value in (settings or WIDE).items()}
    with served(daftar("serve", "--port", port, "--store", store), url, log, extra) as pid:
        yield url, pid


@contextmanager
def oxigraph_server(nquads: Path, folder: Path) -> Iterator[str]:
    """The `oxigraph` server, read-only, on its own files, as it is deployed."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    location = folder / "oxigraph"
    subprocess.run(
        [program, "load", "--location", str(location), "--file", str(nquads), "--lenient"],
        check=True,
        capture_output=True,
    )
    bind = f"127.0.0.1:{free_port()}"
    line = [program, "serve-read-only", "--location", str(location), "--bind", bind, "--union-default-graph"]
    with served(line, f"http://{bind}/query", folder / "oxigraph.log"):
        yield f"http://{bind}/query"


@contextmanager
def rdflib_endpoint(triples: Path, folder: Path, python: str) -> Iterator[str]:
    """rdflib-endpoint on a graph in memory, with uvicorn."""
    port = free_port()
    line = [python, "-P", str(ROOT / "bench" / "rdflib_peer.py"), "serve", str(triples), str(port)]
    url = f"http://127.0.0.1:{port}/"
    with served(line, url, folder / "endpoint.log"):
        yield url


@contextmanager
def rdflib_in_memory(triples: Path, python: str, seconds: float) -> Iterator[Callable[[str], dict[str, Any]]]:
    """rdflib in a process of its own; it times itself, for its time is not to hold that of the pipe."""
    line = [python, "-P", str(ROOT / "bench" / "rdflib_peer.py"), "ask", str(triples), str(seconds)]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    with ExitStack() as stack:
        stack.callback(process.wait)
        stack.callback(process.kill)

        def ask(query: str) -> dict[str, Any]:
            process.stdin.write(json.dumps(query) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            found: dict[str, Any] = json.loads(process.stdout.readline())  # type: ignore[union-attr]
            return found

        yield ask


def in_process(store: ox.Store) -> Ask:
    """pyoxigraph in this process, answers written as JSON."""

    def ask(query: str) -> bytes:
        found = store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return ask
