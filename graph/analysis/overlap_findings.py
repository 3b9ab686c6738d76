"""All about one pair of processes: what they share, what only one has, what it weighs, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.overlap import OverlapStudy, PairTable
from graph.analysis.overlap_classes import (
    AGENCIES,
    GROUNDS,
    KINDS,
    RECIPIENTS,
    STEPS,
    Ground,
    Kind,
    likeness,
)
from graph.analysis.overlap_scores import FacetScores, PairScorer

Ints = NDArray[np.int64]

#: Pairs that are explained at once.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SharedThing:
    """Something that both processes have.

    Attributes:
        iri: What it is.
        weight: Its rarity weight, see `overlap_scores.rarity_weights`.
        processes: Number of processes that have it.
        weak: Whether one of the two has it from a copied list or generic wording only.
    """

    iri: str
    weight: float
    processes: int
    weak: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """What two processes share in one table.

    Attributes:
        facet: Name of the table.
        shared: What both have, the rarest first.
        only_first: What only the first has.
        only_second: What only the second has.
        jaccard: Shared, as a share of what either has.
        containment: Shared, as a share of what the one with less has.
        rarity: Weight of what is shared, as a share of the weight of what either has.
    """

    facet: str
    shared: tuple[SharedThing, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    jaccard: float
    containment: float
    rarity: float

    @property
    def either(self) -> int:
        """How many different things the two have together."""
        return len(self.shared) + len(self.only_first) + len(self.only_second)

    @property
    def stated(self) -> tuple[bool, bool]:
        """Whether the first, and whether the second, states anything here."""
        return bool(self.shared or self.only_first), bool(self.shared or self.only_second)


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair of processes and why it is in its class.

    Attributes:
        first: IRI of the process that comes first.
        second: IRI of the other.
        kind: The class.
        grounds: Why the two stand in the same area; empty when they do not.
        alike: Which of ``step-type`` and ``recipient`` are similar.
        sharings: What they share, table by table.
        score: The combined score.
        p: Probability of sharing as much by chance, rare bodies counting for more.
        q: The same, adjusted for the number of pairs: the share of false findings when it is believed.
        title: Likeness of the titles, from 0 to 1.
        firm_kind: The class that is left without copied lists and generic wording.
        firm_grounds: The grounds that are left without them.
        firm_score: The combined score that is left without them.
    """

    first: str
    second: str
    kind: Kind
    grounds: tuple[Ground, ...]
    alike: tuple[str, ...]
    sharings: tuple[Sharing, ...]
    score: float
    p: float
    q: float
    title: float
    firm_kind: Kind
    firm_grounds: tuple[Ground, ...]
    firm_score: float

    @property
    def weak(self) -> bool:
        """Whether the class rests on copied lists or generic wording."""
        return KINDS.index(self.firm_kind) < KINDS.index(self.kind)

    def sharing(self, facet: str) -> Sharing:
        """What they share in one table.

        Raises:
            KeyError: when there is no such table.
        """
        for one in self.sharings:
            if one.facet == facet:
                return one
        raise KeyError(facet)


def explain(study: OverlapStudy, first: str, second: str) -> Finding:
    """Everything about one pair, whether or not it is in a table of pairs.

    Args:
        study: The comparison of the catalogue.
        first: IRI of a process.
        second: IRI of another.

    Returns:
        The finding; the process whose row comes first is its first.

    Raises:
        KeyError: when a process is not in the tables.
        ValueError: when it is twice the same.

    Example:
        >>> bodies = Incidence.of({"P1": ["a", "b"], "P2": ["a", "b", "c"]})
        >>> found = explain(OverlapStudy({"agency": bodies}), "P1", "P2")
        >>> found.kind, found.sharing("agency").only_second, round(found.sharing("agency").jaccard, 2)
        ('none', ('c',), 0.67)
    """
    if first == second:
        raise ValueError(f"a process is not compared with itself: {first}")
    numbers = study.facets[AGENCIES].row_number
    low, high = sorted((numbers[first], numbers[second]))
    return next(_explained(study, np.array([low]), np.array([high])))


def findings(study: OverlapStudy, table: PairTable) -> Iterator[Finding]:
    """The pairs of a table one after the other, explained.

    Args:
        study: The comparison that the table comes from.
        table: The table, or a part of it.

    Yields:
        The findings in the order of the table.
    """
    for start in range(0, len(table), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        yield from _explained(study, table.pairs.first[part], table.pairs.second[part])


def _explained(study: OverlapStudy, first: Ints, second: Ints) -> Iterator[Finding]:
    full, firm = study.full.judge(first, second), study.firm.judge(first, second)
    least = {STEPS: study.limits.least_steps, RECIPIENTS: 1}
    alike = {
        name: likeness(full.scores[name], study.limits.similar, many)
        for name, many in least.items()
        if name in full.scores
    }
    for place, (low, high) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        yield Finding(
            first=study.rows[low],
            second=study.rows[high],
            kind=KINDS[full.kind[place]],
            grounds=_grounds(int(full.grounds[place])),
            alike=tuple(name for name, found in alike.items() if found[place]),
            sharings=tuple(
                _sharing(name, study.full.scorers[name], table, (low, high), full.scores[name], place)
                for name, table in study.facets.items()
            ),
            score=float(full.score[place]),
            p=float(full.p[place]),
            q=float(full.q[place]),
            title=float(full.title[place]),
            firm_kind=KINDS[firm.kind[place]],
            firm_grounds=_grounds(int(firm.grounds[place])),
            firm_score=float(firm.score[place]),
        )


def _grounds(bits: int) -> tuple[Ground, ...]:
    return tuple(name for place, name in enumerate(GROUNDS) if bits >> place & 1)


def _sharing(
    name: str, scorer: PairScorer, table: Incidence, pair: tuple[int, int], scores: FacetScores, place: int
) -> Sharing:
    one, other = (_columns(table.matrix, row) for row in pair)
    weak = _columns(table.weak, pair[0]) | _columns(table.weak, pair[1])
    shared = [
        SharedThing(table.columns[at], float(scorer.weights[at]), int(scorer.counts[at]), at in weak)
        for at in one & other
    ]
    return Sharing(
        name,
        tuple(sorted(shared, key=lambda thing: (-thing.weight, thing.iri))),
        tuple(sorted(table.columns[at] for at in one - other)),
        tuple(sorted(table.columns[at] for at in other - one)),
        float(scores.jaccard[place]),
        float(scores.containment[place]),
        float(scores.rarity[place]),
    )


def _columns(cells: sparse.csr_array, row: int) -> set[int]:
    return set(cells.indices[cells.indptr[row] : cells.indptr[row + 1]].tolist())
