"""Processes that belong together, and the memory and time that the operating system says they take."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_REST = 0.05
"""Seconds of processor time within a second that are no work."""


def tree(root: int) -> list[int]:
    """A process and all that descend from it.

    Args:
        root: Its number.

    Returns:
        Numbers, the root first; empty when it has ended.
    """
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
        except OSError:
            continue
        found.append(pid)
        for task in tasks:
            with suppress(OSError):  # a thread that ended meanwhile has no children, but its process is there
                waiting += map(int, (task / "children").read_text("ascii").split())
    return found


@dataclass(frozen=True, slots=True)
class Memory:
    """What a tree of processes holds, in bytes.

    Attributes:
        pss: Proportional set size of all: a page that several share is counted once.
        own: Pages that one of them holds alone.
        processes: How many there are.
    """

    pss: int
    own: int
    processes: int


def memory(root: int) -> Memory:
    """Add up the memory of a process and all that descend from it.

    Args:
        root: Its number.

    Returns:
        The sums; a process that ends meanwhile does not count.
    """
    pss = own = count = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
        pss += sizes.get("Pss", 0)
        own += sizes.get("Private_Clean", 0) + sizes.get("Private_Dirty", 0)
        count += 1
    return Memory(pss, own, count)


def processor(root: int) -> float:
    """Add up the processor time of a process and all that descend from it.

    Args:
        root: Its number.

    Returns:
        Seconds since each began.
    """
    ticks = 0
    for pid in tree(root):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
        except OSError:
            continue
        # after the name, which may hold anything: state is the third field of proc(5), user time the 14th
        ticks += sum(map(int, stat.rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def until_idle(root: int, seconds: float = 600.0) -> bool:
    """Wait until a process and all that descend from it have done nothing for a second.

    Args:
        root: Its number.
        seconds: How long to wait.

    Returns:
        Whether they came to rest.
    """
    end, before = time.monotonic() + seconds, processor(root)
    while time.monotonic() < end:
        time.sleep(1.0)
        now = processor(root)
        if now - before < _REST:
            return True
        before = now
    return False


def slope(points: list[tuple[float, float]]) -> float:
    """Growth per unit of the first coordinate, by least squares.

    Args:
        points: At least two, with different first coordinates.

    Example:
        >>> slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)])
        2.0
    """
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
