"""What an analysis can be told: one description for the command line, for programs and for pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.analysis.report import AnalysisError
from graph.digits import persian_digits
from graph.query.question_library import Words

OptionKind = Literal["integer", "share", "flag", "choice", "choices", "things", "text"]
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that an analysis can be told.

    Attributes:
        name: Its name; a dash becomes an underscore where Python needs one.
        kind: ``integer``; ``share``: a number from 0 to 1; ``flag``; ``choice``; ``choices``: several of
            ``among``, with commas; ``things``: words for things of the catalogue; ``text``.
        default: What counts when it is not told.
        label: What it means.
        among: What there is to choose from.
        least: Smallest integer.
        kinds: Kinds of things to choose from, for ``things``; empty for all.
        words: What the words of ``among`` mean, for people; those without an entry speak for themselves.
    """

    name: str
    kind: OptionKind
    default: str
    label: Words
    among: tuple[str, ...] = ()
    least: int = 0
    kinds: tuple[str, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)


def values_of(options: Sequence[Option], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Read what an analysis was told.

    Args:
        options: What it can be told.
        given: Texts by name; ``things`` may be given several times.

    Returns:
        A value for each option by its name with underscores: an int, a float, a bool, a text, or a tuple.

    Raises:
        AnalysisError: when a name or a text is wrong; it says what would be right.

    Example:
        >>> least = Option("least", "integer", "2", Words("At least", "دست کم"))
        >>> values_of([least], {"least": ["۵"]}), values_of([least], {})
        ({'least': 5}, {'least': 2})
    """
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            there = f"there is {', '.join(known)}" if known else "it takes none"
            there_fa = f"گزینه‌ها: {'، '.join(known)}" if known else "هیچ گزینه‌ای ندارد"
            raise AnalysisError(f'there is no option "{name}"; {there}', f"گزینه «{name}» نیست؛ {there_fa}")
    return {
        name.replace("-", "_"): _value(option, list(given.get(name, ()))) for name, option in known.items()
    }


def _value(option: Option, texts: list[str]) -> Any:
    if option.kind in ("things", "choices"):
        default = [option.default] if option.default else []
        parts = [part.strip() for text in texts or default for part in text.split(",")]
        wanted = tuple(part for part in dict.fromkeys(parts) if part)
        for part in wanted if option.kind == "choices" else ():
            _check(option, part)
        if option.kind == "choices" and option.default and not wanted:
            raise AnalysisError(
                f"{option.name}: choose at least one of {', '.join(option.among)}",
                f"{option.label.fa}: دست کم یکی را برگزینید",
            )
        return wanted
    text = texts[-1].strip() if texts else option.default
    if option.kind == "integer":
        return _integer(option, text)
    if option.kind == "share":
        return _share(option, text)
    if option.kind == "flag":
        if text.lower() not in _YES | _NO:
            raise AnalysisError(
                f'{option.name} is yes or no, not "{text}"',
                f"{option.label.fa}: yes (بله) یا no (نه) بنویسید، نه «{text}»",
            )
        return text.lower() in _YES
    if option.kind == "choice":
        _check(option, text)
    return text


def _check(option: Option, text: str) -> None:
    if text not in option.among:
        among = "، ".join(option.among)
        raise AnalysisError(
            f'{option.name} is one of {", ".join(option.among)}, not "{text}"',
            f"{option.label.fa}: یکی از {among} را بنویسید، نه «{text}»",
        )


def _integer(option: Option, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < option.least:
        raise AnalysisError(
            f'{option.name} is a whole number from {option.least}, not "{text}"',
            f"{option.label.fa}: شماره‌ای از {persian_digits(str(option.least))} به بالا بنویسید، نه «{text}»",
        )
    return int(text)


def _share(option: Option, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise AnalysisError(
            f'{option.name} is a number from 0 to 1, not "{text}"',
            f"{option.label.fa}: عددی از ۰ تا ۱ بنویسید، نه «{text}»",
        )
    return value
