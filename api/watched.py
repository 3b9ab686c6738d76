"""Work that can be ended: it looks at every step whether somebody still wants it, and how long it took."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from graph.analysis.analyst import Analyst

T = TypeVar("T")


class StoppedError(Exception):
    """The work was ended: it took too long, or nobody waits for it."""


def watched(
    analyst: Analyst,
    work: Callable[[Analyst], T],
    stop: threading.Event,
    seconds: float,
    tell: Callable[[int, int], None] | None = None,
) -> T:
    """Do work that ends when it is stopped or takes too long.

    Args:
        analyst: The catalogue.
        work: Gets an analyst whose progress ends the work in time.
        stop: Ends it when it is set.
        seconds: Ends it after so long.
        tell: Told the steps done and in all.

    Returns:
        What the work returns.

    Raises:
        StoppedError: when it was ended.
    """
    ends = time.monotonic() + seconds

    def look(done: int, total: int) -> None:
        if stop.is_set():
            raise StoppedError("nobody waits for the analysis")
        if time.monotonic() > ends:
            raise StoppedError(f"the analysis was ended after {seconds:g} seconds; ask for less")
        if tell is not None:
            tell(done, total)

    return work(analyst.watched(look))
