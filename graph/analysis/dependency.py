"""What needs what: the graph of needs, its layers, cycles, longest chains, cut points and dominators.

An edge leads from the thing that needs to the thing that it needs. Each says why (its reason), from which
lines and on what evidence. See :mod:`graph.analysis.dependency_reasons` for what counts as a need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.analysis.dependency_cuts import CutPoint, Dominator, cut_points, dominators
from graph.analysis.dependency_reasons import BY_RELATION, DEFAULT_REASONS, REASONS, Reason, chosen_reasons
from graph.analysis.dependency_shape import Chains, cycles, layers, longest_chains

__all__ = ["Dependencies", "dependencies", "dependency_graph"]

#: Kinds of nodes that can need or be needed.
KINDS = frozenset({"process", "service", "agency", "collective", "instrument", "template"})
_REPORT_UP = "report-up"
_GRADES = ("document", "curated", "reading", "inferred")


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the graph of needs looks like.

    Attributes:
        reasons: Number of needs by reason.
        layers: Things by layer; what stands in the first needs nothing. Things without any need to or from
            them are in ``alone``. Each entry is one thing, or all things of one cycle.
        cycles: Groups of things that need each other in a circle.
        chains: The longest chains.
        cut_points: Things that tie others to the rest.
        dominators: Things that everything which another rests on goes through.
        alone: Things that need nothing and that nothing needs.
    """

    reasons: Mapping[str, int]
    layers: tuple[tuple[tuple[str, ...], ...], ...]
    cycles: tuple[tuple[str, ...], ...]
    chains: Chains
    cut_points: tuple[CutPoint, ...]
    dominators: tuple[Dominator, ...]
    alone: tuple[str, ...]


def dependency_graph(
    graph: nx.MultiDiGraph[str], *, reasons: Iterable[str] = DEFAULT_REASONS, weak: bool = True
) -> nx.MultiDiGraph[str]:
    """Turn the projected graph into the graph of needs.

    A body whose instrument a process names is needed through that instrument: the shortcut from the process
    to the issuer is left out there, or the instrument could be taken away and its issuer would seem to stand
    in for it. It stays where the form names the issuer alone.

    Args:
        graph: The projected graph, see :mod:`graph.analysis.projection`.
        reasons: Ids of the reasons that count; all but ``owner`` unless told.
        weak: Whether partners that stand only in copied lists count.

    Returns:
        Things with the attributes they have in ``graph``; edges ``needs`` with ``reason`` (also their key),
        ``evidence``, ``lines``, ``weak``, ``source`` and ``words``.

    Raises:
        ValueError: when there is no such reason.

    Example:
        >>> graph = nx.MultiDiGraph()
        >>> graph.add_node("P14", kind="process"); graph.add_node("P13", kind="process")
        >>> _ = graph.add_edge("P14", "P13", relation="requires", evidence="reading", lines="d:2108")
        >>> [(a, b, reason) for a, b, reason in dependency_graph(graph).edges(keys=True)]
        [('P14', 'P13', 'input')]
    """
    wanted = chosen_reasons(frozenset(reasons))
    needs: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    needs.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if d.get("kind") in KINDS)
    explained = _explained(graph)
    for needer, needed, reason, said in _needs(graph):
        skipped = reason.id == "issuer-rules" and (needer, needed) in explained
        if reason.id in wanted and not skipped and (weak or not said.get("weak", False)):
            _add(needs, needer, needed, reason, said)
    return needs


def dependencies(
    needs: nx.MultiDiGraph[str],
    *,
    most_chains: int = 20,
    progress: Callable[[int, int], None] | None = None,
) -> Dependencies:
    """Work out the whole shape of a graph of needs.

    Args:
        needs: The graph of needs.
        most_chains: How many of the longest chains to list.
        progress: Told the pieces of work done and in all; what it raises ends the work.

    Returns:
        The shape.
    """
    tell = progress or (lambda _done, _total: None)
    alone = tuple(sorted(thing for thing in needs if not needs.degree(thing)))
    tied: nx.MultiDiGraph[str] = nx.MultiDiGraph(needs)
    tied.remove_nodes_from(alone)
    tell(0, 5)
    levels = layers(tied)
    tell(1, 5)
    circles = cycles(tied)
    tell(2, 5)
    chains = longest_chains(tied, most=most_chains)
    tell(3, 5)
    cuts = cut_points(tied)
    tell(4, 5)
    over = dominators(tied)
    tell(5, 5)
    counted = Counter(reason for _, _, reason in needs.edges(keys=True))
    by_count = {name: counted[name] for name in REASONS if name in counted}
    return Dependencies(by_count, levels, circles, chains, cuts, over, alone)


def _needs(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, Reason, Mapping[str, Any]]]:
    """Every need as who, what, why and the edge that says so, in a fixed order."""
    owner = {step: thing for thing, step, said in graph.edges(data=True) if said["relation"] == "hasStep"}
    up = {
        step
        for step, kind, said in graph.edges(data=True)
        if said["relation"] == "stepType" and graph.nodes[kind].get("id") == _REPORT_UP
    }
    makers: dict[str, list[str]] = {}
    for maker, output, said in graph.edges(data=True):
        if said["relation"] == "produces":
            makers.setdefault(output, []).append(maker)
    edges = sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1], edge[2]["relation"]))
    for subject, target, said in edges:
        reason = BY_RELATION.get(said["relation"])
        if reason is None:
            continue
        if reason.id == "named-in-step" and subject in up:
            reason = REASONS["reports-to"]
        needer = owner.get(subject, subject)
        for needed in makers.get(target, (target,)) if reason.id == "input" else (target,):
            if all(graph.nodes[end].get("kind") in KINDS for end in (needer, needed)):
                yield needer, needed, reason, said


def _explained(graph: nx.MultiDiGraph[str]) -> frozenset[tuple[str, str]]:
    """Pairs of process and issuer that an instrument of the process leads to."""
    issuers: dict[str, set[str]] = {}
    for instrument, issuer, said in graph.edges(data=True):
        if said["relation"] == "passed_by":
            issuers.setdefault(instrument, set()).add(issuer)
    return frozenset(
        (process, issuer)
        for process, instrument, said in graph.edges(data=True)
        if said["relation"] in REASONS["rule"].relations
        for issuer in issuers.get(instrument, ())
    )


def _add(
    needs: nx.MultiDiGraph[str], needer: str, needed: str, reason: Reason, said: Mapping[str, Any]
) -> None:
    """Add a need; one that is said twice keeps the stronger evidence and all lines."""
    new = {name: said.get(name, "") for name in ("evidence", "lines", "source", "words")}
    known = needs.get_edge_data(needer, needed, reason.id)
    weak = bool(said.get("weak", False))
    if known is not None:
        both = [str(known["lines"]), *([str(new["lines"])] if new["lines"] not in known["lines"] else [])]
        new["lines"] = "; ".join(filter(None, both))
        new["evidence"] = min(known["evidence"], new["evidence"], key=_grade)
        new["words"] = known["words"] or new["words"]
        weak = weak and known["weak"]
    needs.add_edge(needer, needed, key=reason.id, relation="needs", reason=reason.id, weak=weak, **new)


def _grade(evidence: str) -> int:
    return _GRADES.index(evidence) if evidence in _GRADES else len(_GRADES)
