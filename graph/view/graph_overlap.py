"""Ties between processes that the analysis of overlap puts in one class, with the score and the reason."""

from __future__ import annotations

from graph.analysis.overlap_classes import AGENCIES, KINDS
from graph.analysis.overlap_findings import Finding, findings
from graph.analysis.overlap_words import reason_words
from graph.view.graph_model import GraphEdge, Tie
from graph.view.graph_shared import Shared, usual_share
from graph.view.graph_source import Source

#: The classes that tie two processes.
CLASSES = tuple(kind for kind in KINDS if kind != "none")


def by_overlap(source: Source, share: int | None) -> Shared:
    """Tie processes that fragment, overlap with or duplicate each other, as the analysis says.

    Args:
        source: The catalogue.
        share: How many bodies two must name both; None for the lowest number that keeps the picture readable.

    Returns:
        The ties, in the order of the processes.
    """
    rows = source.study.rows
    table = source.study.pairs().where(kinds=CLASSES)
    both = table.pairs.scores[AGENCIES].shared
    most = int(both.max(initial=0))
    least = usual_share(both.tolist(), len(rows)) if share is None else max(1, share)
    # pairs may be in a class for their titles, and share no body: they are left out only when asked for
    chosen = both >= (0 if share is None and least == 1 else least)
    edges = [_edge(source, found) for found in findings(source.study, table.take(chosen))]
    edges.sort(key=lambda edge: (source.order(edge.source.iri), source.order(edge.target.iri)))
    return Shared(tuple(edges), rows, least, most, len(rows))


def _edge(source: Source, found: Finding) -> GraphEdge:
    why = reason_words(found, source.names)
    tie = Tie(found.kind, "reading", weak=found.weak, why=why, score=found.score)
    ends = sorted((found.first, found.second), key=source.order)
    return GraphEdge(source.ref(ends[0]), source.ref(ends[1]), (tie,), score=found.score)
