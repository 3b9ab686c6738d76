"""What is dear to make and the same for all tests: made once for a run, by whoever needs it first."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

#: Folder that all processes of a run share; the session fixture of ``tests/conftest.py`` names it.
root: Path | None = None


def once(name: str, make: Callable[[Path], object]) -> Path:
    """A file or folder that is made at the first call of a run; it is for reading only.

    Args:
        name: Its name.
        make: Makes it at the path that it is given.

    Returns:
        Where it is.
    """
    assert root is not None, "tests/conftest.py did not run"
    path = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = root / f"{name}.unfinished"
            make(unfinished)
            unfinished.rename(path)
    return path
