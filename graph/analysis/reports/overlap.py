"""The report on overlap: which processes, and which bodies, are alike, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.clusters import Clusters, clusters
from graph.analysis.clusters_words import cut_reason
from graph.analysis.incidence import Incidence
from graph.analysis.options import Option
from graph.analysis.overlap import OverlapStudy, PairTable
from graph.analysis.overlap_agencies import KIND_WORDS as BODY_WORDS
from graph.analysis.overlap_agencies import agency_pairs, agency_reason, same_sets
from graph.analysis.overlap_classes import FACETS, KINDS
from graph.analysis.overlap_findings import Finding, findings
from graph.analysis.overlap_words import FACET_WORDS, KIND_WORDS, reason_words
from graph.analysis.report import AnalysisError, Report, Table, Value
from graph.analysis.reports.common import MOST, NO_COPIES, WAYS_OPTION, Analysis, col, rest, told, ways_note
from graph.analysis.words import Words, say

OPTIONS = (
    Option(
        "class",
        "choices",
        ",".join(KINDS[:0:-1]),
        Words("Which classes of pairs", "کدام دسته‌های جفت‌ها"),
        KINDS[::-1],
        words={str(kind): said for kind, said in KIND_WORDS.items()},
    ),
    Option(
        "of",
        "things",
        "",
        Words("Only pairs with this process", "تنها جفت‌های این فرایند"),
        kinds=("process",),
    ),
    Option(
        "share",
        "choices",
        "",
        Words("Only pairs that share something of these", "تنها جفت‌هایی که از اینها چیزی مشترک دارند"),
        FACETS,
        words=FACET_WORDS,
    ),
    WAYS_OPTION,
    NO_COPIES,
    MOST,
)


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    facets = analyst.compared(values["involved"], copies=not values["no_copies"])
    study = OverlapStudy(facets, analyst.titles, progress=analyst.progress)
    chosen = analyst.things(values["of"], ("process",))
    known = frozenset(study.rows)
    for process in chosen:
        if process not in known:
            raise AnalysisError(
                f"{analyst.labels.named(process).id} has no form, so there is nothing to compare",
                f"{analyst.labels.named(process).id} شناسنامه ندارد و چیزی برای سنجش نیست",
            )
    everything = study.pairs(with_none="none" in values["class"])
    fits = everything
    for process in chosen:
        fits = fits.where(process=process)
    fits = fits.where(kinds=values["class"], shared=values["share"])
    groups = clusters(facets, progress=analyst.progress)
    parts = (
        _pairs(study, fits, values["most"], analyst),
        _same(facets["agency"]),
        _clusters(groups),
        _bodies(facets["agency"], values["most"], analyst),
    )
    return Report(
        ANALYSIS.key,
        ANALYSIS.title,
        ANALYSIS.says,
        parts,
        analyst.edition,
        told(OPTIONS, values),
        (*ways_note(values["involved"], no_copies=values["no_copies"]), *_notes(everything, groups)),
    )


def _notes(everything: PairTable, groups: Clusters) -> tuple[Words, ...]:
    counted = [
        say("{kind}: {n}", "{kind}: {n}", kind=KIND_WORDS[kind], n=everything.counts[kind])
        for kind in KINDS[::-1]
    ]
    return (
        say(
            "{n} pairs compared. {counts}.",
            "{n} جفت سنجیده شد. {counts}.",
            n=everything.compared,
            counts=Words("; ".join(w.en for w in counted), "؛ ".join(w.fa for w in counted)),
        ),
        Words(
            "The words are those of the audit guide GAO-15-49SP; from where on things are similar is our "
            "reading. A class is a candidate to look at, never a verdict.",
            "واژه‌ها از راهنمای حسابرسی GAO-15-49SP است؛ این که از کجا چیزها همانند شمرده شوند خوانش ماست. "
            "دسته، نامزدی برای نگریستن است و نه داوری.",
        ),
        cut_reason(groups),
    )


def _pairs(study: OverlapStudy, found: PairTable, most: int, analyst: Analyst) -> Table:
    names = analyst.names
    rows: list[tuple[Value, ...]] = [
        (
            one.first,
            one.second,
            KIND_WORDS[one.kind],
            one.score,
            *(len(_shared(one, facet)) for facet in FACETS),
            one.sharing("agency").jaccard,
            one.sharing("agency").containment,
            one.q,
            KIND_WORDS[one.firm_kind] if one.weak else Words("", ""),
            reason_words(one, names),
        )
        for one in islice(findings(study, found), most)
    ]
    return Table(
        "pairs",
        Words("Processes that are alike", "فرایندهای همانند"),
        Words(
            "The strongest class first. Chance: how likely so many bodies in common would be, given how "
            "common each body is, adjusted for the number of pairs.",
            "نیرومندترین دسته نخست. تصادف: احتمال این شمار نهاد مشترک با توجه به فراوانی هر نهاد، با تصحیح "
            "برای شمار جفت‌ها.",
        ),
        (
            col("first", "thing", "One", "یکی"),
            col("second", "thing", "Other", "دیگری"),
            col("class", "words", "Class", "دسته"),
            col("score", "number", "Score", "نمره"),
            *(col(facet, "number", *_heading(facet)) for facet in FACETS),
            col("jaccard", "share", "Bodies in common", "سهم نهادهای مشترک"),
            col("containment", "share", "Of the shorter list", "از فهرست کوتاه‌تر"),
            col("q", "number", "Chance", "تصادف"),
            col("without-copies", "words", "Without copied lists", "بدون فهرست رونوشت"),
            col("why", "words", "Why", "چرا"),
        ),
        tuple(rows),
        rest(len(found), most),
    )


def _shared(one: Finding, facet: str) -> tuple[object, ...]:
    return next((sharing.shared for sharing in one.sharings if sharing.facet == facet), ())


def _heading(facet: str) -> tuple[str, str]:
    words = FACET_WORDS[facet]
    return f"Shared {words.en}", f"{words.fa} مشترک"


def _same(table: Incidence) -> Table:
    rows = tuple((one.rows, len(one.rows), one.columns, one.copied) for one in same_sets(table))
    return Table(
        "same-bodies",
        Words("Processes with exactly the same bodies", "فرایندهایی با درست همان نهادها"),
        Words(
            "One list that several forms have; the last column tells which of them have it as a copy.",
            "یک فهرست که چند شناسنامه دارند؛ ستون پایانی می‌گوید کدام یک آن را به رونوشت دارد.",
        ),
        (
            col("processes", "things", "Processes", "فرایندها"),
            col("size", "number", "How many", "شمار"),
            col("bodies", "things", "Bodies", "نهادها"),
            col("copied", "things", "Copies", "رونوشت‌ها"),
        ),
        rows,
    )


def _clusters(found: Clusters) -> Table:
    rows = tuple(
        (
            one.members,
            len(one.members),
            tuple(iri for items in one.common.values() for iri, _ in items),
        )
        for one in found.found
    )
    return Table(
        "clusters",
        Words("Groups of processes", "گروه‌های فرایندها"),
        say(
            "Processes nearer to each other than to the rest; {alone} are in no group.",
            "فرایندهایی که به هم نزدیک ترند تا به دیگران؛ {alone} فرایند در هیچ گروهی نیست.",
            alone=len(found.alone),
        ),
        (
            col("processes", "things", "Processes", "فرایندها"),
            col("size", "number", "How many", "شمار"),
            col("common", "things", "What three quarters of them have", "آنچه سه چهارم آنها دارند"),
        ),
        rows,
    )


def _bodies(table: Incidence, most: int, analyst: Analyst) -> Table:
    found = agency_pairs(table)
    names = analyst.names
    rows = tuple(
        (
            one.first,
            one.second,
            BODY_WORDS[one.kind],
            len(one.shared),
            one.jaccard,
            one.q,
            agency_reason(one, names),
        )
        for one in found.found[:most]
    )
    return Table(
        "bodies",
        Words("Bodies with nearly the same processes", "نهادهایی با فرایندهای کمابیش یکسان"),
        Words("The most alike first.", "همانندترین‌ها نخست."),
        (
            col("first", "thing", "One", "یکی"),
            col("second", "thing", "Other", "دیگری"),
            col("kind", "words", "How alike", "چه اندازه همانند"),
            col("shared", "number", "Processes in common", "فرایندهای مشترک"),
            col("jaccard", "share", "Of those of either", "از فرایندهای هر دو"),
            col("q", "number", "Chance", "تصادف"),
            col("why", "words", "Why", "چرا"),
        ),
        rows,
        rest(len(found.found), most),
    )


ANALYSIS = Analysis(
    "overlap",
    Words("What overlaps?", "چه چیزی هم‌پوشانی دارد؟"),
    Words(
        "Pairs of processes that stand in the same area, with what they share and what that rests on.",
        "جفت فرایندهایی که در یک حوزه‌اند، با آنچه مشترک است و آنچه این بر آن استوار است.",
    ),
    OPTIONS,
    report,
)
