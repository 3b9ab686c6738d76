"""Meetings against brute force over all subsets, against another implementation, and their laws."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import concepts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.meetings import meetings, together
from graph.analysis.meetings_words import how_far, in_words

AGENCIES = "abcdef"
Rows = Mapping[str, frozenset[str]]
modest = settings(max_examples=60, deadline=None, derandomize=True)
tables = st.dictionaries(
    st.sampled_from([f"P{n}" for n in range(7)]), st.frozensets(st.sampled_from(AGENCIES))
)


def table_of(rows: Rows, weak: tuple[tuple[str, str], ...] = ()) -> Incidence:
    return Incidence.of(rows, weak, AGENCIES)


def rows_with(rows: Rows, group: frozenset[str]) -> frozenset[str]:
    return frozenset(process for process, found in rows.items() if group <= found)


def common(rows: Rows, processes: frozenset[str]) -> frozenset[str]:
    return frozenset(AGENCIES).intersection(*(rows[process] for process in processes))


def brute_force(rows: Rows) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Close every subset of the bodies."""
    found = set()
    for size in range(len(AGENCIES) + 1):
        for chosen in itertools.combinations(AGENCIES, size):
            processes = rows_with(rows, frozenset(chosen))
            found.add((common(rows, processes), processes))
    return found


def as_sets(table: Incidence, **limits: int) -> set[tuple[frozenset[str], frozenset[str]]]:
    result = meetings(table, **limits)
    found = [(frozenset(one.agencies), frozenset(one.processes)) for one in result.found]
    assert result.complete
    assert len(set(found)) == len(found)
    return set(found)


@modest
@given(tables)
def test_every_meeting_is_found_once(rows: Rows) -> None:
    assert as_sets(table_of(rows), min_support=0, min_group=0) == brute_force(rows)


@modest
@given(tables, st.integers(0, 4), st.integers(0, 4))
def test_least_support_and_size(rows: Rows, support: int, group: int) -> None:
    wanted = {
        (agencies, processes)
        for agencies, processes in brute_force(rows)
        if len(agencies) >= group and len(processes) >= support
    }
    assert as_sets(table_of(rows), min_support=support, min_group=group) == wanted


@modest
@given(tables.filter(bool))
def test_another_implementation_finds_the_same(rows: Rows) -> None:
    # the package orders concepts by its own rules and demands at least one object
    context = concepts.Context(
        list(rows), list(AGENCIES), [[name in found for name in AGENCIES] for found in rows.values()]
    )
    theirs = {(frozenset(intent), frozenset(extent)) for extent, intent in context.lattice}
    assert as_sets(table_of(rows), min_support=0, min_group=0) == theirs


@modest
@given(tables, st.frozensets(st.sampled_from(AGENCIES), min_size=1), st.sampled_from(AGENCIES))
def test_closing_a_group(rows: Rows, group: frozenset[str], other: str) -> None:
    """With ``always_with`` a group is closed: larger, larger still for a larger group, and for good."""
    table = table_of(rows)

    def closed(chosen: frozenset[str]) -> frozenset[str]:
        return chosen | frozenset(together(table, chosen).always_with)

    if rows_with(rows, group | {other}):
        assert group <= closed(group)
        assert closed(group) <= closed(group | {other})
        assert closed(closed(group)) == closed(group)


@modest
@given(tables, st.frozensets(st.sampled_from(AGENCIES), min_size=1))
def test_exactly_and_at_least(rows: Rows, group: frozenset[str]) -> None:
    found = together(table_of(rows), group)
    at_least = rows_with(rows, group)
    assert found.agencies == tuple(sorted(group))
    assert found.at_least == tuple(process for process in rows if process in at_least)
    assert found.exactly == tuple(process for process in rows if rows[process] == group)
    always = common(rows, at_least) - group if at_least else frozenset()
    assert found.always_with == tuple(sorted(always))


@pytest.mark.parametrize("n", [0, 1, 5, 9])
def test_contranominal_scale_has_two_to_the_n_concepts(n: int) -> None:
    names = [f"a{i}" for i in range(n)]
    table = Incidence.of({f"P{i}": [a for a in names if a != f"a{i}"] for i in range(n)}, columns=names)
    assert len(meetings(table, min_support=0, min_group=0).found) == 2**n


def test_cut_list_is_all_with_so_many_processes() -> None:
    # contranominal scale of 12: the groups of k bodies sit together in 12 - k processes, so there are
    # 1 with 12, 12 with 11, 66 with 10 and 220 with 9: 79 with 10 or more, 299 with 9 or more
    names = [f"a{i:02d}" for i in range(12)]
    table = Incidence.of({f"P{i}": [a for a in names if a != f"a{i:02d}"] for i in range(12)})
    result = meetings(table, min_support=0, min_group=0, max_meetings=298)
    assert (result.complete, result.cut_by, result.complete_from) == (False, "max_meetings", 10)
    assert len(result.found) == 79
    assert min(one.support for one in result.found) == 10
    full = meetings(table, min_support=9, min_group=0, max_meetings=299)
    assert (full.complete, full.complete_from, len(full.found)) == (True, 9, 299)
    assert "حد شمار گروه‌ها" in how_far(result).fa
    assert "Cut" not in how_far(full).en


@modest
@given(tables, st.integers(1, 12), st.integers(0, 2))
def test_what_a_cut_leaves_is_what_it_says(rows: Rows, most: int, support: int) -> None:
    everything = {one for one in brute_force(rows) if len(one[0]) >= 1 and len(one[1]) >= support}
    result = meetings(table_of(rows), min_support=support, min_group=1, max_meetings=most)
    assert len(result.found) <= most
    assert result.complete == (len(everything) <= most)
    found = {(frozenset(one.agencies), frozenset(one.processes)) for one in result.found}
    assert found == {one for one in everything if len(one[1]) >= result.complete_from}
    assert result.complete_from == support if result.complete else result.complete_from > support


def test_no_time_is_said_too() -> None:
    table = Incidence.of({"P1": "ab", "P2": "ab", "P3": "bc"})
    result = meetings(table, seconds=0)
    assert (result.found, result.complete, result.cut_by, result.complete_from) == ((), False, "seconds", 3)
    assert "the limit on time" in how_far(result).en


def test_progress_is_told_and_can_cancel() -> None:
    told = []
    table = Incidence.of({f"P{i}": [f"a{j}" for j in range(9) if j != i] for i in range(9)})
    meetings(table, max_meetings=1000, progress=lambda done, total: told.append((done, total)))
    # 2^9 groups, without the nine singles, the empty one and the one that sits nowhere
    assert told[0][1] == 1000
    assert told[-1] == (448, 501)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        meetings(table, progress=stop)


def test_processes_on_copied_lists_are_told_apart() -> None:
    table = table_of({"P1": frozenset("ab"), "P2": frozenset("abc")}, (("P2", "a"),))
    [pair] = meetings(table, min_support=2).found
    assert (pair.processes, pair.solid) == (("P1", "P2"), ("P1",))
    assert in_words(pair).fa.startswith("۲ دستگاه در ۲ فرایند کنار هم می‌نشینند، در ۱ فرایند بدون")
    assert together(table, "bc").solid == ("P2",)
    assert together(table, "a").solid == ("P1",)


def test_same_table_same_answer_whatever_the_order() -> None:
    rows = {"P1": "abc", "P2": "bcd", "P3": "ab", "P4": "cd", "P5": "ad"}
    one = meetings(Incidence.of(rows))
    other = meetings(Incidence.of(rows, columns="dbca"))
    assert one == meetings(Incidence.of(rows)) == other


@pytest.mark.parametrize(
    ("chosen", "message"),
    [((), "no body is chosen"), (("police", "x", "y"), "not in the table: x, y; it has 1 bodies")],
)
def test_wrong_bodies(chosen: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        together(Incidence.of({"P1": ["police"]}), chosen)


@pytest.mark.parametrize("limits", [{"min_support": -1}, {"min_group": -1}, {"max_meetings": 0}])
def test_wrong_limits(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        meetings(Incidence.of({"P1": "a"}), **limits)
