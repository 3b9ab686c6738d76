"""``python -m bench.child module:function '[arguments]'``: the other end of `bench.children.call`."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from statistics import quantiles
from typing import Any

from bench.children import MARK


def part(**said: Any) -> None:
    """Say something at once, for the case that this process is ended before it is done."""
    print(MARK + json.dumps(said), flush=True)


def timed(work: Callable[[], object], runs: int = 3, enough_s: float = 10.0) -> list[float]:
    """Seconds of some work, several times; no further time after so many seconds in all.

    Example:
        >>> len(timed(lambda: None))
        3
    """
    found: list[float] = []
    while len(found) < runs and sum(found) < enough_s:
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return found


def many(each: list[float], scale: float = 1000.0) -> Mapping[str, Any]:
    """Values and p99 of many short requests, in milliseconds."""
    values = [one * scale for one in each]
    return {"values": values, "p99": quantiles(values, n=100)[98] if len(values) >= 100 else None}


def held_mb() -> float:
    """The most memory that this process has held so far."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmHWM"))


def main() -> None:
    """Call the function and say what it returns as the last line."""
    module, _, name = sys.argv[1].partition(":")
    part(**getattr(importlib.import_module(module), name)(*json.loads(sys.argv[2])))


if __name__ == "__main__":
    main()
