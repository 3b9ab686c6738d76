"""What the matrix of processes and bodies can be told."""

from __future__ import annotations

from graph.analysis.brief_words import code_words
from graph.analysis.matrix import ARRANGEMENTS, BODIES, PROCESSES
from graph.analysis.options import Option
from graph.analysis.reports.common import NO_COPIES, WAYS_OPTION
from graph.analysis.words import Words

#: Kinds of bodies to choose from; a group that a form names is none of the kinds of agencies.
KINDS = (*code_words("agency-kind"), "group")
KIND_WORDS = {**code_words("agency-kind"), "group": Words("group that forms name", "گروه")}
_ORDER_WORDS = {
    "likeness": Words("what is alike side by side", "همانندها کنار هم"),
    "count": Words("the fullest first", "پرترین‌ها نخست"),
    "id": Words("by id", "به ترتیب شناسه"),
}
#: Kinds of things that have a seat in a process.
SEATED = ("agency", "collective")
OPTIONS = (
    WAYS_OPTION,
    NO_COPIES,
    Option(
        "kind",
        "choices",
        "",
        Words("Only bodies of these kinds", "تنها نهادهای این گونه‌ها"),
        KINDS,
        words=KIND_WORDS,
    ),
    Option("order", "choice", "likeness", Words("Order", "ترتیب"), ARRANGEMENTS, words=_ORDER_WORDS),
    Option("swap", "flag", "no", Words("Bodies in the rows", "نهادها در سطرها")),
    Option(
        "bodies",
        "things",
        "",
        Words("What these bodies share", "این نهادها چه مشترک دارند"),
        kinds=SEATED,
    ),
    Option(
        "processes",
        "things",
        "",
        Words("What these processes share", "این فرایندها چه مشترک دارند"),
        kinds=("process",),
    ),
    Option("from-process", "integer", "1", Words("First process shown", "نخستین فرایند نشان‌داده"), least=1),
    Option("from-body", "integer", "1", Words("First body shown", "نخستین نهاد نشان‌داده"), least=1),
    Option("most", "integer", str(PROCESSES), Words("Processes shown", "شمار فرایندها"), least=1),
    Option("most-bodies", "integer", str(BODIES), Words("Bodies shown", "شمار نهادها"), least=1),
)
