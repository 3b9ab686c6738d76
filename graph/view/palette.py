"""The colours and spaces of the design system as the style sheets have them, with their contrast computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from graph.digits import persian_number
from graph.view.graph_families import families
from graph.view.one_file import asset
from graph.view.words import Lang

#: What a scheme is called, in the order of the colours below.
SCHEMES = ("light", "dark")
#: Contrast that WCAG 2.2 asks of text (1.4.3) and of what must be seen to understand a picture (1.4.11).
TEXT, SHAPE = 4.5, 3.0
#: Colours that stand on each other in the pages, by the names of their tokens.
PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "mark"),
    ("ink-2", "paper"),
    ("ink-2", "surface"),
    ("ink-2", "sunk"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "sunk"),
    ("on-accent", "accent"),
    ("on-accent", "accent-2"),
    ("seal", "seal-bg"),
    ("doubt", "doubt-bg"),
    ("read", "read-bg"),
    ("infer", "infer-bg"),
)
_BLOCK = re.compile(r":root \{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});")
_SPACE = re.compile(r"--(s\d): ([\d.]+)rem;")
_STEP = re.compile(r"\.step-([a-z]+) \{ --step: (#[0-9a-f]{6}); \}")


@dataclass(frozen=True)
class Shade:
    """A colour on a ground, in one scheme.

    Attributes:
        ink: The colour, as ``#rrggbb``.
        ground: What it stands on.
        least: The contrast that it must have.
    """

    ink: str
    ground: str
    least: float = TEXT

    @property
    def contrast(self) -> float:
        """The contrast of the two."""
        return contrast(self.ink, self.ground)

    @property
    def enough(self) -> bool:
        """Whether the contrast is what it must be."""
        return self.contrast >= self.least

    def ratio(self, lang: Lang) -> str:
        """The contrast as people write it: cut, not rounded, so that it never says more than there is."""
        text = f"{int(self.contrast * 10) / 10:.1f}"
        return persian_number(text) if lang == "fa" else text


@dataclass(frozen=True)
class Swatch:
    """A colour with its name, in both schemes.

    Attributes:
        name: The token, family or group.
        on: The name of its ground.
        shades: Light and dark.
    """

    name: str
    on: str
    shades: tuple[Shade, Shade]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, "contrast ratio" and "relative luminance").

    Args:
        one: A colour as ``#rgb`` or ``#rrggbb``.
        other: Another.

    Returns:
        From 1 to 21.

    Example:
        >>> contrast("#000000", "#fff")
        21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    full = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def colours() -> Mapping[str, tuple[str, str]]:
    """The tokens of colour.

    Returns:
        Light and dark by name, as ``daftar.css`` has them.
    """
    light, dark = (dict(_COLOUR.findall(block)) for block in _BLOCK.findall(asset("daftar.css"))[:2])
    return {name: (colour, dark[name]) for name, colour in light.items()}


@cache
def spaces() -> Mapping[str, float]:
    """The steps of space.

    Returns:
        Widths in rem by name.

    Example:
        >>> spaces()["s4"]
        1.0
    """
    return {name: float(width) for name, width in _SPACE.findall(asset("daftar.css"))}


def pairs() -> Iterator[Swatch]:
    """Every colour of text on every ground that it stands on."""
    known = colours()
    for ink, ground in PAIRS:
        light, dark = (Shade(known[ink][n], known[ground][n]) for n in (0, 1))
        yield Swatch(ink, ground, (light, dark))


def family_swatches() -> Iterator[Swatch]:
    """The colours of the families of bodies on the surface; the other families are drawn by their outline."""
    light, dark = colours()["surface"]
    for one in families().values():
        if one.kinds:
            yield Swatch(one.name, "surface", (Shade(one.light, light, SHAPE), Shade(one.dark, dark, SHAPE)))


def step_swatches() -> Iterator[Swatch]:
    """The colours of the groups of steps; their names are written in them."""
    found: dict[str, list[str]] = {}
    for name, colour in _STEP.findall(asset("explore.css")):
        found.setdefault(name, []).append(colour)
    ground = colours()["surface"]
    for name, (light, dark) in found.items():
        yield Swatch(name, "surface", (Shade(light, ground[0]), Shade(dark, ground[1])))
