"""Sentences with numbers, in both languages at once."""

from __future__ import annotations

from string import Formatter

from graph.query.question_library import Words
from graph.view.words import Words as Edition

__all__ = ["Words", "number_fa", "say"]

_FA = Edition("fa", {})


def number_fa(text: str) -> str:
    """Write a number as Persian does: its digits, its decimal mark, its sign for the hundredth part.

    Args:
        text: A number as Python writes it.

    Returns:
        The same number.

    Example:
        >>> number_fa("12.5%")
        '۱۲٫۵٪'
    """
    return _FA.num(text.replace(",", "٬").replace(".", "٫").replace("%", "٪"))


class _Persian(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        return number_fa(text) if isinstance(value, int | float) else text


def say(en: str, fa: str, **values: object) -> Words:
    """Fill in the same values in both languages; numbers, but not names and ids, in the digits of each.

    A value that is itself words in both languages comes in the language of the sentence.

    Args:
        en: The English sentence, with places such as ``{count}`` or ``{share:.0%}``.
        fa: The Persian sentence with the same places.
        **values: What stands in the places.

    Returns:
        The sentence in both languages.

    Raises:
        KeyError: when a place has no value.

    Example:
        >>> say("{id}: {share:.0%}", "{id}: {share:.0%}", id="P08", share=0.5)
        Words(en='P08: 50%', fa='P08: ۵۰٪')
    """
    inner = {name: value for name, value in values.items() if isinstance(value, Words)}
    return Words(
        en.format(**values | {name: value.en for name, value in inner.items()}),
        _Persian().format(fa, **values | {name: value.fa for name, value in inner.items()}),
    )
