"""Meetings of the shipped catalogue, counted by hand from the partner rows in data/processes/*.yaml.

The three bodies of the core, "intelligence" (i), "irgc" (g) and "police" (p), stand in these rows:

* i g p and no other body: P08, P19, P20, P22, P23, P26; and P14, P15, which name a group besides
* i g p with others: P01 (9 more), P02 (sahefaja), P03 (8 more), P09, P12 (4 more each), P11 (district
  governors)
* i g without p: P04, P05, P06, P07 (one row, four times the same; it names the provincial police command,
  which is a body of its own here)
* i p without g: P27. g without i and p: P10, P17.
"""

from __future__ import annotations

import networkx as nx
import pytest

from graph.analysis.incidence import Incidence
from graph.analysis.lattice import Lattice, lattice_of
from graph.analysis.meetings import Meetings, meetings, together

CORE = ["P01", "P02", "P03", "P08", "P09", "P11", "P12", "P14", "P15", "P19", "P20", "P22", "P23", "P26"]
SAME_ROW = ["P04", "P05", "P06", "P07"]


class Reader:
    """Short ids for IRIs and back."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self.short = {iri: str(said["id"]) for iri, said in graph.nodes(data=True)}
        self.iri = {
            str(said["id"]): iri
            for iri, said in graph.nodes(data=True)
            if said["kind"] in ("agency", "collective", "process")
        }

    def ids(self, iris: tuple[str, ...]) -> list[str]:
        return sorted(self.short[iri] for iri in iris)


@pytest.fixture(scope="module")
def reader(shipped: nx.MultiDiGraph[str]) -> Reader:
    return Reader(shipped)


@pytest.fixture(scope="module")
def found(agencies: Incidence) -> Meetings:
    return meetings(agencies)


@pytest.fixture(scope="module")
def lattice(found: Meetings) -> Lattice:
    return lattice_of(found)


def test_the_largest_meetings(found: Meetings, reader: Reader) -> None:
    told = [(reader.ids(one.agencies), reader.ids(one.processes)) for one in found.found[:3]]
    assert told == [
        (["intelligence", "irgc"], sorted(CORE + SAME_ROW)),
        (["intelligence", "police"], sorted([*CORE, "P27"])),
        (["intelligence", "irgc", "police"], CORE),
    ]
    assert found.complete


def test_irgc_and_police_meet_only_where_intelligence_is(agencies: Incidence, reader: Reader) -> None:
    pair = together(agencies, [reader.iri["irgc"], reader.iri["police"]])
    assert reader.ids(pair.at_least) == CORE
    assert pair.exactly == ()
    assert reader.ids(pair.always_with) == ["intelligence"]


def test_exactly_the_core(agencies: Incidence, reader: Reader) -> None:
    core = together(agencies, [reader.iri[name] for name in ("intelligence", "irgc", "police")])
    assert reader.ids(core.exactly) == ["P08", "P14", "P15", "P19", "P20", "P22", "P23", "P26"]
    assert core.always_with == ()
    # the rows of P20, P22 and P23 stand word for word in P19
    assert reader.ids(core.solid) == [one for one in CORE if one not in ("P20", "P22", "P23")]


def test_seven_bodies_share_one_row_of_words(found: Meetings, reader: Reader) -> None:
    seven = {"army", "border-guard", "broadcaster", "intelligence", "irgc"}
    seven |= {"prosecutors-office", "provincial-police"}
    [one] = [one for one in found.found if set(reader.ids(one.agencies)) == seven]
    assert reader.ids(one.processes) == SAME_ROW
    # the rows of P05, P06 and P07 are copies of that of P04
    assert reader.ids(one.solid) == ["P04"]
    # no other body sits in any of the four, so only the empty one of 16 selections shows another group
    assert one.stability.value == 15 / 16


def test_stability_tells_what_hangs_on_one_process(found: Meetings, reader: Reader) -> None:
    # without P27, i and p meet only where g is, so P27 must stay; and one of the other 14 must, as P27 alone
    # would show the exam security centre too: 1/2 (1 - 2^-14)
    [pair] = [one for one in found.found if reader.ids(one.agencies) == ["intelligence", "police"]]
    assert pair.stability.value == pytest.approx((1 - 2**-14) / 2, abs=1e-6)
    # i g p: of the 14 the broadcaster is in P03, P09 and P12 and the judiciary in P01, P09 and P12, 11 rows
    # miss each; the other 26 of 31 bodies are in two or fewer
    [core] = [one for one in found.found if reader.ids(one.agencies) == ["intelligence", "irgc", "police"]]
    assert 1 - 2 * 2**-11 - 26 * 2**-12 <= core.stability.value <= 1 - 2**-11


def test_browsing_from_the_core(lattice: Lattice, reader: Reader) -> None:
    position = lattice.around([reader.iri[name] for name in ("irgc", "police")])
    assert position is not None
    core = lattice.places[position]
    over = [reader.ids(lattice.places[one].meeting.agencies) for one in core.parents]
    assert over == [["intelligence", "irgc"], ["intelligence", "police"]]
    under = {tuple(reader.ids(lattice.places[one].meeting.processes)) for one in core.children}
    # rows P01 and P03 share three bodies more; P03, P09 and P12 the broadcaster; P01, P09, P12 the judiciary;
    # P02 and P11 stand alone
    assert under == {("P01", "P03"), ("P03", "P09", "P12"), ("P01", "P09", "P12"), ("P02",), ("P11",)}
    assert reader.ids(core.own_processes) == ["P08", "P14", "P15", "P19", "P20", "P22", "P23", "P26"]


def test_without_copied_rows(agencies: Incidence, reader: Reader) -> None:
    result = meetings(agencies.without_weak, min_support=2)
    counts = {tuple(reader.ids(one.agencies)): one.support for one in result.found}
    # P20, P22 and P23 repeat P19; P05, P06 and P07 repeat P04
    assert counts["intelligence", "irgc", "police"] == 14 - 3
    assert counts["intelligence", "irgc"] == 18 - 6
    # the border guard is left in P04 and P17
    assert counts["border-guard", "irgc"] == 2
