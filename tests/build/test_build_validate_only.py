"""Validation of some records says of them what validation of all says; scopes say what data are enough."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from conftest import BASE, PREFIXES

from graph.build import BuildError, Dataset, Finding, validate
from graph.build.places import Places
from graph.records import Catalogue

# Records of these kinds are built apart from each other; all others are authority files.
_APART = {"process", "service", "index-entry", "comparison"}


def about(findings: tuple[Finding, ...], nodes: list[str]) -> list[Finding]:
    return [finding for finding in findings if finding.focus in set(nodes)]


def part(dataset: Dataset, catalogue: Catalogue, record: str) -> Dataset:
    """The dataset without the records apart, but for one."""
    places, store = Places(dataset, catalogue), ox.Store()
    others = [each.id for each in catalogue.all_records() if each.kind in _APART and each.id != record]
    gone = set(places.nodes_of(others))
    store.extend(quad for quad in dataset if quad.subject.value not in gone)
    return Dataset(store, dataset.base_iri, dataset.ontology)


def compare(dataset: Dataset, catalogue: Catalogue, records: list[str]) -> None:
    places = Places(dataset, catalogue)
    whole = {scope: validate(dataset, catalogue, scope=scope).findings for scope in ("record", "catalogue")}
    for record in records:
        nodes = places.nodes_of([record])
        local = validate(part(dataset, catalogue, record), catalogue, only=[record], scope="record").findings
        assert list(local) == about(whole["record"], nodes), record
        crossing = validate(dataset, catalogue, only=[record], scope="catalogue").findings
        assert list(crossing) == about(whole["catalogue"], nodes), record


def test_scopes_share_out_the_findings(faulty: Dataset, catalogue: Catalogue) -> None:
    everything = validate(faulty, catalogue).findings
    local, crossing = (
        validate(faulty, catalogue, scope="record").findings,
        validate(faulty, catalogue, scope="catalogue").findings,
    )
    assert sorted(map(repr, [*local, *crossing])) == sorted(map(repr, everything))
    assert len(set(everything)) == len(everything)
    crossing_names = {finding.shape for finding in crossing}
    assert crossing_names >= {"S20-same-title", "S20-same-lists", "S13-false-hub", "S24-parent"}
    assert len({finding.shape for finding in local}) > 60


def test_a_faulty_record_by_itself(faulty: Dataset, catalogue: Catalogue) -> None:
    compare(faulty, catalogue, ["P01", "P02", "P03", "S01", "I01", "alike", "police"])


def test_a_shipped_record_by_itself(shipped_dataset: Dataset, shipped: Catalogue) -> None:
    with_findings = {each.record for each in validate(shipped_dataset, shipped).findings}
    compare(shipped_dataset, shipped, sorted(with_findings)[::9])


def test_several_records_and_unknown_ones(faulty: Dataset, catalogue: Catalogue) -> None:
    both = validate(faulty, catalogue, only=["P02", "P03"])
    each = [
        *validate(faulty, catalogue, only=["P02"]).findings,
        *validate(faulty, catalogue, only=["P03"]).findings,
    ]
    assert sorted(map(repr, both.findings)) == sorted(map(repr, each))
    assert {finding.record for finding in both.findings} == {"P02", "P03"}
    with pytest.raises(BuildError, match="no record of this catalogue has the id P99"):
        validate(faulty, catalogue, only=["P01", "P99"])


def test_progress_covers_shapes_and_checks(dataset: Dataset, catalogue: Catalogue) -> None:
    told: list[int] = []
    validate(dataset, catalogue, only=["P01"], progress=lambda done, all_: told.append(100 * done // all_))
    assert told == sorted(told)
    assert told[-1] == 100
    assert any(0 < each < 50 for each in told)


# Four processes with one title; the first two were compared.
_SAME = """
INSERT {{ GRAPH <graph/record/P01> {{
    ?p a df:Process ; dct:title "عنوان مشترک"@fa ; dct:identifier ?id .
    <comparison/made> df:compares <process/Q1>, <process/Q2> .
}} }} WHERE {{ VALUES (?p ?id) {{ {rows} }} }}
"""


def test_same_titles_are_reported_once_each(dataset: Dataset, catalogue: Catalogue) -> None:
    from graph.build.checks import check_results, read_checks

    store = ox.Store()
    store.bulk_extend(dataset)
    rows = " ".join(f'(<process/Q{n}> "Q{n}")' for n in range(1, 5))
    store.update(PREFIXES + _SAME.format(rows=rows))
    check = [each for each in read_checks(dataset.ontology) if each.name == "S20-same-title"]
    there = Dataset(store, BASE, dataset.ontology)
    found = {(each.focus.removeprefix(BASE), each.value) for each in check_results(there, check)}
    assert found == {("process/Q3", "Q1"), ("process/Q4", "Q1")}
