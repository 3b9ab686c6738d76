"""The report on meetings: which bodies sit together, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.incidence import Incidence
from graph.analysis.lattice import lattice_of
from graph.analysis.meetings import Meetings, meetings, together
from graph.analysis.meetings_words import MEANINGS, how_far
from graph.analysis.options import Option
from graph.analysis.report import AnalysisError, Report, Table
from graph.analysis.reports.common import MOST, NO_COPIES, WAYS_OPTION, Analysis, col, rest, told, ways_note
from graph.analysis.words import Words, say

_BODIES = ("agency", "collective")
OPTIONS = (
    Option(
        "bodies",
        "things",
        "",
        Words("Where these bodies sit together", "این نهادها کجا کنار هم‌اند"),
        kinds=_BODIES,
    ),
    Option(
        "least-processes",
        "integer",
        "3",
        Words(
            "Groups that meet in at least so many processes",
            "گروه‌هایی که دست کم در این شمار فرایند کنار هم‌اند",
        ),
        least=1,
    ),
    Option(
        "least-bodies",
        "integer",
        "3",
        Words("Groups of at least so many bodies", "گروه‌هایی که دست کم این شمار نهاد دارند"),
        least=1,
    ),
    WAYS_OPTION,
    NO_COPIES,
    MOST,
)


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    table = analyst.agencies(values["involved"], copies=not values["no_copies"])
    found = meetings(
        table,
        min_support=values["least_processes"],
        min_group=values["least_bodies"],
        progress=analyst.progress,
    )
    parts = [_groups(found, values["most"])]
    if values["bodies"]:
        chosen = analyst.things(values["bodies"], _BODIES)
        parts = [_where(table, chosen, analyst), *parts]
    notes = (
        *ways_note(values["involved"], no_copies=values["no_copies"]),
        how_far(found),
        MEANINGS["stability"],
    )
    return Report(
        ANALYSIS.key,
        ANALYSIS.title,
        ANALYSIS.says,
        tuple(parts),
        analyst.edition,
        told(OPTIONS, values),
        notes,
    )


def _groups(found: Meetings, most: int) -> Table:
    rows = tuple(
        (
            number,
            one.meeting.agencies,
            len(one.meeting.agencies),
            one.meeting.support,
            len(one.meeting.solid),
            one.meeting.stability.value,
            one.meeting.processes,
            _numbers(one.parents),
            _numbers(one.children),
        )
        for number, one in enumerate(lattice_of(found).places[:most], 1)
    )
    return Table(
        "groups",
        Words("Groups that meet", "گروه‌هایی که کنار هم می‌نشینند"),
        Words(
            "Largest groups of bodies with all the processes where they sit together. The last columns lead "
            "through their order: to smaller groups that meet more often, to larger ones that meet less.",
            "بزرگ‌ترین گروه‌های نهادها با همه فرایندهایی که در آن کنار هم‌اند. ستون‌های پایانی در ترتیب آنها "
            "راه می‌برند: به گروه‌های کوچک‌تر که بیشتر کنار هم‌اند و به گروه‌های بزرگ‌تر که کمتر.",
        ),
        (
            col("number", "number", "No.", "شماره"),
            col("bodies", "things", "Bodies", "نهادها"),
            col("size", "number", "How many", "شمار نهادها"),
            col("count", "number", "Processes", "شمار فرایندها"),
            col("solid", "number", "Without copied lists", "بدون فهرست رونوشت"),
            col("stability", "number", "Stability", "پایداری"),
            col("processes", "things", "Where", "کجا"),
            col("above", "text", "Smaller groups", "گروه‌های کوچک‌تر"),
            col("below", "text", "Larger groups", "گروه‌های بزرگ‌تر"),
        ),
        rows,
        rest(len(found.found), most),
    )


def _numbers(positions: tuple[int, ...]) -> str:
    """Numbers of groups in the table, which counts from one."""
    return " ".join(str(position + 1) for position in positions)


def _where(table: Incidence, chosen: tuple[str, ...], analyst: Analyst) -> Table:
    absent = [one for one in chosen if one not in table.column_number]
    if absent:
        name = analyst.labels.named(absent[0])
        raise AnalysisError(
            f"{name.id} ({name.label('en')}) takes part in no process in the way that was chosen; "
            "see the option involved",
            f"«{name.label('fa')}» ({name.id}) با این گزینش در هیچ فرایندی نیست؛ "
            "گزینه «چه کسی شریک شمرده شود» را ببینید",
        )
    found = together(table, chosen)
    exactly, solid = frozenset(found.exactly), frozenset(found.solid)
    rows = tuple(
        (
            process,
            process in exactly,
            process in solid,
            tuple(sorted(table.columns_of(process) - frozenset(chosen))),
        )
        for process in found.at_least
    )
    with_them = Words(
        ", ".join(analyst.labels.named(one).label("en") for one in found.always_with) or "nobody",
        "، ".join(analyst.labels.named(one).label("fa") for one in found.always_with) or "هیچ کس",
    )
    return Table(
        "where",
        Words("Where the chosen bodies sit together", "جایی که نهادهای برگزیده کنار هم‌اند"),
        say(
            "{n} processes name all of them; {exactly} of these name nobody else. "
            "Always with them: {others}.",
            "{n} فرایند همه آنها را نام برده؛ {exactly} تای آنها کس دیگری را نام نبرده. "
            "همیشه همراه آنها: {others}.",
            n=len(found.at_least),
            exactly=len(exactly),
            others=with_them,
        ),
        (
            col("process", "thing", "Process", "فرایند"),
            col("exactly", "text", "Nobody else", "تنها همین‌ها"),
            col("solid", "text", "Without copied list", "بدون فهرست رونوشت"),
            col("others", "things", "Others there", "دیگران"),
        ),
        rows,
    )


ANALYSIS = Analysis(
    "meetings",
    Words("Who meets whom, and where?", "چه کسانی کنار هم می‌نشینند و کجا؟"),
    Words(
        "A group is listed when no further body sits in all of its processes and no further process has all "
        "of its bodies.",
        "گروهی می‌آید که نهاد دیگری در همه فرایندهایش نباشد و فرایند دیگری همه نهادهایش را نداشته باشد.",
    ),
    OPTIONS,
    report,
)
