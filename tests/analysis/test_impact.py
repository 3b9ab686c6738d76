"""What-if on the shipped catalogue: worked by hand from data/*.yaml, and against SPARQL on its store."""

from __future__ import annotations

import re
from collections.abc import Iterable

import networkx as nx
import pytest

from graph.analysis.dependency import dependency_graph
from graph.analysis.impact import find_things, impact
from graph.analysis.impact_model import Affected, Impact
from graph.analysis.impact_single import single_removals
from graph.query.question_answer import QuestionDesk
from graph.query.question_library import QuestionError, question_named
from graph.query.question_terms import rows_of
from graph.store import Store
from tests.query.reference.records import authority, bodies, processes

IRI = "https://w3id.org/daftar/id/"


@pytest.fixture(scope="module")
def needs(shipped: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    return dependency_graph(shipped)


def without(needs: nx.MultiDiGraph[str], *words: str) -> Impact:
    return impact(needs, find_things(needs, words))


def short(found: Iterable[Affected]) -> dict[str, int]:
    return {one.thing.rpartition("/")[2]: one.generation for one in found}


def test_without_the_state_security_council(needs: nx.MultiDiGraph[str]) -> None:
    # It issued two instruments: theft-document (line 1110) and sport-security-directive (line 113).
    # Regulations fields that name it as the only issuer: P04 (559), P05 (697), P27 (3887). With another
    # issuer or instrument beside it: P02 (267), P06 (836), P13 (1789), P14 (2110). P08 has the theft document
    # alone; P01 has the sport directive and the directives of a central commission. S01, S02 belong to P13.
    found = without(needs, "state-security-council")
    assert short(found.lost) == {
        "sport-security-directive": 1,
        "theft-document": 1,
        "P04": 1,
        "P05": 1,
        "P27": 1,
        "P08": 2,
    }
    assert short(found.weakened) == {"P02": 1, "P06": 1, "P13": 1, "P14": 1, "P01": 2, "S01": 2, "S02": 2}
    p08 = next(one for one in found.affected if one.thing.endswith("P08"))
    assert [(link.reason, link.needs.rpartition("/")[2]) for link in p08.path] == [
        ("rule", "theft-document"),
        ("issued-by", "state-security-council"),
    ]
    assert p08.path[0].lines == "provincial-security-office-1396:1110"
    p14 = next(one for one in found.affected if one.thing.endswith("P14"))
    rules = next(loss for loss in p14.losses if loss.pool == "rule")
    assert rules.gone == (f"{IRI}agency/state-security-council",)
    assert rules.left == (f"{IRI}agency/interior-ministry",)


def test_without_the_provincial_security_council(needs: nx.MultiDiGraph[str]) -> None:
    # The members of the council are P13's only partner (line 1879) and one of P14's four (2200-2202). P14
    # lists the council's resolutions among its documents (2108); S01 and S02 are services of P13.
    found = without(needs, "provincial-security-council")
    assert short(found.lost) == {
        "provincial-security-council-members": 1,
        "P13": 1,
        "P14": 2,
        "S01": 2,
        "S02": 2,
    }
    assert not found.weakened
    # What P14 loses for good is the input, not its partners.
    p14 = next(one for one in found.affected if one.thing.endswith("P14"))
    assert {loss.pool: len(loss.left) for loss in p14.losses} == {"input": 0, "partner": 3}


def test_without_its_meetings(needs: nx.MultiDiGraph[str]) -> None:
    found = without(needs, "P13")
    assert short(found.lost) == {"P14": 1, "S01": 1, "S02": 1}
    assert not found.weakened


def test_without_the_constitution(needs: nx.MultiDiGraph[str]) -> None:
    # Principle 22 is part of it; P26 has two instruments beside the principle (line 3757).
    found = without(needs, "قانون اساسی")
    assert (short(found.lost), short(found.weakened)) == ({"constitution-principle-22": 1}, {"P26": 2})


def test_without_both_water_companies(needs: nx.MultiDiGraph[str]) -> None:
    # The only two partners of P24 (lines 3575-3576), both of the kind water.
    found = without(needs, "regional-water", "water-and-wastewater")
    assert short(found.lost) == {"P24": 1}
    assert [(one.process, one.kind, len(one.gone)) for one in found.only_partners] == [
        (f"{IRI}process/P24", "water", 2)
    ]
    assert short(without(needs, "regional-water").weakened) == {"P24": 1}
    assert not without(needs, "regional-water").only_partners


def test_without_the_broadcaster(needs: nx.MultiDiGraph[str]) -> None:
    # The only body of the kind media; named in P03, P04-P07, P09 and P12. P05-P07 copy the row of P04.
    found = without(needs, "broadcaster")
    assert not found.lost
    expected = [name for name, record in processes().items() if "broadcaster" in bodies(record)]
    assert expected == ["P03", "P04", "P05", "P06", "P07", "P09", "P12"]
    assert [one.process.rpartition("/")[2] for one in found.only_partners] == expected
    assert {one.kind for one in found.only_partners} == {"media"}
    assert [one.process[-3:] for one in found.only_partners if one.weak] == ["P05", "P06", "P07"]


def test_the_kind_other_is_no_kind(needs: nx.MultiDiGraph[str]) -> None:
    # sahefaja is of the kind "other": P02 loses a partner, and no kind of partner.
    found = without(needs, "sahefaja")
    assert (short(found.weakened), found.only_partners) == ({"P02": 1}, ())


def test_single_partners_as_the_question_has_them(shipped: nx.MultiDiGraph[str], store: Store) -> None:
    # Independent: the library's SPARQL for every kind against taking every agency away.
    partners = dependency_graph(shipped, reasons=["partner"])
    desk = QuestionDesk(store)
    question = question_named("single-of-kind")
    kinds = {entry["kind"] for entry in authority("agencies").values()} - {"other", "post", "unit"}
    asked = {
        (row["process"].value, kind, row["agency"].value)
        for kind in kinds
        for row in desk.ask(question, {"kind": kind}).rows
    }
    agencies = [thing for thing, said in shipped.nodes(data=True) if said["kind"] == "agency"]
    alone = {
        (one.process, one.kind, agency)
        for agency in agencies
        for one in impact(partners, [agency]).only_partners
    }
    assert alone == asked
    assert len(asked) > 50


def test_what_one_thing_costs(needs: nx.MultiDiGraph[str]) -> None:
    found = {one.thing.rpartition("/")[2]: one for one in single_removals(needs)}
    council = found["state-security-council"]
    assert (council.lost, council.weakened, council.only_partners) == (6, 7, 0)
    assert (found["P13"].lost, found["P13"].weakened) == (3, 0)
    assert "P01" not in found  # nothing needs it
    for one in found.values():
        alone = impact(needs, [one.thing])
        assert (one.lost, one.weakened) == (len(alone.lost), len(alone.weakened))


_PATH = """(dct:requires|cpsv:follows|cv:hasLegalResource|df:governedByIssuer|eli:passed_by|eli:is_part_of
|df:serviceOfProcess|df:usesTemplate|df:involvesAgency|df:involvesCollective|org:subOrganizationOf|org:unitOf
|org:postIn|df:membersOf|df:restOf|(df:hasStep/df:mentionsAgency))+"""


def test_reach_is_the_path_of_the_store(needs: nx.MultiDiGraph[str], store: Store) -> None:
    reached: dict[str, set[str]] = {}
    for row in rows_of(store, f"SELECT DISTINCT ?x ?y WHERE {{ ?x {_PATH} ?y }}"):
        reached.setdefault(row["y"].value, set()).add(row["x"].value)
    for thing in needs:
        found = {one.thing for one in impact(needs, [thing]).affected}
        assert found == {x for x in reached.get(thing, set()) if "/step-" not in x} - {thing}


def test_words_that_mean_nothing(needs: nx.MultiDiGraph[str]) -> None:
    nearest = 'no thing "brodcaster"; the nearest is "broadcaster" (State broadcaster (IRIB) / '
    with pytest.raises(QuestionError, match=re.escape(nearest)):
        find_things(needs, ["brodcaster"])
    with pytest.raises(ValueError, match="nothing to take away"):
        impact(needs, [])
    with pytest.raises(ValueError, match='"x:nothing" is not in the graph of needs'):
        impact(needs, ["x:nothing"])
    same = find_things(needs, ["police", "agency/police", "نيروي انتظامی", f"{IRI}agency/police"])
    assert same == (f"{IRI}agency/police",)
    spelt = find_things(needs, ["ناجا"], spellings={f"{IRI}agency/police": ["انتظامی", "ناجا"]})
    assert spelt == same


def test_one_id_for_two_things() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind in ("agency", "template"):
        graph.add_node(f"x:{kind}", kind=kind, id="minutes")
    with pytest.raises(QuestionError, match="may mean agency/minutes or template/minutes"):
        find_things(graph, ["minutes"])
    assert find_things(graph, ["template/minutes"]) == ("x:template",)
    assert find_things(graph, ["minutes"], kinds=["agency"]) == ("x:agency",)


def test_progress_can_stop_it(needs: nx.MultiDiGraph[str]) -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError(f"{done} of {total}")

    with pytest.raises(InterruptedError):
        impact(needs, [f"{IRI}agency/police"], progress=stop)
    with pytest.raises(InterruptedError):
        single_removals(needs, progress=stop)
