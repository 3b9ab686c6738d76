"""Pages of the documentation that are made from the code or the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def write_or_check(page: Path, text: str, arguments: Sequence[str], command: str) -> int:
    """Write a page, or with ``--check`` say whether it is current.

    Args:
        page: Where it stands.
        text: What it is to say.
        arguments: The command line.
        command: What makes the page, for those who find it out of date.

    Returns:
        1 when the page is not current, else 0.
    """
    if "--check" not in arguments:
        page.write_text(text, encoding="utf-8")
        return 0
    if page.is_file() and page.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{page.parent.name}/{page.name} is not current; run: {command}\n")
    return 1
