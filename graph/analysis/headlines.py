"""Findings worth a planner's look, each a sentence made from an analysis, with the command that shows more.

The sentences are fixed, the names and numbers in them are computed. One that has nothing to say is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from graph.analysis.analyst import Analyst
from graph.analysis.brief_words import code_words
from graph.analysis.centrality import both_ways
from graph.analysis.health import HealthReport, health
from graph.analysis.impact import impact
from graph.analysis.impact_single import single_partners, single_removals
from graph.analysis.meetings import meetings, together
from graph.analysis.overlap_findings import findings
from graph.analysis.overlap_words import reason_parts
from graph.analysis.roles import roles
from graph.analysis.words import Words, say
from graph.digits import persian_digits

_NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding in a sentence.

    Attributes:
        key: Its name for programs.
        says: The sentence.
        things: IRIs of the things that it names, most important first.
        analysis: The analysis that shows more.
        options: What to tell it.
        more: What the sentence rests on, where there is more to say.
    """

    key: str
    says: Words
    things: tuple[str, ...]
    analysis: str
    options: tuple[tuple[str, str], ...] = ()
    more: Words = _NOTHING

    @property
    def whole(self) -> Words:
        """The sentence with what it rests on."""
        return Words(f"{self.says.en} {self.more.en}".strip(), f"{self.says.fa} {self.more.fa}".strip())

    @property
    def command(self) -> str:
        """The command that shows more."""
        told = "".join(f" --{name} {value}" for name, value in self.options)
        return f"daftar analyse {self.analysis}{told}"


def headlines(analyst: Analyst) -> tuple[Headline, ...]:
    """The findings of a catalogue, in the order in which planners ask.

    Args:
        analyst: The catalogue.

    Returns:
        The findings that there are.
    """
    report = health(analyst.desk, graph=analyst.graph)
    found: list[Headline] = []
    for make in _MAKERS:
        found.extend(make(analyst))
    found.extend(_of_health(report))
    return tuple(found)


def names(analyst: Analyst, iris: Iterable[str]) -> Words:
    """Things by name, in a row; processes by their ids."""
    named = [analyst.labels.named(iri) for iri in iris]
    short = {"process", "service", "index"}
    return Words(
        ", ".join(one.id if one.kind in short else one.label("en") for one in named),
        "، ".join(one.id if one.kind in short else one.label("fa") for one in named),
    )


def _meet(analyst: Analyst) -> Iterator[Headline]:
    table = analyst.agencies(["named"])
    for one in meetings(table, min_group=3, min_support=2, progress=analyst.progress).found[:1]:
        alone = together(table, one.agencies).exactly
        yield Headline(
            "meet-most",
            say(
                "{who} sit together in {n} processes, more than any other group of three or more; in {alone} "
                "of these nobody else is named. Without copied partner lists it is {solid}.",
                "{who} در {n} فرایند کنار هم‌اند، بیش از هر گروه دیگری از سه نهاد یا بیشتر؛ "
                "در {alone} تای آنها کس دیگری نام برده نشده. بدون فهرست‌های رونوشت {solid} فرایند است.",
                who=names(analyst, one.agencies),
                n=one.support,
                alone=len(alone),
                solid=len(one.solid),
            ),
            one.agencies,
            "meetings",
            (("bodies", ",".join(analyst.labels.named(iri).id for iri in one.agencies)),),
        )


def _lost(analyst: Analyst) -> Iterator[Headline]:
    """The rule-giver whose absence leaves most processes without what they rest on."""
    ranked = single_removals(analyst.needs, kinds=("agency", "process"))
    for one in ranked:
        result = impact(analyst.needs, [one.thing])
        lost = sorted(each.thing for each in result.lost if each.kind in ("process", "service"))
        if len(lost) < 2:
            continue
        yield Headline(
            "lost-most",
            say(
                "Without {what} nothing that {lost} rest on is left; {weak} further things are weakened.",
                "بی {what} از آنچه {lost} بر آن استوارند چیزی نمی‌ماند؛ {weak} چیز دیگر ضعیف می‌شود.",
                what=names(analyst, [one.thing]),
                lost=names(analyst, lost),
                weak=one.weakened,
            ),
            (one.thing, *lost),
            "impact",
            (("without", analyst.labels.named(one.thing).id),),
        )
        return


def _only(analyst: Analyst) -> Iterator[Headline]:
    """Bodies that are themselves the only partner of their kind, not through bodies under them."""
    code = code_words("agency-kind")
    alone = single_partners(analyst.needs)
    for iri, found in sorted(alone.items(), key=lambda one: (-len(one[1]), one[0]))[:3]:
        if len(found) < 2:
            continue
        kinds = sorted({only.kind for only in found})
        yield Headline(
            f"only-partner-{analyst.labels.named(iri).id}",
            say(
                "{who} is the only partner of its kind ({kind}) in {n} processes; in {copied} of them by a "
                "copied list alone.",
                "{who} در {n} فرایند تنها همکار از گونه خود ({kind}) است؛ در {copied} تای آنها تنها با فهرست "
                "رونوشت.",
                who=names(analyst, [iri]),
                kind=Words(
                    ", ".join(code[k].en if k in code else k for k in kinds),
                    "، ".join(code[k].fa if k in code else k for k in kinds),
                ),
                n=len({only.process for only in found}),
                copied=len({only.process for only in found if only.weak}),
            ),
            (iri,),
            "impact",
            (("without", analyst.labels.named(iri).id),),
        )


def _alike(analyst: Analyst) -> Iterator[Headline]:
    """Pairs whose class does not rest on copied lists, the strongest first."""
    study = analyst.overlap
    found = study.pairs().where(kinds=("duplication", "overlap"), weak=False)
    for one in islice(findings(study, found), 2):
        opening, *rest = reason_parts(one, analyst.names)
        yield Headline(
            f"alike-{analyst.labels.named(one.first).id}-{analyst.labels.named(one.second).id}",
            opening,
            (one.first, one.second),
            "overlap",
            (("of", f"{analyst.labels.named(one.first).id},{analyst.labels.named(one.second).id}"),),
            Words(" ".join(part.en for part in rest), " ".join(part.fa for part in rest)),
        )


def _needs(analyst: Analyst) -> Iterator[Headline]:
    for needer, needed, key, said in sorted(analyst.needs.edges(keys=True, data=True)):
        if key == "input":
            yield Headline(
                "needs-output",
                say(
                    "{who} needs what {what} decides (line {lines}).",
                    "{who} به آنچه {what} تصمیم می‌گیرد نیاز دارد (سطر {lines}).",
                    who=names(analyst, [needer]),
                    what=names(analyst, [needed]),
                    lines=_line_numbers(str(said["lines"])),
                ),
                (needer, needed),
                "dependencies",
                (("of", analyst.labels.named(needer).id),),
            )


def _line_numbers(lines: str) -> Words:
    """Lines without the name of the document that they stand in."""
    numbers = lines.rpartition(":")[2]
    return Words(numbers, persian_digits(numbers))


def _between(analyst: Analyst) -> Iterator[Headline]:
    for one in roles(analyst.agencies(["named"]), {})[:2]:
        if one.only:
            yield Headline(
                f"go-between-{analyst.labels.named(one.agency).id}",
                say(
                    "{n} pairs of bodies that never meet have {who} as the only body that sits with both.",
                    "{n} جفت نهاد که هرگز کنار هم نیستند تنها {who} را دارند که با هر دو می‌نشیند.",
                    n=one.only,
                    who=names(analyst, [one.agency]),
                ),
                (one.agency,),
                "centrality",
            )


def _copies(analyst: Analyst) -> Iterator[Headline]:
    shifts = both_ways(analyst.agencies(["named"])).side_by_side("processes")
    changed = [one for one in shifts if (one.value or 0) - (one.without or 0) >= 2]
    if not changed:
        return
    parts = [
        say(
            "{who} from {n} to {m}",
            "{who} از {n} به {m}",
            who=names(analyst, [one.agency]),
            n=int(one.value or 0),
            m=int(one.without or 0),
        )
        for one in changed[:6]
    ]
    yield Headline(
        "without-copies",
        Words(
            "Without partner lists copied from form to form, bodies take part in fewer processes: "
            f"{'; '.join(p.en for p in parts)}.",
            "بدون فهرست‌های همکاری که از شناسنامه‌ای به دیگری رونوشت شده، نهادها در فرایندهای کمتری‌اند: "
            f"{'؛ '.join(p.fa for p in parts)}.",
        ),
        tuple(one.agency for one in changed),
        "centrality",
    )


def _of_health(report: HealthReport) -> Iterator[Headline]:
    """The gravest checks and those that qualify every other finding."""
    for one in report.findings:
        if one.count and one.check.severity == "high":
            yield Headline(
                f"health-{one.check.id}",
                say("{title}: {n}.", "{title}: {n}.", title=one.check.title, n=one.things),
                tuple(dict.fromkeys(item.thing for item in one.items)),
                "health",
                (("check", one.check.id),),
                one.check.says,
            )


_MAKERS: tuple[Callable[[Analyst], Iterator[Headline]], ...] = (
    _alike,
    _meet,
    _lost,
    _only,
    _needs,
    _between,
    _copies,
)
