"""The scripts that ``web/`` builds; without them pages are plain, and all of them work."""

from __future__ import annotations

from pathlib import Path

_BUILT = Path(__file__).parent / "static" / "built"
#: The built files by the name they are served under; the last holds the licences of what is bundled.
BUNDLE = {name: _BUILT / name for name in ("matrix.js", "editor.js", "editor.css", "editor.js.LEGAL.txt")}
_EDITOR = ("editor.js", "editor.css", "editor.js.LEGAL.txt")


def bundle_stamp(*names: str) -> str | None:
    """A word that changes when a script is built anew, for its address.

    Args:
        *names: The files; those of the editor unless told.

    Returns:
        The word; None when a file is not built.
    """
    try:
        return f"{max(BUNDLE[name].stat().st_mtime_ns for name in names or _EDITOR):x}"
    except FileNotFoundError:
        return None
