"""The harness: samples and goals, children that are ended and accounted for, growth, and the page."""

from __future__ import annotations

import doctest
import importlib
import json
import math
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import report
from bench.children import call, command
from bench.growth import growths, slope
from bench.model import Goal, Row, Sample, from_json, to_json
from bench.overlap import _Index, table
from bench.tree import processor, tree, until_idle
from graph.analysis.overlap_nearest import SimilarityIndex

PEER = "peer"


def _row(value: float, size: int = 36, **more: object) -> Row:
    return Row("build", "all", size, "s", Sample((value,)), {PEER: Sample((2.0,))}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal("", 5), True),
        (Goal("", 4), True),
        (Goal("", 3.9), False),
        (Goal("", 2, "ratio", PEER), True),
        (Goal("", 1.9, "ratio", PEER), False),
        (Goal("", 1.0, "ratio", PEER, beyond=2.0), True),
        (Goal("", 3, "ratio", PEER, least=True), False),
        (Goal("", 3, "ratio", "another"), None),
        (Goal("", 100, "peak_mb"), None),
        (None, None),
    ],
)
def test_a_goal_is_met_or_missed_or_unknown(goal: Goal | None, met: bool | None) -> None:
    assert _row(4.0, goal=goal).met is met


def test_what_did_not_end_has_missed_its_goal() -> None:
    row = Row("build", "all", 36, "s", Sample(stopped="time: more than 1 s"), goal=Goal("", 5))
    assert row.met is False


@given(st.lists(st.floats(0.001, 1e6), max_size=5), st.none() | st.floats(0, 1e6), st.text(max_size=5))
def test_rows_come_back_from_json(values: list[float], peak: float | None, words: str) -> None:
    row = Row(
        "m", words, 36, "ms", Sample(tuple(values), None, peak, words), {PEER: Sample()}, Goal(words, 1)
    )
    assert from_json(json.loads(json.dumps(to_json(row)))) == row


_HOLD = "held = b'x' * 60_000_000"
_CHILD = f"import sys; {_HOLD}; print('held', flush=True); sys.stdin.read()"
_PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {_CHILD!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
{_HOLD}
time.sleep(1.5)  # is looked at ten times a second
child.stdin.close()
child.wait()
"""


def test_memory_is_that_of_the_child_and_of_its_child() -> None:
    alone = command([sys.executable, "-c", f"import time; {_HOLD}; time.sleep(0.8)"])
    both = command([sys.executable, "-c", _PARENT])
    assert (alone.stopped, both.stopped) == ("", "")
    assert 60 < (alone.peak_mb or 0) < 110
    assert 120 < (both.peak_mb or 0) < 190


def test_what_takes_too_long_or_too_much_is_ended_and_said() -> None:
    slow = command([sys.executable, "-c", "import time; time.sleep(60)"], time_limit=0.3)
    assert (slow.values, slow.stopped) == ((), "time: more than 0.3 s")
    large = command(
        [sys.executable, "-c", "import time; a = b'x' * 200_000_000; time.sleep(60)"], memory_limit_mb=100
    )
    assert large.stopped.startswith("memory: more than 100 MB after")


def test_an_error_is_said_with_its_last_line() -> None:
    sample = command([sys.executable, "-c", "raise ValueError('no such thing')"])
    assert sample.stopped == "error: exit code 1: ValueError: no such thing"


def test_parts_said_before_the_end_are_kept() -> None:
    sample, said = call("tests.bench.test_harness:two_parts_and_then_nothing", time_limit=20)
    assert sample.stopped.endswith("KeyError: 'broken'")
    assert [each["name"] for each in said["parts"]] == ["first", "second"]


def two_parts_and_then_nothing() -> None:
    """What the test above runs in a process of its own."""
    from bench.child import part

    part(name="first")
    part(name="second")
    raise KeyError("broken")


@given(st.floats(0.2, 3), st.floats(1e-6, 1e3))
def test_the_exponent_of_a_power_is_found(exponent: float, factor: float) -> None:
    points = [(size, factor * size**exponent) for size in (36, 3000, 50_000)]
    assert math.isclose(slope(points), exponent, rel_tol=1e-6)


def test_only_what_grows_faster_than_n_log_n_is_named() -> None:
    rows = [_row(size * math.log(size), size) for size in (3000, 50_000)]
    rows += [Row("overlap", "all", size, "s", Sample((float(size) ** 1.5,))) for size in (36, 3000, 50_000)]
    assert [(one.measure, one.worse) for one in growths(rows)] == [("build", False), ("overlap", True)]


def test_the_page_keeps_what_people_wrote() -> None:
    page = report.with_figures(
        "Before.\n\n<!-- figures: begin -->\nold\n<!-- figures: end -->\n\nAfter.\n", "new"
    )
    assert page.startswith("Before.\n")
    assert page.endswith("\nAfter.\n")
    assert ("old" in page, "new" in page) == (False, True)
    assert report.with_figures(page, "new") == page
    assert report.with_figures(report.with_figures("", "1"), "2") == report.with_figures("", "2")


def test_the_page_says_what_was_missed_and_what_was_met() -> None:
    rows = [_row(4.0, goal=Goal("under 3 s", 3)), _row(1.0, 3000, goal=Goal("under 3 s", 3))]
    text = report.figures([_said(rows)], rows)
    assert "Build, all, 36 processes: 4 s where the goal is under 3 s" in text
    assert "| all | 36 | 4 s |  |  |  | peer: 2 s (ratio 2) | under 3 s | **no** |" in text
    assert "| all | 3,000 | 1 s |  |  |  | peer: 2 s (ratio 0.5) | under 3 s | yes |" in text


def _said(rows: list[Row]) -> dict[str, object]:
    machine = {"processors": 2, "memory GB": 24.0, "python": "3.11"}
    return {"rows": rows, "load": [0.1, 0.2], "date": "2026-11-22 12:00", "machine": machine}


def test_the_numpy_peer_finds_the_same_scores_as_daftar() -> None:
    made = table(200)
    ours, peer = SimilarityIndex(made), _Index(made.matrix)
    for number, row in enumerate(made.rows):
        if made.columns_of(row):
            mine = [one.score for one in ours.nearest(row, 10)]
            assert mine == pytest.approx(peer.nearest(number)[1].tolist())


@pytest.mark.parametrize(
    "name",
    ["model", "growth", "soak_page", "report", "children", "child", "synthetic.plan", "synthetic.words"],
)
def test_examples(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"bench.{name}"))
    assert (found.failed, found.attempted > 0) == (0, True)


def test_processor_time_counts_children() -> None:
    before = processor(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        assert not until_idle(child.pid, 3)
        assert processor(os.getpid()) > before + 0.5
    finally:
        child.kill()
        child.wait()
    assert processor(child.pid) == 0
    assert until_idle(child.pid, 3)


def test_a_process_whose_threads_end_is_still_there() -> None:
    busy = "import threading\nwhile True:\n    threading.Thread(target=int).start()"
    child = subprocess.Popen([sys.executable, "-c", busy])
    try:
        assert {tuple(tree(child.pid)) for _ in range(2000)} == {(child.pid,)}
    finally:
        child.kill()
        child.wait()
    assert tree(child.pid) == []
