"""Why groups of processes are these groups, in both languages."""

from __future__ import annotations

from graph.analysis.clusters import LIKE, NEIGHBOURS, Clusters
from graph.analysis.words import Words, say

#: Mean silhouette up to which groups have no substantial structure (Kaufman and Rousseeuw, "Finding groups in
#: data" (1990), table 4 of chapter 2).
VAGUE = 0.25


def cut_reason(result: Clusters) -> Words:
    """Why the groups are these, in a few sentences.

    Args:
        result: The groups.

    Returns:
        The sentences.
    """
    if result.method == "neighbours":
        return say(
            "There are too many processes for a tree. Each is joined to the {n} most like it by bodies, if "
            "they are alike by {like:.0%} or more.",
            "شمار فرایندها برای درخت زیاد است. هر فرایند به {n} فرایندی پیوسته که از نظر دستگاه‌ها بیش از "
            "همه همانند آن است، اگر همانندی دست کم {like:.0%} باشد.",
            n=NEIGHBOURS,
            like=LIKE,
        )
    if result.cut is None:
        return Words("Too few processes to group.", "شمار فرایندها برای گروه بندی کم است.")
    nothing = Words("", "")
    tried = say(
        ", the highest of {tried} cuts tried", "، بیشترین در میان {tried} برش آزموده", tried=len(result.cuts)
    )
    vague = Words(
        " At {vague} or less groups are not clear-cut.", " در {vague} یا کمتر، گروه‌ها مرز روشنی ندارند."
    )
    return say(
        "Cut at distance {distance:.2f}{given}, which gives {groups} groups, single processes included: mean "
        "silhouette {silhouette:.2f}{tried}.{vague} The tree keeps the distances with a correlation of "
        "{cophenetic:.2f}.",
        "برش در فاصله {distance:.2f}{given} که با احتساب فرایندهای تنها {groups} گروه می‌دهد: میانگین سیلوئت "
        "{silhouette:.2f}{tried}.{vague} همبستگی درخت با فاصله‌ها {cophenetic:.2f} است.",
        given=Words(" as asked", " چنان که خواسته شد") if result.given else nothing,
        tried=nothing if result.given else tried,
        vague=say(vague.en, vague.fa, vague=VAGUE) if result.cut.silhouette <= VAGUE else nothing,
        distance=result.cut.distance,
        groups=result.cut.groups,
        silhouette=result.cut.silhouette,
        cophenetic=result.cophenetic,
    )
