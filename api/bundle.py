"""The bundle of the editor, which ``web/`` builds; without it the SPARQL page is a plain form."""

from __future__ import annotations

from pathlib import Path

_BUILT = Path(__file__).parent / "static" / "built"
#: Its files by the name they are served under; the last holds the licences of what is bundled.
BUNDLE = {name: _BUILT / name for name in ("editor.js", "editor.css", "editor.js.LEGAL.txt")}

#: The script of the static site, for its search; see ``api/offline``.
OFFLINE_SCRIPT = _BUILT / "offline.js"


def bundle_stamp() -> str | None:
    """A word that changes when the bundle is built anew, for its addresses.

    Returns:
        The word; None when there is no bundle.
    """
    try:
        return f"{max(path.stat().st_mtime_ns for path in BUNDLE.values()):x}"
    except FileNotFoundError:
        return None
