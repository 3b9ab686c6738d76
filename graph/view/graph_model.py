"""What a picture of the graph consists of: nodes with places, and edges with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from graph.query.question_library import Words
from graph.view.graph_families import Family
from graph.view.nodes import Ref

View = Literal["agencies", "dependencies", "overlap", "around", "together", "kinds"]
#: Every view, in the order of the page. The last two are aggregated.
VIEWS: tuple[View, ...] = ("agencies", "dependencies", "overlap", "together", "kinds", "around")
_UNDIRECTED = frozenset({"partner", "member", "shares"})


@dataclass(frozen=True)
class Tie:
    """One thing that an edge says.

    Attributes:
        reason: Why the two are tied: a reason of :mod:`graph.analysis.dependency_reasons`, ``member``
            (inferred: a member of a group that the form names), ``shares``, or a class of the analysis of
            overlap.
        layer: ``document``, ``curated``, ``reading`` or ``inferred``.
        words: The words of the form.
        lines: Their lines, without the document where there is only one.
        weak: Whether it rests only on lists of partners copied from an earlier form.
        shared: What the two share, the first of them where there are many.
        count: How many things they share.
        why: Why the two are in a class, in sentences.
        score: The score of the pair, from 0 to 1.
    """

    reason: str
    layer: str
    words: tuple[str, ...] = ()
    lines: str = ""
    weak: bool = False
    shared: tuple[Ref, ...] = ()
    count: int = 0
    why: Words | None = None
    score: float = 0.0


@dataclass(frozen=True)
class GraphNode:
    """A thing in the picture.

    Attributes:
        ref: The thing.
        family: Its colour and shape.
        kinds: Codes that classify it.
        degree: How many drawn things it is tied to.
        weight: What makes it large: ties, or in an aggregated view the number of processes.
        lines: Its source lines.
        x: Its middle, in pixels.
        y: Its middle, downward.
        total: How many things the catalogue ties it to, drawn or not.
        drawn: How many of these are in the picture.
        members: In the view of kinds, how many bodies are of this kind.
    """

    ref: Ref
    family: Family
    kinds: tuple[Ref, ...]
    degree: int
    weight: int
    lines: str
    x: int
    y: int
    total: int = 0
    drawn: int = 0
    members: int = 0

    @property
    def key(self) -> str:
        """The node's id in the page."""
        return key_of(self.ref)

    @property
    def anchor(self) -> str:
        """The fragment of its row in the table."""
        return f"node-{self.ref.kind}-{self.ref.id}"


@dataclass(frozen=True)
class GraphEdge:
    """What ties two things; ``from`` is the one that names, needs or rules.

    Attributes:
        source: One end.
        target: The other.
        ties: What is said; at least one.
        directed: Whether it leads from one to the other.
        weight: What makes it thick: how many things are shared.
        circle: Whether it is part of a circle of needs.
        score: How alike two processes are, from 0 to 1; 0 in other views.
    """

    source: Ref
    target: Ref
    ties: tuple[Tie, ...]
    directed: bool = False
    weight: int = 1
    circle: bool = False
    score: float = 0.0

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of its ends in the page."""
        return key_of(self.source), key_of(self.target)

    @property
    def inferred(self) -> bool:
        """Whether nothing but inferences speaks for it."""
        return all(tie.layer == "inferred" for tie in self.ties)

    @property
    def weak(self) -> bool:
        """Whether nothing but copied lists speaks for it."""
        return all(tie.weak for tie in self.ties)


@dataclass(frozen=True)
class Asked:
    """Which picture is asked for.

    Attributes:
        view: One of ``VIEWS``.
        of: For ``around``: the thing in the middle, as ``agency/police``. For ``together``: a family of
            bodies to which to keep, or nothing.
        depth: For ``around``: 1 for the things tied to it, 2 for those tied to these too.
        share: For ``overlap`` and ``together``: how many things two must share to be tied; None for the
            lowest number that keeps the picture readable.
        partners: For ``dependencies``: whether partners count as needs.
        whole: Whether to draw everything although it is more than is readable.
    """

    view: View = "agencies"
    of: str = ""
    depth: int = 1
    share: int | None = None
    partners: bool = False
    whole: bool = False

    @property
    def query(self) -> str:
        """The query of its address, in one order and without what is usual.

        Example:
            >>> Asked("around", of="agency/police", depth=2).query
            'view=around&of=agency/police&depth=2'
        """
        said: dict[str, str] = {"view": self.view}
        if self.view in ("around", "together") and self.of:
            said["of"] = self.of
        if self.view == "around" and self.depth != 1:
            said["depth"] = str(self.depth)
        if self.view in ("overlap", "together") and self.share is not None:
            said["share"] = str(self.share)
        if self.view == "dependencies" and self.partners:
            said["partners"] = "1"
        if self.whole:
            said["whole"] = "1"
        return "&".join(f"{name}={value}" for name, value in said.items())


@dataclass(frozen=True)
class GraphModel:
    """Nodes and edges in a fixed order, with positions.

    Attributes:
        asked: What was asked for.
        view: What is drawn: an aggregated view stands in for one that is too large.
        nodes: The things.
        edges: What ties them.
        families: Families that occur, with how often.
        reasons: Reasons of ties that occur, with how often.
        whole: How many things the view asked for has.
        cut: Drawn things and all things, where not all are drawn.
        share: The threshold that was used, where there is one.
        most_share: The highest threshold that leaves an edge.
        alone: How many things have no edge and are left out.
        circles: Circles of needs.
        centre: The thing in the middle.
    """

    asked: Asked
    view: View
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    families: tuple[tuple[Family, int], ...]
    reasons: tuple[tuple[str, int], ...]
    whole: int = 0
    cut: tuple[int, int] | None = None
    share: int | None = None
    most_share: int = 0
    alone: int = 0
    circles: tuple[tuple[Ref, ...], ...] = field(default=())
    centre: Ref | None = None

    @property
    def aggregated_instead(self) -> bool:
        """Whether an aggregated view stands in for the one asked for."""
        return self.view != self.asked.view


def edge_of(source: Ref, target: Ref, ties: tuple[Tie, ...]) -> GraphEdge:
    """An edge between two things; partners are tied to a process without an arrow.

    Args:
        source: One end.
        target: The other.
        ties: What is said.

    Returns:
        The edge.
    """
    return GraphEdge(source, target, ties, directed=any(t.reason not in _UNDIRECTED for t in ties))


class NoSuchThingError(ValueError):
    """The graph has no such thing."""


def key_of(ref: Ref) -> str:
    """The id of a thing in the page.

    Args:
        ref: The thing.

    Returns:
        Kind and id.

    Example:
        >>> key_of(Ref("…", "agency", "police"))
        'agency/police'
    """
    return f"{ref.kind}/{ref.id}"
