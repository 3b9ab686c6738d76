"""The report on a what-if: what is lost or weakened when things are taken away, or what each would cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.brief import as_html, as_markdown
from graph.analysis.brief_page import documents_of
from graph.analysis.brief_words import EVIDENCE, POOLS, WORDS, code_words, place_words
from graph.analysis.dependency import dependency_graph
from graph.analysis.dependency_reasons import REASONS
from graph.analysis.dependency_shape import Link
from graph.analysis.impact import REMOVABLE, impact
from graph.analysis.impact_model import Affected, Impact
from graph.analysis.impact_single import single_removals
from graph.analysis.options import Option
from graph.analysis.report import Report, Table
from graph.analysis.reports.common import MOST, NO_COPIES, Analysis, col, rest, told
from graph.analysis.words import Words, say
from graph.query.question_library import Lang

OPTIONS = (
    Option(
        "without",
        "things",
        "",
        Words(
            "What to take away: agencies, instruments, forms, processes; nothing: each in turn",
            "چه برداشته شود: نهاد، سند، فرم، فرایند؛ هیچ: یک به یک",
        ),
        kinds=REMOVABLE,
    ),
    NO_COPIES,
    MOST,
)
_STATES = {True: Words("lost", "از دست رفته"), False: Words("weakened", "ضعیف شده")}


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    needs = dependency_graph(analyst.graph, weak=not values["no_copies"])
    notes = [WORDS[key] for key in ("about", "def-lost", "def-weakened", "def-silent", "def-copied")]
    if values["without"]:
        result = what_if(analyst, values, needs)
        labels = analyst.labels
        taken = Words(
            ", ".join(labels.named(one).label("en") for one in result.removed),
            "، ".join(labels.named(one).label("fa") for one in result.removed),
        )
        notes.insert(0, say("Taken away: {what}.", "برداشته شده: {what}.", what=taken))
        parts: tuple[Table, ...] = (_affected(result, analyst), _only(result))
    else:
        parts = (_singles(analyst, needs, values["most"]),)
    return Report(
        ANALYSIS.key,
        ANALYSIS.title,
        ANALYSIS.says,
        parts,
        analyst.edition,
        told(OPTIONS, values),
        tuple(notes),
    )


def what_if(analyst: Analyst, values: Mapping[str, Any], needs: Any = None) -> Impact:
    """The what-if itself, for a brief.

    Args:
        analyst: The catalogue.
        values: Values of the options.
        needs: The graph of needs, where it is there already.

    Returns:
        What is reached, and how.
    """
    graph = dependency_graph(analyst.graph, weak=not values["no_copies"]) if needs is None else needs
    return impact(graph, analyst.things(values["without"], REMOVABLE), progress=analyst.progress)


def _affected(result: Impact, analyst: Analyst) -> Table:
    documents = documents_of(result)
    only = documents[0] if len(documents) == 1 else ""
    rows = tuple(
        (one.generation, one.thing, _STATES[one.lost], _losses(one, analyst), _path(one.path, analyst, only))
        for one in result.affected
    )
    return Table(
        "affected",
        Words("What is lost or weakened, in order", "آنچه از دست می‌رود یا ضعیف می‌شود، به ترتیب"),
        say(
            "{lost} lost, {weak} weakened. The order is the number of steps from what was taken away.",
            "{lost} از دست رفته، {weak} ضعیف شده. ترتیب، شمار گام‌ها از آن چیزی است که برداشته شد.",
            lost=len(result.lost),
            weak=len(result.weakened),
        ),
        (
            col("order", "number", "Order", "نوبت"),
            col("thing", "thing", "What", "چه"),
            col("state", "words", "Becomes", "چه می‌شود"),
            col("losses", "words", "What it loses", "چه را از دست می‌دهد"),
            col("path", "words", "By which path", "از کدام راه"),
        ),
        rows,
    )


def _losses(one: Affected, analyst: Analyst) -> Words:
    """Pool by pool what is gone and what is left; pools that are only shaken are said by the path."""
    parts = []
    for loss in one.losses:
        if not loss.gone:
            continue
        pool = code_words("agency-kind").get(loss.kind, POOLS[loss.pool]) if loss.kind else POOLS[loss.pool]
        names = [analyst.labels.named(iri) for iri in loss.gone]
        left = say("{n} left", "{n} می‌ماند", n=len(loss.left))
        parts.append(
            Words(
                f"{pool.en}: {', '.join(name.label('en') for name in names)} ({left.en})",
                f"{pool.fa}: {'، '.join(name.label('fa') for name in names)} ({left.fa})",
            )
        )
    return Words("; ".join(p.en for p in parts), "؛ ".join(p.fa for p in parts))


def _path(path: tuple[Link, ...], analyst: Analyst, only_document: str) -> Words:
    parts = []
    for link in path:
        name, reason = analyst.labels.named(link.needs), REASONS[link.reason].label
        grade = EVIDENCE[link.evidence]
        lines = place_words(link.lines, only_document)
        parts.append(
            Words(
                f"{reason.en} {name.label('en')} ({', '.join(filter(None, (grade.en, lines.en)))})",
                f"{reason.fa} {name.label('fa')} ({'، '.join(filter(None, (grade.fa, lines.fa)))})",
            )
        )
    return Words(" → ".join(p.en for p in parts), " ← ".join(p.fa for p in parts))


def _only(result: Impact) -> Table:
    kinds = code_words("agency-kind")
    rows = tuple(
        (one.process, kinds.get(one.kind, Words(one.kind, one.kind)), one.gone, one.weak)
        for one in result.only_partners
    )
    return Table(
        "only-partners",
        WORDS["only"],
        Words(
            "The form names no other partner of this kind.",
            "شناسنامه همکار دیگری از این گونه نام نبرده است.",
        ),
        (
            col("process", "thing", "Process", "فرایند"),
            col("kind", "words", "Kind of partner", "گونه همکار"),
            col("gone", "things", "Gone", "رفته"),
            col("copied", "text", "Copied list", "فهرست رونوشت"),
        ),
        rows,
    )


def _singles(analyst: Analyst, needs: Any, most: int) -> Table:
    found = single_removals(needs, progress=analyst.progress)
    return Table(
        "single-removals",
        Words("What each thing would cost", "نبود هر چیز چه می‌برد"),
        Words(
            "Each thing taken away by itself: the single points of failure come first.",
            "هر چیز به تنهایی برداشته می‌شود: آنچه نبودش بیش از همه می‌برد نخست می‌آید.",
        ),
        (
            col("thing", "thing", "Without", "بی"),
            col("lost", "number", "Lost", "از دست رفته"),
            col("only", "number", "Processes without a partner of a kind", "فرایند بی همکار از یک گونه"),
            col("weakened", "number", "Weakened", "ضعیف شده"),
        ),
        tuple((one.thing, one.lost, one.only_partners, one.weakened) for one in found[:most]),
        rest(len(found), most),
    )


def brief(analyst: Analyst, values: Mapping[str, Any], lang: Lang, format_name: str) -> str:
    """The what-if as a paper to hand over; nothing when nothing is taken away."""
    if not values["without"]:
        return ""
    needs = dependency_graph(analyst.graph, weak=not values["no_copies"])
    result = what_if(analyst, values, needs)
    return (as_html if format_name == "html" else as_markdown)(result, needs, lang)


ANALYSIS = Analysis(
    "impact",
    Words("What if something is taken away?", "اگر چیزی برداشته شود چه می‌شود؟"),
    Words(
        "What is lost or weakened, in which order and by which path; or, without a choice, what each thing "
        "would cost.",
        "چه از دست می‌رود یا ضعیف می‌شود، به چه ترتیب و از کدام راه؛ یا بی گزینش، نبود هر چیز چه می‌برد.",
    ),
    OPTIONS,
    report,
    brief,
)
