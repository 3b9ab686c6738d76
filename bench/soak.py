"""Mixed load for a long time, with a new edition every minute: no failed request, and no growth.

``python -m bench.soak --minutes 60``. Eight clients, each with an address of its own, ask for pages, lists,
searches, queries and analyses, two of them for hostile queries as well, while two editions take turns. A
request has failed when its status is not what its kind may have: a hostile query is refused or ended (400,
413, 503), all others are answered.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.asker import JSON, Asker, anew
from bench.children import daftar
from bench.engines import our_server
from bench.places import ROOT, results
from bench.tree import memory, slope
from bench.typical import typical
from graph.paths import bundled_data_dir
from graph.store import newest_fingerprint, open_store

_SETTINGS = {"QUERY_SECONDS": "2", "LOG_REQUESTS": "true"}
_CLIENTS = 8
_HOSTILE_CLIENTS = 2
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }"
_HOSTILE = (
    _ENDLESS,
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT * " + "{" * 3000 + "}" * 3000,
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+$')) ?x ?y ?z . ?u ?v ?w }",
    "DROP ALL",
)
_QUERY = "query"
_LOOK_SECONDS = 5.0
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Ask:
    kind: str
    path: str
    allowed: frozenset[int] = frozenset({200})


@dataclass
class _Seen:
    """What the clients and the watcher found."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    memory: list[tuple[float, float, float, int]] = field(default_factory=list)
    builds: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, ask: _Ask, status: int, milliseconds: float, body: bytes) -> None:
        """Note one answer."""
        with self.lock:
            self.statuses[ask.kind, status] += 1
            self.spent[ask.kind].append(milliseconds)
            if status not in ask.allowed:
                self.failures.append(f"{status} {ask.path[:120]} {body[:160]!r}")


def asks(store: Path) -> list[_Ask]:
    """Everything that clients ask, in the proportions of a busy day."""
    queries = [query.text for query in typical(open_store(store))]
    pages = ("", "graph", "processes/P05", "agencies/police", "doubts", "questions", "matrix", "ontology")
    found = [_Ask("page", f"/{lang}/{rest}") for lang in ("en", "fa") for rest in pages]
    found += [_Ask("list", f"/{lang}/{rest}") for lang in ("en", "fa") for rest in ("processes", "agencies")]
    words = ("police", "ناجا", "permit", "پروانه")
    found += [_Ask("search", f"/{lang}/search?q={quote(text)}") for lang in ("en", "fa") for text in words]
    found += [
        _Ask(kind, f"/sparql?query={quote(text)}") for text in queries for kind in (_QUERY, "query again")
    ]
    found += [_Ask("analysis", f"/api/analyses/{name}") for name in ("overlap", "meetings", "matrix")]
    hostile = frozenset({200, 400, 413, 503})
    found += [_Ask("hostile", f"/sparql?query={quote(text)}", hostile) for text in _HOSTILE]
    return [*found, _Ask("health", "/healthz")]


def _client(url: str, number: int, seed: int, all_asks: Sequence[_Ask], end: float, seen: _Seen) -> None:
    asker, order = Asker(url, 60, f"127.0.1.{number + 1}"), random.Random(seed * 100 + number)  # noqa: S311
    mine = [ask for ask in all_asks if ask.kind != "hostile" or number < _HOSTILE_CLIENTS]
    turns = count()
    while time.monotonic() < end:
        ask = order.choice(mine)
        # the query is the last of the address
        path = ask.path + (quote(anew("", f"{number}-{next(turns)}")) if ask.kind == _QUERY else "")
        started = time.perf_counter()
        try:
            status, body = asker.get(path, JSON if "sparql" in ask.path else "*/*")
        except OSError as error:
            status, body = 0, repr(error).encode()
        seen.add(ask, status, (time.perf_counter() - started) * 1000, body)
    asker.close()


def two_catalogues(work: Path) -> list[Path]:
    """The shipped records, and the same with one title changed.

    Args:
        work: Folder to make them in.
    """
    folders = [work / "first", work / "second"]
    for folder in folders:
        shutil.copytree(bundled_data_dir(), folder)
    record = sorted((folders[1] / "processes").glob("*.yaml"))[0]
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("titleEn: ", "titleEn: Changed. ", 1), encoding="utf-8")
    return folders


def build(data: Path, store: Path | str) -> str:
    """Build a store with the command that people use.

    Args:
        data: The records.
        store: The store, or the address of a server.

    Returns:
        What it wrote when it failed, else nothing.
    """
    line = daftar("build", "--data", data, "--store", store)
    done = subprocess.run(line, capture_output=True, check=False, cwd=ROOT)
    return "" if done.returncode == 0 else done.stderr.decode()[-300:]


def _watch(pid: int, end: float, seen: _Seen) -> None:
    begun = time.monotonic()
    while time.monotonic() < end:
        now = memory(pid)
        seen.memory.append((time.monotonic() - begun, now.pss / 1e6, now.own / 1e6, now.processes))
        time.sleep(_LOOK_SECONDS)


def _rebuild(data: Sequence[Path], store: Path, every: float, end: float, seen: _Seen) -> None:
    number = 0
    while time.monotonic() + every < end:
        time.sleep(every)
        number += 1
        failure = build(data[number % 2], store)
        seen.builds += not failure
        if failure:
            seen.failures.append(f"build: {failure}")


def soak(minutes: float, every: float = 60.0, seed: int = 1) -> dict[str, Any]:
    """Run the load.

    Args:
        minutes: How long.
        every: Seconds between builds.
        seed: What decides who asks what when.

    Returns:
        What was found, as plain data.
    """
    seen = _Seen()
    with tempfile.TemporaryDirectory() as place:
        work, store = Path(place), Path(place) / "store"
        data = two_catalogues(work)
        if failure := build(data[0], store):
            raise RuntimeError(failure)
        everything = asks(store)
        with our_server(store, work / "server.log", _SETTINGS) as (url, pid):
            end = time.monotonic() + minutes * 60
            threads = [
                threading.Thread(target=_client, args=(url, number, seed, everything, end, seen))
                for number in range(_CLIENTS)
            ]
            threads.append(threading.Thread(target=_watch, args=(pid, end, seen)))
            threads.append(threading.Thread(target=_rebuild, args=(data, store, every, end, seen)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            answers = _newest_answers(url, store)
    return _found(seen, minutes, answers)


def _newest_answers(url: str, store: Path) -> bool:
    """Whether the last build takes its place; the server makes it ready first."""
    newest, asker, end = newest_fingerprint(store), Asker(url, 60), time.monotonic() + _PATIENCE_SECONDS
    while not (found := newest in asker.get("/healthz")[1].decode()) and time.monotonic() < end:
        time.sleep(1)
    asker.close()
    return found


def _found(seen: _Seen, minutes: float, newest_answers: bool) -> dict[str, Any]:
    kinds = {}
    for kind, spent in sorted(seen.spent.items()):
        cuts = statistics.quantiles(spent, n=100, method="inclusive")
        statuses = {str(status): n for (of, status), n in sorted(seen.statuses.items()) if of == kind}
        kinds[kind] = {
            "requests": len(spent),
            **{f"p{n} ms": round(cuts[n - 1], 1) for n in (50, 95, 99)},
            "statuses": statuses,
        }
    half = [point for point in seen.memory if point[0] > seen.memory[-1][0] / 2]
    return {
        "minutes": minutes,
        "builds": seen.builds,
        "failed": len(seen.failures),
        "failures": seen.failures[:20],
        "newest edition answers": newest_answers,
        "kinds": kinds,
        "memory MB": {
            "first quarter, median": _median(seen.memory[: len(seen.memory) // 4]),
            "last quarter, median": _median(seen.memory[-(len(seen.memory) // 4) :]),
            "most": round(max(point[1] for point in seen.memory), 1),
            "slope per hour, second half": round(slope([(x / 3600, pss) for x, pss, _, _ in half]), 1),
        },
        "memory": [[round(x), round(pss, 1), round(own, 1), count] for x, pss, own, count in seen.memory],
    }


def _median(points: Sequence[tuple[float, float, float, int]]) -> float:
    return round(statistics.median(point[1] for point in points), 1)


def main() -> None:
    """Run from the command line; writes ``bench/results/soak.json`` and prints the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=60.0, help="seconds between builds")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = soak(given.minutes, given.every, given.seed)
    (results() / "soak.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: value for name, value in found.items() if name != "memory"}, indent=1))


if __name__ == "__main__":
    main()
