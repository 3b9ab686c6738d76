"""The report on dependencies: what needs what, in layers, chains and cut points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from graph.analysis.analyst import Analyst
from graph.analysis.brief_words import EVIDENCE
from graph.analysis.dependency import Dependencies, dependencies, dependency_graph
from graph.analysis.dependency_reasons import DEFAULT_REASONS, REASONS
from graph.analysis.options import Option
from graph.analysis.report import Report, Table, Value
from graph.analysis.reports.common import MOST, NO_COPIES, Analysis, col, rest, told
from graph.analysis.words import Words, say

_THINGS = ("process", "service", "agency", "collective", "instrument", "template")
OPTIONS = (
    Option(
        "reasons",
        "choices",
        ",".join(name for name in REASONS if name in DEFAULT_REASONS),
        Words("Reasons that count as a need", "دلیل‌هایی که نیاز شمرده می‌شود"),
        tuple(REASONS),
        words={name: reason.label for name, reason in REASONS.items()},
    ),
    Option(
        "of",
        "things",
        "",
        Words("Only needs of or for these things", "تنها نیازهای این چیزها یا به این چیزها"),
        kinds=_THINGS,
    ),
    NO_COPIES,
    MOST,
)


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    needs = chosen_needs(analyst, values)
    shape = dependencies(needs, progress=analyst.progress)
    most = values["most"]
    parts = (
        _edges(needs, most, everything=bool(values["of"])),
        _chains(shape, most),
        _layers(shape),
        _cycles(shape),
        _cuts(shape, most),
        _dominators(shape, most),
    )
    notes = (
        Words(
            "Which relation counts as a need is our reading; each need says why and from which line.",
            "این که چه پیوندی نیاز شمرده شود خوانش ماست؛ هر نیاز دلیل و سطر خود را دارد.",
        ),
        say(
            "{n} needs between {m} things; {alone} things need nothing and nothing needs them.",
            "{n} نیاز میان {m} چیز؛ {alone} چیز به چیزی نیاز ندارد و چیزی هم به آن نیاز ندارد.",
            n=needs.number_of_edges(),
            m=needs.number_of_nodes() - len(shape.alone),
            alone=len(shape.alone),
        ),
    )
    return Report(
        ANALYSIS.key, ANALYSIS.title, ANALYSIS.says, parts, analyst.edition, told(OPTIONS, values), notes
    )


def chosen_needs(analyst: Analyst, values: Mapping[str, Any]) -> nx.MultiDiGraph[str]:
    """The needs that the report is about.

    Args:
        analyst: The catalogue.
        values: Values of ``OPTIONS``.

    Returns:
        The graph of needs, of the things chosen where some are.
    """
    needs = dependency_graph(analyst.graph, reasons=values["reasons"], weak=not values["no_copies"])
    if not values["of"]:
        return needs
    chosen = frozenset(analyst.things(values["of"], _THINGS))
    kept = [edge for edge in needs.edges(keys=True) if edge[0] in chosen or edge[1] in chosen]
    return nx.MultiDiGraph(needs.edge_subgraph(kept))  # type: ignore[arg-type] # the stubs forget keys


def _edges(needs: Any, most: int, *, everything: bool) -> Table:
    """Needs between processes first: they are few and what planners look for; partners are in the matrix."""
    order = {name: number for number, name in enumerate(REASONS)}
    edges = sorted(needs.edges(keys=True, data=True), key=lambda e: (order[e[2]], e[0], e[1]))
    shown = edges if everything else [edge for edge in edges if edge[2] != "partner"]
    rows: list[tuple[Value, ...]] = [
        (a, REASONS[key].label, b, EVIDENCE[said["evidence"]], str(said["lines"]))
        for a, b, key, said in shown[:most]
    ]
    return Table(
        "needs",
        Words("What needs what", "چه به چه نیاز دارد"),
        Words(
            "The first thing needs the second. Partners are left out here unless things were chosen.",
            "چیز نخست به دوم نیاز دارد. همکاران اینجا نمی‌آیند، مگر آن که چیزهایی برگزیده شود.",
        ),
        (
            col("thing", "thing", "What", "چه"),
            col("why", "words", "Why", "چرا"),
            col("needs", "thing", "Needs", "نیازمند"),
            col("evidence", "words", "Evidence", "پشتوانه"),
            col("lines", "text", "Lines", "سطرها"),
        ),
        tuple(rows),
        rest(len(shown), most),
    )


def _chains(shape: Dependencies, most: int) -> Table:
    rows = tuple(
        (
            shape.chains.length,
            tuple(thing for step in chain.things for thing in step),
            Words(
                " → ".join(REASONS[link.reason].label.en for link in chain.links),
                " ← ".join(REASONS[link.reason].label.fa for link in chain.links),
            ),
        )
        for chain in shape.chains.chains[:most]
    )
    more = Words("", "") if shape.chains.complete else Words(" There are more.", " بیشتر هم هست.")
    return Table(
        "chains",
        Words("Longest chains", "بلندترین زنجیره‌ها"),
        Words(
            f"Each thing needs the next.{more.en}",
            f"هر چیز به چیز پس از خود نیاز دارد.{more.fa}",
        ),
        (
            col("steps", "number", "Steps", "گام‌ها"),
            col("things", "things", "Chain", "زنجیره"),
            col("why", "words", "Why", "چرا"),
        ),
        rows,
        rest(len(shape.chains.chains), most),
    )


def _layers(shape: Dependencies) -> Table:
    rows = tuple(
        (number, sum(len(group) for group in layer), tuple(thing for group in layer for thing in group))
        for number, layer in enumerate(shape.layers)
    )
    return Table(
        "layers",
        Words("Layers", "لایه‌ها"),
        Words(
            "What stands in layer 0 needs nothing; every other thing needs something in the layer below.",
            "آنچه در لایه صفر است به چیزی نیاز ندارد؛ هر چیز دیگر به چیزی در لایه زیرین نیاز دارد.",
        ),
        (
            col("layer", "number", "Layer", "لایه"),
            col("count", "number", "Things", "شمار"),
            col("things", "things", "Which", "کدام"),
        ),
        rows,
    )


def _cycles(shape: Dependencies) -> Table:
    return Table(
        "cycles",
        Words("Circles", "دورها"),
        Words("Things that need each other in a circle.", "چیزهایی که دور یکدیگر نیاز دارند."),
        (col("things", "things", "Things", "چیزها"),),
        tuple((circle,) for circle in shape.cycles),
    )


def _cuts(shape: Dependencies, most: int) -> Table:
    return Table(
        "cut-points",
        Words("What holds the rest together", "آنچه دیگران را به هم می‌بندد"),
        Words(
            "Without it so many things are cut off from the largest piece that is left.",
            "بی آن این شمار چیز از بزرگ‌ترین پاره بازمانده جدا می‌شود.",
        ),
        (
            col("thing", "thing", "What", "چه"),
            col("severed", "number", "Cut off", "جدا می‌شود"),
            col("pieces", "number", "Pieces", "پاره‌ها"),
        ),
        tuple((one.thing, one.severed, len(one.pieces)) for one in shape.cut_points[:most]),
        rest(len(shape.cut_points), most),
    )


def _dominators(shape: Dependencies, most: int) -> Table:
    return Table(
        "dominators",
        Words("No way around", "راهی جز این نیست"),
        Words(
            "Whatever these things rest on, they reach it only through this one.",
            "این چیزها به هر آنچه بر آن استوارند تنها از راه همین یکی می‌رسند.",
        ),
        (
            col("thing", "thing", "What", "چه"),
            col("count", "number", "Things", "شمار"),
            col("over", "things", "Directly", "بی میانجی"),
        ),
        tuple((one.thing, one.count, one.over) for one in shape.dominators[:most]),
        rest(len(shape.dominators), most),
    )


ANALYSIS = Analysis(
    "dependencies",
    Words("What depends on what?", "چه به چه وابسته است؟"),
    Words(
        "Processes, rules, forms and bodies, and what each needs, with the reason and the line.",
        "فرایندها، مقررات، فرم‌ها و نهادها و آنچه هر یک به آن نیاز دارد، با دلیل و سطر.",
    ),
    OPTIONS,
    report,
)
