"""What the numbers of a meeting mean for a planner, and what a cut list holds, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analysis.meetings import Meeting, Meetings
from graph.analysis.words import Words, say

__all__ = ["MEANINGS", "how_far", "in_words"]

#: One sentence for each number of a meeting.
MEANINGS: Mapping[str, Words] = {
    "agencies": Words(
        "The bodies that sit together; no further body sits in all of these processes.",
        "دستگاه‌هایی که کنار هم می‌نشینند؛ هیچ دستگاه دیگری در همه این فرایندها نیست.",
    ),
    "support": Words(
        "In so many processes all of these bodies sit together; no other process has them all.",
        "شمار فرایندهایی که همه این دستگاه‌ها در آن کنار هم می‌نشینند؛ هیچ فرایند دیگری همه آنها را ندارد.",
    ),
    "solid": Words(
        "In so many of them each of these bodies is named by the form's own list, not only by a list that is "
        "copied from another form.",
        "در این شمار از آنها نام هر یک از این دستگاه‌ها در فهرست خود فرم است، نه تنها در فهرستی که از فرم "
        "دیگر رونوشت شده است.",
    ),
    "stability": Words(
        "How little the group hangs on single processes: the chance that the very same group is found when "
        "each of its processes is dropped or kept by the toss of a coin.",
        "گروه چه اندازه به تک تک فرایندها وابسته نیست: احتمال این که اگر هر فرایند آن با پرتاب سکه کنار برود "
        "یا بماند، باز همین گروه به دست آید.",
    ),
}

_METHODS: Mapping[str, Words] = {
    "exact": Words("exact", "دقیق"),
    "bounds": Words("certain to within {error:.1g}", "با خطای حداکثر {error:.1g}"),
    "sampled": Words(
        "estimated from a sample, off by at most {error:.2f} with a chance of 99%",
        "برآورد از نمونه، با احتمال ۹۹٪ با خطای حداکثر {error:.2f}",
    ),
}


def in_words(meeting: Meeting) -> Words:
    """Say in a sentence how many sit together, how often, and how firm that is.

    Args:
        meeting: A meeting.

    Returns:
        The sentence.

    Example:
        >>> from graph.analysis.incidence import Incidence
        >>> from graph.analysis.meetings import meetings
        >>> table = Incidence.of({"P1": "ab", "P2": "ab"}, weak=[("P2", "a")])
        >>> in_words(meetings(table).found[0]).en.split("; ")[1]
        'stability 1.00 (exact).'
    """
    firm = meeting.stability
    method = _METHODS[firm.method]
    return say(
        "Bodies: {n}. They sit together in {support} of the processes, in {solid} without a copied list; "
        "stability {value:.2f} ({how}).",
        "{n} دستگاه در {support} فرایند کنار هم می‌نشینند، در {solid} فرایند بدون فهرست رونوشت؛ "
        "پایداری {value:.2f} ({how}).",
        n=len(meeting.agencies),
        support=meeting.support,
        solid=len(meeting.solid),
        value=firm.value,
        how=say(method.en, method.fa, error=firm.error),
    )


def how_far(result: Meetings) -> Words:
    """Say what a list of meetings holds, and what a limit kept out.

    Args:
        result: Meetings as found.

    Returns:
        One or two sentences.

    Example:
        >>> from graph.analysis.incidence import Incidence
        >>> from graph.analysis.meetings import meetings
        >>> how_far(meetings(Incidence.of({"P1": "ab", "P2": "ab"}))).en
        'Every group of 2 or more bodies that sits together in 1 or more processes is here: 1 in all.'
    """
    told = say(
        "Every group of {group} or more bodies that sits together in {least} or more processes is here: "
        "{count} in all.",
        "همه گروه‌هایی که دست کم {group} دستگاه دارند و در دست کم {least} فرایند کنار هم می‌نشینند آمده‌اند: "
        "{count} گروه.",
        count=len(result.found),
        group=result.min_group,
        least=result.complete_from,
    )
    if result.complete:
        return told
    why = {
        "max_meetings": Words("the limit on the number of groups", "حد شمار گروه‌ها"),
        "seconds": Words("the limit on time", "حد زمان"),
    }[str(result.cut_by)]
    return Words(
        f"{told.en} Cut by {why.en}: groups that sit together in fewer processes are not listed.",
        f"{told.fa} بریده با {why.fa}: گروه‌هایی که در فرایندهای کمتری کنار هم می‌نشینند نیامده‌اند.",
    )
