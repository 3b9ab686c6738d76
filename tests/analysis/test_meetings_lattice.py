"""The order of meetings against the definition of covers, and against another implementation."""

from __future__ import annotations

import concepts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.incidence import Incidence
from graph.analysis.lattice import lattice_of
from graph.analysis.meetings import meetings
from tests.analysis.test_meetings import AGENCIES, Rows, modest, rows_with, table_of, tables


@modest
@given(tables, st.integers(0, 3), st.integers(0, 3))
def test_children_are_covers(rows: Rows, support: int, group: int) -> None:
    result = meetings(table_of(rows), min_support=support, min_group=group)
    lattice = lattice_of(result)
    groups = [frozenset(place.meeting.agencies) for place in lattice.places]
    for up, place in enumerate(lattice.places):
        covers = {
            down
            for down, lower in enumerate(groups)
            if groups[up] < lower and not any(groups[up] < middle < lower for middle in groups)
        }
        assert set(place.children) == covers
        assert all(up in lattice.places[down].parents for down in covers)
        assert set(lattice.under(up)) == {n for n, lower in enumerate(groups) if groups[up] < lower}
        assert set(lattice.over(up)) == {n for n, upper in enumerate(groups) if upper < groups[up]}


@modest
@given(tables.filter(bool))
def test_another_implementation_has_the_same_covers(rows: Rows) -> None:
    context = concepts.Context(
        list(rows), list(AGENCIES), [[name in found for name in AGENCIES] for found in rows.values()]
    )
    theirs = {
        (frozenset(one.intent), frozenset(lower.intent))
        for one in context.lattice
        for lower in one.lower_neighbors
    }
    places = lattice_of(meetings(table_of(rows), min_support=0, min_group=0)).places
    ours = {
        (frozenset(place.meeting.agencies), frozenset(places[child].meeting.agencies))
        for place in places
        for child in place.children
    }
    assert ours == theirs


@modest
@given(tables)
def test_reduced_labels_tell_the_table_again(rows: Rows) -> None:
    """In the whole lattice each process is its own at one place, each body new at one."""
    lattice = lattice_of(meetings(table_of(rows), min_support=0, min_group=0))
    for process, found in rows.items():
        [place] = [one for one in lattice.places if process in one.own_processes]
        assert frozenset(place.meeting.agencies) == found
    for agency in AGENCIES:
        [place] = [one for one in lattice.places if agency in one.new_agencies]
        assert frozenset(place.meeting.processes) == rows_with(rows, frozenset(agency))
    assert len(lattice.tops) == len(lattice.bottoms) == 1


@modest
@given(tables, st.frozensets(st.sampled_from(AGENCIES)))
def test_the_meeting_around_a_group(rows: Rows, group: frozenset[str]) -> None:
    lattice = lattice_of(meetings(table_of(rows), min_group=0))
    position = lattice.around(group)
    processes = rows_with(rows, group)
    if position is None:
        assert not processes
    else:
        assert frozenset(lattice.places[position].meeting.processes) == processes


def test_nearest_come_first_and_progress_is_told() -> None:
    table = Incidence.of({"P1": "abcd", "P2": "abc", "P3": "ab", "P4": "a"})
    told: list[tuple[int, int]] = []
    lattice = lattice_of(meetings(table, min_group=1), lambda done, total: told.append((done, total)))
    assert lattice.under(0) == (1, 2, 3)
    assert lattice.over(3) == (2, 1, 0)
    assert told == [(0, 4)]
    assert lattice.complete
    with pytest.raises(IndexError):
        lattice.under(4)
