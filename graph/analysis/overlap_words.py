"""Why two processes are in their class, in sentences of both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx

from graph.analysis.overlap_classes import (
    AGENCIES,
    FORMS,
    INSTRUMENTS,
    RECIPIENTS,
    STEPS,
    Ground,
    Kind,
)
from graph.analysis.overlap_findings import Finding, Sharing
from graph.analysis.words import Words, say
from graph.query.question_library import Lang

#: Names written out of one list; of a longer one the rest is counted.
NAMES = 12

KIND_WORDS: Mapping[Kind, Words] = {
    "none": Words("no finding", "بی یافته"),
    "fragmentation": Words("fragmentation", "پراکندگی"),
    "overlap": Words("overlap", "هم پوشانی"),
    "duplication": Words("duplication", "دوباره کاری"),
}
FACET_WORDS: Mapping[str, Words] = {
    AGENCIES: Words("bodies", "دستگاه"),
    INSTRUMENTS: Words("rules", "سند بالادستی"),
    FORMS: Words("forms", "فرم"),
    STEPS: Words("types of step", "گونه گام"),
    RECIPIENTS: Words("recipients", "گیرنده"),
}
GROUND_WORDS: Mapping[Ground, Words] = {
    "chance": Words(
        "more bodies in common than chance explains", "دستگاه های مشترک بیش از آنچه تصادف توضیح دهد"
    ),
    "rule": Words("the same rule, which few follow", "سند بالادستی یکسان که پیروان اندکی دارد"),
    "form": Words("the same form, which few use", "فرم یکسان که کاربران اندکی دارد"),
    "title": Words("nearly the same title", "عنوان کمابیش یکسان"),
    "recipients": Words("similar bodies for similar recipients", "دستگاه های همانند برای گیرندگان همانند"),
    "activities": Words(
        "similar bodies with the same types of step", "دستگاه های همانند با گونه گام های یکسان"
    ),
}
_OPENING: Mapping[Kind, Words] = {
    "none": Words(
        "No finding: nothing shows that “{one}” and “{other}” stand in the same area.",
        "بی یافته: چیزی نشان نمی دهد که «{one}» و «{other}» در یک حوزه اند.",
    ),
    "fragmentation": Words(
        "Candidate for fragmentation: “{one}” and “{other}” stand in the same area, each on its own.",
        "نامزد پراکندگی: «{one}» و «{other}» جدا از هم در یک حوزه اند.",
    ),
    "overlap": Words(
        "Candidate for overlap: “{one}” and “{other}” stand in the same area, with similar {alike}.",
        "نامزد هم پوشانی: «{one}» و «{other}» در یک حوزه اند و {alike} همانند دارند.",
    ),
    "duplication": Words(
        "Candidate for duplication: “{one}” and “{other}” stand in the same area, with the same activities "
        "for the same recipients.",
        "نامزد دوباره کاری: «{one}» و «{other}» در یک حوزه همان فعالیت ها را برای همان گیرندگان دارند.",
    ),
}
_ALIKE: Mapping[str, Words] = {
    STEPS: Words("activities", "فعالیت های"),
    RECIPIENTS: Words("recipients", "گیرندگان"),
}


def names_of(graph: nx.MultiDiGraph[str]) -> dict[str, Words]:
    """Names of all things of a graph; where one language has none, the other's, else the id.

    Args:
        graph: The projected graph.

    Returns:
        Names by IRI.
    """
    found = {}
    for iri, said in graph.nodes(data=True):
        en, fa = said.get("en"), said.get("fa")
        found[iri] = Words(str(en or fa or said["id"]), str(fa or en or said["id"]))
    return found


def reason(finding: Finding, names: Mapping[str, Words], lang: Lang) -> str:
    """Why a pair is in its class, what it shares, and what that rests on.

    Args:
        finding: The pair.
        names: Names by IRI; an IRI without a name stands for itself.
        lang: The language.

    Returns:
        A few sentences.

    Example:
        >>> from graph.analysis.incidence import Incidence
        >>> from graph.analysis.overlap import OverlapStudy
        >>> from graph.analysis.overlap_findings import explain
        >>> table = {"agency": Incidence.of({"P1": ["a", "b"], "P2": ["a", "b"], "P3": ["c"]})}
        >>> text = reason(explain(OverlapStudy(table), "P1", "P2"), {"a": Words("Court", "دادگاه")}, "en")
        >>> text.split(". ")[1]
        'Shared: 2 of 2 bodies (Court, b)'
    """
    return reason_words(finding, names).of(lang)


def reason_words(finding: Finding, names: Mapping[str, Words]) -> Words:
    """The same in both languages at once.

    Args:
        finding: The pair.
        names: Names by IRI.
    """
    return _listed(reason_parts(finding, names), " ", " ")


def reason_parts(finding: Finding, names: Mapping[str, Words]) -> tuple[Words, ...]:
    """The sentences of the reason: first what is found, then what it rests on.

    Args:
        finding: The pair.
        names: Names by IRI.

    Returns:
        One sentence each.
    """
    opening = _OPENING[finding.kind]
    alike = _listed((_ALIKE[facet] for facet in finding.alike), " and ", " و ")
    one, other = _name(finding.first, names), _name(finding.second, names)
    said = [say(opening.en, opening.fa, one=one, other=other, alike=alike)]
    if finding.grounds:
        grounds = _listed((GROUND_WORDS[ground] for ground in finding.grounds), "; ", "؛ ")
        said.append(say("Why the same area: {grounds}.", "چرا یک حوزه: {grounds}.", grounds=grounds))
    parts = [_shared(sharing, names) for sharing in finding.sharings if sharing.shared]
    if parts:
        said.append(say("Shared: {parts}.", "مشترک: {parts}.", parts=_listed(parts, "; ", "؛ ")))
    said.extend(_unstated(finding))
    if finding.sharing(AGENCIES).shared:
        said.append(_chance(finding))
    said.extend(_rests_on(finding, names))
    return tuple(said)


def _shared(sharing: Sharing, names: Mapping[str, Words]) -> Words:
    return say(
        "{shared} of {either} {facet} ({things})",
        "{shared} از {either} {facet} ({things})",
        shared=len(sharing.shared),
        either=sharing.either,
        facet=FACET_WORDS[sharing.facet],
        things=_things([thing.iri for thing in sharing.shared], names),
    )


def _unstated(finding: Finding) -> Iterable[Words]:
    """What at least one of the two does not state: no likeness and no difference follows from it."""
    missing = [
        FACET_WORDS[one.facet]
        for one in finding.sharings
        if one.facet in (AGENCIES, STEPS, RECIPIENTS) and not all(one.stated)
    ]
    if missing:
        yield say(
            "Not stated by both, and so neither for nor against: {facets}.",
            "در هر دو نیامده و از این رو نه به سود و نه به زیان: {facets}.",
            facets=_listed(missing, ", ", "، "),
        )


def _chance(finding: Finding) -> Words:
    """How rare the sharing is, in words of frequency; q says how far it survives the number of pairs."""
    if finding.p >= 0.01:
        rare = say("{p:.0%}", "{p:.0%}", p=finding.p)
    elif finding.p >= 1e-9:
        one_in = float(f"{1 / finding.p:.1e}")
        rare = say("one in {n:,.0f}", "یک در {n:,.0f}", n=one_in)
    else:
        rare = Words("less than one in a thousand million", "کمتر از یک در یک میلیارد")
    if "chance" in finding.grounds:
        return say(
            "As much in common by chance, given how common each body is: {rare}; "
            "share of false findings at this level: {q:.1%}.",
            "همین اندازه اشتراک به تصادف، با توجه به فراوانی هر دستگاه: {rare}؛ "
            "سهم یافته های نادرست در این سطح: {q:.1%}.",
            rare=rare,
            q=finding.q,
        )
    return say(
        "As much in common by chance, given how common each body is: {rare}, "
        "not unusual among so many pairs.",
        "همین اندازه اشتراک به تصادف، با توجه به فراوانی هر دستگاه: {rare}، "
        "که میان این همه جفت نامعمول نیست.",
        rare=rare,
    )


def _rests_on(finding: Finding, names: Mapping[str, Words]) -> Iterable[Words]:
    weak = [thing.iri for sharing in finding.sharings for thing in sharing.shared if thing.weak]
    if not weak:
        return
    yield say(
        "In words copied from another form: {things}.",
        "در نوشته هایی رونوشت از فرمی دیگر: {things}.",
        things=_things(weak, names),
    )
    if finding.weak:
        yield say(
            "The finding rests on them; without them: {kind}.",
            "یافته بر آنها استوار است؛ بدون آنها: {kind}.",
            kind=KIND_WORDS[finding.firm_kind],
        )
    else:
        yield Words("The finding stands without them.", "یافته بدون آنها هم برجاست.")


def _name(iri: str, names: Mapping[str, Words]) -> Words:
    return names.get(iri, Words(iri, iri))


def _things(iris: list[str], names: Mapping[str, Words]) -> Words:
    shown = _listed((_name(iri, names) for iri in iris[:NAMES]), ", ", "، ")
    if len(iris) <= NAMES:
        return shown
    return say("{shown} and {more} more", "{shown} و {more} دیگر", shown=shown, more=len(iris) - NAMES)


def _listed(parts: Iterable[Words], en: str, fa: str) -> Words:
    found = list(parts)
    return Words(en.join(one.en for one in found), fa.join(one.fa for one in found))
