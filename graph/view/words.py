"""Interface words, digits and dates in the two languages of the pages."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import jdatetime

from graph.digits import persian_digits
from graph.view.months import GREGORIAN_MONTHS, JALALI_MONTHS

Lang = Literal["fa", "en"]
LANGS: tuple[Lang, ...] = ("fa", "en")
#: Names of the forms of a counted message, in the order of a catalogue.
FORMS = ("one", "other")
#: Message keys by the notations that stand in the data: for one of a kind and for all of it. Written out so
#: that a test finds every key used.
KIND_KEYS: Mapping[str, tuple[str, str]] = {
    "process": ("kind.process", "list.processes"),
    "service": ("kind.service", "list.services"),
    "agency": ("kind.agency", "list.agencies"),
    "collective": ("kind.collective", "list.collectives"),
    "instrument": ("kind.instrument", "list.instruments"),
    "template": ("kind.template", "list.templates"),
}
LAYER_KEYS: Mapping[str, str] = {
    "form": "layer.form",
    "curated": "layer.curated",
    "reading": "layer.reading",
    "label": "layer.label",
    "inferred": "layer.inferred",
    "other": "layer.other",
}


def as_lang(text: str) -> Lang:
    """Return the language of an edition.

    Args:
        text: ``"fa"`` or ``"en"``.

    Returns:
        The same text, typed.

    Raises:
        ValueError: If there is no edition in that language.

    Example:
        >>> as_lang("fa")
        'fa'
    """
    for lang in LANGS:
        if text == lang:
            return lang
    raise ValueError(f"There is no edition in the language {text!r}; say fa or en.")


def _one_or_more(n: int) -> int:
    """The form for a count where one differs from all others."""
    return int(n != 1)


@dataclass(frozen=True)
class Words:
    """The messages of one language, with its digits and dates.

    Attributes:
        lang: The language of the edition.
        messages: Message by key; a counted message has one for each form: ``key.one``, ``key.other``.
        plural: The form for a count, as the catalogue says: an index into ``FORMS``.

    Example:
        >>> Words("fa", {"n": "{n} فرایند"}).t("n", n=12)
        '۱۲ فرایند'
    """

    lang: Lang
    messages: Mapping[str, str]
    plural: Callable[[int], int] = _one_or_more

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, for the ``dir`` of a page."""
        return "rtl" if self.lang == "fa" else "ltr"

    @property
    def other(self) -> Lang:
        """The language of the twin edition."""
        return "en" if self.lang == "fa" else "fa"

    def t(self, key: str, **values: object) -> str:
        """Return a message with its values filled in (numbers in the digits of the language).

        Args:
            key: The key of the message.
            **values: What stands in the places ``{name}`` of the message.

        Returns:
            The message as plain text; the template escapes it.

        Raises:
            KeyError: If no such message exists.
        """
        filled = {k: self.num(v) if isinstance(v, int) else v for k, v in values.items()}
        return self.messages[key].format_map(filled) if filled else self.messages[key]

    def tn(self, key: str, n: int, **values: object) -> str:
        """Return the form of a message that fits a count.

        Args:
            key: The key of the counted message.
            n: The count; also filled in as ``{n}``.
            **values: Further values.

        Returns:
            The message as plain text.

        Example:
            >>> Words("en", {"hits.one": "One hit", "hits.other": "{n} hits"}).tn("hits", 2)
            '2 hits'
        """
        return self.t(f"{key}.{FORMS[self.plural(n)]}", n=n, **values)

    def given(self, keys: Iterable[str]) -> dict[str, str]:
        """The messages that a script says, with the places of their values.

        Args:
            keys: Keys of messages; a counted one comes in all its forms.

        Returns:
            Message by key.

        Raises:
            KeyError: If no such message exists.

        Example:
            >>> Words("en", {"hits.one": "One hit", "hits.other": "{n} hits"}).given(["hits"])
            {'hits.one': 'One hit', 'hits.other': '{n} hits'}
        """
        forms = {key: [f"{key}.{form}" for form in FORMS] for key in keys}
        wanted = [
            one for key, named in forms.items() for one in (named if named[0] in self.messages else [key])
        ]
        return {key: self.messages[key] for key in wanted}

    def joined(self, more: Words) -> Words:
        """These messages and those of another catalogue of the same language.

        Args:
            more: The other catalogue.

        Returns:
            All messages.
        """
        return Words(self.lang, {**self.messages, **more.messages}, self.plural)

    def num(self, value: object) -> str:
        """Write a number or a text with numbers in the digits of the language.

        Args:
            value: A number, or a text such as ``"1084-1086"``.

        Returns:
            The text; Persian digits in the Persian edition.

        Example:
            >>> Words("fa", {}).num(1396)
            '۱۳۹۶'
        """
        text = str(value)
        return persian_digits(text).replace(", ", "، ") if self.lang == "fa" else text

    def jalali(self, text: str) -> str:
        """Write a Jalali date (``"1396-04-20"``) in words.

        Args:
            text: Year, month and day with hyphens; parts from the right may be absent.

        Returns:
            For example ``۲۰ تیر ۱۳۹۶``; the text itself if it is not such a date.

        Example:
            >>> Words("en", {}).jalali("1396-04-20")
            '20 Tir 1396'
        """
        return self._words(text, JALALI_MONTHS)

    def gregorian(self, day: date | str) -> str:
        """Write a Gregorian date in words.

        Args:
            day: A date, or its ISO text.

        Returns:
            For example ``11 July 2017``.

        Example:
            >>> Words("en", {}).gregorian("2017-07-11")
            '11 July 2017'
        """
        return self._words(str(day), GREGORIAN_MONTHS)

    def day(self, moment: str) -> tuple[str, str]:
        """Write the day of a moment in both calendars, the one of the language first.

        Args:
            moment: A moment in ISO 8601, as a build writes it.

        Returns:
            For example ``("20 تیر 1396", "11 ژوئیهٔ 2017")`` with Persian digits.

        Example:
            >>> Words("en", {}).day("2017-07-11T08:30:00Z")
            ('11 July 2017', '20 Tir 1396')
        """
        day = datetime.fromisoformat(moment).date()
        jalali = self.jalali(jdatetime.date.fromgregorian(date=day).isoformat())
        both = (jalali, self.gregorian(day))
        return both if self.lang == "fa" else (both[1], both[0])

    def _words(self, text: str, months: Mapping[str, tuple[str, ...]]) -> str:
        parts = text.split("-")
        if not all(p.isdecimal() for p in parts) or len(parts) > 3:
            return self.num(text)
        words = [str(int(parts[0]))]
        if len(parts) > 1:
            month = int(parts[1])
            if not 1 <= month <= 12:
                return self.num(text)
            words.insert(0, months[self.lang][month - 1])
        if len(parts) > 2:
            words.insert(0, str(int(parts[2])))
        return self.num(" ".join(words))


def read_words(folder: Path, lang: Lang) -> Words:
    """Read the message catalogue of one language.

    Args:
        folder: The folder that holds ``fa.po`` and ``en.po``.
        lang: The language.

    Returns:
        Its words.

    Raises:
        ValueError: If the catalogue is not well formed.
    """
    from babel.messages.pofile import PoFileError, read_po  # takes 50 ms, and most commands say nothing

    path = folder / f"{lang}.po"
    with path.open("rb") as file:
        try:
            catalogue = read_po(file, locale=lang, abort_invalid=True)
        except PoFileError as error:
            raise ValueError(f"{path}: {error}; mend the catalogue of messages") from error
    messages: dict[str, str] = {}
    for message in catalogue:
        if isinstance(message.id, str):
            messages[message.id] = str(message.string)
        else:  # a counted message: its id stands in both places, its forms in the order of the catalogue
            texts = zip(FORMS, tuple(message.string or ()), strict=True)
            messages.update({f"{message.id[0]}.{form}": text for form, text in texts})
    messages.pop("", None)  # the head of the file
    return Words(lang, messages, gettext.c2py(catalogue.plural_expr))


@cache
def view_words(lang: Lang) -> Words:
    """Return the words of the graph page.

    Args:
        lang: The language.

    Returns:
        Its words.
    """
    return read_words(Path(__file__).parent / "locale", lang)
