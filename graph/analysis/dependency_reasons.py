"""Why one thing needs another: the reasons, the relations they are read from, and what it means to lose them.

Which relation counts as a need, what may stand in for what, and without what a thing stands still, is our
reading of the forms and not a statement of the document. It is kept in this one table, so that it can be
read, argued about and changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.query.question_library import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to need something.

    Attributes:
        id: Its name, and the key of the edges.
        relations: Relations of the projected graph that are read so.
        pool: Needs of one pool may stand in for each other where ``each`` is false.
        each: Whether every single need counts by itself, because nothing stands in for it.
        stops: Whether a thing is lost, and not only weakened, when nothing of the pool is left.
        label: A few words for a table: the thing in the first column ... the thing in the second.
        says: What it means, in a sentence.
    """

    id: str
    relations: tuple[str, ...]
    pool: str
    each: bool
    stops: bool
    label: Words
    says: Words


_ALL = (
    Reason(
        "input",
        ("requires",),
        "input",
        True,
        True,
        Words("needs the output of", "نیازمند خروجی"),
        Words(
            "Its documents field lists what the other process decides.",
            "در خانه مدارک آن چیزی آمده که فرایند دیگر تصمیم می‌گیرد.",
        ),
    ),
    Reason(
        "rule",
        ("follows", "hasLegalResource"),
        "rule",
        False,
        True,
        Words("rests on the instrument", "پیرو"),
        Words("Its regulations field names the instrument.", "در خانه مقررات آن همین سند نام برده شده است."),
    ),
    Reason(
        "issuer-rules",
        ("governedByIssuer",),
        "rule",
        False,
        True,
        Words("rests on the directives of", "پیرو دستورالعمل‌های"),
        Words(
            "Its regulations field names whose directives it follows, and no single instrument.",
            "در خانه مقررات آن تنها صادرکننده دستورالعمل‌ها نام برده شده است، نه سندی معین.",
        ),
    ),
    Reason(
        "issued-by",
        ("passed_by",),
        "issuer",
        False,
        True,
        Words("is issued by", "صادرشده از"),
        Words("The body that passed the instrument.", "نهادی که سند را صادر یا تصویب کرده است."),
    ),
    Reason(
        "part-of",
        ("is_part_of",),
        "whole",
        False,
        True,
        Words("is part of", "بخشی از"),
        Words("The instrument that it is a part of.", "سندی که این بخشی از آن است."),
    ),
    Reason(
        "service-of",
        ("serviceOfProcess",),
        "service",
        False,
        True,
        Words("is a service of", "خدمتی از"),
        Words("The process that the form of the service names.", "فرایندی که شناسنامه خدمت نام برده است."),
    ),
    Reason(
        "form",
        ("usesTemplate",),
        "form",
        True,
        False,
        Words("uses the form", "با فرم"),
        Words(
            "Its forms field names the form. Processes with the same form need the form, not each other.",
            "در خانه فرم‌ها همین فرم نام برده شده است. دو فرایند با یک فرم به فرم نیاز دارند، نه به یکدیگر.",
        ),
    ),
    Reason(
        "partner",
        ("involvesAgency", "involvesCollective"),
        "partner",
        False,
        True,
        Words("has the partner", "با همکار"),
        Words(
            "Its table of partners names the body or group.",
            "در جدول همکاران آن این نهاد یا گروه نام برده شده است.",
        ),
    ),
    Reason(
        "named-in-step",
        ("mentionsAgency",),
        "step",
        True,
        False,
        Words("has a step that names", "با گامی که نام می‌برد از"),
        Words("A step of it names the body.", "گامی از آن این نهاد را نام برده است."),
    ),
    Reason(
        "reports-to",
        ("reportsTo",),
        "report",
        True,
        False,
        Words("reports upward and names", "گزارش دهنده به بالا با نام بردن از"),
        Words(
            "A step that reports upward names the body: as a rule the one that receives the report, at times "
            "the one that the report is about.",
            "گامی از گونه گزارش به بالا این نهاد را نام برده است: "
            "بیشتر گزارش گیرنده است و گاه گزارش درباره اوست.",
        ),
    ),
    Reason(
        "sub-body-of",
        ("subOrganizationOf", "unitOf", "postIn"),
        "body",
        False,
        True,
        Words("stands under", "زیر نظر"),
        Words("A body, unit or post that stands under another.", "نهاد، واحد یا پستی که زیر نهاد دیگر است."),
    ),
    Reason(
        "members-of",
        ("membersOf", "restOf"),
        "members",
        False,
        True,
        Words("is the members of", "اعضای"),
        Words("A group named by the body whose members it is.", "گروهی که به نام نهاد خود خوانده شده است."),
    ),
    Reason(
        "owner",
        ("hasCompetentAuthority", "ownerUnit"),
        "owner",
        False,
        True,
        Words("is owned by", "از آن"),
        Words("The body or unit that owns the process.", "نهاد یا واحد مالک فرایند."),
    ),
)

#: Every reason, by id.
REASONS: Mapping[str, Reason] = {reason.id: reason for reason in _ALL}
#: All but the owner: it is the same on every form, so it would tie everything to one office and say nothing.
DEFAULT_REASONS: frozenset[str] = frozenset(REASONS) - {"owner"}
#: Pools without which a thing is lost and not only weakened.
STOPS: frozenset[str] = frozenset(reason.pool for reason in _ALL if reason.stops)
#: Reason by relation of the projected graph.
BY_RELATION: Mapping[str, Reason] = {name: reason for reason in _ALL for name in reason.relations}


def chosen_reasons(ids: frozenset[str]) -> frozenset[str]:
    """Check that reasons exist.

    Args:
        ids: Ids of reasons.

    Returns:
        The same.

    Raises:
        ValueError: when there is no such reason, naming those that there are.

    Example:
        >>> sorted(chosen_reasons(frozenset({"rule", "input"})))
        ['input', 'rule']
    """
    if unknown := sorted(ids - set(REASONS)):
        raise ValueError(f'there is no reason "{unknown[0]}"; there are {", ".join(REASONS)}')
    return ids
