"""The graph of needs as a drawing in layers: what needs stands before what it needs, in reading direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.analysis.dependency_reasons import REASONS
from graph.analysis.dependency_shape import layers
from graph.query.question_library import Words
from graph.view.graph_families import Family, family_of, wrap
from graph.view.layout_layers import settled
from graph.view.matrix import lines_only
from graph.view.nodes import Ref
from graph.view.words import Lang

#: Things that are drawn at most: those with most needs.
MOST = 90
_WIDTH, _LINE, _PAD = 178, 17, 14
_ACROSS, _DOWN, _EDGE = 64, 12, 14
_LETTERS, _LINES = 23, 3


@dataclass(frozen=True)
class Part:
    """The needs that are drawn.

    Attributes:
        needs: Things and needs; every thing has one.
        things: Things there are.
        edges: Needs there are.
    """

    needs: nx.MultiDiGraph[str]
    things: int
    edges: int


@dataclass(frozen=True)
class Box:
    """A thing in the drawing; its middle, width and height are in pixels."""

    ref: Ref
    kind: str
    family: Family
    x: int
    y: int
    width: int
    height: int
    text: tuple[tuple[int, str], ...]

    @property
    def corner(self) -> tuple[int, int]:
        """Where it begins."""
        return self.x - self.width // 2, self.y - self.height // 2


@dataclass(frozen=True)
class Arrow:
    """A need in the drawing: its path, why, on what evidence and from which lines."""

    path: str
    ends: tuple[Ref, Ref]
    why: tuple[Words, ...]
    evidence: str
    lines: str


@dataclass(frozen=True)
class Drawing:
    """The drawing, its size in pixels, and how much of all it shows."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    part: Part


def part_of(needs: nx.MultiDiGraph[str], *, partners: bool, most: int = MOST) -> Part:
    """Choose what is drawn.

    Args:
        needs: The graph of needs.
        partners: Whether partners are drawn; they are many, and the matrix shows them.
        most: Things at most.

    Returns:
        The part; of more things, those with most needs to or from them.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> _ = graph.add_edge("P1", "law", "rule"), graph.add_edge("P1", "police", "partner")
        >>> sorted(part_of(graph, partners=False).needs)
        ['P1', 'law']
    """
    kept = [edge for edge in needs.edges(keys=True) if partners or edge[2] != "partner"]
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph(needs.edge_subgraph(kept))  # type: ignore[arg-type] # no keys
    ranked = sorted(whole, key=lambda thing: (-whole.degree(thing), thing))[:most]
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph(whole.subgraph(ranked))
    drawn.remove_nodes_from([thing for thing in list(drawn) if not drawn.degree(thing)])
    return Part(drawn, whole.number_of_nodes(), whole.number_of_edges())


def drawing(part: Part, ref: Callable[[str], Ref], lang: Lang) -> Drawing:
    """Lay the needs out.

    Args:
        part: What is drawn.
        ref: Names a thing.
        lang: Language of the names; in Persian the drawing runs from right to left.

    Returns:
        The drawing; the same part gives the same drawing.
    """
    levels = [[thing for group in level for thing in group] for level in layers(part.needs)]
    columns = settled(levels, sorted(set(part.needs.edges())))
    texts = {thing: _text(ref(thing), lang) for thing in part.needs}
    high = {thing: _LINE * len(texts[thing]) + _PAD for thing in part.needs}
    tallest = max((_tall(column, high) for column in columns), default=0)
    width = 2 * _EDGE + len(columns) * (_WIDTH + _ACROSS) - _ACROSS if columns else 0
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        x = _EDGE + number * (_WIDTH + _ACROSS) + _WIDTH // 2
        x = width - x if lang == "fa" else x
        y = _EDGE  # every layer begins at the top, where a reader begins
        for thing in column:
            said = part.needs.nodes[thing]
            family = family_of(said["kind"], said.get("subkinds", ()))
            first = y + high[thing] // 2 - _LINE * (len(texts[thing]) - 1) // 2 + 5
            text = tuple((first + _LINE * at, line) for at, line in enumerate(texts[thing]))
            middle = y + high[thing] // 2
            boxes[thing] = Box(ref(thing), said["kind"], family, x, middle, _WIDTH, high[thing], text)
            y += high[thing] + _DOWN
    arrows = _arrows(part.needs, boxes, 1 if lang == "en" else -1)
    return Drawing(tuple(boxes.values()), arrows, width, tallest + 2 * _EDGE, part)


def _text(ref: Ref, lang: Lang) -> tuple[str, ...]:
    coded = f"{ref.id} " if ref.kind in ("process", "service") else ""
    found = wrap(coded + ref.label(lang), _LETTERS).splitlines()
    return tuple(found) if len(found) <= _LINES else (*found[: _LINES - 1], f"{found[_LINES - 1]} …")


def _tall(column: Sequence[str], high: Mapping[str, int]) -> int:
    return sum(high[thing] for thing in column) + _DOWN * (len(column) - 1)


def _arrows(needs: nx.MultiDiGraph[str], boxes: Mapping[str, Box], ahead: int) -> tuple[Arrow, ...]:
    """One arrow for all needs between two things."""
    found = []
    for needer, needed in sorted(set(needs.edges())):
        said = needs.get_edge_data(needer, needed) or {}
        one, other = boxes[needer], boxes[needed]
        start, end = one.x + ahead * one.width // 2, other.x - ahead * (other.width // 2 + 5)
        bend = max(40, abs(end - start) // 2) * ahead
        path = f"M{start} {one.y}C{start + bend} {one.y} {end - bend} {other.y} {end} {other.y}"
        grades = {str(edge["evidence"]) for edge in said.values()}
        evidence = "inferred" if grades == {"inferred"} else "stated"
        why = tuple(REASONS[key].label for key in REASONS if key in said)
        found.append(Arrow(path, (one.ref, other.ref), why, evidence, _lines(said.values())))
    return tuple(found)


def _lines(edges: Iterable[Mapping[str, object]]) -> str:
    return lines_only("; ".join(dict.fromkeys(str(edge["lines"]) for edge in edges if edge["lines"])))
