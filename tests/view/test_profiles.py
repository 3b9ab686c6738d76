"""The view models against the records themselves, read here as plain YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from graph.paths import bundled_data_dir
from graph.view.doubtful import open_doubts
from graph.view.findings import findings
from graph.view.overview import KINDS, counts, index_lines, items
from graph.view.process import process_view, service_view
from graph.view.reading import Catalogue
from graph.view.things import thing_view

DATA = bundled_data_dir()
PROCESSES = sorted(p.stem for p in (DATA / "processes").glob("*.yaml"))


def record(path: str) -> Any:
    return yaml.load((DATA / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only


def test_counts_are_those_of_the_records(catalogue: Catalogue) -> None:
    found = counts(catalogue)
    assert found["process"] == len(PROCESSES) == 34
    assert found["service"] == 2
    for kind, file in (("agency", "agencies"), ("collective", "collectives"), ("instrument", "instruments")):
        assert found[kind] == len(record(f"{file}.yaml")), kind
    assert found["template"] == len(record("forms.yaml"))
    for kind in KINDS:
        assert len(items(catalogue, kind)) == found[kind]


@pytest.mark.parametrize("ident", PROCESSES)
def test_a_process_has_its_steps_partners_and_doubts(catalogue: Catalogue, ident: str) -> None:
    said, view = record(f"processes/{ident}.yaml"), process_view(catalogue, ident)
    assert view is not None
    assert view.ref.fa == said["title"]["text"]
    assert view.ref.en == said["titleEn"]
    assert (view.form is not None) == ("form" in said)
    steps = said.get("steps", [])
    assert [s.number for s in view.steps] == [int(s["number"]) for s in steps]
    assert [s.text.text for s in view.steps] == [s.get("text") for s in steps]
    assert [s.text.summary_en for s in view.steps] == [s.get("summaryEn") for s in steps]
    rows = said.get("partners", [])
    assert [[p.text for p in r.partners] for r in view.partners] == [
        [n["text"] for n in r.get("names", [])] for r in rows
    ]
    assert len(view.doubts) == len(said.get("doubts", []))
    placed = [d for s in view.sections for d in (*s.doubts, *(d for f in s.fields for d in f.doubts))]
    assert {d.anchor for d in (*placed, *view.loose_doubts)} == {d.anchor for d in view.doubts}


def test_an_ambiguous_tick_shows_both_candidates_and_no_choice(catalogue: Catalogue) -> None:
    view = process_view(catalogue, "P08")
    assert view is not None
    ticks = [t for s in view.sections for f in s.fields for t in f.ticks if f.code.id == "field/trigger"]
    assert len(ticks) == 1
    assert ticks[0].open
    assert {c.id for c in ticks[0].candidates} == {"trigger/request", "trigger/time"}
    assert ticks[0].selected == ()


def test_stages_are_four_rows_of_two_boxes(catalogue: Catalogue) -> None:
    for ident in PROCESSES:
        view = process_view(catalogue, ident)
        assert view is not None
        if view.form:
            assert [s.id for s, _ in view.stages] == [
                f"stage/{s}" for s in ("inform", "start", "process", "deliver")
            ]
            assert all(len(cells) == 2 for _, cells in view.stages)


def test_a_service_names_its_process_as_our_reading(catalogue: Catalogue) -> None:
    view = service_view(catalogue, "S01")
    assert view is not None
    links = [link for key, found in view.relations if key == "relation.service-of" for link in found]
    assert [(link.ref.id, link.layer) for link in links] == [("P13", "reading")]


def test_an_agency_lists_every_form_that_names_it(catalogue: Catalogue) -> None:
    view = thing_view(catalogue, "agency", "police")
    assert view is not None
    named = {
        ident
        for ident in PROCESSES
        for row in record(f"processes/{ident}.yaml").get("partners", [])
        for name in row.get("names", [])
        if name.get("agency") == "police"
    }
    assert {u.place.id for u in view.uses if u.how == "use.partner"} == named
    assert {"ناجا", "انتظامی"} <= {s.text for s in view.spellings}


def test_what_the_graph_does_not_have_is_none(catalogue: Catalogue) -> None:
    assert process_view(catalogue, "P99") is None
    assert service_view(catalogue, "S9 9>") is None
    assert thing_view(catalogue, "agency", "nobody") is None


def test_the_index_is_whole_and_in_order(catalogue: Catalogue) -> None:
    entries = record("index.yaml")["entries"]
    found = index_lines(catalogue)
    assert [e.title for e in found] == [e["title"]["text"] for e in entries]
    assert [e.states_no_form for e in found] == [e["statesNoForm"] == "yes" for e in entries]


def test_open_doubts_are_those_of_the_records(catalogue: Catalogue) -> None:
    expected = sum(
        len(record(str(p.relative_to(DATA))).get("doubts", []))
        for folder in ("processes", "services")
        for p in (DATA / folder).glob("*.yaml")
    )
    assert len(open_doubts(catalogue)) == expected


def _names(value: Any) -> Iterator[str]:
    for row in value.get("partners", []):
        for name in row.get("names", []):
            if "agency" in name:
                yield name["agency"]


def test_the_agency_in_most_processes_is_counted_right(catalogue: Catalogue) -> None:
    tally: dict[str, int] = {}
    for ident in PROCESSES:
        for agency in set(_names(record(f"processes/{ident}.yaml"))):
            tally[agency] = tally.get(agency, 0) + 1
    finding = next(f for f in findings(catalogue) if f.key == "finding.agencies")
    assert finding.count == len(tally)
    assert [n for _, n in finding.items] == sorted(tally.values(), reverse=True)[: len(finding.items)]
    assert all(tally[ref.id] == n for ref, n in finding.items)
