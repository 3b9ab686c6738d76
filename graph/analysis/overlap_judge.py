"""Everything that pairs of processes are judged by, from one set of tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.overlap_blocks import SharedCounts, each_block, row_blocks
from graph.analysis.overlap_chance import ChanceTest
from graph.analysis.overlap_classes import AGENCIES, FORMS, INSTRUMENTS, Thresholds, classify
from graph.analysis.overlap_scores import FacetScores, PairScorer, combined, joined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Judged:
    """Pairs of rows and what was found of them, one place in every array for each pair.

    Attributes:
        first: Number of the row that comes first.
        second: Number of the other row.
        scores: What they share, by name of the table.
        score: The combined score.
        p: Probability of sharing as much by chance, rare bodies counting for more.
        q: The same, adjusted for the number of pairs.
        title: Likeness of the titles, from 0 to 1.
        kind: Place of the class in `overlap_classes.KINDS`.
        grounds: Why they stand in the same area, as bits.
    """

    first: Ints
    second: Ints
    scores: Mapping[str, FacetScores]
    score: Floats
    p: Floats
    q: Floats
    title: Floats
    kind: Bits
    grounds: Bits

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Judged:
        """Some of the pairs."""
        scores = {name: one[chosen] for name, one in self.scores.items()}
        return Judged(scores=scores, **{name: getattr(self, name)[chosen] for name in _ARRAYS})


_ARRAYS = tuple(field.name for field in fields(Judged) if field.name != "scores")


def join_judged(parts: Sequence[Judged]) -> Judged:
    """Pairs of several lists, one after the other; at least one list."""
    scores = {name: joined([part.scores[name] for part in parts]) for name in parts[0].scores}
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _ARRAYS}
    return Judged(scores=scores, **arrays)


class Judge:
    """Judges pairs of rows by one set of tables.

    Args:
        facets: Tables by name, all with the same rows.
        titles: Titles of the rows; a row that is missing has none.
        limits: The thresholds.
        importance: Importance of each table in the combined score.
    """

    def __init__(
        self,
        facets: Mapping[str, Incidence],
        titles: Mapping[str, str],
        limits: Thresholds,
        importance: Mapping[str, float],
    ) -> None:
        self._limits = limits
        self._importance = importance
        self.facets = facets
        self.scorers = {name: PairScorer(table) for name, table in facets.items()}
        rows = facets[AGENCIES].rows
        self._titles = np.array([titles.get(row, "").replace(" ", "") for row in rows], dtype=object)
        self.chance = ChanceTest(facets[AGENCIES], limits.by)
        self._bodies = SharedCounts(facets[AGENCIES], limits.least_agencies, self.chance.units)
        self._any_body = SharedCounts(facets[AGENCIES], 1)
        self._specific = {
            name: _of_few(facets[name], limits.specific) for name in (INSTRUMENTS, FORMS) if name in facets
        }
        self._rules = {name: SharedCounts(table, 1) for name, table in self._specific.items()}
        self._rule_scorers = {name: PairScorer(table) for name, table in self._specific.items()}
        self.blocks = row_blocks([facets[AGENCIES], *self._specific.values()])

    def prepare(self, workers: int, progress: Callable[[int], None] | None = None) -> None:
        """Count how often what is shared, so that q is known.

        Args:
            workers: Threads.
            progress: Told how many blocks are done.
        """

        def cases(start: int, end: int) -> Ints:
            first, second, _, units = self._bodies.block(start, end)
            return self.chance.cases(first, second, units)

        self.chance.count(each_block(cases, self.blocks, workers, progress))

    def candidates(self, start: int, end: int, everything: bool = False) -> tuple[Ints, Ints]:
        """The pairs of a block that may stand in the same area, sorted.

        Args:
            start: First row of the block.
            end: The row after its last.
            everything: Whether to take all pairs that share a body, a rule or a form.
        """
        rows = len(self._titles)
        first, second, shared, units = (self._any_body if everything else self._bodies).block(start, end)
        if not everything:
            sizes = self.scorers[AGENCIES].sizes
            alike = shared / (sizes[first] + sizes[second] - shared) >= self._limits.similar
            rare = self.chance.q(self.chance.cases(first, second, units)) <= self._limits.false_findings
            first, second = first[alike | rare], second[alike | rare]
        keys = [first * rows + second]
        for counts in self._rules.values():
            one, other, _, _ = counts.block(start, end)
            keys.append(one * rows + other)
        found = np.unique(np.concatenate(keys))
        return found // rows, found % rows

    def judge(self, first: Ints, second: Ints) -> Judged:
        """Judge pairs.

        Args:
            first: Number of the one row of each pair.
            second: Number of the other row.

        Returns:
            What was found, in the order of the pairs.
        """
        scores = {name: scorer.score(first, second) for name, scorer in self.scorers.items()}
        specific = {name: scorer.score(first, second).shared for name, scorer in self._rule_scorers.items()}
        cases = self.chance.cases(first, second, self.chance.shared(first, second))
        # one body in common is never called more than chance: such pairs were not taken in
        q = np.where(scores[AGENCIES].shared >= self._limits.least_agencies, self.chance.q(cases), 1.0)
        title = self._title_likeness(first, second)
        found = classify(scores, q, title, specific, self._limits)
        score = combined(scores, self._importance)
        return Judged(first, second, scores, score, self.chance.p(cases), q, title, found.kind, found.grounds)

    def _title_likeness(self, first: Ints, second: Ints) -> Floats:
        one, other = self._titles[first], self._titles[second]
        ratio = cpdist(one.tolist(), other.tolist(), scorer=fuzz.ratio, dtype=np.float64) / 100
        return np.where((one != "") & (other != ""), ratio, 0.0)


def _of_few(table: Incidence, most: int) -> Incidence:
    """The table with only those columns that at most so many rows have."""
    counts = np.bincount(table.matrix.indices, minlength=len(table.columns))
    keep = sparse.diags_array((counts <= most).astype(np.int8), dtype=np.int8)
    kept = [sparse.csr_array(cells @ keep) for cells in (table.matrix, table.weak)]
    for cells in kept:
        cells.eliminate_zeros()
    return Incidence(table.rows, table.columns, kept[0], kept[1])
