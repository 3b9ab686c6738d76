"""What ``web/`` builds: the scripts of pages and the fonts.

Without it pages are plain and all of them work, with the fonts of the reader's machine.
"""

from __future__ import annotations

import base64
from pathlib import Path

_BUILT = Path(__file__).parent / "static" / "built"
#: The built files by the name they are served under; the last holds the licences of what is bundled.
BUNDLE = {
    name: _BUILT / name
    for name in ("matrix.js", "menus.js", "suggest.js", "editor.js", "editor.css", "editor.js.LEGAL.txt")
}
_EDITOR = ("editor.js", "editor.css", "editor.js.LEGAL.txt")
#: The faces that ``fonts.css`` names.
FONTS = {name: _BUILT / name for name in ("vazirmatn-400.woff2", "vazirmatn-700.woff2")}

#: The scripts of the static site, for its search; see ``api/offline``. The second stands where the server has
#: ``suggest.js``.
OFFLINE_SCRIPT = _BUILT / "offline.js"
SITE_SUGGEST = _BUILT / "site-suggest.js"
#: The script of its lists.
SITE_LISTS = _BUILT / "site-lists.js"


def fonts_there() -> bool:
    """Whether the fonts were built; only then do pages ask for them."""
    return all(path.is_file() for path in FONTS.values())


def face_css() -> str:
    """Return the font as a style sheet that names no file, for a page that is one file.

    Returns:
        ``fonts.css`` with the faces as data; empty when they were not built.
    """
    if not fonts_there():
        return ""
    text = (_BUILT.parent / "fonts.css").read_text(encoding="utf-8")
    for name, path in FONTS.items():
        data = base64.b64encode(path.read_bytes()).decode()
        text = text.replace(f'url("{name}")', f'url("data:font/woff2;base64,{data}")')
    return text


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
