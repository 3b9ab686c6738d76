"""Running what is measured in a process of its own, so that its memory is its own and it can be ended.

Peak memory is the larger of two accounts of the operating system: the most that the process itself held
(``ru_maxrss`` from ``wait4``), and the most that it and its children held together, looked at ten times a
second (proportional set size, so that shared pages count once).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import Any

from bench.model import Sample
from bench.places import ROOT
from bench.tree import memory

TIME_LIMIT = 3600.0
"""A build of 200,000 processes took 1,092 s with nothing else running."""
MEMORY_LIMIT_MB = 12_000.0
_LOOK_SECONDS = 0.1
_KB = 1024 / 1e6
MARK = "\x02"
"""Begins a line that a child means for us."""


def daftar(*arguments: object) -> list[str]:
    """The command line of Daftar as this checkout has it."""
    return [sys.executable, "-c", "from graph.cli import main; main()", *map(str, arguments)]


def command(
    line: Sequence[str],
    *,
    runs: int = 1,
    enough_s: float = 30.0,
    time_limit: float = TIME_LIMIT,
    memory_limit_mb: float = MEMORY_LIMIT_MB,
    accept: Sequence[int] = (0,),
) -> Sample:
    """Run a command line and time it from start to end.

    Args:
        line: The command line.
        runs: How often at most.
        enough_s: No further run is begun after so many seconds in all.
        time_limit: Seconds after which a run is ended.
        memory_limit_mb: Memory at which a run is ended.
        accept: Exit codes that are no error.

    Returns:
        Seconds of each run, processor seconds of all, the highest peak, and why it was ended.

    Example:
        >>> sample = command([sys.executable, "-c", ""])
        >>> len(sample.values), sample.stopped
        (1, '')
    """
    values: list[float] = []
    cpu = peak = 0.0
    for _ in range(runs):
        wall, used, most, stopped, _ = _run(line, time_limit, memory_limit_mb, accept)
        cpu, peak = cpu + used, max(peak, most)
        if stopped:
            return Sample(tuple(values), cpu, peak, stopped)
        values.append(wall)
        if sum(values) > enough_s:
            break
    return Sample(tuple(values), cpu, peak, cpu=cpu / len(values))


def call(
    function: str,
    *arguments: Any,
    time_limit: float = TIME_LIMIT,
    memory_limit_mb: float = MEMORY_LIMIT_MB,
) -> tuple[Sample, dict[str, Any]]:
    """Call a function in a process of its own.

    Args:
        function: Module and name, ``bench.overlap:one``. It returns a dictionary with ``values`` (floats) and
            anything else that JSON can write; what it says with `bench.child.part` on the way is kept even
            when it is ended.
        *arguments: What JSON can write.
        time_limit: Seconds after which it is ended.
        memory_limit_mb: Memory at which it is ended.

    Returns:
        The sample, and all that the function returned, its parts under ``parts``.
    """
    line = [sys.executable, "-m", "bench.child", function, json.dumps(arguments)]
    _, used, most, stopped, said = _run(line, time_limit, memory_limit_mb, (0,))
    lines = [json.loads(each[1:]) for each in said.splitlines() if each.startswith(MARK)]
    answer: dict[str, Any] = {"values": ()} if stopped else lines.pop()
    answer["parts"] = lines
    values = tuple(answer["values"])
    sample = Sample(values, used, most, stopped, answer.get("p99"), answer.get("note", ""), answer.get("cpu"))
    return sample, answer


def _run(
    line: Sequence[str], time_limit: float, memory_limit_mb: float, accept: Sequence[int]
) -> tuple[float, float, float, str, str]:
    """Wall seconds, processor seconds, peak, why it was ended, standard output."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        child = subprocess.Popen(line, stdout=out, stderr=err, cwd=ROOT, start_new_session=True)
        peak, stopped = 0.0, ""
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            wall = time.monotonic() - started
            if pid:
                break
            peak = max(peak, memory(child.pid).pss / 1e6)
            if not stopped and wall > time_limit:
                stopped = f"time: more than {time_limit:g} s"
            elif not stopped and peak > memory_limit_mb:
                stopped = f"memory: more than {memory_limit_mb:g} MB after {wall:.0f} s"
            if stopped:
                os.killpg(child.pid, signal.SIGKILL)
            time.sleep(min(_LOOK_SECONDS, 0.002 + wall / 20))
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if not stopped and child.returncode not in accept:
            last = err.read().decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
            stopped = f"error: exit code {child.returncode}: {last[0][:200]}"
        # a child begins with its parent's mark (exec(2) carries it over), so a lower one says nothing
        if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
            peak = max(peak, used.ru_maxrss * _KB)
        return wall, used.ru_utime + used.ru_stime, peak, stopped, out.read().decode(errors="replace")
