"""The projected graph of the shipped catalogue against the records, read as plain YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import networkx as nx
import pytest

from graph.analysis.incidence import Incidence
from graph.analysis.projection import (
    agency_table,
    form_table,
    instrument_table,
    processes_of,
    recipient_table,
    step_type_table,
    tables,
)
from tests.query.reference import bodies as bodies_reference
from tests.query.reference.records import (
    above,
    authority,
    bodies,
    folder,
    groups,
    issuers,
    named,
    processes,
    rules,
    span,
    things,
)

BASE = "https://w3id.org/daftar/id/"
CODE = "https://w3id.org/daftar/code/"
DOCUMENT = "provincial-security-office-1396"
Graph = nx.MultiDiGraph  # short


def iri(kind: str, ident: str) -> str:
    return f"{BASE}{kind}/{ident}"


def process(ident: str) -> str:
    return iri("process", ident)


def edge(graph: Graph[str], source: str, target: str, relation: str) -> dict[str, Any]:
    found: dict[str, Any] = graph.edges[source, target, relation]
    return found


def links(graph: Graph[str], *relations: str) -> set[tuple[str, str]]:
    """Both ends of every edge of some relations."""
    return {(s, t) for s, t, key in graph.edges(keys=True) if key in relations}


def read_lines(*texts: str) -> str:
    """Lines of records as the projection writes them: each range once, in order."""
    ranges = sorted({span(part) for text in texts for part in text.split(",")})
    return f"{DOCUMENT}:" + ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def documented() -> list[dict[str, Any]]:
    return [record for record in processes().values() if "form" in record]


def rows(table: Incidence) -> dict[str, set[str]]:
    """The last piece of the IRIs of a table."""
    return {r.rsplit("/", 1)[1]: {c.rsplit("/", 1)[1] for c in table.columns_of(r)} for r in table.rows}


def wanted(of: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    return {ident: set(found) for ident, found in of}


def test_nodes_by_kind_are_the_entries_of_the_records(shipped: Graph[str]) -> None:
    found = Counter(said["kind"] for _, said in shipped.nodes(data=True))
    records = list(processes().values())
    mentions = [m for r in records for m in rules(r) if "instrument" not in m]
    letters = [t for r in records for t in r.get("forms", {}).get("templates", ()) if "template" not in t]
    codes = {"steptype": "step-type/", "recipient": "audience/"}
    assert found.pop("mention") == len(mentions) + len(letters)
    assert {kind: found.pop(kind) for kind in codes} == {
        kind: sum(n.startswith(CODE + start) for n in shipped) for kind, start in codes.items()
    }
    assert found == {
        "process": len(records),
        "service": len(folder("services")),
        "agency": len(authority("agencies")),
        "collective": len(authority("collectives")),
        "instrument": len(authority("instruments")),
        "template": len(authority("forms")),
        "step": sum(len(r.get("steps", ())) for r in records),
        "output": sum("text" in r.get("output", {}) for r in records),
        "index": 35,  # counted in the printed index
    }


def test_a_process_has_its_names_lines_and_codes(shipped: Graph[str]) -> None:
    record = processes()["P08"]
    assert shipped.nodes[process("P08")] == {
        "kind": "process",
        "id": "P08",
        "fa": record["title"]["text"],
        "en": record["titleEn"],
        "subkinds": ("form-and-index", "specialised"),
        "lines": f"{DOCUMENT}:1082-1215",
        "evidence": "document",
        "documented": True,
    }


def test_a_process_without_form_has_the_lines_of_the_index(shipped: Graph[str]) -> None:
    said = shipped.nodes[process("P31")]
    assert said["documented"] is False
    assert said["lines"] == read_lines(processes()["P31"]["title"]["lines"])


def test_every_thing_has_the_lines_of_its_record(shipped: Graph[str]) -> None:
    for kind, name in (("agency", "agencies"), ("collective", "collectives"), ("instrument", "instruments")):
        for ident, record in authority(name).items():
            said = shipped.nodes[iri(kind, ident)]
            assert said["lines"] == read_lines(record["lines"])
            assert (said["fa"], said["en"], said["id"]) == (record["label"], record["labelEn"], ident)
            assert said["evidence"] == "curated"
            assert record["kind"] in said["subkinds"]


def test_steps_are_chained_in_order(shipped: Graph[str]) -> None:
    for record in documented():
        steps = {int(s["number"]): s for s in record.get("steps", ())}
        for number, step in steps.items():
            node = iri("process", f"{record['id']}/step-{number:02}")
            said = shipped.nodes[node]
            assert (said["fa"], said["number"]) == (step["text"], number)
            assert said["id"] == f"{record['id']}/step-{number:02}"
            assert said["lines"] == read_lines(step["lines"])
            assert edge(shipped, process(record["id"]), node, "hasStep")["evidence"] == "document"
            kind = edge(shipped, node, f"{CODE}step-type/{step['type']}", "stepType")
            assert (kind["evidence"], kind["lines"]) == ("reading", said["lines"])
            following = iri("process", f"{record['id']}/step-{number + 1:02}")
            assert shipped.has_edge(node, following, "nextStep") == (number + 1 in steps)


def test_partners_are_those_of_the_records(shipped: Graph[str], agencies: Incidence) -> None:
    assert rows(agencies) == wanted((r["id"], bodies(r)) for r in documented())
    table = agency_table(shipped, named=False, collectives=True, inferred=False, rollup=False)
    assert rows(table) == wanted((r["id"], groups(r)) for r in documented())


def test_p08_counted_by_hand(agencies: Incidence) -> None:
    found = agencies.columns_of(process("P08"))
    assert found == {iri("agency", name) for name in ("intelligence", "police", "irgc")}


def test_bodies_above_are_those_of_the_records(shipped: Graph[str]) -> None:
    table = agency_table(shipped, named=False, collectives=False, inferred=False, rollup=True)
    assert rows(table) == wanted(
        (r["id"], {a for _, _, n in named(r) if "agency" in n for a in above(n["agency"])})
        for r in documented()
    )


def test_ways_to_be_involved_add_up(shipped: Graph[str], agencies: Incidence) -> None:
    both = rows(agency_table(shipped, named=True, collectives=False, inferred=False, rollup=True))
    above_only = rows(agency_table(shipped, named=False, collectives=False, inferred=False, rollup=True))
    assert both == {row: found | above_only[row] for row, found in rows(agencies).items()}


def test_a_way_to_be_involved_is_chosen_on_purpose(shipped: Graph[str]) -> None:
    with pytest.raises(ValueError, match="choose at least one"):
        agency_table(shipped, named=False, collectives=False, inferred=False, rollup=False)
    with pytest.raises(TypeError, match="rollup"):
        agency_table(shipped, named=True, collectives=True, inferred=True)  # type: ignore[call-arg]


def test_lines_and_words_of_a_partner_are_those_of_its_rows(shipped: Graph[str]) -> None:
    for record in documented():
        for body in bodies(record):
            where = [(row, n) for row, _, n in named(record) if n.get("agency") == body]
            said = edge(shipped, process(record["id"]), iri("agency", body), "involvesAgency")
            assert said["lines"] == read_lines(*(n.get("lines", row["lines"]) for row, n in where))
            assert set(said["words"].split(" | ")) == {n["text"] for _, n in where}
            assert (said["evidence"], said["source"]) == ("reading", "inferred/involves-agency")


def test_p08_names_the_police_four_times_on_two_lines(shipped: Graph[str]) -> None:
    said = edge(shipped, process("P08"), iri("agency", "police"), "involvesAgency")
    assert said["lines"] == f"{DOCUMENT}:1201,1202"
    assert said["words"] == "ناجا | انتظامی"


def test_without_copies_the_ranking_of_the_question_comes_out(agencies: Incidence) -> None:
    left = agencies.without_weak
    counts = dict(zip(left.columns, left.matrix.sum(axis=0).tolist(), strict=True))
    found = {c.rsplit("/", 1)[1]: str(n) for c, n in counts.items() if n}
    assert found == dict(bodies_reference.agencies_ranked_without_copies())


def test_copies_counted_by_hand(agencies: Incidence) -> None:
    """Three forms repeat the row of P04 (seven bodies), three the two rows of P19 (three bodies)."""
    weak = agencies.weak.sum(axis=1).tolist()
    found = {r.rsplit("/", 1)[1]: n for r, n in zip(agencies.rows, weak, strict=True) if n}
    assert found == {"P05": 7, "P06": 7, "P07": 7, "P20": 3, "P22": 3, "P23": 3}


def test_a_body_above_is_weak_where_all_below_are(shipped: Graph[str]) -> None:
    for source, target, key, said in shipped.edges(keys=True, data=True):
        if key == "involvesAgencyRollup":
            ident = source.rsplit("/", 1)[1]
            below = [b for b in bodies(processes()[ident]) if target.rsplit("/", 1)[1] in above(b)]
            parts = [edge(shipped, source, iri("agency", b), "involvesAgency") for b in below]
            assert said["evidence"] == "inferred"
            assert said["weak"] == all(part["weak"] for part in parts)
            assert said["lines"] == read_lines(",".join(p["lines"].partition(":")[2] for p in parts))


def test_rows_are_processes_with_a_form(shipped: Graph[str], agencies: Incidence) -> None:
    expected = tuple(process(record["id"]) for record in documented())
    assert len(expected) == 27
    assert processes_of(shipped) == expected == tuple(sorted(expected))
    every = tables(shipped, named=True, collectives=False, inferred=False, rollup=False)
    assert list(every) == ["agency", "instrument", "form", "step-type", "recipient"]
    assert {table.rows for table in every.values()} == {expected}
    assert every["agency"].columns == agencies.columns
    assert process("P18") in expected  # names groups only: an empty row
    assert not agencies.columns_of(process("P18"))


def test_instruments_are_those_that_mentions_identify(shipped: Graph[str]) -> None:
    table = instrument_table(shipped)
    assert rows(table) == wanted(
        (r["id"], {m["instrument"] for m in rules(r) if "instrument" in m}) for r in documented()
    )
    assert not table.weak.nnz
    laws = {(process("P13"), iri("instrument", "governors-duties-law"))}
    assert laws <= links(shipped, "hasLegalResource")
    assert (process("P08"), iri("instrument", "theft-document")) in links(shipped, "follows")
    said = edge(shipped, process("P08"), iri("instrument", "theft-document"), "follows")
    assert (said["lines"], said["evidence"]) == (f"{DOCUMENT}:1110", "reading")


def test_issuers_and_senders_are_those_of_the_mentions(shipped: Graph[str]) -> None:
    mentions = [(pid, m) for pid, r in processes().items() for m in rules(r)]
    expected = {(process(p), iri("agency", who)) for p, m in mentions for who in issuers(m)}
    assert links(shipped, "governedByIssuer") == expected
    assert links(shipped, "transmittedBy") == {
        (process(p), iri("agency", m["transmittedBy"])) for p, m in mentions if "transmittedBy" in m
    }


def test_generic_wording_is_listed_and_shared_by_nobody(shipped: Graph[str]) -> None:
    generic = {
        n: d for n, d in shipped.nodes(data=True) if d["kind"] == "mention" and "generic" in d["subkinds"]
    }
    expected = [(pid, m) for pid, r in processes().items() for m in rules(r) if m["kind"] == "generic"]
    assert sorted((d["fa"], d["lines"]) for d in generic.values()) == sorted(
        (m["text"], read_lines(m.get("lines", processes()[pid]["regulations"]["lines"])))
        for pid, m in expected
    )
    assert all(shipped.in_degree(node) == 1 and shipped.out_degree(node) == 0 for node in generic)


def test_templates_are_those_of_the_forms_field(shipped: Graph[str]) -> None:
    def used(record: dict[str, Any]) -> set[str]:
        return {t["template"] for t in record.get("forms", {}).get("templates", ()) if "template" in t}

    assert rows(form_table(shipped)) == wanted((r["id"], used(r)) for r in documented())


def test_step_types_are_those_of_the_steps(shipped: Graph[str]) -> None:
    table = step_type_table(shipped)
    assert rows(table) == wanted((r["id"], {s["type"] for s in r.get("steps", ())}) for r in documented())


def test_recipients_are_groups_of_people_and_bodies(shipped: Graph[str]) -> None:
    def served(record: dict[str, Any]) -> set[str]:
        field = record.get("recipients", {})
        return {*field.get("audience", ()), *field.get("serves", ())}

    assert rows(recipient_table(shipped)) == wanted((r["id"], served(r)) for r in documented())
    said = edge(shipped, process("P17"), iri("agency", "border-guard"), "serves")
    assert (said["lines"], said["evidence"]) == (f"{DOCUMENT}:2512", "reading")


def test_what_needs_what(shipped: Graph[str]) -> None:
    needs = {
        (process(p), process(o))
        for p, r in things().items()
        for o in r.get("documents", {}).get("requires", ())
    }
    assert links(shipped, "requires") == needs == {(process("P14"), process("P13"))}
    said = edge(shipped, process("P14"), process("P13"), "requires")
    assert said["lines"] == read_lines(processes()["P14"]["documents"]["lines"])
    services = {(iri("service", s), process(r["parent"]["process"])) for s, r in folder("services").items()}
    assert links(shipped, "serviceOfProcess") == services
    assert links(shipped, "deliversService") == {(p, s) for s, p in services}
    for service, parent in services:
        ident = service.rsplit("/", 1)[1]
        expected = read_lines(folder("services")[ident]["parent"]["lines"])
        assert edge(shipped, parent, service, "deliversService")["lines"] == expected
    assert len(links(shipped, "produces")) == 27


def test_bodies_stand_under_others_on_a_stated_basis(shipped: Graph[str]) -> None:
    relations = ("subOrganizationOf", "unitOf", "postIn")
    stands = {
        (iri("agency", ident), iri("agency", record["parent"])): record
        for ident, record in authority("agencies").items()
        if "parent" in record
    }
    assert links(shipped, *relations) == set(stands)
    for source, target, key, said in shipped.edges(keys=True, data=True):
        if key in relations:
            record = stands[source, target]
            by_text = record["parentBasis"] == "text"
            assert said["lines"] == (read_lines(record["lines"]) if by_text else "")


def test_owner_units_steps_and_index_lead_to_their_things(shipped: Graph[str]) -> None:
    owners = {(process(r["id"]), iri("agency", r["office"]["agency"])) for r in documented()}
    assert links(shipped, "ownerUnit") == owners
    said = edge(shipped, process("P08"), iri("agency", "security-office"), "ownerUnit")
    assert said["lines"] == f"{DOCUMENT}:1089"
    named_in_steps = {
        (iri("process", f"{pid}/step-{int(s['number']):02}"), iri("agency", a))
        for pid, r in processes().items()
        for s in r.get("steps", ())
        for a in s.get("agencies", ())
    }
    assert links(shipped, "mentionsAgency") == named_in_steps
    assert edge(shipped, iri("index", "I01"), process("P28"), "denotes")["lines"] == f"{DOCUMENT}:1"


def test_every_node_and_edge_says_what_it_is(shipped: Graph[str]) -> None:
    grades = {"document", "curated", "reading", "inferred"}
    for _, said in shipped.nodes(data=True):
        assert {"kind", "id", "subkinds", "lines", "evidence"} <= said.keys()
        assert said["kind"] != "other"
        assert said["evidence"] in grades
    for _, _, key, said in shipped.edges(keys=True, data=True):
        assert said.keys() == {"relation", "evidence", "source", "lines", "words", "weak"}
        assert said["relation"] == key
        assert said["evidence"] in grades
        assert isinstance(said["weak"], bool)
