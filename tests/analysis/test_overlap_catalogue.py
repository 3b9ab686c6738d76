"""Overlap in the shipped catalogue by hand: counted in ``data/processes/*.yaml``, not taken from the tool."""

from __future__ import annotations

import re
from math import log

import networkx as nx
import pytest

from graph.analysis.overlap import OverlapStudy
from graph.analysis.overlap_agencies import agency_pairs, agency_reason, same_sets
from graph.analysis.overlap_facets import overlap_facets, source_lines, titles
from graph.analysis.overlap_findings import Finding, explain, findings
from graph.analysis.overlap_words import names_of, reason, reason_words

Graph = nx.MultiDiGraph


@pytest.fixture(scope="module")
def study(shipped: Graph) -> OverlapStudy:
    return OverlapStudy(overlap_facets(shipped), titles(shipped))


@pytest.fixture(scope="module")
def iri(shipped: Graph) -> dict[str, str]:
    return {str(said["id"]): name for name, said in shipped.nodes(data=True) if said["kind"] != "mention"}


def found(study: OverlapStudy, iri: dict[str, str], first: str, second: str) -> Finding:
    return explain(study, iri[first], iri[second])


def common_letters(one: str, other: str) -> int:
    """Length of the longest sequence of letters that both have in this order (textbook recursion)."""
    row = [0] * (len(other) + 1)
    for letter in one:
        above = row[:]
        for place, against in enumerate(other, 1):
            row[place] = above[place - 1] + 1 if letter == against else max(above[place], row[place - 1])
    return row[-1]


def shared(finding: Finding, facet: str, graph: Graph) -> set[str]:
    return {graph.nodes[thing.iri]["id"] for thing in finding.sharing(facet).shared}


# The weights below. 23 of the 27 forms name a body; four (P13, P16, P18, P25) name groups only or nobody, so
# the weight of a body is ln(24 / forms that name it). By hand, over the 27 files (a body once a form):
#   irgc 20: P01-P12, P14, P15, P17, P19, P20, P22, P23, P26
#   intelligence 19: P01-P09, P11, P12, P14, P15, P19, P20, P22, P23, P26, P27
#   police 15: P01, P02, P03, P08, P09, P11, P12, P14, P15, P19, P20, P22, P23, P26, P27
#   broadcaster 7: P03-P07, P09, P12        army 6: P01, P04-P07, P12        judiciary 4: P01, P09, P12, P21
#   telecommunications 2: P09, P12          district-governors-office 2: P10, P11
#   industry-and-mines 1: P09
THREE = log(24 / 20) + log(24 / 19) + log(24 / 15)


def test_news_and_reports_by_hand(study: OverlapStudy, iri: dict[str, str], shipped: Graph) -> None:
    # P11 bodies: police, irgc, intelligence (row 1), district governors' offices (row 2)   -> 4
    # P23 bodies: police, irgc, intelligence (rows 1 and 2 alike)                           -> 3, all in P11
    # P11 steps: collect-statistics, collect-statistics, other, report-up, collect-statistics
    # P23 steps: collect-statistics, other, report-up, collect-statistics; "other" does not count -> 2 of 2
    # recipients: security-agencies in both -> 1 of 1. No instrument, no template.
    about = found(study, iri, "P11", "P23")
    bodies, steps, who = (about.sharing(name) for name in ("agency", "step-type", "recipient"))
    assert shared(about, "agency", shipped) == {"police", "irgc", "intelligence"}
    assert (bodies.jaccard, bodies.containment) == (3 / 4, 1)
    assert bodies.rarity == pytest.approx(THREE / (THREE + log(24 / 2)))
    assert shared(about, "step-type", shipped) == {"collect-statistics", "report-up"}
    assert (steps.jaccard, steps.rarity, who.jaccard, who.rarity) == pytest.approx((1, 1, 1, 1))
    # the titles without spaces: what both have in the same order, twice, as a share of all their letters
    one, other = (str(shipped.nodes[iri[name]]["fa"]).replace(" ", "") for name in ("P11", "P23"))
    assert about.title == pytest.approx(2 * common_letters(one, other) / (len(one) + len(other)))
    assert about.grounds == ("title", "recipients", "activities")
    # combined: bodies 4, steps 2, recipients 2, of 10
    assert about.score == pytest.approx((4 * bodies.rarity + 2 + 2) / 10)
    # P23's row is P19's row word for word, and P19 comes first: its bodies are weak. Of its steps those of
    # the type collect-statistics are "دریافت و ارسال آمار سی گانه" (P11 has it) and "آمار مقایسه ای ..." (its
    # own words), so the type is not. The title and the rest hold without the list.
    assert about.kind == about.firm_kind == "duplication"
    assert all(thing.weak for thing in bodies.shared)
    assert not any(thing.weak for thing in steps.shared)
    assert not about.weak


def test_cyberspace_and_public_information_by_hand(
    study: OverlapStudy, iri: dict[str, str], shipped: Graph
) -> None:
    # P09: police, irgc, intelligence, broadcaster, judiciary, telecommunications, industry-and-mines  -> 7
    # P12: police, irgc, intelligence, broadcaster, army, judiciary, telecommunications                -> 7
    # 6 shared of 8. Steps P09: invite, meet, minute, follow-up; P12 the same and implement -> 4 of 5.
    # Recipients: security-agencies against residents -> 0 of 2.
    about = found(study, iri, "P09", "P12")
    bodies = about.sharing("agency")
    assert (len(bodies.shared), bodies.either, bodies.jaccard, bodies.containment) == (6, 8, 6 / 8, 6 / 7)
    weight = THREE + log(24 / 7) + log(24 / 4) + log(24 / 2)
    assert bodies.rarity == pytest.approx(weight / (weight + log(24 / 1) + log(24 / 6)))
    assert shared(about, "step-type", shipped) == {"invite", "meet", "minute", "follow-up"}
    assert about.sharing("step-type").jaccard == 4 / 5
    assert about.sharing("recipient").jaccard == 0
    # similar bodies (6/8) with the same activities (4/5): one area; similar activities: overlap
    assert (about.kind, about.grounds) == ("overlap", ("activities",))
    # "تهیه دعوتنامه ...", "برگزاری جلسه ..." and "تهیه صورتجلسه ..." stand word for word in both, and P09 is
    # first; the follow-up of P12 adds "وابلاغ آن" and is its own. One type is left of P12's two: no overlap
    assert {shipped.nodes[one.iri]["id"] for one in about.sharing("step-type").shared if one.weak} == {
        "invite",
        "meet",
        "minute",
    }
    assert (about.firm_kind, about.weak) == ("none", True)


def test_organised_crime_and_theft_by_hand(study: OverlapStudy, iri: dict[str, str], shipped: Graph) -> None:
    # P08 bodies: intelligence, police (twice in the row), irgc; P22: police, irgc, intelligence -> 3 of 3
    # P08 steps: meet, study, approve, implement; P22: other, invite, follow-up, meet, follow-up, evaluate
    #   without "other": 4 and 4 types, meet shared -> 1 of 7
    # recipients: citizens and agencies against citizens -> 1 of 2
    # P08 names an instrument, P22 only generic words -> none shared, and not stated by both
    about = found(study, iri, "P08", "P22")
    assert [len(about.sharing(name).shared) for name in ("agency", "step-type", "recipient")] == [3, 1, 1]
    assert [about.sharing(name).either for name in ("agency", "step-type", "recipient")] == [3, 7, 2]
    assert about.sharing("agency").rarity == pytest.approx(1)
    assert about.sharing("instrument").stated == (True, False)
    assert (about.kind, about.grounds, about.alike) == ("overlap", ("recipients",), ("recipient",))
    # P22's row is P19's word for word: nothing of its bodies is left
    assert (about.firm_kind, about.weak) == ("none", True)


def test_the_classes_of_the_catalogue(study: OverlapStudy, shipped: Graph) -> None:
    def ids(kind: str) -> list[tuple[str, str]]:
        chosen = study.pairs().where(kinds=[kind])  # type: ignore[list-item]
        return [(shipped.nodes[one]["id"], shipped.nodes[two]["id"]) for one, two in chosen.names()]

    assert ids("duplication") == [("P11", "P23")]
    assert sorted(ids("overlap")) == [("P04", "P05"), ("P08", "P22"), ("P09", "P12"), ("P19", "P20")]
    # P04 to P07 print one list of seven bodies, of which two stand nowhere else: six pairs, one of them above
    assert sorted(ids("fragmentation")) == [
        ("P04", "P06"),
        ("P04", "P07"),
        ("P05", "P06"),
        ("P05", "P07"),
        ("P06", "P07"),
    ]
    # three bodies that stand in most forms are no surprise together, even if they are all there is
    trio = explain(study, *(f"https://w3id.org/daftar/id/process/{name}" for name in ("P14", "P26")))
    assert trio.sharing("agency").jaccard == 1
    assert (trio.kind, trio.q) == ("none", 1.0)


def test_lists_of_bodies_that_are_the_same(study: OverlapStudy, shipped: Graph) -> None:
    groups = [
        [[shipped.nodes[name]["id"] for name in part] for part in (one.rows, one.columns, one.copied)]
        for one in same_sets(study.facets["agency"])
    ]
    seven = ["army", "border-guard", "broadcaster", "intelligence", "irgc"]
    assert groups == [
        [
            ["P04", "P05", "P06", "P07"],
            [*seven, "prosecutors-office", "provincial-police"],
            ["P05", "P06", "P07"],
        ],
        [
            ["P08", "P14", "P15", "P19", "P20", "P22", "P23", "P26"],
            ["intelligence", "irgc", "police"],
            ["P20", "P22", "P23"],
        ],
    ]


def test_bodies_with_nearly_the_same_processes(study: OverlapStudy, iri: dict[str, str]) -> None:
    pairs = {(one.first, one.second): one for one in agency_pairs(study.facets["agency"]).found}
    # irgc 20, intelligence 19; irgc without intelligence: P10, P17; the other way round: P27 -> 18 of 21
    both = pairs[iri["intelligence"], iri["irgc"]]
    assert (len(both.shared), both.jaccard, both.containment) == (18, 18 / 21, 18 / 19)
    assert both.only_first == (iri["P27"],)
    assert both.only_second == (iri["P10"], iri["P17"])
    assert (both.kind, both.firm_kind) == ("near", "near")
    # the prosecutor's office and the provincial police stand in P04 to P07 only; three of these are copies
    copied = pairs[iri["prosecutors-office"], iri["provincial-police"]]
    assert (copied.kind, copied.firm_kind, copied.weak) == ("same", "none", True)
    words = agency_reason(copied, {})
    assert "It rests on copied lists; without them: no finding." in words.en
    assert "۴ مشترک" in words.fa


def test_reasons_say_the_same_in_both_languages(study: OverlapStudy, shipped: Graph) -> None:
    names = names_of(shipped)
    for about in findings(study, study.pairs(with_none=True)):
        words = reason_words(about, names)
        assert (reason(about, names, "en"), reason(about, names, "fa")) == (words.en, words.fa)
        numbers = re.findall(r"\d+", words.en.replace(",", ""))
        latin = words.fa.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace("٬", "")
        assert numbers == re.findall(r"\d+", latin)
        assert not re.search(r"[a-z]{3}", words.fa), words.fa
        assert not re.search(r"[{}]", words.en + words.fa)


def test_the_reason_of_the_first_finding(study: OverlapStudy, iri: dict[str, str], shipped: Graph) -> None:
    text = reason(found(study, iri, "P04", "P05"), names_of(shipped), "en")
    assert text.startswith("Candidate for overlap: “Commission on weapons and ammunition” and “Committee to")
    assert "stand in the same area, with similar activities." in text
    assert "Shared: 7 of 7 bodies (Prosecutor's Office, Provincial Police Command, Border Guard" in text
    assert "4 of 4 types of step" in text
    assert "Not stated by both, and so neither for nor against: recipients." in text
    assert "The finding rests on them; without them: no finding." in text


def test_chance_is_said_as_a_frequency_or_a_share(
    study: OverlapStudy, iri: dict[str, str], shipped: Graph
) -> None:
    rare, common = (found(study, iri, *pair) for pair in (("P04", "P05"), ("P14", "P26")))
    # seven of seven bodies, two of which stand in four forms of 23: rare. Three that stand in most: not rare.
    assert rare.p < 0.01 < 0.1 < common.p
    words = reason_words(rare, names_of(shipped))
    one_in = int(re.search(r"one in ([\d,]+)", words.en)[1].replace(",", ""))  # type: ignore[index]
    assert one_in == pytest.approx(1 / rare.p, rel=0.05)
    assert f"share of false findings at this level: {rare.q:.1%}" in words.en
    assert "یک در" in words.fa
    assert f"{common.p:.0%}, not unusual among so many pairs" in reason(common, names_of(shipped), "en")


def test_every_shared_thing_leads_to_lines_of_the_document(study: OverlapStudy, shipped: Graph) -> None:
    for about in findings(study, study.pairs()):
        lines = source_lines(shipped, about)
        things = {thing.iri for sharing in about.sharings for thing in sharing.shared}
        assert set(lines) == {(process, thing) for process in (about.first, about.second) for thing in things}


def test_lines_of_a_shared_body_and_of_shared_steps(
    study: OverlapStudy, iri: dict[str, str], shipped: Graph
) -> None:
    lines = source_lines(shipped, found(study, iri, "P08", "P22"))
    # P08 prints its row twice (1201, 1202); the meeting of P22 is its fourth step, line 3311
    assert lines[iri["P08"], iri["police"]] == ("provincial-security-office-1396:1201,1202",)
    assert lines[iri["P22"], iri["meet"]] == ("provincial-security-office-1396:3311",)


def test_things_that_are_other_are_not_alike(study: OverlapStudy, shipped: Graph) -> None:
    for name in ("step-type", "recipient"):
        table = study.facets[name]
        used = {table.columns[place] for place in table.matrix.indices}
        assert used
        assert "other" not in {shipped.nodes[one]["id"] for one in used}
