"""Text in cells of spreadsheets, where a program would run some of it as a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Put a quote before text that a spreadsheet would run as a formula.

    Args:
        text: The text of a cell.

    Returns:
        Text that is shown as it is (OWASP, CSV injection).

    Example:
        >>> harmless("=1+1"), harmless("P08")
        ("'=1+1", 'P08')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
