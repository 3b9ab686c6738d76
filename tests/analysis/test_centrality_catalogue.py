"""Centrality of the shipped catalogue, worked out by hand from data/processes/*.yaml.

31 bodies are named: 29 hang together, the two water bodies of P24 stand apart. The partner rows that matter:

* P21 (forgery): judiciary, civil and deeds registration; the registrations sit nowhere else
* judiciary sits besides in P01 (with irgc, intelligence, police, army, cooperatives, emergency, guidance,
  medical sciences, municipality, red crescent, sport), P09 (broadcaster, industry, intelligence, irgc,
  police, telecommunications) and P12 (army, broadcaster, intelligence, irgc, police, telecommunications)
"""

from __future__ import annotations

import networkx as nx
import pytest

from graph.analysis.centrality import BothWays, both_ways
from graph.analysis.incidence import Incidence
from graph.analysis.roles import roles


@pytest.fixture(scope="module")
def short(shipped: nx.MultiDiGraph[str]) -> dict[str, str]:
    return {iri: str(said["id"]) for iri, said in shipped.nodes(data=True)}


@pytest.fixture(scope="module")
def both(agencies: Incidence) -> BothWays:
    return both_ways(agencies)


def test_who_sits_in_most_processes(both: BothWays, short: dict[str, str]) -> None:
    shifts = {short[one.agency]: one for one in both.side_by_side("processes")}
    # irgc: all of P01 to P23 and P26 but P13, P16, P18 and P21; P05, P06, P07, P20, P22, P23 have copied rows
    assert (shifts["irgc"].value, shifts["irgc"].without) == (20, 14)
    assert (shifts["intelligence"].value, shifts["intelligence"].without) == (19, 13)
    assert (shifts["police"].value, shifts["police"].without) == (15, 12)
    assert list(shifts)[:4] == ["irgc", "intelligence", "police", "broadcaster"]
    # broadcaster 7 (P03 to P07, P09, P12) falls to 4, as many as the judiciary (P01, P09, P12, P21) has
    assert (shifts["broadcaster"].rank, shifts["broadcaster"].rank_without) == (4, 4)
    assert (shifts["judiciary"].rank, shifts["judiciary"].rank_without) == (7, 4)


def test_what_only_the_judiciary_ties(agencies: Incidence, short: dict[str, str]) -> None:
    found = {short[one.agency]: one for one in roles(agencies, {})}
    judiciary = found["judiciary"]
    # its partners: the 2 registrations; 11 in P01; broadcaster, industry and telecommunications: 16
    assert judiciary.partners == 2 + 11 + 3
    # the registrations meet the 14 others through it alone
    assert judiciary.only == 2 * 14
    # and of the 14: industry sits nowhere with 8 of P01 (all but irgc, intelligence, police),
    # telecommunications with 7 of them (it meets the army in P12), broadcaster with 4 (P03 has medical
    # sciences, municipality and red crescent too)
    assert judiciary.brokered == 28 + 8 + 7 + 4
    # 16 partners with 16 * 15 / 2 - 47 = 73 ties among them: 16 - 2 * 73 / 16
    assert judiciary.effective_size == 16 - 2 * 73 / 16


def test_seats_that_hold_others(both: BothWays, short: dict[str, str]) -> None:
    seats = {(short[one.process], short[one.agency]): one.betweenness for one in both.whole.seats}
    pairs = 31 * 30 / 2
    # every way from the exam security centre (P27 only) to the 28 others starts from its seat
    assert seats["P27", "exam-security-centre"] == pytest.approx(28 / pairs)
    # each registration reaches the judiciary and the 26 others beyond through the judiciary's seat in P21
    assert seats["P21", "judiciary"] == pytest.approx(2 * 27 / pairs)
    first = both.whole.seats[0]
    assert (short[first.process], short[first.agency]) == ("P21", "judiciary")


def test_parts_and_processes(both: BothWays, short: dict[str, str]) -> None:
    assert both.whole.components == (29, 2)
    apart = {short[one.agency] for one in both.whole.agencies if one.component == 1}
    assert apart == {"regional-water", "water-and-wastewater"}
    processes = {short[one.process]: one for one in both.whole.processes}
    # the two water bodies meet in P24 and nowhere else: 1 of 31 * 30 / 2 pairs
    assert processes["P24"].betweenness == pytest.approx(1 / 465)
    assert processes["P13"].agencies == 0


def test_core(both: BothWays, short: dict[str, str]) -> None:
    # P04 to P07 have 7 bodies; P01, P03, P09 and P12 keep 4 or 5 of irgc, intelligence, police, broadcaster
    # and army. The judiciary falls out: without P21 (3 bodies) it has 3. Nothing is left for 5: police,
    # border guard, prosecutors and provincial police have 4 of these processes, and without them each process
    # has 4 bodies or fewer
    inner = {short[one.agency] for one in both.whole.agencies if one.core == 4}
    four = {"irgc", "intelligence", "police", "broadcaster", "army"}
    assert inner == four | {"border-guard", "prosecutors-office", "provincial-police"}
    assert max(one.core for one in both.whole.agencies) == 4
    assert {short[one.process] for one in both.whole.processes if one.core == 4} == {
        *("P01", "P03", "P04", "P05", "P06", "P07", "P09", "P12")
    }
