"""Tables of processes by what they go with, taken from the projected graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx

from graph.analysis.incidence import Incidence

Cell = tuple[str, bool]


def processes_of(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """The rows of every table: processes that have a form, in the order of their ids.

    A process that only the index lists has no row: nothing is known of its partners, and an empty row would
    say that there are none.

    Args:
        graph: The projected graph.

    Returns:
        Their IRIs.
    """
    found = [
        (str(said["id"]), iri)
        for iri, said in graph.nodes(data=True)
        if said["kind"] == "process" and said["documented"]
    ]
    return tuple(iri for _, iri in sorted(found))


def agency_table(
    graph: nx.MultiDiGraph[str], *, named: bool, collectives: bool, inferred: bool, rollup: bool
) -> Incidence:
    """Processes by bodies. Each of the four ways to be involved is chosen on purpose; none is a default.

    Args:
        graph: The projected graph.
        named: Bodies that the form names.
        collectives: Groups that the form names, as columns of their own.
        inferred: Members of the groups named, where someone recorded the membership with its source.
        rollup: Bodies that stand above a named one.

    Returns:
        The table; a cell is weak when all ways chosen rest on copied partner lists only.

    Raises:
        ValueError: when no way is chosen.
    """
    chosen = {
        "involvesAgency": named,
        "involvesCollective": collectives,
        "involvesAgencyInferred": inferred,
        "involvesAgencyRollup": rollup,
    }
    relations = [name for name, on in chosen.items() if on]
    if not relations:
        raise ValueError("choose at least one of named, collectives, inferred and rollup")
    return _table(graph, lambda process: _targets(graph, process, relations))


def instrument_table(graph: nx.MultiDiGraph[str]) -> Incidence:
    """Processes by the instruments that their forms identify; generic wording is no instrument.

    Args:
        graph: The projected graph.

    Returns:
        The table.
    """
    return _table(graph, lambda process: _targets(graph, process, ("follows", "hasLegalResource")))


def form_table(graph: nx.MultiDiGraph[str]) -> Incidence:
    """Processes by the templates (forms in use) that they name.

    Args:
        graph: The projected graph.

    Returns:
        The table.
    """
    return _table(graph, lambda process: _targets(graph, process, ("usesTemplate",)))


def step_type_table(graph: nx.MultiDiGraph[str]) -> Incidence:
    """Processes by the types of their steps.

    Args:
        graph: The projected graph.

    Returns:
        The table.
    """

    def types(process: str) -> Iterable[Cell]:
        for step, _ in _targets(graph, process, ("hasStep",)):
            yield from _targets(graph, step, ("stepType",))

    return _table(graph, types)


def recipient_table(graph: nx.MultiDiGraph[str]) -> Incidence:
    """Processes by whom they serve: groups of people, and bodies where the form names them as recipients.

    Args:
        graph: The projected graph.

    Returns:
        The table.
    """
    return _table(graph, lambda process: _targets(graph, process, ("audience", "serves")))


def tables(
    graph: nx.MultiDiGraph[str], *, named: bool, collectives: bool, inferred: bool, rollup: bool
) -> dict[str, Incidence]:
    """All tables at once, with the same rows.

    Args:
        graph: The projected graph.
        named: See ``agency_table``; so for the next three.
        collectives: Groups named.
        inferred: Members of groups named.
        rollup: Bodies above those named.

    Returns:
        Tables under ``agency``, ``instrument``, ``form``, ``step-type`` and ``recipient``.

    Raises:
        ValueError: when no way to be involved is chosen.
    """
    return {
        "agency": agency_table(graph, named=named, collectives=collectives, inferred=inferred, rollup=rollup),
        "instrument": instrument_table(graph),
        "form": form_table(graph),
        "step-type": step_type_table(graph),
        "recipient": recipient_table(graph),
    }


def _targets(graph: nx.MultiDiGraph[str], subject: str, relations: Iterable[str]) -> Iterable[Cell]:
    wanted = frozenset(relations)
    for target, edges in graph.adj[subject].items():
        for name, said in edges.items():
            if name in wanted:
                yield target, bool(said["weak"])


def _table(graph: nx.MultiDiGraph[str], cells: Callable[[str], Iterable[Cell]]) -> Incidence:
    found: dict[str, dict[str, bool]] = {}
    for process in processes_of(graph):
        row = found[process] = {}
        for target, weak in cells(process):
            row[target] = row.get(target, True) and weak
    doubtful = [(process, target) for process, row in found.items() for target, only in row.items() if only]
    return Incidence.of(found, doubtful)
