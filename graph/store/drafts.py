"""Writing editions: a new one replaces the old one at once or not at all; see ``graph/store/editions.py``."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from graph.store.editions import DATASET, MANIFEST, pointers
from graph.store.errors import StoreBusyError, StoreError
from graph.store.manifest import fingerprint_of

_UNFINISHED = ".new-"
_MOST_LAID_OUT = 1_000


class Draft:
    """An edition that is being written.

    Attributes:
        path: The folder to write its files to.
        previous: The folder of the edition that answers now; None when there is none.
    """

    def __init__(self, folder: Path, before: list[str]) -> None:
        editions = folder / "editions"
        editions.mkdir(exist_ok=True)
        _sweep(editions, keep=before)
        self._folder, self._before = folder, before
        self.path = editions / (_UNFINISHED + secrets.token_hex(8))
        self.path.mkdir()
        previous = editions / before[0] if before else None
        self.previous = previous if previous is not None and previous.is_dir() else None

    def finish(self, manifest: Mapping[str, Any]) -> Path:
        """Flush the files to disk, give the edition its name and make it the one that answers.

        Args:
            manifest: What is in it.

        Returns:
            The folder of the edition.
        """
        name = str(manifest["fingerprint"])
        edition = self.path.parent / name
        _write_file(self.path / MANIFEST, _json(manifest))
        for path in self.path.rglob("*"):
            if path.is_dir() or path.stat().st_nlink == 1:  # a link: the edition before has flushed it
                _flush(path)
        _flush(self.path)
        if edition.exists() and self._same(edition, manifest):
            os.replace(self.path / MANIFEST, edition / MANIFEST)  # noqa: PTH105 - readers never miss the folder
            _flush(edition)
        else:
            self._name(edition)
        named = [name, *(other for other in self._before if other != name)][:2]
        _write_file(self._folder / "current.new", "".join(line + "\n" for line in named).encode())
        os.replace(self._folder / "current.new", self._folder / "current")  # noqa: PTH105 - the atomic call
        _flush(self._folder)
        _sweep(edition.parent, keep=named)
        return edition

    def _same(self, edition: Path, manifest: Mapping[str, Any]) -> bool:
        """Whether an edition of this name is there and whole."""
        parts = manifest.get("parts") or {DATASET: edition.name}
        return all(_holds(edition / name, self.path / name, digest) for name, digest in parts.items())

    def _name(self, edition: Path) -> None:
        editions = edition.parent
        if edition.exists():  # out of the way, swept up by the next build if we are killed here
            edition.rename(editions / (_UNFINISHED + secrets.token_hex(8)))
        self.path.rename(edition)
        _flush(editions)


@contextmanager
def drafting(folder: Path) -> Iterator[Draft]:
    """Hold the store's lock while a new edition is written.

    Args:
        folder: The store; made when it is not there.

    Yields:
        The draft; what is not finished is deleted.

    Raises:
        StoreBusyError: when another build is writing.
        StoreError: when the folder cannot be written.
    """
    try:
        with _locked(folder):
            draft = Draft(folder, pointers(folder))
            try:
                yield draft
            finally:
                shutil.rmtree(draft.path, ignore_errors=True)
    except OSError as error:
        where = Path(error.filename or folder)
        if folder not in (where, *where.parents):
            raise
        raise StoreError(
            f"cannot write to {where} ({error.strerror}); choose a folder with --store"
        ) from error


def write_edition(folder: Path, nquads: bytes, manifest: Mapping[str, Any]) -> Path:
    """Write an edition of one file and make it the one that answers.

    Args:
        folder: The store; made when it is not there.
        nquads: The dataset as N-Quads, one a line, sorted.
        manifest: What :func:`graph.store.describe` made of it.

    Returns:
        The folder of the edition.

    Raises:
        StoreBusyError: when another build is writing.
        StoreError: when the folder cannot be written, or the arguments do not belong together.
    """
    name = fingerprint_of(nquads)
    if manifest.get("fingerprint") != name:
        raise StoreError(
            "the manifest belongs to another dataset; this is an error in Daftar, please report it"
        )
    if not _sorted(nquads):
        raise StoreError("the N-Quads are not sorted; this is an error in Daftar, please report it")
    with drafting(folder) as draft:
        (draft.path / DATASET).write_bytes(nquads)
        return draft.finish(manifest)


def _holds(path: Path, like: Path, digest: str) -> bool:
    """Whether a file is there as it should be; one that is linked was looked at when it was written."""
    try:
        return path.samefile(like) or fingerprint_of(path.read_bytes()) == digest
    except OSError:
        return False


def _sorted(nquads: bytes) -> bool:
    lines = nquads.splitlines()
    return all(first < second for first, second in pairwise(lines))


def _sweep(editions: Path, keep: list[str]) -> None:
    """Delete what no pointer names: older editions and what a killed build left. Only under the lock."""
    for path in editions.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _json(manifest: Mapping[str, Any]) -> bytes:
    # laid out for people while people can read it; with many graphs that took a tenth of a small build
    layout = 2 if len(manifest.get("graphs", ())) <= _MOST_LAID_OUT else None
    return (json.dumps(manifest, ensure_ascii=False, indent=layout) + "\n").encode("utf-8")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the store's lock. The kernel lets go of it when the process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            stream.seek(0)
            owner = stream.read(20).strip()
            who = f"process {owner}" if owner.isdigit() else "another process"
            raise StoreBusyError(f'{who} is building in "{folder}"; wait until it is done') from error
        stream.seek(0)
        stream.truncate()
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield
