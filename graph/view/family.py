"""The families of bodies, which share a colour and a shape, for pages that show them outside the graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.view.graph_families import Family, families

__all__ = ["Family", "families", "families_css", "family_of"]


def family_of(kind: str, codes: Iterable[str]) -> Family:
    """Return the family of a thing.

    Args:
        kind: ``process``, ``agency``, ``collective`` …
        codes: Notations of the codes that classify it.

    Returns:
        The family of the kind, or the first with one of the codes.

    Example:
        >>> family_of("agency", ["police"]).name
        'order'
    """
    table = families()
    if kind in table:
        return table[kind]
    wanted = frozenset(codes)
    return next((family for family in table.values() if family.kinds & wanted), table["other"])


@cache
def families_css() -> str:
    """Write the colours as a style sheet: that of each family under ``--family``, light and dark.

    Returns:
        The text.

    Example:
        >>> ".family-order { --family: #c2410c" in families_css()
        True
    """
    light = [f".family-{one.name} {{ --family: {one.light}; }}" for one in families().values()]
    dark = [f"  .family-{one.name} {{ --family: {one.dark}; }}" for one in families().values()]
    return "\n".join([*light, "@media (prefers-color-scheme: dark) {", *dark, "}", ""])
