"""Ties by what two things share: bodies, and kinds of bodies, by the processes that name both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.view.graph_families import families
from graph.view.graph_model import GraphEdge, Tie
from graph.view.graph_source import Source
from graph.view.nodes import Ref

#: Bodies × bodies draws this many bodies at most, those in most processes.
TOGETHER_AT_MOST = 150
#: So many of the shared things are listed by name; the count is always whole.
SHARED_LISTED = 12
#: Without a threshold in the address, the lowest is taken that leaves at most so many edges a thing.
EDGES_A_THING = 2


@dataclass(frozen=True)
class Shared:
    """Ties by what is shared.

    Attributes:
        edges: The ties, in the order of the ids.
        things: All things that could be tied.
        share: The threshold.
        most: The highest threshold that leaves a tie; 0 when nothing is shared at all.
        whole: How many things there are, drawn or not.
    """

    edges: tuple[GraphEdge, ...]
    things: tuple[str, ...]
    share: int
    most: int
    whole: int


def usual_share(counts: Sequence[int], things: int) -> int:
    """The threshold that keeps a picture readable.

    Args:
        counts: How much each pair shares.
        things: How many things there are.

    Returns:
        The lowest threshold that leaves at most ``EDGES_A_THING`` edges a thing, and not above the
        highest count.

    Example:
        >>> usual_share([1, 1, 1, 1, 1, 2, 3], things=2)
        2
    """
    left = Counter(counts)
    share, total = 1, len(counts)
    most = max(counts, default=1)
    while total > EDGES_A_THING * things and share < most:
        total -= left[share]
        share += 1
    return share


def by_body(source: Source, share: int | None, family: str = "") -> Shared:
    """Tie bodies that the same processes name.

    Args:
        source: The catalogue.
        share: How many processes two must share; None for the usual threshold.
        family: A family of bodies to which to keep; empty for all.

    Returns:
        The ties.

    Raises:
        ValueError: if there is no such family.
    """
    if family and family not in families():
        raise ValueError(f"There is no family {family!r}; say one of: {', '.join(families())}.")
    table = source.named
    fitting = [iri for iri in table.columns if not family or source.family(iri).name == family]
    chosen = sorted(fitting, key=lambda iri: (-source.seats[iri], iri))[:TOGETHER_AT_MOST]
    at = sorted(table.column_number[iri] for iri in chosen)
    columns = tuple(table.columns[number] for number in at)
    part = Incidence(table.rows, columns, table.matrix[:, at], table.weak[:, at])
    return _tied(source, part.transposed, share, len(fitting))


def by_family(source: Source) -> tuple[GraphEdge, ...]:
    """Tie kinds of bodies that the same processes name.

    Args:
        source: The catalogue.

    Returns:
        The ties, with every pair of families that share a process.
    """
    rows = source.processes_by_family
    found = []
    names = [name for name in families() if rows.get(name)]
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            both = sorted(rows[one] & rows[other], key=source.order)
            if both:
                tie = _tie(source, both, weak=False)
                source_end, target_end = (Ref(f"family/{n}", "family", n) for n in (one, other))
                found.append(GraphEdge(source_end, target_end, (tie,), weight=len(both)))
    return tuple(found)


def family_box() -> tuple[float, float]:
    """Width and height of a family with its label."""
    return 380.0, 230.0


def _tied(source: Source, table: Incidence, share: int | None, whole: int) -> Shared:
    strong = table.without_weak.matrix.astype(np.int32)
    cells = table.matrix.astype(np.int32)
    pairs = sparse.triu(cells @ cells.T, k=1).tocoo()
    founded = (strong @ strong.T).tocsr()
    most = int(pairs.data.max(initial=0))
    least = usual_share(pairs.data.tolist(), len(table.rows)) if share is None else max(1, share)
    edges = []
    for a, b, count in sorted(zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True)):
        if count >= least:
            one, other = table.rows[a], table.rows[b]
            both = sorted(table.columns_of(one) & table.columns_of(other), key=source.order)
            tie = _tie(source, both, weak=int(founded[a, b]) < least)
            edges.append(GraphEdge(source.ref(one), source.ref(other), (tie,), weight=count))
    return Shared(tuple(edges), table.rows, least, most, whole)


def _tie(source: Source, both: list[str], *, weak: bool) -> Tie:
    listed = tuple(source.ref(iri) for iri in both[:SHARED_LISTED])
    return Tie("shares", "reading", weak=weak, shared=listed, count=len(both))
