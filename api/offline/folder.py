"""The folder of a static site: written whole or not at all, with a manifest of hashes."""

from __future__ import annotations

import json
import secrets
import shutil
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from graph.export.errors import ExportError

MANIFEST = "manifest.json"
FORMAT = "daftar-site/1"


class SiteFolder:
    """A folder that appears with all its files, or not at all.

    Files go to a new folder beside it, which takes its name when everything is written; what is there until
    then stays as it is. Used in a ``with`` statement: an error inside removes the new folder.

    Args:
        out: The folder; a former site is replaced.

    Raises:
        ExportError: when it holds something that no site of ours wrote.

    Example::

        with SiteFolder(Path("site")) as folder:
            folder.write("index.html", b"...")
            folder.finish({"edition": fingerprint})
    """

    def __init__(self, out: Path) -> None:
        self._out = out.absolute()
        _check(self._out)
        self._new = self._out.with_name(f".{self._out.name}.{secrets.token_hex(4)}.new")
        self._sums: dict[str, str] = {}
        self._folded: dict[str, str] = {}

    def __enter__(self) -> SiteFolder:
        """Make the new folder."""
        self._new.mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        shutil.rmtree(self._new, ignore_errors=True)

    def write(self, name: str, content: bytes) -> None:
        """Write a file.

        Args:
            name: Its path below the folder, with slashes.
            content: Its bytes.

        Raises:
            ExportError: when two files would be one where capital and small letters are the same.
        """
        folded = name.casefold()
        if folded in self._folded:
            raise ExportError(f"{name} and {self._folded[folded]} are one file on some systems; rename one")
        self._folded[folded] = name
        path = self._new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._sums[name] = sha256(content).hexdigest()

    def __contains__(self, name: str) -> bool:
        """Whether a file was written."""
        return name in self._sums

    def finish(self, facts: dict[str, str]) -> int:
        """Write the manifest and put the folder in its place.

        Args:
            facts: What the manifest says beside the files.

        Returns:
            Number of files, the manifest not counted.
        """
        document = {"format": FORMAT, **facts, "files": dict(sorted(self._sums.items()))}
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        (self._new / MANIFEST).write_bytes(text.encode("utf-8"))
        _check(self._out)
        old = self._out.with_name(f"{self._new.name.removesuffix('.new')}.old")
        if self._out.exists():
            self._out.rename(old)
        try:
            self._new.rename(self._out)
        except OSError:
            if old.exists():
                old.rename(self._out)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return len(self._sums)


def _check(out: Path) -> None:
    """See that nothing would be lost."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        raise ExportError(f"{out} is no folder; give one that is not there yet, or a former site")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir())
    if not found:
        return
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        ours = manifest["format"] == FORMAT and {MANIFEST, *manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise ExportError(f"{out} has files and is no former site; give a new folder")
    if strange := [name for name in found if name not in ours]:
        raise ExportError(f"{out} holds {strange[0]}, which no site wrote; move it away first")
