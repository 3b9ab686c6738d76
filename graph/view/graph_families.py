"""How things look in a picture: families of kinds with colour and shape, sizes, labels in lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.view.nodes import Ref
from graph.view.words import LANGS

#: Wished number of characters in a line of a label, and the most lines that a label has.
_WRAP = 20
_MAX_LINES = 4
#: Kinds whose name stands inside the shape.
INSIDE = frozenset({"process", "service", "instrument", "template", "collective"})


@dataclass(frozen=True)
class Family:
    """A group of kinds that share one colour and one shape."""

    name: str
    message: str
    shape: str
    light: str
    dark: str
    kinds: frozenset[str]


@cache
def families() -> Mapping[str, Family]:
    """Return colour and shape by family, as the data file says.

    Returns:
        Families by name, in the order of the legend.
    """
    raw = json.loads((Path(__file__).parent / "families.json").read_text(encoding="utf-8"))
    return {
        name: Family(name, f["message"], f["shape"], f["light"], f["dark"], frozenset(f["kinds"]))
        for name, f in raw.items()
    }


def family_of(kind: str, codes: Iterable[str]) -> Family:
    """The family of a thing.

    Args:
        kind: Its kind: ``process``, ``agency`` …
        codes: IRIs or notations of the codes that classify it.

    Returns:
        The family of its kind; for bodies that of the first fitting code.

    Example:
        >>> family_of("agency", ["police"]).name
        'order'
    """
    table = families()
    if kind in INSIDE:
        return table[kind]
    wanted = {code.rsplit("/", 1)[-1] for code in codes}
    return next((family for family in table.values() if family.kinds & wanted), table["other"])


@cache
def families_css() -> str:
    """The colours as a style sheet: that of each family under ``--family``, light and dark.

    What has the class ``filled`` takes the colour, in place of the light one that it carries for pages
    without this sheet.

    Returns:
        The text.

    Example:
        >>> ".family-order { --family: #c2410c" in families_css()
        True
    """
    light = [f".family-{one.name} {{ --family: {one.light}; }}" for one in families().values()]
    fill = "svg .filled { fill: var(--family); }"
    dark = [f"  .family-{one.name} {{ --family: {one.dark}; }}" for one in families().values()]
    return "\n".join([*light, "@media (prefers-color-scheme: dark) {", *dark, "}", fill, ""])


def box(ref: Ref, weight: int) -> tuple[float, float]:
    """Width and height that a node and its label take, the longer of the two languages.

    Args:
        ref: The thing.
        weight: What makes it large.

    Returns:
        Pixels.
    """
    labels = [wrap(ref.label(lang)).splitlines() or [""] for lang in LANGS]
    letters = max(len(line) for lines in labels for line in lines)
    high, font = max(len(lines) for lines in labels), font_size(ref, weight)
    shape = 0.0 if ref.kind in INSIDE else 2.0 * node_size(weight)
    label = high * font * 1.25
    # a label that hangs below its shape takes its height on both sides: places are those of the shape
    height = shape + max(label + 34, 2 * label + 8) if shape else label + 34
    return max(letters * font * 0.55, shape) + 34, height


def node_size(weight: int) -> int:
    """Radius of the shape of a body."""
    return 11 + 2 * min(weight, 20)


def font_size(ref: Ref, weight: int) -> int:
    """Height of a label: what many forms name is written larger."""
    return 19 if ref.kind in INSIDE else 19 + min(weight, 20) // 2


def wrap(text: str, width: int = _WRAP) -> str:
    """Break a label into lines at spaces.

    Args:
        text: The label.
        width: The wished number of characters a line.

    Returns:
        The label with line feeds.

    Example:
        >>> wrap("Commission on organised crime", 12).splitlines()
        ['Commission', 'on organised', 'crime']
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > _MAX_LINES:
        lines = [*lines[: _MAX_LINES - 1], lines[_MAX_LINES - 1] + " …"]
    return "\n".join(lines)
