"""Python processes beside the program, which end when it ends, however it ends."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any


@contextmanager
def spawned(
    count: int, begin: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> Iterator[ProcessPoolExecutor]:
    """Have processes ready that take work; what is not begun when something goes wrong is left.

    They are spawned and not forked, for the program may have threads.

    Args:
        count: How many at most.
        begin: Called in each before its first work; None for nothing.
        arguments: What it is called with.

    Yields:
        The pool.

    Example::

        with spawned(2) as pool:
            print(pool.submit(os.getpid).result())
    """
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (begin, arguments))
    wrong = True
    try:
        yield pool
        wrong = False
    finally:
        pool.shutdown(cancel_futures=wrong)  # once: the next call would take back that futures are cancelled


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _end_with_parent() -> None:
    """End with the program: a pool's process has both ends of its line, so would wait for ever for work."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
