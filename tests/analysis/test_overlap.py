"""Overlap of processes, against plain Python from the definitions, and its laws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.overlap import IMPORTANCE, OverlapStudy, overlap_pairs
from graph.analysis.overlap_blocks import SharedCounts, each_block, row_blocks
from graph.analysis.overlap_classes import KINDS, Thresholds
from graph.analysis.overlap_findings import explain, findings
from graph.analysis.overlap_scores import PairScorer
from tests.analysis import overlap_brute as brute
from tests.analysis.overlap_brute import kinds

modest = settings(max_examples=60, deadline=None, derandomize=True)
few = settings(max_examples=25, deadline=None, derandomize=True)
LIMITS = Thresholds(false_findings=0.5, specific=2)


@modest
@given(brute.rows("abcdef"))
def test_scores_are_those_of_the_definitions(cells: dict[str, frozenset[str]]) -> None:
    table = Incidence.of(cells)
    numbers = np.array(list(itertools.product(range(len(cells)), repeat=2)))
    found = PairScorer(table).score(numbers[:, 0], numbers[:, 1])
    for place, (one, other) in enumerate(numbers.tolist()):
        wanted = brute.scores(cells, table.rows[one], table.rows[other])
        for name, value in wanted.items():
            assert getattr(found, name)[place] == pytest.approx(value)
        assert found.stated[place] == bool(cells[table.rows[one]] and cells[table.rows[other]])


@modest
@given(brute.rows("abcdef"))
def test_scores_are_symmetric_bounded_and_in_order(cells: dict[str, frozenset[str]]) -> None:
    scorer = PairScorer(Incidence.of(cells))
    numbers = np.array(list(itertools.product(range(len(cells)), repeat=2)))
    one = scorer.score(numbers[:, 0], numbers[:, 1])
    other = scorer.score(numbers[:, 1], numbers[:, 0])
    for name in ("shared", "jaccard", "containment", "rarity"):
        assert getattr(one, name).tolist() == pytest.approx(getattr(other, name).tolist())
        assert (getattr(one, name) >= 0).all()
    assert (one.jaccard <= one.containment).all()
    assert (one.containment <= 1).all()
    assert (one.rarity <= 1).all()
    same = (numbers[:, 0] == numbers[:, 1]) & one.stated
    assert one.jaccard[same].tolist() == one.rarity[same].tolist() == [1.0] * same.sum()


@modest
@given(brute.rows("abcdef"), st.integers(1, 3), st.integers(1, 40))
def test_all_pairs_that_share_enough_are_found_whatever_the_blocks(
    cells: dict[str, frozenset[str]], least: int, load: int
) -> None:
    table = Incidence.of(cells)
    units = np.array([1_000, 20, 3, 40, 0, 6])[: len(table.columns)]
    counts = SharedCounts(table, least, units)
    blocks = row_blocks([table], load)
    assert [start for start, _ in blocks] == [0, *(end for _, end in blocks[:-1])]
    found = [
        (table.rows[one], table.rows[other], int(shared), int(units))
        for part in each_block(counts.block, blocks)
        for one, other, shared, units in zip(*part, strict=True)
    ]
    worth = dict(zip(table.columns, (1_000, 20, 3, 40, 0, 6), strict=False))
    wanted = [
        (one, other, len(cells[one] & cells[other]), sum(worth[body] for body in cells[one] & cells[other]))
        for one, other in itertools.combinations(cells, 2)
        if len(cells[one] & cells[other]) >= least
    ]
    assert found == wanted


@few
@given(brute.facets())
def test_classes_and_ranking_are_those_of_the_definitions(
    found: dict[str, dict[str, frozenset[str]]],
) -> None:
    study = OverlapStudy(brute.tables_of(found), limits=LIMITS)
    table = study.pairs()
    ranked = []
    for first, second in brute.pairs(found):
        about = explain(study, first, second)
        by = {name: brute.scores(cells, first, second) for name, cells in found.items()}
        assert about.kind == brute.kind(found, first, second, about.q, LIMITS)
        assert about.score == pytest.approx(brute.combined(by, IMPORTANCE))
        if about.kind != "none":
            ranked.append((-KINDS.index(about.kind), -round(about.score, 12), first, second))
    assert table.names() == [(first, second) for _, _, first, second in sorted(ranked)]
    assert table.complete
    filled = sum(any(found[name][process] for name in found) for process in brute.PROCESSES)
    assert table.compared == filled * (filled - 1) // 2 == sum(table.counts.values())
    assert {kind: table.counts[kind] for kind in KINDS[1:]} == {
        kind: sum(KINDS[-place] == kind for place, *_ in ranked) for kind in KINDS[1:]
    }


@few
@given(brute.facets())
def test_pairs_of_no_class_are_kept_when_asked_for(found: dict[str, dict[str, frozenset[str]]]) -> None:
    study = OverlapStudy(brute.tables_of(found), limits=LIMITS)
    drivers = ("agency", "instrument", "form")
    everything = study.pairs(with_none=True)
    general = {
        (one, other)
        for one, other in brute.pairs(found)
        if any(brute.specific(found[name], one, other, 99 if name == "agency" else 2) for name in drivers)
    }
    assert set(everything.names()) == general
    assert everything.where(kinds=KINDS[1:]).names() == study.pairs().names()


@few
@given(brute.facets(), st.integers(1, 4))
def test_a_limit_keeps_the_best_and_is_said(found: dict[str, dict[str, frozenset[str]]], limit: int) -> None:
    study = OverlapStudy(brute.tables_of(found), limits=LIMITS)
    whole, cut = study.pairs(), study.pairs(limit=limit)
    assert cut.names() == whole.names()[:limit]
    assert cut.complete == (len(whole) <= limit)
    assert cut.counts == whole.counts


def test_many_small_blocks_with_a_small_limit_keep_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    cells = {f"P{n:02}": frozenset(rng.choice(list("abcdef"), 3, replace=False)) for n in range(40)}
    facets = {"agency": Incidence.of(cells), "recipient": Incidence.of(dict.fromkeys(cells, "r"))}
    whole = overlap_pairs(facets)
    monkeypatch.setattr("graph.analysis.overlap_judge.row_blocks", lambda tables: row_blocks(tables, 50))
    cut = overlap_pairs(facets, limit=7)
    assert len(whole) > 100
    assert cut.names() == whole.names()[:7]
    assert cut.counts == whole.counts
    assert not cut.complete


def test_the_order_of_rows_and_the_number_of_threads_change_nothing() -> None:
    rng = np.random.default_rng(2)
    cells = {f"P{n:02}": frozenset(rng.choice(list("abcdefgh"), 3, replace=False)) for n in range(30)}
    steps = {name: frozenset(rng.choice(list("xyz"), 2, replace=False)) for name in cells}
    turned = list(cells)[::-1]
    one = OverlapStudy({"agency": Incidence.of(cells), "step-type": Incidence.of(steps)}, workers=1).pairs()
    other = OverlapStudy(
        {
            "agency": Incidence.of({name: cells[name] for name in turned}),
            "step-type": Incidence.of({name: steps[name] for name in turned}),
        },
        workers=3,
    ).pairs()
    assert len(one) > 5
    assert one.names() == [(low, high) for high, low in other.names()]
    assert one.pairs.score.tolist() == pytest.approx(other.pairs.score.tolist())


def test_rare_bodies_in_common_make_an_area_though_the_lists_differ() -> None:
    # four of ten common bodies each; three bodies that only two forms name, among seven: 3 of 11
    common = [f"c{number}" for number in range(10)]
    cells = {f"P{n:02}": {common[(n + more) % 10] for more in range(4)} for n in range(60)}
    for name in ("P00", "P15"):
        cells[name] |= {"x", "y", "z"}
    study = OverlapStudy({"agency": Incidence.of(cells)})
    about = explain(study, "P00", "P15")
    assert about.sharing("agency").jaccard == 3 / 11
    assert about.grounds == ("chance",)
    assert ("P00", "P15") in study.pairs().where(kinds=["fragmentation"]).names()
    # by count, three in common are nothing much among seven of thirteen
    count = explain(OverlapStudy(study.facets, limits=Thresholds(by="count")), "P00", "P15")
    assert count.kind == "none"


def test_titles_make_an_area_and_empty_titles_do_not() -> None:
    facets = {
        "agency": Incidence.of({"P1": "ab", "P2": "abcd", "P3": "xy"}),
        "step-type": Incidence.of({"P1": "m", "P2": "n", "P3": ""}),
    }
    same = {"P1": "گردآوری گزارش های امنیتی", "P2": "گرد آوری گزارشهای امنیتی"}
    assert kinds(overlap_pairs(facets, same)) == {("P1", "P2"): "fragmentation"}
    assert kinds(overlap_pairs(facets, {"P1": "", "P2": ""})) == {}
    assert kinds(overlap_pairs(facets, {"P1": "گردآوری گزارش", "P2": "پاکسازی مین"})) == {}


def test_a_rule_that_many_follow_is_no_ground() -> None:
    rules = {f"P{n}": {"general"} | ({"special"} if n < 2 else set()) for n in range(6)}
    facets = {
        "agency": Incidence.of({name: [f"own-{name}"] for name in rules}),
        "instrument": Incidence.of(rules),
    }
    assert kinds(overlap_pairs(facets, limits=Thresholds(specific=5))) == {("P0", "P1"): "fragmentation"}
    assert len(overlap_pairs(facets, limits=Thresholds(specific=6))) == 15


def test_what_rests_on_copied_lists_is_marked_and_judged_without_them() -> None:
    cells = {"P1": "abc", "P2": "abc", "P3": "def", "P4": "def"}
    facets = {
        "agency": Incidence.of(cells, weak=[("P2", "a"), ("P2", "b"), ("P2", "c")]),
        "recipient": Incidence.of(dict.fromkeys(cells, "r")),
    }
    table = overlap_pairs(facets)
    assert kinds(table) == {("P1", "P2"): "overlap", ("P3", "P4"): "overlap"}
    assert dict(zip(table.names(), table.weak.tolist(), strict=True)) == {
        ("P1", "P2"): True,
        ("P3", "P4"): False,
    }
    assert table.where(weak=False).names() == [("P3", "P4")]
    firm = overlap_pairs({name: one.without_weak for name, one in facets.items()})
    assert firm.names() == [("P3", "P4")]


@few
@given(brute.facets(), st.data())
def test_the_firm_class_is_the_class_without_weak_cells(
    found: dict[str, dict[str, frozenset[str]]], data: st.DataObject
) -> None:
    cells = [(process, body) for process, bodies in found["agency"].items() for body in sorted(bodies)]
    weak = data.draw(st.lists(st.sampled_from(cells), unique=True)) if cells else []
    tables = brute.tables_of(found) | {"agency": Incidence.of(found["agency"], weak)}
    study = OverlapStudy(tables, limits=LIMITS)
    alone = OverlapStudy({name: one.without_weak for name, one in tables.items()}, limits=LIMITS)
    for about in findings(study, study.pairs(with_none=True)):
        left = explain(alone, about.first, about.second)
        assert (about.firm_kind, about.firm_grounds) == (left.kind, left.grounds)
        assert about.firm_score == pytest.approx(left.score)
