"""From the Jalali calendar of the forms to the Gregorian dates of `xsd:date`."""

from __future__ import annotations

import re
from datetime import date

import jdatetime

_SHAPE = re.compile(r"(1[34]\d\d)-(\d\d)-(\d\d)")


def gregorian(jalali: str) -> date:
    """Turn a Jalali date into the Gregorian day it names.

    Args:
        jalali: Year, month and day with ASCII digits, as `1396-04-20`; years 1300 to 1499.

    Returns:
        The same day in the Gregorian calendar.

    Raises:
        ValueError: If the text has another shape or names no day of the Jalali calendar.

    Example:
        >>> gregorian("1396-04-20").isoformat()
        '2017-07-11'
        >>> gregorian("1395-12-30").isoformat()
        '2017-03-20'
    """
    found = _SHAPE.fullmatch(jalali)
    if not found:
        raise ValueError(f"{jalali!r} is not a Jalali date; write year-month-day, as 1396-04-20")
    year, month, day = (int(part) for part in found.groups())
    try:
        converted = jdatetime.date(year, month, day).togregorian()
    except ValueError as error:
        raise ValueError(f"{jalali!r} names no day of the Jalali calendar: {error}") from error
    return date(converted.year, converted.month, converted.day)
