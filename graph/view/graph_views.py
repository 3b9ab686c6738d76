"""The pictures of the graph: agencies and processes, needs, overlap, one thing's surroundings, and summaries.

A picture with more things than ``OPEN_AT_MOST`` is a tangle that nobody reads, so an aggregated one opens in
its place and says so; one with more than ``DRAW_AT_MOST`` is not drawn at all.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import NamedTuple

from graph.analysis.dependency import dependency_graph
from graph.analysis.dependency_reasons import DEFAULT_REASONS
from graph.analysis.dependency_shape import cycles, layers
from graph.analysis.projection import processes_of
from graph.view.graph_families import box, families
from graph.view.graph_model import VIEWS, Asked, GraphEdge, GraphModel, View, edge_of
from graph.view.graph_nodes import family_nodes
from graph.view.graph_nodes import nodes as make_nodes
from graph.view.graph_overlap import by_overlap
from graph.view.graph_shared import Shared, by_body, by_family, family_box
from graph.view.graph_source import PARTNER, Source
from graph.view.layout import Place, islands, positions
from graph.view.layout_layers import layered
from graph.view.layout_rings import rings

#: More things than this open as an aggregated view; the page offers the whole.
OPEN_AT_MOST = 400
#: More things than this are never drawn in one picture; measured with this many, see docs/graph.md.
DRAW_AT_MOST = 2_000
#: The surroundings show this many things next to the middle, and this many in all.
AROUND_FIRST = 40
AROUND_ALL = 120
#: So many pictures of an edition are kept.
_KEPT = 64
#: Pictures whose lines carry numbers are drawn so much wider.
_WIDER = 1.15


class Plan(NamedTuple):
    """A picture before its nodes are made."""

    places: Mapping[str, Place]
    edges: tuple[GraphEdge, ...]
    facts: Mapping[str, object]


@dataclass(frozen=True)
class _TooMany(Exception):  # noqa: N818 (a turn of the road, no error)
    count: int


class Pictures:
    """Draws the pictures of one edition; the same statements give the same pictures.

    Args:
        source: The catalogue.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._kept: OrderedDict[Asked, GraphModel] = OrderedDict()
        self._lock = Lock()

    def model(self, asked: Asked) -> GraphModel:
        """Draw a picture, or return the one drawn before.

        Args:
            asked: Which.

        Returns:
            Nodes with places, and edges.

        Raises:
            ValueError: if there is no such view, depth or family.
            graph.view.graph_model.NoSuchThingError: if the thing in the middle is not in the graph.
        """
        with self._lock:
            known = self._kept.pop(asked, None)
        if known is None:  # drawn outside the lock: a large picture keeps nobody waiting for a small one
            known = graph_model(self.source, asked)
        with self._lock:
            self._kept[asked] = known
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return known


def graph_model(source: Source, asked: Asked) -> GraphModel:
    """Draw a picture.

    Args:
        source: The catalogue.
        asked: Which picture.

    Returns:
        The picture; an aggregated one where the one asked for is too large.

    Raises:
        ValueError: if the view, the depth or the family does not exist.
        graph.view.graph_model.NoSuchThingError: if the thing in the middle is not in the graph.
    """
    if asked.view not in VIEWS:
        raise ValueError(f"There is no graph view {asked.view!r}; say one of: {', '.join(VIEWS)}.")
    try:
        if source.too_many is not None and asked.view in ("agencies", "dependencies", "overlap"):
            raise _TooMany(source.too_many)
        return _finished(source, asked, asked.view, _PLANS[asked.view](source, asked))
    except _TooMany as found:
        view: View = "together" if len(source.named.columns) <= OPEN_AT_MOST else "kinds"
        plan = _PLANS[view](source, Asked(view))
        return replace(_finished(source, asked, view, plan), whole=found.count)


def _check(count: int, asked: Asked) -> None:
    if count > (DRAW_AT_MOST if asked.whole else OPEN_AT_MOST):
        raise _TooMany(count)


def _agencies(source: Source, asked: Asked) -> Plan:
    pairs = source.partners
    things = {*processes_of(source.graph), *(end for pair in pairs for end in pair)}
    _check(len(things), asked)
    edges = tuple(edge_of(source.ref(a), source.ref(b), (source.tie(pairs[a, b]),)) for a, b in sorted(pairs))
    return Plan(_spread(source, things, edges), edges, {})


def _spread(
    source: Source, things: Iterable[str], edges: Iterable[GraphEdge], wider: float = 1.0
) -> Mapping[str, Place]:
    """Places by springs; by islands of what belongs together where springs would take too long."""
    pairs = [(edge.source.iri, edge.target.iri) for edge in edges]
    degree = Counter(end for pair in pairs for end in pair)
    sizes = {iri: box(source.ref(iri), degree[iri]) for iri in things}
    boxes = {iri: (width * wider, height * wider) for iri, (width, height) in sizes.items()}
    return positions(boxes, pairs) if len(boxes) <= OPEN_AT_MOST else islands(boxes, pairs)


def _dependencies(source: Source, asked: Asked) -> Plan:
    reasons = DEFAULT_REASONS if asked.partners else DEFAULT_REASONS - PARTNER
    needs = dependency_graph(source.graph, reasons=reasons)
    alone = [thing for thing in needs if not needs.degree(thing)]
    needs.remove_nodes_from(alone)
    _check(len(needs), asked)
    circles = cycles(needs)
    circle_of = {thing: number for number, circle in enumerate(circles) for thing in circle}
    said: dict[tuple[str, str], list[str]] = {}
    for one, other, reason in sorted(needs.edges(keys=True)):
        said.setdefault((one, other), []).append(reason)
    edges = tuple(
        GraphEdge(
            source.ref(a),
            source.ref(b),
            tuple(source.tie(needs.edges[a, b, reason]) for reason in why),
            directed=True,
            circle=a in circle_of and circle_of[a] == circle_of.get(b),
        )
        for (a, b), why in said.items()
    )
    degree = Counter(end for pair in said for end in pair)
    boxes = {iri: box(source.ref(iri), degree[iri]) for iri in needs}
    levels = [[thing for group in level for thing in group] for level in layers(needs)]
    found = tuple(tuple(source.ref(thing) for thing in circle) for circle in circles)
    return Plan(layered(boxes, levels, list(said)), edges, {"alone": len(alone), "circles": found})


def _around(source: Source, asked: Asked) -> Plan:
    if asked.depth not in (1, 2):
        raise ValueError(f"The depth of the surroundings is 1 or 2, not {asked.depth}.")
    middle = source.find(asked.of) if asked.of else source.busiest
    near = source.around.get(middle, ())
    first = near[:AROUND_FIRST]
    chosen, whole = {middle, *first}, len(near) + 1
    parents: dict[str, list[str]] = {}
    if asked.depth == 2:
        for thing in first:
            for next_one in source.around[thing]:
                if next_one not in chosen:
                    parents.setdefault(next_one, []).append(thing)
        whole += len(parents)
    # what is tied to more of the first ring says more about the thing in the middle
    second = sorted(parents, key=lambda iri: (-len(parents[iri]), source.order(iri)))
    second = second[: AROUND_ALL - len(chosen)]
    chosen |= set(second)
    ties = source.ties_between(chosen)
    edges = tuple(edge_of(source.ref(a), source.ref(b), said) for (a, b), said in ties.items())
    degree = Counter(end for pair in ties for end in pair)
    boxes = {iri: box(source.ref(iri), degree[iri]) for iri in chosen}
    names = list(families())
    ordered = sorted(first, key=lambda iri: (names.index(source.family(iri).name), source.order(iri)))
    facts: dict[str, object] = {"centre": source.ref(middle), "whole": whole}
    if len(chosen) < whole:
        facts["cut"] = (len(chosen), whole)
    return Plan(rings(boxes, middle, ordered, {iri: parents[iri] for iri in second}), edges, facts)


def _shared(source: Source, shared: Shared, whole: int) -> Plan:
    things = dict.fromkeys(end for edge in shared.edges for end in (edge.source.iri, edge.target.iri))
    facts: dict[str, object] = {
        "share": shared.share,
        "most_share": shared.most,
        "alone": len(shared.things) - len(things),
        "whole": whole,
    }
    if len(shared.things) < whole:
        facts["cut"] = (len(shared.things), whole)
    return Plan(_spread(source, things, shared.edges, _WIDER), shared.edges, facts)


def _overlap(source: Source, asked: Asked) -> Plan:
    _check(len(source.named.rows), asked)
    shared = by_overlap(source, asked.share)
    return _shared(source, shared, shared.whole)


def _together(source: Source, asked: Asked) -> Plan:
    shared = by_body(source, asked.share, asked.of)
    return _shared(source, shared, shared.whole)


def _kinds(source: Source, asked: Asked) -> Plan:
    edges = by_family(source)
    present = [f"family/{name}" for name in families() if source.processes_by_family.get(name)]
    boxes = {name: family_box() for name in present}
    return Plan(rings(boxes, None, present, {}), edges, {})


_PLANS = {
    "agencies": _agencies,
    "dependencies": _dependencies,
    "overlap": _overlap,
    "around": _around,
    "together": _together,
    "kinds": _kinds,
}


def _finished(source: Source, asked: Asked, view: View, plan: Plan) -> GraphModel:
    degree = Counter(end for edge in plan.edges for end in (edge.source.iri, edge.target.iri))
    make = family_nodes if view == "kinds" else make_nodes
    nodes = make(source, plan.places, degree, view)
    count = Counter(node.family.name for node in nodes)
    tally = tuple((f, count[f.name]) for f in families().values() if count[f.name])
    reasons = Counter(tie.reason for edge in plan.edges for tie in edge.ties)
    facts = {"whole": len(nodes), **plan.facts}
    return GraphModel(
        asked,
        view,
        nodes,
        plan.edges,
        tally,
        tuple(sorted(reasons.items())),
        **facts,  # type: ignore[arg-type]
    )
