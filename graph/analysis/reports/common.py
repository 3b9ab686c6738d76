"""What the reports of several analyses share: options, columns, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.analysis.analyst import WAY_WORDS, WAYS, Analyst
from graph.analysis.options import Option
from graph.analysis.report import Column, Report
from graph.analysis.words import Words, say
from graph.query.question_library import Lang


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis that can be asked for by name.

    Attributes:
        key: Its name.
        title: What it answers.
        says: How to read it.
        options: What it can be told.
        make: Makes the report from the catalogue and the values of the options.
        brief: Writes a paper of its own to hand over, in a language and as ``markdown`` or ``html``; empty
            when the values ask for none.
    """

    key: str
    title: Words
    says: Words
    options: tuple[Option, ...]
    make: Callable[[Analyst, Mapping[str, Any]], Report]
    brief: Callable[[Analyst, Mapping[str, Any], Lang, str], str] | None = None


WAYS_OPTION = Option(
    "involved",
    "choices",
    "named",
    Words("Who counts as taking part", "چه کسی شریک شمرده شود"),
    WAYS,
    words=WAY_WORDS,
)
NO_COPIES = Option(
    "no-copies",
    "flag",
    "no",
    Words(
        "Leave out partner lists that stand word for word in an earlier form",
        "بدون فهرست‌های همکاری که واژه به واژه در شناسنامه‌ای پیشین آمده",
    ),
)
MOST = Option("most", "integer", "25", Words("Rows of each table", "شمار ردیف‌های هر جدول"), least=1)


def rest(total: int, most: int) -> int | None:
    """What a table that shows the first rows says of all of them.

    Example:
        >>> rest(30, 25), rest(25, 25)
        (30, None)
    """
    return total if total > most else None


def col(key: str, kind: str, en: str, fa: str) -> Column:
    """A column, in one line."""
    return Column(key, Words(en, fa), kind)  # type: ignore[arg-type]


def ways_note(ways: Iterable[str], *, no_copies: bool) -> tuple[Words, ...]:
    """What was counted as taking part, in a sentence; the choice is never silent."""
    chosen = [WAY_WORDS[way] for way in WAYS if way in set(ways)]
    counted = Words("; ".join(w.en for w in chosen), "؛ ".join(w.fa for w in chosen))
    notes = [say("Counted as taking part: {what}.", "شریک شمرده شده: {what}.", what=counted)]
    if no_copies:
        notes.append(
            Words(
                "Partner lists that stand word for word in an earlier form are left out.",
                "فهرست‌های همکاری که واژه به واژه در شناسنامه‌ای پیشین آمده کنار گذاشته شده.",
            )
        )
    return tuple(notes)


def told(options: Iterable[Option], values: Mapping[str, Any]) -> dict[str, str]:
    """The values of the options as text, for the report."""
    found = {}
    for option in options:
        value = values[option.name.replace("-", "_")]
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        found[option.name] = {"True": "yes", "False": "no"}.get(text, text) if option.kind == "flag" else text
    return found
