"""Editions on disk. A new one replaces the old one at once or not at all.

::

    <store>/current                        two lines: the edition that answers, and the one before
    <store>/lock                           held while a build writes
    <store>/editions/<fingerprint>/dataset.nq, manifest.json

An edition is written into a folder of its own, flushed to disk, given its name, and only then ``current``
changes, by ``os.replace``, which is atomic. Killed at any moment, ``current`` names a whole edition.
"""

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

from graph.store.errors import StoreBusyError, StoreDamagedError, StoreError, StoreMissingError
from graph.store.manifest import Manifest, fingerprint_of

DATASET = "dataset.nq"
MANIFEST = "manifest.json"
_UNFINISHED = ".new-"


def write_edition(folder: Path, nquads: bytes, manifest: Mapping[str, Any]) -> Path:
    """Write an edition and make it the one that answers.

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
    try:
        with _locked(folder):
            return _write(folder, name, nquads, manifest)
    except OSError as error:
        where = error.filename or folder
        raise StoreError(
            f"cannot write to {where} ({error.strerror}); choose a folder with --store"
        ) from error


def _write(folder: Path, name: str, nquads: bytes, manifest: Mapping[str, Any]) -> Path:
    editions = folder / "editions"
    editions.mkdir(exist_ok=True)
    before = _pointers(folder)
    _sweep(editions, keep=before)
    edition = editions / name
    text = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    if _intact(edition, name):
        _write_file(edition / (MANIFEST + ".new"), text)
        os.replace(edition / (MANIFEST + ".new"), edition / MANIFEST)  # noqa: PTH105 - the atomic call, by name
        _flush_folder(edition)
    else:
        new = editions / (_UNFINISHED + secrets.token_hex(8))
        new.mkdir()
        _write_file(new / DATASET, nquads)
        _write_file(new / MANIFEST, text)
        _flush_folder(new)
        if edition.exists():  # damaged: out of the way, swept up by the next build if we are killed here
            edition.rename(editions / (_UNFINISHED + secrets.token_hex(8)))
        new.rename(edition)
        _flush_folder(editions)
    pointers = [name, *(other for other in before if other != name)][:2]
    _write_file(folder / "current.new", "".join(line + "\n" for line in pointers).encode())
    os.replace(folder / "current.new", folder / "current")  # noqa: PTH105 - the atomic call, by name
    _flush_folder(folder)
    _sweep(editions, keep=pointers)
    return edition


def find_edition(folder: Path) -> Path:
    """The folder of the edition that answers.

    Args:
        folder: The store.

    Returns:
        Its path.

    Raises:
        StoreMissingError: when nothing was built there.
        StoreDamagedError: when the edition that should be there is not.
    """
    pointers = _pointers(folder)
    if not pointers:
        raise StoreMissingError(f'there is no graph in "{folder}"; run "daftar build" first')
    edition = folder / "editions" / pointers[0]
    if not edition.is_dir():
        raise StoreDamagedError(f'{edition} is gone; run "daftar build" again')
    return edition


def previous_edition(folder: str | Path) -> str | None:
    """The fingerprint of the edition that answered before.

    Args:
        folder: The store; a server keeps no earlier edition.

    Returns:
        The fingerprint, or None when there was only one.

    Raises:
        StoreDamagedError: when ``current`` cannot be read.
    """
    pointers = _pointers(Path(folder))
    return pointers[1] if len(pointers) > 1 else None


def read_edition(edition: Path) -> tuple[bytes, Manifest]:
    """Read an edition and see that it is what was built.

    Args:
        edition: Its folder.

    Returns:
        The sorted N-Quads and the manifest.

    Raises:
        StoreDamagedError: when a file is missing, cut or changed.
    """
    again = 'run "daftar build" again'
    try:
        nquads = (edition / DATASET).read_bytes()
        manifest = json.loads((edition / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreDamagedError(f"{edition} is damaged ({error}); {again}") from error
    if not isinstance(manifest, dict):
        raise StoreDamagedError(f"{edition / MANIFEST} is damaged; {again}")
    found = fingerprint_of(nquads)
    if found != edition.name or manifest.get("fingerprint") != found:
        raise StoreDamagedError(f"{edition / DATASET} is damaged: it does not have its fingerprint; {again}")
    return nquads, Manifest.from_dict(manifest)


def _pointers(folder: Path) -> list[str]:
    try:
        lines = (folder / "current").read_text(encoding="ascii").split()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError) as error:
        raise StoreDamagedError(
            f'{folder / "current"} cannot be read ({error}); run "daftar build" again'
        ) from error
    if not lines or any(len(line) != 64 or set(line) - set("0123456789abcdef") for line in lines):
        raise StoreDamagedError(f'{folder / "current"} is damaged; delete it and run "daftar build" again')
    return lines


def _intact(edition: Path, name: str) -> bool:
    try:
        return fingerprint_of((edition / DATASET).read_bytes()) == name
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


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
