"""Line ranges and Jalali days."""

from __future__ import annotations

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import format_lines, parse_lines
from graph.records.dates import check_jalali, read_written_date

RANGES = st.lists(
    st.tuples(st.integers(1, 99_999), st.integers(0, 500)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=6,
).map(tuple)


@given(RANGES)
def test_ranges_survive_writing_and_reading(ranges: tuple[tuple[int, int], ...]) -> None:
    assert parse_lines(format_lines(ranges)) == ranges


@pytest.mark.parametrize("text", ["86-88,90", "86-88, 90", "86-88 , 90"])
def test_spaces_around_commas_do_not_count(text: str) -> None:
    assert parse_lines(text) == ((86, 88), (90, 90))


@pytest.mark.parametrize("text", ["", "0", "x", "5-", "-5", "1,,2", "1 2", "٨٦", "1.5", "1-2-3", " "])
def test_no_ranges(text: str) -> None:
    with pytest.raises(ValueError, match="is no line or range"):
        parse_lines(text)


def test_a_range_that_runs_backwards_is_turned_round_in_the_advice() -> None:
    with pytest.raises(ValueError, match='write "86-88"'):
        parse_lines("88-86")


DAYS = st.dates(
    min_value=jdatetime.date(1250, 1, 1).togregorian(), max_value=jdatetime.date(1480, 1, 1).togregorian()
)


@given(DAYS)
def test_every_day_of_the_calendar_is_a_day(day: object) -> None:
    jalali = jdatetime.date.fromgregorian(date=day)
    assert check_jalali(jalali.strftime("%Y-%m-%d"))
    assert read_written_date(f"{jalali.day}/{jalali.month}/{jalali.year}") == jalali.strftime("%Y-%m-%d")


BROKEN = {
    "96-04-20": "1396-04-20",
    "20-4-1396": "1396-04-20",
    "20/4/96": "1396-04-20",
    "1396/4/20": "1396-04-20",
    "1396-4-20": "1396-04-20",
    "2017-07-11": "its Jalali day: 1396-04-20",
    "1396-13-01": "there is no month 13",
    "1396-00-01": "there is no month 0",
    "1396-07-31": "month 7 has 30 days",
    "1396-01-32": "month 1 has 31 days",
    "1396-12-30": "1396 is no leap year, so month 12 has 29 days",
    "spring": "for example 1396-04-20",
    "2017-13-45": "for example 1396-04-20",
    "": "for example 1396-04-20",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_date_gets_advice(text: str) -> None:
    with pytest.raises(ValueError, match="Jalali") as caught:
        check_jalali(text)
    assert BROKEN[text] in str(caught.value)


def test_leap_day() -> None:
    assert check_jalali("1395-12-30")  # 1395 was a leap year


@pytest.mark.parametrize("text", ["", "1396", "1/2/3", "31/31/1396", "20/4/20"])
def test_what_is_not_plainly_a_day_is_not_guessed(text: str) -> None:
    assert read_written_date(text) is None
