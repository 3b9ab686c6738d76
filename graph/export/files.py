"""Exported files: each replaced at once or not at all, with a list of checksums written last."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from graph.export.errors import ExportError

CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True)
class ExportFile:
    """A document of an export.

    Attributes:
        name: Its path below the folder of the export, with slashes.
        media_type: Its media type, without parameters.
        content: Its bytes.
        title: What it holds, Persian and English.
    """

    name: str
    media_type: str
    content: bytes
    title: tuple[str, str] = ("", "")


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part.

    Args:
        path: The file; its folder is made when it is not there.
        content: Its bytes.

    Raises:
        OSError: when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, path)  # noqa: PTH105 - the atomic call, by name
    finally:
        new.unlink(missing_ok=True)


def write_folder(folder: Path, files: Iterable[ExportFile]) -> None:
    """Write the files of an export and ``SHA256SUMS``, which comes last.

    A file that an earlier export wrote here and this one does not is deleted: after ``--public`` no complete
    file of yesterday may lie beside it. Files that no export wrote are left alone.

    Args:
        folder: The folder; made when it is not there.
        files: The files.

    Raises:
        ExportError: when two files have one name.
        OSError: when a file cannot be written.
    """
    sums: dict[str, str] = {}
    earlier = _listed(folder)
    for file in files:
        if file.name in sums:
            raise ExportError(f"two files of the export are called {file.name}; give one profile at a time")
        sums[file.name] = sha256(file.content).hexdigest()
        write_file(folder / file.name, file.content)
    for name in earlier - sums.keys():
        (folder / name).unlink(missing_ok=True)
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write_file(folder / CHECKSUMS, text.encode("utf-8"))


def _listed(folder: Path) -> set[str]:
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return set()
    names = {line.partition("  ")[2] for line in lines}
    # never follow a list that someone changed out of the folder
    return {
        name for name in names if name and ".." not in PurePosixPath(name).parts and not name.startswith("/")
    }
