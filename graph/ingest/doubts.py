"""Doubts: what a reviewer should look at, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

REASONS: dict[str, tuple[str, str]] = {
    "order": (
        "the words may stand in another order",
        "ترتیب واژه‌ها ممکن است جز این باشد",
    ),
    "order-repaired": (
        "the order of words was repaired and another order is nearly as likely",
        "ترتیب واژه‌ها بازسازی شده و ترتیب دیگری هم نزدیک به همین اندازه محتمل است",
    ),
    "scattered": (
        "the label stands in the middle of the value, which was put together from its pieces",
        "برچسب در میان متن افتاده و متن از تکه‌هایش دوباره ساخته شده است",
    ),
    "not-jalali": (
        "«{}» is not a date of the Jalali calendar",
        "«{}» تاریخی در تقویم هجری شمسی نیست",
    ),
    "two-digit-year": (
        "the year has two digits; the century is our reading",
        "سال دو رقمی است و سده برداشت ماست",
    ),
    "two-ticks": (
        "more than one box is ticked",
        "بیش از یک خانه علامت خورده است",
    ),
    "tick-follows": (
        "the tick stands between two choices; the box is taken to follow its label",
        "علامت میان دو گزینه است و خانه پس از برچسب خود گرفته شده است",
    ),
    "tick-precedes": (
        "the tick stands between two choices; on this form the box is taken to precede its label",
        "علامت میان دو گزینه است و در این فرم خانه پیش از برچسب خود گرفته شده است",
    ),
    "tick-either": (
        "a tick between two choices may belong to either",
        "علامتی که میان دو گزینه است ممکن است از آن هر یک باشد",
    ),
    "tick-edge": (
        "the tick stands at the edge of the line and has one choice beside it",
        "علامت در کنار سطر است و تنها یک گزینه در کنار دارد",
    ),
    "tick-column": (
        "a tick whose column the text cannot tell",
        "علامتی که ستون آن از متن روشن نیست",
    ),
    "label-missing": (
        "the label «{}» was not found: the form may be cut off or its label damaged",
        "برچسب «{}» پیدا نشد: شاید فرم ناتمام یا برچسب آسیب دیده باشد",
    ),
    "stage-missing": (
        "the stage «{}» was not found: the form may be cut off or its label damaged",
        "مرحله «{}» پیدا نشد: شاید فرم ناتمام یا برچسب آسیب دیده باشد",
    ),
    "section-missing": (
        "section {} was not found: the form may be cut off",
        "بخش {} پیدا نشد: شاید فرم ناتمام باشد",
    ),
    "tatweel": (
        "a tatweel that stands alone for a dash was left out, as every tatweel is",
        "کشیده‌ای که به جای خط تیره آمده، مانند هر کشیده، کنار گذاشته شده است",
    ),
    "list-and": (
        "«and» was taken to part two items of a list",
        "«و» جداکننده دو قلم از فهرست گرفته شده است",
    ),
    "column": (
        "words whose column the text cannot tell",
        "واژه‌هایی که ستون آنها از متن روشن نیست",
    ),
    "loose-step": (
        "text before the first numbered step",
        "متنی پیش از نخستین گام شماره دار",
    ),
    "step-numbers": (
        "the printed numbers of the steps are {}",
        "شماره‌های چاپ شده گام‌ها {} است",
    ),
    "no-form": (
        "no form follows the index: the document may be cut off",
        "پس از فهرست فرمی نیامده است: شاید سند ناتمام باشد",
    ),
}
"""Code of a reason to its sentence in English and in Persian; braces take the argument."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reviewer should look at.

    Attributes:
        field: The field of the contract of reading.
        code: Why, a key of `REASONS`.
        line: Line of the document.
        alternatives: Other readings.
        about: What the reason's sentence speaks of, if anything.

    Example:
        >>> Doubt("steps", "section-missing", 90, about="9").reason
        'section 9 was not found: the form may be cut off'
    """

    field: str
    code: str
    line: int
    alternatives: tuple[str, ...] = ()
    about: str = ""

    @property
    def reason(self) -> str:
        """The reason as an English sentence."""
        return REASONS[self.code][0].format(self.about)

    @property
    def reason_fa(self) -> str:
        """The reason as a Persian sentence."""
        return REASONS[self.code][1].format(self.about)

    def as_dict(self) -> dict[str, object]:
        """The doubt as the contract of reading writes it."""
        return {
            "field": self.field,
            "reason": self.reason,
            "alternatives": list(self.alternatives),
            "line": self.line,
        }
