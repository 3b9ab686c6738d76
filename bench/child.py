"""``python -m bench.child module:function '[arguments]'``: the other end of `bench.children.call`."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from statistics import median, quantiles
from typing import Any

from bench.children import MARK


def part(**said: Any) -> None:
    """Say something at once, for the case that this process is ended before it is done."""
    print(MARK + json.dumps(said), flush=True)


def timed(work: Callable[[], object], runs: int = 3, enough_s: float = 10.0) -> dict[str, Any]:
    """Time some work several times.

    Args:
        work: The work.
        runs: How often at most.
        enough_s: No further run is begun after so many seconds in all.

    Returns:
        ``values`` in seconds and ``cpu``, the median of the processor seconds.

    Example:
        >>> len(timed(lambda: None)["values"])
        3
    """
    return _timed([work] * runs, enough_s, 1)


def each(works: Iterable[Callable[[], object]], enough_s: float = 60.0) -> dict[str, Any]:
    """Time many short pieces of work, each once.

    Args:
        works: The pieces.
        enough_s: No further one is begun after so many seconds in all.

    Returns:
        ``values`` in milliseconds, ``cpu`` as of `timed`, and ``p99`` where there are enough of them.
    """
    found = _timed(works, enough_s, 1000)
    values = found["values"]
    return {**found, "p99": quantiles(values, n=100)[98] if len(values) >= 100 else None}


def _timed(works: Iterable[Callable[[], object]], enough_s: float, scale: float) -> dict[str, Any]:
    wall: list[float] = []
    cpu: list[float] = []
    for work in works:
        if sum(wall) > enough_s:
            break
        started, used = time.perf_counter(), time.process_time()
        work()
        cpu.append(time.process_time() - used)
        wall.append(time.perf_counter() - started)
    return {"values": [one * scale for one in wall], "cpu": median(cpu) * scale}


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
