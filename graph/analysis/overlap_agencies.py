"""Which bodies have nearly the same processes, and which processes name exactly the same bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_blocks import WORKERS, SharedCounts, each_block, row_blocks
from graph.analysis.overlap_chance import ChanceTest
from graph.analysis.overlap_classes import Thresholds
from graph.analysis.overlap_scores import PairScorer
from graph.analysis.words import Words, say

Ints = NDArray[np.int64]
AgencyKind = Literal["none", "chance", "near", "same"]
#: From the weakest to the strongest: nothing to report; together more often than chance explains; nearly the
#: same processes; exactly the same processes.
AGENCY_KINDS: tuple[AgencyKind, ...] = get_args(AgencyKind)
#: Pairs of bodies listed at most.
LIMIT = 1_000

KIND_WORDS: Mapping[AgencyKind, Words] = {
    "none": Words("no finding", "بی‌یافته"),
    "chance": Words("together more often than chance explains", "بیش از آنچه تصادف توضیح می‌دهد در کنار هم"),
    "near": Words("nearly the same processes", "فرایندهای کمابیش یکسان"),
    "same": Words("exactly the same processes", "فرایندهای کاملا یکسان"),
}


@dataclass(frozen=True, slots=True)
class AgencyPair:
    """Two bodies and the processes they have.

    Attributes:
        first: IRI of the one body.
        second: IRI of the other.
        kind: How alike their processes are.
        shared: Processes of both, in the order of the table.
        only_first: Processes of the first only.
        only_second: Processes of the second only.
        jaccard: Shared, as a share of the processes of either.
        containment: Shared, as a share of the processes of the body with fewer.
        rarity: The same as ``jaccard`` with short processes (few bodies) counting for more.
        p: Probability of as much in common by chance, short processes counting for more.
        q: The same, adjusted for the number of pairs.
        firm_kind: How alike they are without copied lists and generic wording.
    """

    first: str
    second: str
    kind: AgencyKind
    shared: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    jaccard: float
    containment: float
    rarity: float
    p: float
    q: float
    firm_kind: AgencyKind

    @property
    def weak(self) -> bool:
        """Whether the kind rests on copied lists or generic wording."""
        return AGENCY_KINDS.index(self.firm_kind) < AGENCY_KINDS.index(self.kind)


@dataclass(frozen=True, slots=True)
class AgencyPairs:
    """Pairs of bodies, the most alike first.

    Attributes:
        found: The pairs.
        counts: Number of pairs of each kind, also of those that were cut.
        complete: Whether all pairs of a kind other than ``none`` are here.
        method: How chance was computed, see `overlap_chance.ChanceTest`.
    """

    found: tuple[AgencyPair, ...]
    counts: Mapping[AgencyKind, int]
    complete: bool
    method: str


@dataclass(frozen=True, slots=True)
class SameSet:
    """Rows that have exactly the same columns.

    Attributes:
        rows: The rows, in the order of the table.
        columns: The columns that each of them has.
        copied: Those rows that have them only from copied lists or generic wording.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    copied: tuple[str, ...]


def same_sets(table: Incidence, least: int = 2) -> tuple[SameSet, ...]:
    """Groups of rows with exactly the same columns: for example processes with the same partners.

    Args:
        table: The table.
        least: Columns that the rows must have at least.

    Returns:
        The groups; those with the most cells first, then by their first row.

    Example:
        >>> same_sets(Incidence.of({"P1": "ab", "P2": "ab", "P3": "a"}))[0].rows
        ('P1', 'P2')
    """
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row in range(len(table.rows)):
        columns = table.matrix.indices[table.matrix.indptr[row] : table.matrix.indptr[row + 1]]
        if len(columns) >= least:
            groups[tuple(sorted(columns.tolist()))].append(row)
    weak = np.diff(table.weak.indptr)
    found = [
        SameSet(
            tuple(table.rows[row] for row in rows),
            tuple(table.columns[column] for column in columns),
            tuple(table.rows[row] for row in rows if weak[row] == len(columns)),
        )
        for columns, rows in groups.items()
        if len(rows) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.rows) * len(one.columns), one.rows)))


def agency_pairs(
    table: Incidence, limits: Thresholds | None = None, limit: int = LIMIT, workers: int = WORKERS
) -> AgencyPairs:
    """Bodies that have the same, or nearly the same, processes, or meet more often than chance explains.

    Args:
        table: Processes by bodies.
        limits: The thresholds: ``least_agencies`` is here the processes two bodies must share, ``same`` the
            share from which their processes are nearly the same.
        limit: Pairs listed at most.
        workers: Threads.

    Returns:
        The pairs.

    Example:
        >>> found = agency_pairs(Incidence.of({"P1": "ab", "P2": "ab", "P3": "c"})).found
        >>> [(one.first, one.second, one.kind) for one in found]
        [('a', 'b', 'same')]
    """
    limits = limits or Thresholds()
    bodies = table.transposed
    side = _Side(bodies, limits)
    firm = side if not table.weak.nnz else _Side(bodies.without_weak, limits)
    first, second, shared, units = side.pairs(workers)
    if firm is not side:
        firm.pairs(workers)
    kind = side.kind(first, second, shared, units)
    counts = {name: int((kind == place).sum()) for place, name in enumerate(AGENCY_KINDS)}
    filled = int(np.count_nonzero(side.scorer.sizes))
    some = np.flatnonzero(kind)
    counts["none"] = filled * (filled - 1) // 2 - len(some)
    first, second, kind = first[some], second[some], kind[some]
    scores = side.scorer.score(first, second)
    names = np.array(bodies.rows, dtype=np.str_)
    order = np.lexsort((names[second], names[first], -scores.shared, -scores.rarity.round(12), -kind))[:limit]
    found = _explained(bodies, side, firm, first[order], second[order])
    return AgencyPairs(found, counts, len(found) == len(some), side.test.method)


def agency_reason(pair: AgencyPair, names: Mapping[str, Words]) -> Words:
    """What is alike in two bodies, in a sentence.

    Args:
        pair: The two bodies.
        names: Names by IRI; an IRI without a name stands for itself.

    Returns:
        The sentence.
    """
    rest = Words("", "")
    if pair.weak:
        rest = say(
            " It rests on copied lists; without them: {kind}.",
            " بر فهرست‌های رونوشت استوار است؛ بدون آنها: {kind}.",
            kind=KIND_WORDS[pair.firm_kind],
        )
    return say(
        "“{one}” and “{other}”: {kind}; {shared} in common, {first} only of the first, "
        "{second} only of the second.{rest}",
        "«{one}» و «{other}»: {kind}؛ {shared} مشترک، {first} تنها از آن نخستین، "
        "{second} تنها از آن دومی.{rest}",
        one=names.get(pair.first, Words(pair.first, pair.first)),
        other=names.get(pair.second, Words(pair.second, pair.second)),
        kind=KIND_WORDS[pair.kind],
        shared=len(pair.shared),
        first=len(pair.only_first),
        second=len(pair.only_second),
        rest=rest,
    )


class _Side:
    """Pairs of bodies judged by one table."""

    def __init__(self, bodies: Incidence, limits: Thresholds) -> None:
        self._bodies = bodies
        self._limits = limits
        self.test = ChanceTest(bodies, limits.by)
        self.scorer = PairScorer(bodies)

    def pairs(self, workers: int) -> tuple[Ints, Ints, Ints, Ints]:
        """All pairs that share enough processes, how many, and their units; takes them in for the test."""
        counter = SharedCounts(self._bodies, self._limits.least_agencies, self.test.units)
        blocks = list(each_block(counter.block, row_blocks([self._bodies]), workers))
        first, second, shared, units = (
            np.concatenate([np.empty(0, dtype=np.int64), *(block[place] for block in blocks)])
            for place in range(4)
        )
        self.test.count([self.test.cases(first, second, units)])
        return first, second, shared, units

    def kind(self, first: Ints, second: Ints, shared: Ints, units: Ints) -> Ints:
        """Places in `AGENCY_KINDS`."""
        either = self.scorer.sizes[first] + self.scorer.sizes[second] - shared
        enough = shared >= self._limits.least_agencies
        rare = self.test.q(self.test.cases(first, second, units)) <= self._limits.false_findings
        kind = np.zeros(len(first), dtype=np.int64)
        kind[enough & rare] = AGENCY_KINDS.index("chance")
        kind[enough & (shared / np.maximum(either, 1) >= self._limits.same)] = AGENCY_KINDS.index("near")
        kind[enough & (shared == either)] = AGENCY_KINDS.index("same")
        return kind


def _explained(
    bodies: Incidence, side: _Side, firm: _Side, first: Ints, second: Ints
) -> tuple[AgencyPair, ...]:
    scores = side.scorer.score(first, second)
    units = side.test.shared(first, second)
    kind = side.kind(first, second, scores.shared, units)
    left = firm.scorer.score(first, second).shared
    firm_kind = firm.kind(first, second, left, firm.test.shared(first, second))
    cases = side.test.cases(first, second, units)
    p, q = side.test.p(cases), side.test.q(cases)
    order = bodies.column_number.__getitem__
    found = []
    for place, (low, high) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        one, other = bodies.columns_of(bodies.rows[low]), bodies.columns_of(bodies.rows[high])
        pair = AgencyPair(
            first=bodies.rows[low],
            second=bodies.rows[high],
            kind=AGENCY_KINDS[kind[place]],
            shared=tuple(sorted(one & other, key=order)),
            only_first=tuple(sorted(one - other, key=order)),
            only_second=tuple(sorted(other - one, key=order)),
            jaccard=float(scores.jaccard[place]),
            containment=float(scores.containment[place]),
            rarity=float(scores.rarity[place]),
            p=float(p[place]),
            q=float(q[place]),
            firm_kind=AGENCY_KINDS[firm_kind[place]],
        )
        found.append(pair)
    return tuple(found)
