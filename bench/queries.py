"""Twelve queries through Daftar's endpoint, all guards on, beside other engines and endpoints.

``python -m bench.queries --size 3000``. The engines are asked in turn, round after round, so that
whatever else the machine does meets all of them; a figure is the median. All must give the same rows.
Each time a query is asked with another comment at its end, for Daftar keeps answers: what a kept one takes
is measured by asking the same again at once, and told apart.
``DAFTAR_BENCH_PEERS`` names the Python of an environment with rdflib-endpoint (0.6.3 when this was written).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from bench import engines
from bench.asker import Asker, anew
from bench.model import Goal, Row, Sample
from bench.places import quads, store
from bench.tree import until_idle
from bench.typical import Typical, typical
from graph.store import open_store

_LARGEST_FOR_RDFLIB = 3_000
_RDFLIB_SECONDS = 30.0
_ENDPOINT_SECONDS = 5.0
"""rdflib-endpoint cannot end a query, so it is not asked what rdflib takes so long for."""
_LOAD = ("agency → processes", "directive → processes", "steps in order", "property path")
_CLIENTS = (1, 8)
_NEAR = Goal(
    "within 1.5 times pyoxigraph in process, beyond 2 ms", 1.5, "ratio", engines.IN_PROCESS, beyond=2.0
)
_AGAIN = f"{engines.OURS}, the same again"
_THRICE = Goal("3 times the best Python peer", 3, "ratio", engines.ENDPOINT, least=True)


@dataclass
class _Times:
    """Milliseconds by query and engine, and what went wrong."""

    found: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    stopped: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    def check(self, query: Typical, engine: str, answer: bytes) -> None:
        """See that an answer is that of the first engine."""
        rows, digest = engines.digest(answer)
        if self.sums.setdefault(query.name, digest) != digest:
            self.stopped[query.name, engine] = f"another answer: {rows} rows"
        else:
            self.rows[query.name] = rows

    def sample(self, query: str, engine: str) -> Sample:
        """What was measured."""
        values = tuple(self.found[query, engine])
        return Sample(values, stopped=self.stopped.get((query, engine), ""))


def run(size: int, seconds: float = 6.0, rounds: int = 15) -> list[Row]:
    """Measure at one size.

    Args:
        size: Processes of the made-up catalogue.
        seconds: How long each load lasts.
        rounds: Rounds over all queries and engines.

    Returns:
        A row for each query, for each load, and those that sum up.
    """
    return measure(store(size), size, seconds, rounds)


def measure(folder: Path, size: int, seconds: float, rounds: int) -> list[Row]:
    """Measure on a store that is there; see :func:`run`."""
    nquads = quads(folder)
    opened = open_store(folder)
    asked = typical(opened)
    del opened
    times = _Times()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        work = Path(place)
        inside = ox.Store()
        inside.bulk_load(path=nquads, format=ox.RdfFormat.N_QUADS)
        url, pid = stack.enter_context(engines.our_server(folder, work / "daftar.log"))
        urls = {engines.OURS: url}
        urls[engines.SERVER] = stack.enter_context(engines.oxigraph_server(nquads, work))
        peers = {engines.IN_PROCESS: engines.in_process(inside)}
        peers |= {name: Asker(url).ask for name, url in urls.items()}
        if size <= _LARGEST_FOR_RDFLIB:
            _rdflib(nquads, work, asked, times, stack, peers, urls)
        until_idle(pid)  # a server that has just begun still makes its pages ready
        for number in range(rounds):
            _round(asked, peers, times, number)
        loads = [
            row
            for clients in _CLIENTS
            for again in (False, True)
            for row in _loads(asked, urls, clients, again, seconds, size)
        ]
    rows = [_row(query, times, peers, size) for query in asked]
    return [*rows, *_sums(rows, size), *loads]


def _round(
    asked: Sequence[Typical], peers: Mapping[str, Callable[[str], bytes]], times: _Times, number: int
) -> None:
    for query in asked:
        text = anew(query.text, number)
        for name, ask in (*peers.items(), (_AGAIN, peers[engines.OURS])):
            if (query.name, name) in times.stopped:
                continue
            spent = times.found[query.name, name]
            if len(spent) >= 5 and sum(spent) > 20_000:
                continue
            started = time.perf_counter()
            try:
                answer = ask(text)
            except OSError as error:
                times.stopped[query.name, name] = str(error)[:200]
                continue
            spent.append((time.perf_counter() - started) * 1000)
            if number == 0:
                times.check(query, name, answer)
                spent.clear()  # the first time is for warming up


def _rdflib(
    nquads: Path,
    work: Path,
    asked: Sequence[Typical],
    times: _Times,
    stack: ExitStack,
    peers: dict[str, Callable[[str], bytes]],
    urls: dict[str, str],
) -> None:
    """rdflib in memory, measured at once because it is slow; and rdflib-endpoint, where it is installed."""
    python = os.environ.get("DAFTAR_BENCH_PEERS", sys.executable)
    triples = _triples(nquads, work / "data.nt")
    answers = {}
    with engines.rdflib_in_memory(triples, python, _RDFLIB_SECONDS) as ask:
        for query in asked:
            for _ in range(4):
                found = ask(query.text)
                if "stopped" in found:
                    times.stopped[query.name, engines.RDFLIB] = found["stopped"]
                    break
                answers[query.name] = found["body"].encode()
                times.found[query.name, engines.RDFLIB].append(found["seconds"] * 1000)
                if found["seconds"] > 5:
                    break
    for query in asked:
        spent = times.found[query.name, engines.RDFLIB]
        if not spent or spent[0] > _ENDPOINT_SECONDS * 1000:
            times.stopped[query.name, engines.ENDPOINT] = "not asked: rdflib takes too long"
    if shutil.which(python) and "DAFTAR_BENCH_PEERS" in os.environ:
        urls[engines.ENDPOINT] = stack.enter_context(engines.rdflib_endpoint(triples, work, python))
        peers[engines.ENDPOINT] = Asker(urls[engines.ENDPOINT]).ask
    for query in asked:
        if query.name in answers:
            first = peers[engines.IN_PROCESS](query.text)
            times.check(query, engines.IN_PROCESS, first)
            times.check(query, engines.RDFLIB, answers[query.name])


def _triples(nquads: Path, to: Path) -> Path:
    """The statements without their graphs, each once: rdflib is quickest on a plain graph."""
    lines = {line.rpartition(b" <")[0] + b" .\n" for line in nquads.open("rb")}
    to.write_bytes(b"".join(sorted(lines)))
    return to


def _row(query: Typical, times: _Times, peers: Mapping[str, object], size: int) -> Row:
    names = [*peers, _AGAIN, *([engines.RDFLIB] if size <= _LARGEST_FOR_RDFLIB else [])]
    samples = {name: times.sample(query.name, name) for name in names if name != engines.OURS}
    facts = {"rows": float(times.rows.get(query.name, 0))}
    ours = times.sample(query.name, engines.OURS)
    return Row("queries", query.name, size, "ms", ours, samples, _NEAR, facts)


def _sums(rows: Sequence[Row], size: int) -> list[Row]:
    ahead = sum(1 for row in rows if (row.ratio(engines.SERVER) or 2.0) < 1.0)
    goal = Goal("ahead on 9 of 12", 9, least=True)
    found = [_sum(f"queries ahead of the {engines.SERVER}", float(ahead), goal, size)]
    again = sum(1 for row in rows if _value(row, _AGAIN, 1e9) < _value(row, engines.SERVER, 0))
    found.append(_sum(f"queries asked again ahead of the {engines.SERVER}", float(again), None, size))
    for peer in (engines.RDFLIB, engines.ENDPOINT):
        ratios = [1 / ratio for row in rows if (ratio := row.ratio(peer))]
        if ratios:
            goal = Goal("20 times ahead, in the median", 20, least=True)
            found.append(_sum(f"times ahead of {peer}, median", statistics.median(ratios), goal, size))
    return found


def _value(row: Row, peer: str, missing: float) -> float:
    sample = row.peers.get(peer)
    return missing if sample is None or sample.value is None else sample.value


def _sum(name: str, value: float, goal: Goal | None, size: int) -> Row:
    return Row("queries", name, size, "", Sample((value,)), goal=goal, more_is_better=True, growth=False)


def _loads(
    asked: Sequence[Typical], urls: Mapping[str, str], clients: int, again: bool, seconds: float, size: int
) -> list[Row]:
    texts = [query.text for query in asked if query.name in _LOAD]
    samples: dict[str, Sample] = {}
    facts: dict[str, float] = {}
    for name, url in urls.items():
        spent, lasted = load(url, texts, clients, seconds, again=again)
        cuts = statistics.quantiles(spent, n=100, method="inclusive")
        samples[name] = Sample((len(spent) / lasted,), p99=cuts[98])
        facts |= {f"{name} p50 ms": cuts[49], f"{name} p95 ms": cuts[94], f"{name} p99 ms": cuts[98]}
    ours = samples.pop(engines.OURS)
    goal = _THRICE if clients > 1 and engines.ENDPOINT in samples else None
    name = f"requests a second, {clients} client{'s' * (clients > 1)}{', the same queries again' * again}"
    return [Row("queries", name, size, "1/s", ours, samples, goal, facts, more_is_better=True, growth=False)]


def load(
    url: str, texts: Sequence[str], clients: int, seconds: float, *, again: bool = False
) -> tuple[list[float], float]:
    """Ask without a pause from several clients.

    Args:
        url: The endpoint.
        texts: Queries, asked in turn.
        clients: How many clients.
        seconds: How long.
        again: Whether the same texts are asked again and again, so that answers may be kept ones.

    Returns:
        Milliseconds of each request, and how many seconds all lasted.
    """
    spent: list[float] = []
    started = time.monotonic()

    def client(number: int) -> None:
        asker, turn, mine = Asker(url), number, []
        while time.monotonic() < started + seconds:
            begun = time.perf_counter()
            text = texts[turn % len(texts)]
            asker.ask(text if again else anew(text, f"{number}-{turn}"))
            mine.append((time.perf_counter() - begun) * 1000)
            turn += 1
        asker.close()
        spent.extend(mine)

    threads = [threading.Thread(target=partial(client, number)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent, time.monotonic() - started


def main() -> None:
    """Measure from the command line and print a line for each row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=36)
    parser.add_argument("--store", type=Path, help="a store that is there, instead of the made-up catalogue")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    folder = given.store or store(given.size)
    for row in measure(folder, given.size, given.seconds, given.rounds):
        samples = {engines.OURS: row.ours, **row.peers}
        cells = " | ".join(f"{name} {_shown(sample)}" for name, sample in samples.items())
        facts = {name: round(value, 2) for name, value in row.facts.items()}
        print(f"{row.name:45} met: {row.met!s:6} {cells} {facts}")


def _shown(sample: Sample) -> str:
    return f"{sample.value:.2f}" if sample.value is not None else sample.stopped


if __name__ == "__main__":
    main()
