"""How much of the memory that this process may use is free: of the machine, and of its control groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_GROUPS = Path("/sys/fs/cgroup")


class _Names(NamedTuple):
    """What the files of a version of control groups are called (cgroups(7))."""

    root: str
    limit: str
    held: str
    files: str


_FIRST = _Names("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
_SECOND = _Names("", "memory.max", "memory.current", "inactive_file")


def room(proc: Path = _PROC, groups: Path = _GROUPS) -> float:
    """The free share of the memory, the least of all that limit it.

    What the kernel would give back at once, as files that were read, counts as free (``MemAvailable`` in
    proc_meminfo(5), ``inactive_file`` in the kernel's Documentation/admin-guide/cgroup-v2.rst).

    Args:
        proc: Where the system tells of itself and of this process.
        groups: Where it tells of control groups.

    Returns:
        From 0 to 1; 0 when the system does not say.

    Example:
        >>> 0 <= room() <= 1
        True
    """
    try:
        said = _numbers(proc / "meminfo")
        whole = said["MemTotal:"] * 1024
        of_machine = said["MemAvailable:"] / said["MemTotal:"]
        return max(0.0, min(of_machine, *_of_groups(proc, groups, whole), 1.0))
    except (OSError, ValueError, KeyError):
        return 0.0


def _of_groups(proc: Path, groups: Path, whole: int) -> Iterator[float]:
    """Of each control group with a limit that this process is in, and of those around it."""
    for line in (proc / "self" / "cgroup").read_text("ascii").splitlines():
        number, controllers, path = line.split(":", 2)
        names = _FIRST if "memory" in controllers.split(",") else _SECOND
        if names is _SECOND and number != "0":
            continue
        own = Path(path.lstrip("/"))
        for group in (own, *own.parents):  # in a container some are not to be seen, but its own is the root
            folder = groups / names.root / group
            if not (folder / names.limit).exists():
                continue
            limit = (folder / names.limit).read_text("ascii").strip()
            if limit != "max" and int(limit) < whole:
                held = int((folder / names.held).read_text("ascii"))
                yield 1 - (held - _numbers(folder / "memory.stat")[names.files]) / int(limit)


def _numbers(path: Path) -> dict[str, int]:
    """Names and numbers of a file that has one of each in a line."""
    lines = (line.split() for line in path.read_text("ascii").splitlines())
    return {line[0]: int(line[1]) for line in lines if len(line) > 1}
