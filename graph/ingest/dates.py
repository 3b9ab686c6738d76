"""Dates: Jalali dates as printed on the forms."""

from __future__ import annotations

import re

import jdatetime

from graph.ingest.doubts import Doubt
from graph.ingest.text import ascii_digits, squeeze
from graph.ingest.values import Part

_DATE = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})")


def read_date(parts: list[Part], doubts: list[Doubt]) -> tuple[str | None, str | None]:
    """Read a Jalali date.

    Args:
        parts: What the lines give to the field.
        doubts: Doubts found are added here.

    Returns:
        The date as ``YYYY-MM-DD`` in the Jalali calendar or ``None``, and the words as printed.
    """
    for part in parts:
        match = _DATE.search(ascii_digits(part.text))
        if match is None:
            continue
        date = parse_jalali(match.group())
        if date is None:
            doubts.append(Doubt("date", "not-jalali", part.line, about=match.group()))
        elif len(max(match[1], match[3], key=len)) < 4:
            doubts.append(Doubt("date", "two-digit-year", part.line, (date,)))
        return date, squeeze(match.group())
    return None, None


def parse_jalali(text: str) -> str | None:
    """Turn a printed Jalali date into ``YYYY-MM-DD``.

    Args:
        text: Day, month and year in either order, parted by slashes, dots or hyphens; ASCII digits.

    Returns:
        The date, or ``None`` if it is no day of the Jalali calendar.

    Example:
        >>> parse_jalali("20/4/1396"), parse_jalali("1396/12/30"), parse_jalali("11/8/93")
        ('1396-04-20', None, '1393-08-11')
    """
    match = _DATE.search(text)
    if match is None:
        return None
    first, month, last = match.groups()
    year, day = (first, last) if len(first) == 4 or int(first) > 31 else (last, first)
    if len(year) < 4:
        year = f"13{int(year):02d}"
    try:
        date = jdatetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return f"{date.year:04d}-{date.month:02d}-{date.day:02d}"
