"""The server as people start it: a process of its own, asked over real connections."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

_START = "from graph.cli import main; main()"


class Live:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log
        self.url = f"http://127.0.0.1:{port}"

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(self.url + path, **{"timeout": 60, "trust_env": False, **options})

    def stop(self) -> int:
        """Ask it to stop, and wait."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@contextmanager
def live(store: Path, folder: Path, **settings: object) -> Iterator[Live]:
    """A server over a store; it is ended in any case."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    given = {f"DAFTAR_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DAFTAR_")} | given
    log = folder / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from graph.cli import main; main()",
                "serve",
                "--port",
                str(port),
                "--store",
                str(store),
            ],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        running = Live(process, port, log)
        _await(running)
        yield running
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _await(running: Live) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if running.process.poll() is not None:
            raise AssertionError(running.log.read_text(encoding="utf-8"))
        try:
            if running.get("/sparql", params={"query": "ASK {}"}).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
