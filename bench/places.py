"""Where catalogues, stores and results of the measurements lie; each is made when it is first asked for."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.synthetic import Plan, write_catalogue

ROOT = Path(__file__).resolve().parents[1]
SEED = 1
BASE = "https://example.org/id/"


def work() -> Path:
    """The folder for what is made on the way: ``DAFTAR_BENCH_DIR``, else ``bench/.work``."""
    folder = Path(os.environ.get("DAFTAR_BENCH_DIR", ROOT / "bench" / ".work"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def results() -> Path:
    """The folder for results."""
    folder = ROOT / "bench" / "results"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Hold a lock, so that two measurements do not make one thing at once."""
    with (work() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def catalogue(size: int) -> Path:
    """The made-up catalogue of a size; made now if it is not there."""
    folder = work() / f"catalogue-{size}-{_code('bench/synthetic')}"
    with _alone(f"catalogue-{size}"):
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            write_catalogue(Plan(size, SEED), half)
            half.rename(folder)
    return folder


def store_path(size: int) -> Path:
    """Where the store of a size lies or will lie; another state of the code has another store."""
    state = _code("bench/synthetic", "graph", "ontology")  # the tables of pages are kept in it too
    return work() / f"store-{size}-{state}"


def store(size: int) -> Path:
    """The store built from the made-up catalogue of a size, built now if it is not there.

    Raises:
        RuntimeError: when it cannot be built within the limits, with what stopped it.
    """
    from bench.children import command, daftar

    folder, data = store_path(size), catalogue(size)
    with _alone(f"store-{size}"):
        if not (folder / "current").exists():
            print(f"Building the store of {size:,} processes ...", file=sys.stderr)
            shutil.rmtree(folder, ignore_errors=True)
            sample = command(daftar("build", "--data", data, "--store", folder, "--base-iri", BASE))
            if sample.stopped:
                shutil.rmtree(folder, ignore_errors=True)
                raise RuntimeError(f"the store of {size} processes was not built ({sample.stopped})")
    return folder


def quads(folder: Path) -> Path:
    """All N-Quads of the edition that a store answers from, as one file.

    A large edition lies in parts; they are joined beside the store's folder, anew for each edition.
    """
    edition = folder / "editions" / (folder / "current").read_text(encoding="utf-8").strip()
    parts = sorted(edition.glob("*.nq"))
    if len(parts) == 1:
        return parts[0]
    whole = work() / f"{edition.name[:12]}.nq"
    if not whole.exists():
        half = whole.with_suffix(".half")
        with half.open("wb") as out:
            for part in parts:
                with part.open("rb") as each:
                    shutil.copyfileobj(each, out)
        half.rename(whole)
    return whole


def _code(*parts: str) -> str:
    found = hashlib.sha256()
    for part in parts:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:10]
