"""Overlap of processes: progress, filters, limits, and input that is refused."""

from __future__ import annotations

import pytest

from graph.analysis.incidence import Incidence
from graph.analysis.overlap import OverlapStudy, overlap_pairs
from graph.analysis.overlap_classes import Thresholds
from tests.analysis.overlap_brute import kinds


def test_progress_is_told_to_the_end_and_can_end_the_work() -> None:
    facets = {"agency": Incidence.of({"P1": "ab", "P2": "ab"}, weak=[("P2", "a")])}
    told: list[tuple[int, int]] = []
    OverlapStudy(facets, progress=lambda done, total: told.append((done, total))).pairs()
    assert told == [(100, 300), (200, 300), (300, 300)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        OverlapStudy(facets, progress=stop).pairs()


def test_empty_catalogues_and_empty_rows() -> None:
    none = OverlapStudy({"agency": Incidence.of({})}).pairs()
    assert (len(none), none.compared, none.complete) == (0, 0, True)
    blank = OverlapStudy({"agency": Incidence.of({"P1": [], "P2": []})}).pairs(with_none=True)
    assert (len(blank), blank.compared) == (0, 0)


def test_filters() -> None:
    facets = {
        "agency": Incidence.of({"P1": "ab", "P2": "ab", "P3": "ab"}),
        "step-type": Incidence.of({"P1": "mn", "P2": "mn", "P3": "o"}),
        "recipient": Incidence.of({"P1": "r", "P2": "r", "P3": "r"}),
    }
    table = overlap_pairs(facets)
    assert kinds(table) == {
        ("P1", "P2"): "duplication",
        ("P1", "P3"): "overlap",
        ("P2", "P3"): "overlap",
    }
    assert table.where(kinds=["overlap"], process="P1").names() == [("P1", "P3")]
    assert table.where(shared=["agency", "step-type"]).names() == [("P1", "P2")]
    with pytest.raises(KeyError, match="P9"):
        table.where(process="P9")


@pytest.mark.parametrize(
    ("facets", "words"),
    [
        ({"form": {"P1": "a"}}, "must hold one named 'agency'"),
        ({"agency": {"P1": "a"}, "step": {"P1": "m"}}, "no kind of table named 'step'"),
        ({"agency": {"P1": "a"}, "form": {"P2": "k"}}, "'form' must have the rows"),
    ],
)
def test_tables_that_do_not_fit_are_refused(facets: dict[str, dict[str, str]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        OverlapStudy({name: Incidence.of(cells) for name, cells in facets.items()})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"similar": 0.8}, "similar must not be above"),
        ({"same": 1.2}, "same must be more than 0"),
        ({"least_agencies": 0}, "least_agencies must be at least 1"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(values: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Thresholds(**values)  # type: ignore[arg-type]


def test_a_limit_or_importance_of_nothing_is_refused() -> None:
    facets = {"agency": Incidence.of({"P1": "ab", "P2": "ab"})}
    with pytest.raises(ValueError, match="at least 1"):
        OverlapStudy(facets).pairs(limit=0)
    with pytest.raises(ValueError, match="importance"):
        OverlapStudy(facets, importance={}).pairs()
