"""``python -m bench.soak_page`` writes docs/soak.md from what the soak and the kills found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bench.places import ROOT, results

_HEAD = """# An hour of load, and a hundred ended processes

Made by `python -m bench.soak_page` from `bench/results/soak.json` and `kill.json`; measure again with
`python -m bench.soak --minutes 60` and `python -m bench.kill --times 100`.
"""
_SOAK = """
## Load

Eight clients, each with an address of its own, asked for pages, lists, searches, queries and analyses
without a pause for {minutes:g} minutes; two of them asked hostile queries as well. Every minute a new
edition was built beside the running server, {builds} in all: the shipped catalogue and the same with one
title changed, in turn. Failed requests: **{failed}**. A hostile query is to be refused or ended; of the
others each counts as failed that was not answered with 200. The newest edition answered at the end:
{newest}.
"""
_MEMORY = """
Memory of all processes of the server together (proportional set size, every five seconds; it holds two
editions while one replaces the other): median of the first quarter {first} MB, of the last quarter {last}
MB, most {most} MB; slope of the second half {slope} MB an hour. The least of each sixth of the time after the
first, when the server grew to its usual size: {floors} MB; what stands above it are hostile queries
that sort, and two editions side by side.
"""
_KILL = """
## Ended processes

{total} times a process was ended with SIGKILL at a random moment (seed {seed}) while two clients asked
without a pause: {kinds}. Answers compared with what the records hold: {answers}; wrong: **{wrong}**.
Stores whose files did not have their fingerprint afterwards: **{corrupt}**; unfinished editions left
after the next build: {left}. Requests that got no answer while something was ended: {refused}. A query
whose worker is ended gets 503; a server that is ended is for the service manager to start (the benchmark
does), so its recovery holds the whole start.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown.

    Example:
        >>> print(table(["a", "b"], [[1, 2]]), end="")
        | a | b |
        |---|---|
        | 1 | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    texts = ["| " + " | ".join(map(str, line)) + " |" for line in lines]
    texts[1] = "|" + "---|" * len(head)
    return "\n".join(texts) + "\n"


def page(soak: dict[str, Any], kill: dict[str, Any] | None) -> str:
    """The page.

    Args:
        soak: What :func:`bench.soak.soak` found; a ``note`` that a person added is shown.
        kill: What :func:`bench.kill.kill` found; None before it was run to its end.
    """
    newest = "yes" if soak["newest edition answers"] else "no"
    text = _HEAD + _SOAK.format(
        **{name: soak[name] for name in ("minutes", "builds", "failed")}, newest=newest
    )
    heads = ["asked for", "requests", "p50 ms", "p95 ms", "p99 ms", "statuses"]
    rows = [
        [kind, one["requests"], *(one[f"p{n} ms"] for n in (50, 95, 99)), _statuses(one["statuses"])]
        for kind, one in soak["kinds"].items()
    ]
    text += "\n" + table(heads, rows)
    sizes = list(soak["memory MB"].values())
    floors = ", ".join(f"{floor:.0f}" for floor in least([point for point in soak["memory"] if point[3]]))
    text += _MEMORY.format(first=sizes[0], last=sizes[1], most=sizes[2], slope=sizes[3], floors=floors)
    text += f"\n{soak['note']}\n" if soak.get("note") else ""
    if kill is None:
        return text + "\n## Ended processes\n\nNot measured to the end yet.\n"
    text += _KILL.format(
        total=sum(kill["ended"].values()),
        seed=kill["seed"],
        kinds=", ".join(f"{kind} {count}" for kind, count in kill["ended"].items()),
        answers=kill["answers compared"],
        wrong=len(kill["wrong answers"]),
        corrupt=len(kill["corrupt stores"]),
        left=len(kill["unfinished editions left after the next build"]),
        refused=kill["requests without an answer while something was ended"],
    )
    recovery = [[kind, *times.values()] for kind, times in kill["recovery"].items()]
    note = "\nSeconds from the end of the process to the next right answer:\n\n"
    return text + note + table(["ended", "median s", "most s"], recovery)


def least(memory: Sequence[Sequence[float]], parts: int = 6) -> list[float]:
    """The least memory of each part of the time but the first: it rises when something is never given back.

    Args:
        memory: Points of seconds and megabytes, in order of time; further columns do not matter.
        parts: Into how many parts the time is cut.

    Returns:
        Megabytes, one for each part after the first in which something was measured.

    Example:
        >>> least([(0, 9.0), (10, 5.0), (19, 7.0), (30, 4.0)], parts=3)
        [5.0, 4.0]
    """
    end = memory[-1][0]
    by_part: dict[int, list[float]] = {}
    for seconds, megabytes, *_ in memory:
        by_part.setdefault(min(parts - 1, int(seconds * parts / end)), []).append(megabytes)
    return [min(found) for part, found in sorted(by_part.items()) if part]


def _statuses(counted: dict[str, int]) -> str:
    return ", ".join(f"{status}: {count}" for status, count in counted.items())


def main() -> None:
    """Write the page."""
    soak, kill = results() / "soak.json", results() / "kill.json"
    killed = json.loads(kill.read_text("utf-8")) if kill.exists() else None
    written = page(json.loads(soak.read_text("utf-8")), killed)
    (ROOT / "docs" / "soak.md").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
