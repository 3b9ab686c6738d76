"""Jalali to Gregorian, against dates known from calendars and against a second way of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.build.calendar import gregorian

# Printed calendars and dated events; leap years end on Esfand 30.
KNOWN = {
    "1300-01-01": "1921-03-21",
    "1304-12-30": "1926-03-21",
    "1345-01-01": "1966-03-21",
    "1357-11-22": "1979-02-11",
    "1370-12-30": "1992-03-20",
    "1375-12-30": "1997-03-20",
    "1393-08-11": "2014-11-02",
    "1395-12-30": "2017-03-20",
    "1396-01-01": "2017-03-21",
    "1396-02-31": "2017-05-21",
    "1396-04-20": "2017-07-11",
    "1398-12-29": "2020-03-19",
    "1399-12-30": "2021-03-20",
    "1400-01-01": "2021-03-21",
    "1403-12-30": "2025-03-20",
    "1404-01-01": "2025-03-21",
}


@pytest.mark.parametrize(("jalali", "day"), KNOWN.items())
def test_known_days(jalali: str, day: str) -> None:
    assert gregorian(jalali).isoformat() == day


def test_every_day_of_a_century_by_counting() -> None:
    """Walk from 1 Farvardin 1300 day by day, with leap years by the 33-year cycle."""
    day = date(1921, 3, 21)
    for year in range(1300, 1400):
        leap = year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
        for month, length in enumerate([31] * 6 + [30] * 5 + [30 if leap else 29], start=1):
            for number in range(1, length + 1):
                assert gregorian(f"{year}-{month:02}-{number:02}") == day
                day += timedelta(days=1)


@pytest.mark.parametrize(
    "wrong",
    [
        "1398-12-30",
        "1396-07-31",
        "1396-13-01",
        "1396-00-10",
        "96-04-20",
        "1396-4-20",
        "1396/04/20",
        "2017-07-11",
        "",
        "۱۳۹۶-۰۴-۲۰",
    ],
)
def test_no_such_day(wrong: str) -> None:
    with pytest.raises(ValueError, match="Jalali"):
        gregorian(wrong)
