"""Processes beside the program end with it, and with what goes wrong in it."""

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from graph.spawned import spawned

PROGRAM = """
import os, time
from graph.spawned import spawned

if __name__ == "__main__":
    with spawned(2) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        pool.submit(time.sleep, 600).result()
"""


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_they_end_when_the_program_is_ended(tmp_path: Path, ended_by: signal.Signals) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, encoding="ascii")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert int(program.stdout.readline()) != program.pid
        program.send_signal(ended_by)
        # the line has an end only when nobody holds it any more: neither the program nor its processes
        assert program.communicate(timeout=60)[0] == ""
    assert program.returncode == -ended_by


def test_what_was_not_begun_is_left_when_something_goes_wrong() -> None:
    left: list[Future[int]] = []

    def work() -> None:
        with spawned(1, os.umask, (0o022,)) as pool:
            left.extend(pool.submit(os.getpid) for _ in range(1000))
            raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        work()
    assert any(one.cancelled() for one in left)
    assert all(one.done() for one in left)
