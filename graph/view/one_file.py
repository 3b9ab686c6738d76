"""What a page needs that is one file: its scripts and styles inside it, each named by hash in its policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache

from graph.view.page import STATIC, vis_network_folder


@cache
def asset(name: str) -> str:
    """Return one of our scripts or style sheets, or vis-network.

    Args:
        name: Its file name.

    Returns:
        Its text.
    """
    folder = vis_network_folder() if name.startswith("vis-") else STATIC
    return (folder / name).read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """Return the name of a script or style in a Content-Security-Policy (CSP Level 3, section 2.3.1).

    Args:
        text: What stands in the element.

    Returns:
        The source expression.

    Example:
        >>> csp_hash("")
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the policy of a file that may use what it holds and nothing else.

    Args:
        scripts: Its scripts.
        styles: Its style sheets.

    Returns:
        The policy for a ``meta`` element.
    """
    return (
        f"default-src 'none'; script-src {' '.join(map(csp_hash, scripts))}; "
        f"style-src {' '.join(map(csp_hash, styles))}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
