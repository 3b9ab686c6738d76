"""Which processes overlap: every pair that shares enough, scored, tested against chance, classed and ranked.

    study = OverlapStudy(overlap_facets(graph), titles(graph))
    table = study.pairs()                         # a PairTable, best first
    explain(study, first, second)                 # all about one pair, also one that is not in the table

Nothing is compared pair by pair in Python: counts come from sparse products of blocks of rows, in bounded
memory. What the words mean stands in `overlap_classes`, the test in `overlap_chance`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_blocks import WORKERS, each_block
from graph.analysis.overlap_classes import (
    AGENCIES,
    FACETS,
    FORMS,
    INSTRUMENTS,
    KINDS,
    RECIPIENTS,
    STEPS,
    Kind,
    Thresholds,
)
from graph.analysis.overlap_judge import Judge, Judged, join_judged

Progress = Callable[[int, int], None]

#: Share of each table in the combined score. Our choice: who takes part first, then what is done, for whom.
IMPORTANCE: Mapping[str, float] = {AGENCIES: 4, STEPS: 2, RECIPIENTS: 2, INSTRUMENTS: 1, FORMS: 1}
#: Pairs that a table keeps at most.
LIMIT = 200_000


@dataclass(frozen=True, eq=False)
class PairTable:
    """Pairs of processes, the strongest class first, then the highest score, then the IRIs.

    Attributes:
        rows: IRIs of the processes that the numbers in ``pairs`` stand for.
        pairs: The pairs and what was found of them.
        firm_kind: The class that is left without copied lists and generic wording.
        firm_score: The combined score that is left without them.
        compared: Number of pairs of processes that have anything in any table.
        counts: How many of these are in each class, also of those that were cut.
        complete: Whether all pairs found are here.
        method: How chance was computed, see `overlap_chance.ChanceTest`.
    """

    rows: tuple[str, ...]
    pairs: Judged
    firm_kind: NDArray[np.uint8]
    firm_score: NDArray[np.float64]
    compared: int
    counts: Mapping[Kind, int]
    complete: bool
    method: str

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def weak(self) -> NDArray[np.bool_]:
        """Whether the class of each pair rests on copied lists or generic wording."""
        return np.asarray(self.firm_kind < self.pairs.kind)

    def names(self) -> list[tuple[str, str]]:
        """The IRIs of the pairs, in order."""
        both = zip(self.pairs.first.tolist(), self.pairs.second.tolist(), strict=True)
        return [(self.rows[first], self.rows[second]) for first, second in both]

    def where(
        self,
        kinds: Collection[Kind] | None = None,
        shared: Collection[str] = (),
        weak: bool | None = None,
        process: str | None = None,
    ) -> PairTable:
        """The pairs that fit, in the same order; the counts stay those of all pairs.

        Args:
            kinds: Classes; None for all.
            shared: Names of tables in which the two must share something.
            weak: True for those that rest on copied lists or generic wording, False for the others.
            process: IRI that must be one of the two.

        Raises:
            KeyError: when there is no such process or table.
        """
        fits = np.ones(len(self), dtype=bool)
        if kinds is not None:
            fits &= np.isin(self.pairs.kind, [KINDS.index(kind) for kind in kinds])
        for name in shared:
            fits &= self.pairs.scores[name].shared > 0
        if weak is not None:
            fits &= self.weak == weak
        if process is not None:
            if process not in self.rows:
                raise KeyError(process)
            number = self.rows.index(process)
            fits &= (self.pairs.first == number) | (self.pairs.second == number)
        return self.take(fits)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> PairTable:
        """Some of the pairs, by place or by a truth value for each."""
        return replace(
            self,
            pairs=self.pairs[chosen],
            firm_kind=self.firm_kind[chosen],
            firm_score=self.firm_score[chosen],
        )


class OverlapStudy:
    """Compares the processes of a catalogue.

    Args:
        facets: Tables by name (`overlap_classes.FACETS`), all with the same rows; ``agency`` must be there.
        titles: Titles of the rows, in one language; without them titles give no ground.
        limits: The thresholds.
        importance: Importance of each table in the combined score.
        workers: Threads.
        progress: Told how much of the work is done, of how much; an exception from it ends the work.

    Raises:
        ValueError: when the tables do not fit together.

    Example:
        >>> facets = {
        ...     "agency": Incidence.of({"P1": ["a", "b"], "P2": ["a", "b"], "P3": ["c", "d"]}),
        ...     "step-type": Incidence.of({"P1": ["meet", "plan"], "P2": ["meet", "plan"], "P3": []}),
        ... }
        >>> table = OverlapStudy(facets).pairs()
        >>> table.names(), KINDS[table.pairs.kind[0]], table.compared
        ([('P1', 'P2')], 'overlap', 3)
    """

    def __init__(
        self,
        facets: Mapping[str, Incidence],
        titles: Mapping[str, str] | None = None,
        *,
        limits: Thresholds | None = None,
        importance: Mapping[str, float] = IMPORTANCE,
        workers: int = WORKERS,
        progress: Progress | None = None,
    ) -> None:
        _check(facets)
        self.facets = facets
        self.limits = limits or Thresholds()
        self.rows = facets[AGENCIES].rows
        self._titles = dict(titles or {})
        self._importance = importance
        self._workers = workers
        self._progress = progress
        self._rank = np.argsort(np.argsort(np.array(self.rows, dtype=np.str_), kind="stable"))

    @cached_property
    def full(self) -> Judge:
        """Judges by all cells."""
        return self._judge(self.facets, 0)

    @cached_property
    def firm(self) -> Judge:
        """Judges without copied lists and generic wording."""
        if not self.any_weak:
            return self.full
        return self._judge({name: table.without_weak for name, table in self.facets.items()}, 1)

    @cached_property
    def any_weak(self) -> bool:
        """Whether any cell rests on copied lists or generic wording only."""
        return any(table.weak.nnz for table in self.facets.values())

    def pairs(self, limit: int = LIMIT, with_none: bool = False) -> PairTable:
        """All pairs that stand in the same area, or all that share a body, a rule or a form.

        Args:
            limit: Pairs kept at most: the best; the counts cover all.
            with_none: Keep also pairs that share a body, a rule or a form and are in no class. For small
                catalogues: there may be hundreds of millions.

        Returns:
            The pairs, ranked.

        Raises:
            ValueError: when the limit is below 1.
        """
        if limit < 1:
            raise ValueError("the limit of pairs must be at least 1")
        judge, firm = self.full, self.firm
        counts: dict[Kind, int] = dict.fromkeys(KINDS, 0)
        kept: list[Judged] = [judge.judge(*_NO_PAIRS)]
        cut = False

        def work(start: int, end: int) -> Judged:
            return judge.judge(*judge.candidates(start, end, with_none))

        for found in each_block(
            work, judge.blocks, self._workers, self._told(2 if self.any_weak else 1, judge)
        ):
            for place, kind in enumerate(KINDS[1:], 1):
                counts[kind] += int((found.kind == place).sum())
            kept.append(found if with_none else found[found.kind > 0])
            if sum(map(len, kept)) > 2 * limit:
                kept, cut = [self._best(join_judged(kept), limit)], True
        pairs = join_judged(kept)
        cut |= len(pairs) > limit
        pairs = self._best(pairs, limit)
        left = pairs if firm is judge else firm.judge(pairs.first, pairs.second)
        filled = int(np.count_nonzero(sum(np.diff(one.matrix.indptr) for one in self.facets.values())))
        compared = filled * (filled - 1) // 2
        counts["none"] = compared - sum(counts.values())
        return PairTable(
            self.rows, pairs, left.kind, left.score, compared, counts, not cut, judge.chance.method
        )

    def _judge(self, facets: Mapping[str, Incidence], stage: int) -> Judge:
        judge = Judge(facets, self._titles, self.limits, self._importance)
        judge.prepare(self._workers, self._told(stage, judge))
        return judge

    def _told(self, stage: int, judge: Judge) -> Callable[[int], None] | None:
        """Tells the progress of one of the stages in hundredths of a stage."""
        tell, stages = self._progress, 3 if self.any_weak else 2
        if tell is None:
            return None
        return lambda done: tell(100 * stage + 100 * done // len(judge.blocks), 100 * stages)

    def _best(self, pairs: Judged, limit: int) -> Judged:
        # equal scores may differ in the last digit, depending on how many pairs were added up at once
        score = pairs.score.round(12)
        first, second = self._rank[pairs.first], self._rank[pairs.second]
        low, high = np.minimum(first, second), np.maximum(first, second)
        return pairs[np.lexsort((high, low, -score, -pairs.kind.astype(np.int64)))[:limit]]


_NO_PAIRS = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def overlap_pairs(
    facets: Mapping[str, Incidence],
    titles: Mapping[str, str] | None = None,
    *,
    limits: Thresholds | None = None,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> PairTable:
    """The ranked pairs of a catalogue: `OverlapStudy.pairs` in one call.

    Args:
        facets: Tables by name.
        titles: Titles of the rows.
        limits: The thresholds.
        limit: Pairs kept at most.
        progress: Told how much of the work is done, of how much.

    Returns:
        The pairs, ranked.
    """
    return OverlapStudy(facets, titles, limits=limits, progress=progress).pairs(limit)


def _check(facets: Mapping[str, Incidence]) -> None:
    if AGENCIES not in facets:
        raise ValueError(f"the tables must hold one named {AGENCIES!r}; there are {sorted(facets)}")
    unknown = sorted(set(facets) - set(FACETS))
    if unknown:
        raise ValueError(f"there is no kind of table named {unknown[0]!r}; the kinds are {', '.join(FACETS)}")
    for name, table in facets.items():
        if table.rows != facets[AGENCIES].rows:
            raise ValueError(f"the table {name!r} must have the rows of {AGENCIES!r}, in the same order")
