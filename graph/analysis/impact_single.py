"""Every thing taken away by itself: what each alone holds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import networkx as nx

from graph.analysis.dependency_reasons import STOPS
from graph.analysis.impact import fall, is_weak, needs_of, reach
from graph.analysis.impact_model import OnlyPartner, Removal


def single_removals(
    needs: nx.MultiDiGraph[str],
    *,
    kinds: Iterable[str] = ("agency", "instrument", "template", "process"),
    stops: frozenset[str] = STOPS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Removal, ...]:
    """Take every thing away in turn: the single points of failure.

    Args:
        needs: The graph of needs.
        kinds: Kinds of things to take away.
        stops: Pools without which a thing is lost.
        progress: Told the things tried and in all; what it raises ends the work.

    Returns:
        Things that something needs, those that cost most first: by things lost, processes without a partner
        of some kind, things weakened.
    """
    wanted = frozenset(kinds)
    things = [thing for thing, said in needs.nodes(data=True) if said.get("kind") in wanted]
    things = [thing for thing in things if needs.in_degree(thing)]
    pools = {thing: needs_of(needs, thing, stops=stops) for thing in needs}
    found = []
    for done, thing in enumerate(things):
        if progress:
            progress(done, len(things))
        generation, _ = reach(needs, frozenset((thing,)))
        reached = {one: pools[one] for one in generation if one != thing}
        gone = fall(reached, frozenset((thing,)))
        bare = [one for one, have in reached.items() if any(n.kind and n.members <= gone for n in have)]
        found.append(Removal(thing, len(gone) - 1, len(generation) - len(gone), len(bare)))
    return tuple(sorted(found, key=lambda r: (-r.lost, -r.only_partners, -r.weakened, r.thing)))


def single_partners(needs: nx.MultiDiGraph[str]) -> Mapping[str, tuple[OnlyPartner, ...]]:
    """Bodies that are themselves the only partner of their kind, not together with bodies under them.

    Args:
        needs: The graph of needs.

    Returns:
        By body, what :func:`graph.analysis.impact.impact` lists as lost to it alone when it is taken away.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("court", kind="agency", subkinds=("judicial",))
        >>> _ = graph.add_edge("P1", "court", "partner", weak=False)
        >>> single_partners(graph)["court"][0].kind
        'judicial'
    """
    found: dict[str, list[OnlyPartner]] = {}
    for thing in sorted(needs):
        for need in needs_of(needs, thing):
            if need.kind and len(need.members) == 1 and thing not in need.members:
                (body,) = need.members
                only = OnlyPartner(thing, need.kind, (body,), is_weak(needs, thing, body))
                found.setdefault(body, []).append(only)
    return {body: tuple(only) for body, only in found.items()}
