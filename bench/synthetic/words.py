"""Names and words. A name is three made-up syllables and an ending that no real body has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

_SYLLABLES = [
    (latin + vowel, persian + letter)
    for latin, persian in [
        ("b", "ب"), ("d", "د"), ("g", "گ"), ("j", "ج"), ("k", "ک"), ("l", "ل"), ("m", "م"), ("n", "ن"),
        ("p", "پ"), ("r", "ر"), ("t", "ت"), ("v", "و"), ("z", "ز"),
    ]
    for vowel, letter in [("a", "ا"), ("i", "ی"), ("u", "و")]
]  # fmt: skip
_ENDING = ("zhk", "ژک")  # no Persian word and no English one ends so: nobody takes the name for a real one


class Word(NamedTuple):
    """One name in both scripts."""

    en: str
    fa: str


def name(number: int, salt: int = 0) -> Word:
    """The made-up name with a number; two numbers below 59,319 never share one.

    Args:
        number: Which name.
        salt: Another value gives another order of the names, so that kinds of things differ.

    Example:
        >>> name(0), name(1) != name(2)
        (Word(en='Bababazhk', fa='باباباژک'), True)
    """
    count = len(_SYLLABLES)
    left = (number * 7919 + salt * 104729) % count**3  # 7919 and 39**3 have no common factor
    parts = [_SYLLABLES[left // count**power % count] for power in range(3)]
    extra = [_SYLLABLES[number // count**3 % count]] if number >= count**3 else []
    latin = "".join(part[0] for part in [*parts, *extra]) + _ENDING[0]
    return Word(latin.capitalize(), "".join(part[1] for part in [*parts, *extra]) + _ENDING[1])


class Zipf:
    """Draws places 0, 1, 2 ... so that place r comes up in proportion to 1 / (r + 1) ** exponent.

    Args:
        size: How many places there are.
        exponent: Zipf's exponent; 1 is his law (Zipf, Human Behavior and the Principle of Least Effort,
            1949).

    Example:
        >>> Zipf(1).draw(Random(1))
        0
    """

    def __init__(self, size: int, exponent: float = 1.0) -> None:
        self._places = range(size)
        self._weights = list(accumulate((place + 1) ** -exponent for place in self._places))

    def draw(self, random: Random) -> int:
        """One place."""
        return random.choices(self._places, cum_weights=self._weights)[0]


class Weighted:
    """Draws one of several words with given weights.

    Example:
        >>> Weighted({"a": 1, "b": 0}).draw(Random(1))
        'a'
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._words: Sequence[str] = list(weights)
        self._weights = list(accumulate(weights.values()))

    def draw(self, random: Random) -> str:
        """One of the words."""
        return random.choices(self._words, cum_weights=self._weights)[0]


# What forms speak of: plain words that name nobody.
VERBS = [
    Word("Handling of", "انجام امور"), Word("Review of", "بررسی"), Word("Co-ordination of", "هماهنگی"),
    Word("Licensing of", "صدور پروانه"), Word("Inspection of", "بازدید از"),
    Word("Planning of", "برنامه ریزی"),
    Word("Registration of", "ثبت"), Word("Follow-up of", "پیگیری"), Word("Evaluation of", "ارزیابی"),
    Word("Renewal of", "تمدید"), Word("Meetings on", "برگزاری جلسات"), Word("Reports on", "گزارش"),
]  # fmt: skip
NOUNS = [
    Word("works", "کارهای"), Word("stores", "انبارهای"), Word("roads", "راه های"), Word("plans", "طرح های"),
    Word("complaints", "شکایت های"), Word("permits", "مجوزهای"), Word("contracts", "قراردادهای"),
    Word("fairs", "نمایشگاه های"), Word("gatherings", "گردهمایی های"), Word("wells", "چاه های"),
    Word("grants", "کمک های"), Word("exams", "آزمون های"), Word("seasonal workers", "کارگران فصلی"),
    Word("archives", "بایگانی های"), Word("workshops", "کارگاه های"), Word("crossings", "گذرگاه های"),
]  # fmt: skip
STEPS = {
    "receive-request": "دریافت تقاضا", "receive-directive": "دریافت دستور", "invite": "تنظیم دعوتنامه",
    "meet": "تشکیل جلسه", "study": "بررسی و تجزیه", "coordinate": "ایجاد هماهنگی", "approve": "تصویب",
    "minute": "تنظیم صورت نشست", "notify": "ابلاغ مصوبه", "implement": "اجرای تصمیم", "inspect": "بازدید",
    "follow-up": "پیگیری مصوبه", "evaluate": "ارزیابی نتیجه", "report-up": "ارسال گزارش",
    "plan": "تهیه برنامه",
    "respond": "پاسخ به متقاضی",
}  # fmt: skip
