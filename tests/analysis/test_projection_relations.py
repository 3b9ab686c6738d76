"""Rules, forms, recipients and dependencies of the projected catalogue against the records."""

from __future__ import annotations

from typing import Any

from graph.analysis.projection import (
    form_table,
    instrument_table,
    recipient_table,
    step_type_table,
)
from tests.analysis.projection_reading import (
    DOCUMENT,
    Graph,
    documented,
    edge,
    iri,
    links,
    process,
    read_lines,
    rows,
    wanted,
)
from tests.query.reference.records import (
    authority,
    folder,
    issuers,
    processes,
    rules,
    things,
)


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
