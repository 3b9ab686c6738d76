"""The processes most like one process, against plain Python, and bodies compared by their processes."""

from __future__ import annotations

import itertools
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.chance import benjamini_hochberg
from graph.analysis.incidence import Incidence
from graph.analysis.overlap_agencies import agency_pairs, same_sets
from graph.analysis.overlap_chance import ChanceTest
from graph.analysis.overlap_classes import Thresholds
from graph.analysis.overlap_nearest import Measure, SimilarityIndex
from tests.analysis import overlap_brute as brute

modest = settings(max_examples=60, deadline=None, derandomize=True)
measures = st.sampled_from(get_args(Measure))


def ranked(cells: brute.Rows, row: str, measure: str) -> list[tuple[str, float]]:
    found = [
        (round(brute.scores(cells, row, other)[measure], 12), other)
        for other in cells
        if other != row and cells[row] & cells[other]
    ]
    return [(other, score) for score, other in sorted(found, key=lambda one: (-one[0], one[1]))]


@modest
@given(brute.rows("abcdef"), measures, st.integers(1, 9))
def test_the_most_alike_are_those_of_the_definitions(
    cells: dict[str, frozenset[str]], measure: Measure, top: int
) -> None:
    index = SimilarityIndex(Incidence.of(cells), measure)
    for row, has in cells.items():
        found = index.nearest(row, top)
        wanted = ranked(cells, row, measure)[:top]
        assert [one.iri for one in found] == [other for other, _ in wanted]
        assert [one.score for one in found] == pytest.approx([score for _, score in wanted])
        for one in found:
            assert set(one.shared) == has & cells[one.iri]
            assert set(one.only_asked) == has - cells[one.iri]
            assert set(one.only_other) == cells[one.iri] - has


@modest
@given(brute.rows("abcdef"), measures, st.integers(1, 4))
def test_the_table_of_all_says_what_each_row_says(
    cells: dict[str, frozenset[str]], measure: Measure, top: int
) -> None:
    index = SimilarityIndex(Incidence.of(cells), measure)
    table = index.all_nearest(top)
    for number, row in enumerate(table.rows):
        one = index.nearest(row, top)
        places = [place for place in table.nearest[number].tolist() if place >= 0]
        assert [table.rows[place] for place in places] == [near.iri for near in one]
        assert table.score[number, : len(one)].tolist() == pytest.approx([near.score for near in one])
        assert table.shared[number, : len(one)].tolist() == [len(near.shared) for near in one]
        assert not table.score[number, len(one) :].any()


@pytest.mark.parametrize("measure", get_args(Measure))
def test_many_rows_with_many_equals(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    # many groups of rows, common columns kept whole and rare ones looked up, hundreds of equal scores
    monkeypatch.setattr("graph.analysis.overlap_nearest.GROUP", 8)
    rng = np.random.default_rng(4)
    names = [f"c{number}" for number in range(40)]
    odds = 1 / np.arange(1, 41) ** 1.2
    cells = {
        f"P{n:04}": frozenset(rng.choice(names, rng.integers(0, 5), replace=False, p=odds / odds.sum()))
        for n in range(900)
    }
    index = SimilarityIndex(Incidence.of(cells), measure)
    counts = {name: sum(name in found for found in cells.values()) for name in names}
    filled = sum(bool(found) for found in cells.values())
    weight = {name: np.log((filled + 1) / many) if many else 0.0 for name, many in counts.items()}
    for row in list(cells)[::97]:
        found = {}
        for other, has in cells.items():
            both, either = cells[row] & has, cells[row] | has
            if other != row and both:
                found[other] = {
                    "jaccard": len(both) / len(either),
                    "containment": len(both) / min(len(cells[row]), len(has)),
                    "rarity": sum(map(weight.get, both)) / sum(map(weight.get, either)),
                }[measure]
        wanted = sorted(found, key=lambda other: (-round(found[other], 11), other))[:10]
        assert [one.iri for one in index.nearest(row)] == wanted


@modest
@given(brute.rows("abcdef"), st.integers(1, 4), st.integers(1, 3))
def test_threads_that_share_the_table_change_nothing(
    cells: dict[str, frozenset[str]], stride: int, workers: int
) -> None:
    index = SimilarityIndex(Incidence.of(cells))
    alone = index.all_nearest(2, workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.analysis.overlap_nearest.STRIDE", stride)
        shared = index.all_nearest(2, workers=workers)
    for one, other in ((alone.nearest, shared.nearest), (alone.score, shared.score)):
        np.testing.assert_array_equal(one, other)


def test_progress_of_the_table_and_its_end() -> None:
    index = SimilarityIndex(Incidence.of({f"P{n:04}": "a" for n in range(1_100)}))
    told: list[tuple[int, int]] = []
    index.all_nearest(1, progress=lambda done, total: told.append((done, total)))
    assert told == [(500, 1_100), (1_000, 1_100), (1_100, 1_100)]


def test_rows_that_do_not_exist_and_empty_wishes() -> None:
    index = SimilarityIndex(Incidence.of({"P1": "a", "P2": ""}))
    assert index.nearest("P1") == index.nearest("P2") == ()
    with pytest.raises(KeyError, match="P9"):
        index.nearest("P9")
    with pytest.raises(ValueError, match="at least one"):
        index.nearest("P1", 0)
    assert SimilarityIndex(Incidence.of({})).all_nearest().nearest.shape == (0, 10)


def test_a_row_with_more_columns_than_a_byte_counts() -> None:
    wide = [f"c{number}" for number in range(300)]
    found = SimilarityIndex(Incidence.of({"P1": wide, "P2": wide})).nearest("P1")
    assert (found[0].score, len(found[0].shared)) == (1.0, 300)


@modest
@given(brute.rows("abcde"), st.data())
def test_bodies_are_compared_by_their_processes(
    cells: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    limits = Thresholds(false_findings=0.5, same=0.6)
    pairs_of = [(process, body) for process, bodies in cells.items() for body in sorted(bodies)]
    weak = data.draw(st.lists(st.sampled_from(pairs_of), unique=True)) if pairs_of else []
    table = Incidence.of(cells, weak)
    result = agency_pairs(table, limits)

    def kinds(of: Incidence) -> dict[tuple[str, str], str]:
        test = ChanceTest(of.transposed)
        has = {body: {p for p in of.rows if body in of.columns_of(p)} for body in of.columns}
        numbers = of.column_number
        pairs = [
            (one, other, len(has[one] & has[other])) for one, other in itertools.combinations(of.columns, 2)
        ]
        places = [(np.array([numbers[one]]), np.array([numbers[other]])) for one, other, _ in pairs]
        p = [test.p(test.cases(*both, test.shared(*both)))[0] for both in places]
        enough = [place for place, (*_, shared) in enumerate(pairs) if shared >= 2]
        q = benjamini_hochberg(np.array([p[place] for place in enough]), tests=test.tests)
        found = {}
        for place, value in zip(enough, q.tolist(), strict=True):
            one, other, shared = pairs[place]
            share = shared / len(has[one] | has[other])
            kind = "chance" if value <= 0.5 else "none"
            found[one, other] = "same" if share == 1 else "near" if share >= 0.6 else kind
        return found

    wanted, left = kinds(table), kinds(table.without_weak)
    assert {(one.first, one.second): one.kind for one in result.found} == {
        pair: kind for pair, kind in wanted.items() if kind != "none"
    }
    for one in result.found:
        assert one.firm_kind == left.get((one.first, one.second), "none")
        assert one.jaccard <= one.containment <= 1
    order = ["same", "near", "chance"]
    assert [order.index(one.kind) for one in result.found] == sorted(
        order.index(one.kind) for one in result.found
    )
    assert result.complete


def test_a_limit_of_pairs_of_bodies_is_said() -> None:
    result = agency_pairs(Incidence.of({"P1": "abc", "P2": "abc"}), limit=2)
    assert [(one.first, one.second) for one in result.found] == [("a", "b"), ("a", "c")]
    assert (result.complete, result.counts["same"]) == (False, 3)


@modest
@given(brute.rows("abc"), st.integers(1, 3))
def test_same_sets_are_those_of_the_definition(cells: dict[str, frozenset[str]], least: int) -> None:
    weak = [(row, body) for row, bodies in cells.items() for body in bodies if row < "P3" or body == "a"]
    sets = same_sets(Incidence.of(cells, weak), least)
    found = {one.rows: frozenset(one.columns) for one in sets}
    for one in sets:
        assert one.copied == tuple(row for row in one.rows if row < "P3" or one.columns == ("a",))
    groups: dict[frozenset[str], list[str]] = {}
    for row, columns in cells.items():
        if len(columns) >= least:
            groups.setdefault(columns, []).append(row)
    assert found == {tuple(rows): columns for columns, rows in groups.items() if len(rows) > 1}
