"""What ``web/`` builds: the scripts of the pages and the fonts.

Without it every page is a plain form or a list of links, in the fonts of the reader's machine.
"""

from __future__ import annotations

from pathlib import Path

_BUILT = Path(__file__).parent / "static" / "built"
#: Its files by the name they are served under; the last holds the licences of what is bundled.
BUNDLE = {name: _BUILT / name for name in ("editor.js", "editor.css", "suggest.js", "editor.js.LEGAL.txt")}
#: The faces that ``fonts.css`` names.
FONTS = {name: _BUILT / name for name in ("vazirmatn-400.woff2", "vazirmatn-700.woff2")}


def fonts_there() -> bool:
    """Whether the fonts were built; only then do pages ask for them."""
    return all(path.is_file() for path in FONTS.values())


def bundle_stamp() -> str | None:
    """A word that changes when the bundle is built anew, for its addresses.

    Returns:
        The word; None when there is no bundle.
    """
    try:
        return f"{max(path.stat().st_mtime_ns for path in BUNDLE.values()):x}"
    except FileNotFoundError:
        return None
