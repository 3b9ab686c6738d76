"""Editions on disk. A new one replaces the old one at once or not at all.

::

    <store>/current                        two lines: the edition that answers, and the one before
    <store>/lock                           held while a build writes
    <store>/editions/<fingerprint>/dataset.nq (or several parts), manifest.json

An edition is written into a folder of its own, flushed to disk, given its name, and only then ``current``
changes, by ``os.replace``, which is atomic. Killed at any moment, ``current`` names a whole edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.store.errors import StoreDamagedError, StoreMissingError
from graph.store.manifest import Manifest, fingerprint_of, fingerprint_of_parts

DATASET = "dataset.nq"
MANIFEST = "manifest.json"
_AGAIN = 'run "daftar build" again'


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
    named = pointers(folder)
    if not named:
        raise StoreMissingError(f'there is no graph in "{folder}"; run "daftar build" first')
    edition = folder / "editions" / named[0]
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
    named = pointers(Path(folder))
    return named[1] if len(named) > 1 else None


def read_edition(edition: Path) -> tuple[bytes, Manifest]:
    """Read an edition and see that it is what was built.

    Args:
        edition: Its folder.

    Returns:
        The N-Quads and the manifest; sorted, when the edition is one file.

    Raises:
        StoreDamagedError: when a file is missing, cut or changed.
    """
    manifest, parts = read_parts(edition)
    return b"".join(parts), manifest


def read_parts(edition: Path) -> tuple[Manifest, Iterator[bytes]]:
    """Read an edition file by file.

    Args:
        edition: Its folder.

    Returns:
        The manifest, and the N-Quads of each file, which is compared with its fingerprint as it is read.

    Raises:
        StoreDamagedError: when a file is missing, cut or changed; from the iterator too.
    """
    try:
        manifest = json.loads((edition / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreDamagedError(f"{edition} is damaged ({error}); {_AGAIN}") from error
    if not isinstance(manifest, dict):
        raise StoreDamagedError(f"{edition / MANIFEST} is damaged; {_AGAIN}")
    found = Manifest.from_dict(manifest)
    named = fingerprint_of_parts(found.parts) if found.parts else edition.name
    if named != edition.name or found.fingerprint != edition.name:
        raise StoreDamagedError(f"{edition / MANIFEST} does not belong to this edition; {_AGAIN}")
    return found, _parts(edition, found.parts or {DATASET: edition.name})


def _parts(edition: Path, parts: Mapping[str, str]) -> Iterator[bytes]:
    for name, digest in parts.items():
        try:
            nquads = (edition / name).read_bytes()
        except OSError as error:
            raise StoreDamagedError(f"{edition} is damaged ({error}); {_AGAIN}") from error
        if fingerprint_of(nquads) != digest:
            raise StoreDamagedError(
                f"{edition / name} is damaged: it does not have its fingerprint; {_AGAIN}"
            )
        yield nquads


def pointers(folder: Path) -> list[str]:
    """The fingerprints of the edition that answers and of the one before; none when nothing was built.

    Args:
        folder: The store.

    Returns:
        At most two fingerprints.

    Raises:
        StoreDamagedError: when ``current`` cannot be read.
    """
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
