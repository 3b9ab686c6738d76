"""The nodes of a picture of the graph: things, or families of bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from graph.view.graph_families import families
from graph.view.graph_model import GraphNode, View
from graph.view.graph_source import Source
from graph.view.layout import Place
from graph.view.nodes import Ref


def nodes(
    source: Source, places: Mapping[str, Place], degree: Counter[str], view: View
) -> tuple[GraphNode, ...]:
    """The things of a picture.

    Args:
        source: The catalogue.
        places: Where a thing stands, by IRI.
        degree: How many lines end at it.
        view: Which picture.

    Returns:
        The nodes.
    """
    found = []
    for iri in sorted(places, key=source.order):
        ref, near = source.ref(iri), source.around.get(iri, ())
        found.append(
            GraphNode(
                ref=ref,
                family=source.family(iri),
                kinds=source.catalogue.kinds(source.kinds.get(iri, ())),
                degree=degree[iri],
                weight=source.seats[iri] if view == "together" else degree[iri],
                lines=source.lines_of(iri),
                x=places[iri][0],
                y=places[iri][1],
                total=len(near),
                drawn=sum(other in places for other in near),
            )
        )
    return tuple(found)


def family_nodes(
    source: Source, places: Mapping[str, Place], degree: Counter[str], view: View
) -> tuple[GraphNode, ...]:
    """The families of bodies of a picture.

    Args:
        source: The catalogue.
        places: Where a family stands, by its key.
        degree: How many lines end at it.
        view: Which picture.

    Returns:
        The nodes.
    """
    members = Counter(source.family(iri).name for iri in source.named.columns)
    rows = source.processes_by_family
    return tuple(
        GraphNode(
            ref=Ref(iri, "family", name),
            family=families()[name],
            kinds=(),
            degree=degree[iri],
            weight=len(rows[name]),
            lines="",
            x=x,
            y=y,
            members=members[name],
        )
        for iri, (x, y) in places.items()
        for name in (iri.removeprefix("family/"),)
    )
