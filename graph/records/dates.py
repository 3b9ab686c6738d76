"""Days of the Jalali calendar as records write them: ``1396-04-20``."""

from __future__ import annotations

import re
from datetime import date

import jdatetime

_SHAPE = re.compile(r"(1[2-5][0-9]{2})-([0-9]{2})-([0-9]{2})")
_PARTS = re.compile(r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})")
_YEARS = range(1200, 1600)


def check_jalali(text: str) -> bool:
    """Whether a text is a day of the Jalali calendar, in the form ``year-month-day``.

    Args:
        text: The date in a record.

    Returns:
        Always true; a wrong date raises.

    Raises:
        ValueError: with words for the author of the record.

    Example:
        >>> check_jalali("1396-04-20")
        True
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is not a Jalali date; {_advice(text)}')
    year, month, day = (int(part) for part in match.groups())
    try:
        jdatetime.date(year, month, day)
    except ValueError as error:
        raise ValueError(f'"{text}" is no day of the Jalali calendar; {_why(year, month, day)}') from error
    return True


def read_written_date(text: str) -> str | None:
    """A date as forms write it (``20/4/1396``, ``11/8/93``), as ``year-month-day``.

    Args:
        text: The date as written: day, month, year or year, month, day, with slashes, dots or hyphens. A
            two-digit year is taken to be in the fourteenth century of the calendar.

    Returns:
        The day, or None when the text is not plainly one day.

    Example:
        >>> read_written_date("20/4/1396"), read_written_date("11/8/93"), read_written_date("spring")
        ('1396-04-20', '1393-08-11', None)
    """
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return None
    first, middle, last = match.groups()
    for year, day in ((last, first), (first, last)):
        number = int(year) + 1300 if len(year) == 2 else int(year)
        plain = len(year) == 4 or (len(year) == 2 and int(year) > 31)
        if plain and len(day) <= 2 and number in _YEARS and _exists(number, int(middle), int(day)):
            return f"{number:04}-{int(middle):02}-{int(day):02}"
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        jdatetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _advice(text: str) -> str:
    day = read_written_date(text)
    if day is not None:
        return f"write year-month-day with four, two and two digits: {day}"
    match = _PARTS.fullmatch(text.strip())
    if match is not None and 1800 <= int(match[1]) <= 2200 and len(match[3]) <= 2:
        try:
            jalali = jdatetime.date.fromgregorian(date=date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            return "write year-month-day of the Jalali calendar, for example 1396-04-20"
        return f"this looks like a Gregorian date; write its Jalali day: {jalali:%Y-%m-%d}"
    return "write year-month-day of the Jalali calendar, for example 1396-04-20"


def _why(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if day == 30 and month == 12:
        return f"{year} is no leap year, so month 12 has 29 days"
    longest = 31 if month <= 6 else (30 if month <= 11 or _exists(year, 12, 30) else 29)
    return f"month {month} has {longest} days"
