"""The file of derived tables: arrays, documents and rows in one SQLite file, and a voucher beside it.

::

    <edition>/derived.sqlite     what was derived
    <edition>/derived.json       layout, fingerprint of the edition, size and SHA-256 of derived.sqlite

Both are written under other names, flushed and renamed. Killed in between, they do not fit each other, and
what does not fit is made anew. Arrays are kept as numpy writes them, without pickle: nothing read can run.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

#: Changes whenever something is derived otherwise than before; files of another layout are made anew.
LAYOUT = 4
FILE, VOUCHER = "derived.sqlite", "derived.json"
_PRAGMAS = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"
_TABLES = """
CREATE TABLE blob (name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE row (part TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (part, number)) WITHOUT ROWID;
"""


class DerivedError(Exception):
    """The derived tables of an edition are missing, damaged, or of another layout or edition."""


class Box:
    """Named arrays and documents, and numbered rows; may be read by several threads at once.

    Args:
        line: The connection.
    """

    def __init__(self, line: sqlite3.Connection) -> None:
        self._line = line
        self._lock = threading.Lock()

    def blob(self, name: str) -> bytes:
        """What is kept under a name.

        Raises:
            DerivedError: when there is nothing.
        """
        found = self._ask("SELECT body FROM blob WHERE name = ?", (name,))
        if not found:
            raise DerivedError(f"the derived tables have no {name}")
        return bytes(found[0][0])

    def array(self, name: str) -> NDArray[Any]:
        """An array."""
        array: NDArray[Any] = np.load(io.BytesIO(self.blob(name)), allow_pickle=False)
        return array

    def text(self, name: str) -> str:
        """A text."""
        return self.blob(name).decode("utf-8", "surrogatepass")

    def document(self, name: str, kind: Any) -> Any:
        """A document of a type."""
        return adapter(kind).validate_json(self.blob(name))

    def row(self, part: str, number: int, kind: Any) -> Any:
        """One row.

        Raises:
            IndexError: when there is no such row.
        """
        found = self._ask("SELECT body FROM row WHERE part = ? AND number = ?", (part, number))
        if not found:
            raise IndexError(number)
        return adapter(kind).validate_json(found[0][0])

    def rows(self, part: str, first: int, last: int, kind: Any) -> list[Any]:
        """Some rows that follow each other; ``last`` is included."""
        asked = "SELECT body FROM row WHERE part = ? AND number BETWEEN ? AND ? ORDER BY number"
        return [adapter(kind).validate_json(body) for (body,) in self._ask(asked, (part, first, last))]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._line.close()

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            return self._line.execute(sql, values).fetchall()


class Filling:
    """A box that is being filled.

    Args:
        line: The connection.
    """

    def __init__(self, line: sqlite3.Connection) -> None:
        self._line = line
        line.executescript(_TABLES + "BEGIN;")

    def blob(self, name: str, body: bytes) -> None:
        """Keep bytes."""
        self._line.execute("INSERT INTO blob VALUES (?, ?)", (name, body))

    def array(self, name: str, array: NDArray[Any]) -> None:
        """Keep an array."""
        out = io.BytesIO()
        np.save(out, array, allow_pickle=False)
        self.blob(name, out.getvalue())

    def text(self, name: str, text: str) -> None:
        """Keep a text."""
        self.blob(name, text.encode("utf-8", "surrogatepass"))

    def document(self, name: str, kind: Any, value: Any) -> None:
        """Keep a document of a type."""
        self.blob(name, adapter(kind).dump_json(value))

    def rows(self, part: str, kind: Any, values: Iterable[Any]) -> None:
        """Keep rows under their numbers, from 0."""
        dump = adapter(kind).dump_json
        self._line.executemany(
            "INSERT INTO row VALUES (?, ?, ?)",
            ((part, number, dump(value)) for number, value in enumerate(values)),
        )


@lru_cache(maxsize=64)
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Reads and writes values of a type, dataclasses among them, as JSON."""
    return TypeAdapter(kind)


@contextmanager
def filled(folder: Path, fingerprint: str) -> Iterator[Filling]:
    """Fill the box of an edition; it takes the place of the old one when all went well.

    Args:
        folder: Folder of the edition.
        fingerprint: Of the edition.

    Yields:
        The box to fill.
    """
    _sweep(folder)
    own = f"{os.getpid()}.{threading.get_ident()}.new"
    new, paper = folder / f"{FILE}.{own}", folder / f"{VOUCHER}.{own}"
    try:
        with new.open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # SQLite's own locks are of another kind
            with closing(sqlite3.connect(new, isolation_level=None)) as line:
                line.executescript(_PRAGMAS)
                yield Filling(line)
                line.execute("COMMIT")
            voucher = {"layout": LAYOUT, "fingerprint": fingerprint, **_measured(new)}
            _replace(new, folder / FILE)
            paper.write_text(json.dumps(voucher, indent=2) + "\n", encoding="ascii")
            _replace(paper, folder / VOUCHER)
    finally:
        for half in (new, paper):
            half.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what writers left that were ended in the middle; nobody holds such a file any more."""
    for left in folder.glob(f"{FILE}.*.new"):
        with suppress(OSError), left.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def opened(folder: Path, fingerprint: str) -> Box:
    """Open the box of an edition.

    Args:
        folder: Folder of the edition.
        fingerprint: Of the edition.

    Returns:
        The box.

    Raises:
        DerivedError: when it is missing, damaged, or of another layout or edition.
    """
    try:
        voucher: Mapping[str, Any] = json.loads((folder / VOUCHER).read_text(encoding="ascii"))
        wanted = {"layout": LAYOUT, "fingerprint": fingerprint, **_measured(folder / FILE)}
    except (OSError, ValueError) as error:
        raise DerivedError(f"{folder} has no derived tables that can be read ({error})") from error
    if voucher != wanted:
        raise DerivedError(f"{folder / FILE} is damaged, or of another layout or edition")
    where = (folder / FILE).resolve().as_uri() + "?mode=ro&immutable=1"
    return Box(sqlite3.connect(where, uri=True, check_same_thread=False))


def _measured(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return {"sha256": hashlib.file_digest(stream, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _replace(new: Path, path: Path) -> None:
    handle = os.open(new, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(new, path)  # noqa: PTH105 - the atomic call, by name
