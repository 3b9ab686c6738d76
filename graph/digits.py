"""Numbers as Persian writes them."""

from __future__ import annotations

_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MARKS = str.maketrans({",": "٬", ".": "٫", "%": "٪"})


def persian_digits(text: str) -> str:
    """A text with its digits in Persian; nothing else in it changes.

    Example:
        >>> persian_digits("1084-1086")
        '۱۰۸۴-۱۰۸۶'
    """
    return text.translate(_PERSIAN)


def persian_number(text: str) -> str:
    """A number with Persian digits, decimal mark, mark of thousands and percent sign.

    Args:
        text: A number as Python writes it.

    Returns:
        The same number.

    Example:
        >>> persian_number("12.5%")
        '۱۲٫۵٪'
    """
    return persian_digits(text).translate(_MARKS)
