"""Groups of processes that are alike: a tree of them, cut where the groups stand apart best.

Distance is one minus the combined score of `overlap_scores.combined`. The tree joins the two groups with the
least mean distance between their members (average linkage, UPGMA: Sokal and Michener, University of Kansas
Science Bulletin 38 (1958) 1409-1438). How well it keeps the distances is the cophenetic correlation (Sokal
and Rohlf, Taxon 11 (1962) 33-40). The cut is the one with the highest mean silhouette (Rousseeuw, Journal of
Computational and Applied Mathematics 20 (1987) 53-65). A tree needs all distances at once; beyond a stated
number of processes the groups are instead the connected parts of the graph that joins every process to the
few most like it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.clusters_measure import distances, silhouette
from graph.analysis.incidence import Incidence
from graph.analysis.overlap import IMPORTANCE
from graph.analysis.overlap_classes import AGENCIES
from graph.analysis.overlap_nearest import SimilarityIndex

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Processes for which all distances are held at most (about 400 MB at this number).
MOST = 3_000
#: Cuts whose silhouette is computed at most, spread evenly over the numbers of groups.
CUTS = 60
#: Beyond `MOST`: neighbours that each process is joined to, and how alike they must be.
NEIGHBOURS, LIKE = 3, 0.5
#: Distances this near are one.
TINY = 1e-9
#: Share of a group that must have a thing for it to be named as what the group has in common.
COMMON = 0.75


@dataclass(frozen=True, slots=True)
class Cut:
    """A possible cut of the tree.

    Attributes:
        groups: Number of groups, single processes included.
        distance: Distance at which the tree is cut.
        silhouette: Mean silhouette, from -1 to 1: how much nearer processes are to their own group.
    """

    groups: int
    distance: float
    silhouette: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of processes.

    Attributes:
        members: The processes, in the order of the tables.
        common: What at least three quarters of them have, by name of the table, the most frequent first, with
            how many have it.
        spread: Mean distance between two members; not a number where distances are not held.
    """

    members: tuple[str, ...]
    common: Mapping[str, tuple[tuple[str, int], ...]]
    spread: float


@dataclass(frozen=True, slots=True)
class Clusters:
    """The groups and how they were made.

    Attributes:
        found: Groups of two or more, the largest first.
        alone: Processes in no group.
        unknown: Processes of which no table has anything; they are not compared.
        method: ``tree`` or ``neighbours``.
        cophenetic: How well the tree keeps the distances, from -1 to 1; not a number without a tree.
        cut: The cut; None without a tree or with fewer than three processes.
        given: Whether the cut was asked for and not chosen.
        cuts: All cuts that were tried, by number of groups.
        tree: The joins, as SciPy writes them: the two parts, their distance, their size; parts below the
            number of leaves are the processes of ``leaves``.
        leaves: The processes compared.
    """

    found: tuple[Cluster, ...]
    alone: tuple[str, ...]
    unknown: tuple[str, ...]
    method: Literal["tree", "neighbours"]
    cophenetic: float
    cut: Cut | None
    given: bool
    cuts: tuple[Cut, ...]
    tree: tuple[tuple[int, int, float, int], ...]
    leaves: tuple[str, ...]


def clusters(
    facets: Mapping[str, Incidence],
    *,
    importance: Mapping[str, float] = IMPORTANCE,
    most: int = MOST,
    distance: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Clusters:
    """Group the processes of a catalogue.

    Args:
        facets: Tables by name, all with the same rows.
        importance: Importance of each table in the distance.
        most: Processes for which a tree is made at most; beyond it neighbours are joined (by bodies alone).
        distance: Where to cut the tree; None for the cut with the highest mean silhouette.
        progress: Told how much of the work is done, of how much; an exception from it ends the work.

    Returns:
        The groups.

    Raises:
        ValueError: when there is no table.

    Example:
        >>> table = Incidence.of({"P1": "ab", "P2": "ab", "P3": "cd", "P4": "cde", "P5": "f", "P6": ""})
        >>> found = clusters({"agency": table})
        >>> [one.members for one in found.found], found.alone, found.unknown
        ([('P1', 'P2'), ('P3', 'P4')], ('P5',), ('P6',))
    """
    if not facets:
        raise ValueError("give at least one table")
    rows = next(iter(facets.values())).rows
    filled = np.zeros(len(rows), dtype=bool)
    for table in facets.values():
        filled |= np.diff(table.matrix.indptr) > 0
    leaves = np.flatnonzero(filled)
    unknown = tuple(rows[place] for place in np.flatnonzero(~filled))
    if len(leaves) > most:
        return _joined_neighbours(facets, leaves, unknown, progress)
    return _tree(facets, leaves, unknown, importance, distance, progress)


def _tree(
    facets: Mapping[str, Incidence],
    leaves: Ints,
    unknown: tuple[str, ...],
    importance: Mapping[str, float],
    distance: float | None,
    progress: Callable[[int, int], None] | None,
) -> Clusters:
    # slow to import: not when a server starts
    from scipy.cluster.hierarchy import average, cophenet
    from scipy.spatial.distance import squareform

    rows = next(iter(facets.values())).rows
    names = tuple(rows[place] for place in leaves)
    if len(leaves) < 3:
        return Clusters((), names, unknown, "tree", math.nan, None, False, (), (), names)
    square = distances(facets, leaves, importance)
    flat = squareform(square, checks=False)
    joins = average(flat)
    cophenetic = float(cophenet(joins, flat)[0]) if np.ptp(flat) > 0 else math.nan
    heights = _heights(joins) if distance is None else [distance]
    cuts = []
    for number, height in enumerate(heights):
        cuts.append(_cut(square, joins, height))
        if progress is not None:
            progress(number + 1, len(heights))
    best = max(cuts, key=lambda cut: (cut.silhouette, -cut.groups), default=None)
    labels = np.arange(len(leaves)) if best is None else _labels(joins, best.distance)
    found, alone = _groups(facets, leaves, labels, square)
    tree = tuple((int(one), int(other), float(at), int(size)) for one, other, at, size in joins.tolist())
    given = distance is not None
    return Clusters(found, alone, unknown, "tree", cophenetic, best, given, tuple(cuts), tree, names)


def _heights(joins: Floats) -> list[float]:
    """Distances at which a cut leaves two groups or more, at most `CUTS`, the few groups more densely.

    Where all are equally near, there is no such cut: then all are one group.
    """
    found = np.unique(joins[:, 2].round(9))
    if len(found) == 1 and found[0] < 1:
        return [float(found[0])]
    left = len(joins) + 1 - np.searchsorted(joins[:, 2], found + TINY, side="right")
    found = found[left > 1]
    if len(found) > CUTS:
        steps = np.geomspace(1, len(found), CUTS).astype(int)
        found = found[np.unique(len(found) - steps)]
    return [float(height) for height in found]


def _labels(joins: Floats, height: float) -> Ints:
    from scipy.cluster.hierarchy import fcluster  # slow to import: not when a server starts

    return np.asarray(fcluster(joins, height + TINY, criterion="distance"), dtype=np.int64)


def _cut(square: Floats, joins: Floats, height: float) -> Cut:
    labels = _labels(joins, height)
    groups = len(np.unique(labels))
    return Cut(groups, height, silhouette(square, labels) if groups > 1 else 0.0)


def _joined_neighbours(
    facets: Mapping[str, Incidence],
    leaves: Ints,
    unknown: tuple[str, ...],
    progress: Callable[[int, int], None] | None,
) -> Clusters:
    from scipy.sparse.csgraph import connected_components  # slow to import: not when a server starts

    bodies = facets.get(AGENCIES) or next(iter(facets.values()))
    near = SimilarityIndex(bodies, "rarity").all_nearest(NEIGHBOURS, progress)
    one, place = np.nonzero((near.nearest >= 0) & (near.score >= LIKE))
    shape = (len(bodies.rows), len(bodies.rows))
    edges = sparse.coo_array((np.ones(len(one)), (one, near.nearest[one, place])), shape=shape)
    labels = connected_components(edges, directed=False)[1]
    found, alone = _groups(facets, leaves, np.asarray(labels, dtype=np.int64)[leaves], None)
    names = tuple(bodies.rows[leaf] for leaf in leaves)
    return Clusters(found, alone, unknown, "neighbours", math.nan, None, False, (), (), names)


def _groups(
    facets: Mapping[str, Incidence], leaves: Ints, labels: Ints, square: Floats | None
) -> tuple[tuple[Cluster, ...], tuple[str, ...]]:
    rows = next(iter(facets.values())).rows
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    found, alone = [], []
    for members in np.split(order, starts[1:]):
        if len(members) == 1:
            alone.append(int(members[0]))
            continue
        apart = math.nan
        if square is not None:
            apart = float(square[np.ix_(members, members)].sum() / (len(members) * (len(members) - 1)))
        common = {name: _common(table, leaves[members]) for name, table in facets.items()}
        found.append(Cluster(tuple(rows[leaf] for leaf in leaves[members]), common, apart))
    found.sort(key=lambda one: (-len(one.members), one.members))
    return tuple(found), tuple(rows[leaves[place]] for place in sorted(alone))


def _common(table: Incidence, members: Ints) -> tuple[tuple[str, int], ...]:
    counts = Counter(table.matrix[members].indices.tolist())
    found = [(table.columns[place], many) for place, many in counts.items() if many >= COMMON * len(members)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
