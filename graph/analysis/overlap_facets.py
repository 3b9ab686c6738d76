"""The tables that processes are compared by, taken from the projected graph."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_classes import RECIPIENTS, STEPS
from graph.analysis.overlap_findings import Finding
from graph.analysis.projection_tables import tables

#: Notation of the code for what fits no other code: two things under it have nothing in common for that.
RESIDUAL = "other"


def overlap_facets(
    graph: nx.MultiDiGraph[str],
    *,
    named: bool = True,
    collectives: bool = False,
    inferred: bool = False,
    rollup: bool = False,
) -> dict[str, Incidence]:
    """The five tables of a catalogue for `overlap.OverlapStudy`.

    Generic wording ("related directives") is no instrument in the graph and so is in no table. A step or a
    recipient of the type "other" is left out, because two others are not alike. A type of step is weak where
    every such step of the process stands word for word in the form of an earlier process (by the code points
    of the IRI), as copied partner lists are.

    Args:
        graph: The projected graph.
        named: Whether bodies that a form names count.
        collectives: Whether groups that a form names count as bodies of their own.
        inferred: Whether recorded members of these groups count.
        rollup: Whether the bodies above a named one count. They then come along with it, while the test
            against chance takes columns for independent: with them, believe the classes and not q.

    Returns:
        The tables by name.

    Raises:
        ValueError: when no way of being involved is chosen.
    """
    found = tables(graph, named=named, collectives=collectives, inferred=inferred, rollup=rollup)
    found[STEPS] = _with_copied_steps(graph, found[STEPS])
    return found | {name: _without_residual(graph, found[name]) for name in (STEPS, RECIPIENTS)}


def titles(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Titles of the processes as the document writes them.

    Args:
        graph: The projected graph.

    Returns:
        Title by IRI; a process without one is missing.
    """
    said = graph.nodes(data=True)
    return {iri: str(about["fa"]) for iri, about in said if about["kind"] == "process" and "fa" in about}


def source_lines(graph: nx.MultiDiGraph[str], finding: Finding) -> dict[tuple[str, str], tuple[str, ...]]:
    """Where the document says that a process has what it shares.

    Args:
        graph: The projected graph.
        finding: A pair of processes.

    Returns:
        Lines, such as ``office-1396:120-133``, by process and shared thing; of a type of step, those of its
        steps. What no line is known of is missing.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for sharing in finding.sharings:
        for process, thing in product((finding.first, finding.second), sharing.shared):
            edges = [said for _, target, said in graph.out_edges(process, data=True) if target == thing.iri]
            if sharing.facet == STEPS:
                steps = [
                    step
                    for step in _targets(graph, process, "hasStep")
                    if thing.iri in _targets(graph, step, "stepType")
                ]
                edges = [graph.edges[process, step, "hasStep"] for step in steps]
            if lines := tuple(dict.fromkeys(str(said["lines"]) for said in edges if said["lines"])):
                found[process, thing.iri] = lines
    return found


def _with_copied_steps(graph: nx.MultiDiGraph[str], table: Incidence) -> Incidence:
    """The table of types of step with those cells weak of which all steps are copied."""
    steps = [
        (process, of, str(graph.nodes[step].get("fa", "")))
        for process in table.rows
        for step in _targets(graph, process, "hasStep")
        for of in _targets(graph, step, "stepType")
    ]
    first: dict[str, str] = {}
    for process, _, words in steps:
        first[words] = min(first.get(words, process), process)
    own = {(process, of) for process, of, words in steps if not words or first[words] == process}
    weak = {(process, of) for process, of, _ in steps} - own
    return Incidence.of({process: table.columns_of(process) for process in table.rows}, weak, table.columns)


def _targets(graph: nx.MultiDiGraph[str], subject: str, relation: str) -> list[str]:
    return [target for _, target, name in graph.out_edges(subject, keys=True) if name == relation]


def _without_residual(graph: nx.MultiDiGraph[str], table: Incidence) -> Incidence:
    codes = ("steptype", "recipient")
    residual = [
        graph.nodes[iri]["kind"] in codes and graph.nodes[iri]["id"] == RESIDUAL for iri in table.columns
    ]
    left = sparse.diags_array(np.where(residual, 0, 1).astype(np.int8), dtype=np.int8)
    cells, weak = (sparse.csr_array(one @ left) for one in (table.matrix, table.weak))
    cells.eliminate_zeros()
    weak.eliminate_zeros()
    return Incidence(table.rows, table.columns, cells, weak)
