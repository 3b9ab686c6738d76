"""The report on centrality and roles: which bodies, processes and things much runs through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.analysis.analyst import Analyst
from graph.analysis.centrality import both_ways
from graph.analysis.centrality_communities import Communities, communities
from graph.analysis.centrality_model import BothWays
from graph.analysis.centrality_needs import NeedsCentrality, needs_centrality
from graph.analysis.centrality_words import MEASURES, explain, how_known
from graph.analysis.report import Column, Report, Table, Value
from graph.analysis.reports.common import MOST, NO_COPIES, WAYS_OPTION, Analysis, col, rest, told, ways_note
from graph.analysis.roles import Role, roles
from graph.analysis.words import Words

OPTIONS = (WAYS_OPTION, NO_COPIES, MOST)
_BODY = ("processes", "partners", "betweenness", "eigenvector", "core")
_ROLE = (
    "effective_size",
    "constraint",
    "brokered",
    "only",
    "coordinator",
    "gatekeeper",
    "consultant",
    "liaison",
)
_NEED = ("needs", "needed_by", "betweenness", "authority", "hub")
_SHARES = frozenset({"betweenness", "eigenvector", "authority", "hub"})


def report(analyst: Analyst, values: Mapping[str, Any]) -> Report:
    """Make the report; see :func:`graph.analysis.reports.run`."""
    table = analyst.agencies(values["involved"], copies=not values["no_copies"])
    most = values["most"]
    both = both_ways(table, progress=analyst.progress)
    circles = communities(table, progress=analyst.progress)
    brokers = roles(table, _kinds(analyst))
    needed = needs_centrality(analyst.needs, progress=analyst.progress)
    parts = (
        _bodies(both, most),
        _roles(brokers, most),
        _circles(circles),
        _processes(both, most),
        _needs(needed, most),
        _meanings(both, brokers, needed),
    )
    notes = (
        *ways_note(values["involved"], no_copies=values["no_copies"]),
        how_known(both.whole.accuracy),
        explain("modularity", circles.modularity),
        explain("agreement", circles.agreement),
        Words(
            "The office that owns a process is not counted as sitting in it.",
            "دفتری که فرایند از آن اوست همنشین آن شمرده نمی‌شود.",
        ),
    )
    return Report(
        ANALYSIS.key, ANALYSIS.title, ANALYSIS.says, parts, analyst.edition, told(OPTIONS, values), notes
    )


def _kinds(analyst: Analyst) -> dict[str, str]:
    """The kind of each body that has one; the first where it has several."""
    nodes = analyst.graph.nodes(data=True)
    return {iri: said["subkinds"][0] for iri, said in nodes if said["kind"] == "agency" and said["subkinds"]}


def _column(prefix: str, measure: str) -> Column:
    name = MEASURES[prefix + measure].name
    return Column(measure, name, "share" if measure in _SHARES else "number")


def _bodies(both: BothWays, most: int) -> Table:
    without = {shift.agency: shift for shift in both.side_by_side("processes")}
    rows: list[tuple[Value, ...]] = [
        (one.agency, *(getattr(one, name) for name in _BODY), without[one.agency].without or 0)
        for one in both.whole.agencies[:most]
    ]
    copies = col("without-copies", "number", "Processes without copied lists", "فرایندها بدون فهرست رونوشت")
    return Table(
        "bodies",
        Words("Bodies", "نهادها"),
        Words(
            "The most processes first; the last column leaves out copied partner lists.",
            "بیشترین فرایند نخست؛ ستون پایانی بدون فهرست‌های رونوشت است.",
        ),
        (col("agency", "thing", "Body", "نهاد"), *(_column("", name) for name in _BODY), copies),
        tuple(rows),
        rest(len(both.whole.agencies), most),
    )


def _roles(found: tuple[Role, ...], most: int) -> Table:
    return Table(
        "roles",
        Words("Go-betweens", "میانجی‌ها"),
        Words(
            "Those without whom most pairs of bodies have nobody between them come first.",
            "آنها که بی ایشان بیشترین جفت نهادها میانجی ندارند نخست می‌آیند.",
        ),
        (col("agency", "thing", "Body", "نهاد"), *(_column("", name) for name in _ROLE)),
        tuple((one.agency, *(getattr(one, name) for name in _ROLE)) for one in found[:most]),
        rest(len(found), most),
    )


def _circles(found: Communities) -> Table:
    rows = tuple(
        (
            tuple(one.agency for one in circle),
            len(circle),
            sum(one.inside for one in circle) / len(circle),
            sum(one.steady for one in circle) / len(circle),
        )
        for circle in found.circles
    )
    return Table(
        "circles",
        Words("Circles of bodies", "حلقه‌های نهادها"),
        Words(
            "Bodies that sit with each other more than with others; means of their members.",
            "نهادهایی که با هم بیش از دیگران می‌نشینند؛ میانگین اعضا.",
        ),
        (
            col("bodies", "things", "Bodies", "نهادها"),
            col("size", "number", "How many", "شمار"),
            Column("inside", MEASURES["inside"].name, "share"),
            Column("steady", MEASURES["steady"].name, "share"),
        ),
        rows,
    )


def _processes(both: BothWays, most: int) -> Table:
    found = both.whole.processes
    return Table(
        "processes",
        Words("Processes that bring bodies together", "فرایندهایی که نهادها را گرد می‌آورند"),
        Words(
            "Those first through which bodies that seldom meet elsewhere find each other.",
            "نخست آنها که نهادهای کم دیدار در آن به هم می‌رسند.",
        ),
        (
            col("process", "thing", "Process", "فرایند"),
            _column("process.", "agencies"),
            _column("process.", "betweenness"),
            _column("process.", "core"),
        ),
        tuple((one.process, one.agencies, one.betweenness, one.core) for one in found[:most]),
        rest(len(found), most),
    )


def _needs(found: NeedsCentrality, most: int) -> Table:
    return Table(
        "needs",
        Words("Things that others rest on", "آنچه دیگران بر آن استوارند"),
        Words(
            "In the graph of needs; see the analysis dependencies.",
            "در گراف نیازها؛ تحلیل dependencies را ببینید.",
        ),
        (col("thing", "thing", "What", "چه"), *(_column("need.", name) for name in _NEED)),
        tuple((one.thing, *(getattr(one, name) for name in _NEED)) for one in found.things[:most]),
        rest(len(found.things), most),
    )


def _meanings(both: BothWays, brokers: tuple[Role, ...], needed: NeedsCentrality) -> Table:
    """What each number says, of the thing that stands first."""
    rows: list[tuple[Value, ...]] = []
    for prefix, names, found in (
        ("", _BODY, both.whole.agencies[:1]),
        ("", _ROLE, brokers[:1]),
        ("process.", ("agencies", "betweenness", "core"), both.whole.processes[:1]),
        ("need.", _NEED, needed.things[:1]),
    ):
        for one in found:
            thing = next(getattr(one, key) for key in ("agency", "process", "thing") if hasattr(one, key))
            rows += [
                (MEASURES[prefix + name].name, thing, explain(prefix + name, getattr(one, name)))
                for name in names
            ]
    return Table(
        "meanings",
        Words("What the numbers say", "شماره‌ها چه می‌گویند"),
        Words(
            "Each said of the thing that stands first in its table.",
            "هر یک درباره آنچه در جدول خود نخست است.",
        ),
        (
            col("measure", "words", "Number", "شماره"),
            col("thing", "thing", "Of", "درباره"),
            col("says", "words", "What it says", "چه می‌گوید"),
        ),
        tuple(rows),
    )


ANALYSIS = Analysis(
    "centrality",
    Words("Who is in the middle?", "چه کسی در میانه است؟"),
    Words(
        "Which bodies, processes and things much runs through, and who stands between others.",
        "از کدام نهادها، فرایندها و چیزها بسیار می‌گذرد و چه کسی میان دیگران می‌ایستد.",
    ),
    OPTIONS,
    report,
)
