"""Ending processes at random moments, as a power cut or the kernel would: no wrong answer, no corrupt store.

``python -m bench.kill --times 100``. Each time one of these is ended with SIGKILL at a random moment, while
queries are asked: a query worker, the process that workers are forked from, the server, a build. Afterwards
the same query must be answered with the rows that the records hold, and the files of the store must have
their fingerprint.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bench.asker import Asker, anew
from bench.children import daftar
from bench.engines import digest, free_port
from bench.places import ROOT, results
from bench.soak import build, two_catalogues
from bench.tree import tree
from graph.store import find_edition, open_store, read_edition

_ASKED = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX df: <https://w3id.org/daftar/ontology#>
SELECT DISTINCT ?process ?title { ?process a df:Process ; dct:title ?title }"""
_NUMBERS = count()
_KINDS = ("worker", "parent of workers", "server", "build")
_RECOVERED_WITHIN = 120.0


@dataclass
class _Server:
    """A server that is started anew when it was ended, on the same port."""

    store: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; does not wait until it answers."""
        line = daftar("serve", "--port", self.port, "--store", self.store)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DAFTAR_LOG_REQUESTS": "false"}
        self.process = subprocess.Popen(
            line, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    @property
    def url(self) -> str:
        """Its endpoint."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def stop(self) -> None:
        """End it."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait()


@dataclass
class _Found:
    """What became of the answers."""

    right: set[str]
    answers: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    recovery: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def take(self, answer: bytes, when: str) -> None:
        """Compare an answer with those that the two editions give."""
        self.answers += 1
        rows, found = digest(answer)
        if found not in self.right:
            self.wrong.append(f"{when}: {rows} rows, {found}")


def _asking(server: _Server, found: _Found, stop: threading.Event) -> None:
    """Ask without a pause; that some are refused while something is ended is what must be."""
    asker = Asker(server.url, 30)
    while not stop.is_set():
        try:
            found.take(asker.ask(anew(_ASKED, next(_NUMBERS))), "while it was ended")
        except OSError:
            found.refused += 1
            time.sleep(0.02)
        except Exception as error:  # half an answer is a line that broke, not an answer
            found.refused += 1
            if "IncompleteRead" not in repr(error) and "BadStatusLine" not in repr(error):
                raise


def _recovered(server: _Server, found: _Found, kind: str) -> None:
    started = time.monotonic()
    while time.monotonic() < started + _RECOVERED_WITHIN:
        with suppress(OSError):
            found.take(Asker(server.url, 30).ask(anew(_ASKED, next(_NUMBERS))), f"after {kind}")
            found.recovery[kind].append(time.monotonic() - started)
            return
        time.sleep(0.02)
    found.wrong.append(f"no answer within {_RECOVERED_WITHIN:g} s after {kind}")


def _end(server: _Server, kind: str, chance: random.Random, data: list[Path], built: list[float]) -> None:
    """End one process with SIGKILL, and start anew what a person or a service manager would start anew."""
    assert server.process is not None
    if kind == "build":
        line = daftar("build", "--data", data[chance.randrange(2)], "--store", server.store)
        building = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            building.wait(chance.uniform(0.0, 1.1 * statistics.median(built)))
        for pid in reversed(tree(building.pid)):
            _kill(pid)
        building.wait()
        return
    time.sleep(chance.uniform(0.0, 0.3))
    known = tree(server.process.pid)
    parents = [pid for pid in known if "graph.query.worker" in _line_of(pid) and _parent(pid) == known[0]]
    if kind == "worker":
        workers = [pid for pid in known if _parent(pid) in parents]
        _kill(chance.choice(workers)) if workers else None
    elif kind == "parent of workers":
        _kill(chance.choice(parents)) if parents else None
    else:
        _kill(server.process.pid)
        server.process.wait()
        server.start()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _line_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def kill(times: int, seed: int) -> dict[str, Any]:
    """End processes.

    Args:
        times: How often.
        seed: What decides which one is ended and when.

    Returns:
        What was found, as plain data.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    ended: dict[str, int] = defaultdict(int)
    corrupt: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        work, store = Path(place), Path(place) / "store"
        data, built, right = two_catalogues(work), [], set()
        for folder in reversed(data):
            started = time.monotonic()
            if failure := build(folder, store):
                raise RuntimeError(failure)
            built.append(time.monotonic() - started)
            right.add(_right(store))
        found, server, stop = _Found(right), _Server(store), threading.Event()
        server.start()
        _recovered(server, found, "start")
        asking = [threading.Thread(target=_asking, args=(server, found, stop)) for _ in range(2)]
        for thread in asking:
            thread.start()
        for number in range(times):
            kind = _KINDS[number % len(_KINDS)]
            _end(server, kind, chance, data, built)
            ended[kind] += 1
            _recovered(server, found, kind)
            try:
                read_edition(find_edition(store))  # compares the files with the fingerprint
            except Exception as error:
                corrupt.append(f"{number} {kind}: {error}")
        if failure := build(data[0], store):
            corrupt.append(f"no build afterwards: {failure}")
        stop.set()
        for thread in asking:
            thread.join()
        server.stop()
        left = [path.name for path in (store / "editions").iterdir() if path.name.startswith(".")]
    return _summary(found, dict(ended), corrupt, left, seed)


def _right(store: Path) -> str:
    """The answer, evaluated in this process and without the server."""
    import pyoxigraph as ox

    answer = open_store(store).query(_ASKED)
    assert isinstance(answer, ox.QuerySolutions)
    return digest(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")[1]


def _summary(
    found: _Found, ended: dict[str, int], corrupt: list[str], left: list[str], seed: int
) -> dict[str, Any]:
    recovery = {
        kind: {"median s": round(statistics.median(spent), 3), "most s": round(max(spent), 3)}
        for kind, spent in found.recovery.items()
    }
    return {
        "seed": seed,
        "ended": ended,
        "answers compared": found.answers,
        "wrong answers": found.wrong,
        "requests without an answer while something was ended": found.refused,
        "corrupt stores": corrupt,
        "unfinished editions left after the next build": left,
        "recovery": recovery,
    }


def main() -> None:
    """Run from the command line; writes ``bench/results/kill.json`` and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    text = json.dumps(kill(given.times, given.seed), indent=1)
    (results() / "kill.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
