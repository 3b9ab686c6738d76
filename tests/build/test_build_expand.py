"""What stops a record from becoming nodes, and what a node gets from its record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.build.errors import RecordBuildError
from graph.build.expand import Expander
from graph.paths import ontology_dir
from graph.records import Catalogue, Record
from graph.records.yamlfile import parse_yaml

THINGS = {"P01": "process/P01", "P02": "process/P02", "S01": "service/S01"}


@pytest.fixture(scope="module")
def expander() -> Expander:
    return Expander(json.loads((ontology_dir() / "nodes.json").read_text(encoding="utf-8")), THINGS)


Change = Callable[..., Record]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Write a record with some keys changed (or, with None, taken out) and read it again."""

    def change(record: Record, **changes: Any) -> Record:
        data = {key: value for key, value in {**record.data, **changes}.items() if value is not None}
        path = tmp_path / record.path.name
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        value, marks = parse_yaml(path.read_bytes())
        return Record(record.kind, record.id, value, path, 1, marks)

    return change


def node_at(node: Any, path: str) -> dict[str, Any]:
    """Find the node with this @id anywhere below."""
    if isinstance(node, dict):
        if node.get("@id") == path and len(node) > 1:
            return node
        return next((found for value in node.values() if (found := node_at(value, path))), {})
    if isinstance(node, list):
        return next((found for value in node if (found := node_at(value, path))), {})
    return {}


def test_several_line_ranges_give_the_outer_lines(expander: Expander, catalogue: Catalogue) -> None:
    row = node_at(expander.expand(catalogue.processes[0]), "process/P01/partner-row-1")
    assert (row["lineStart"], row["lineEnd"], row["lines"]) == (30, 33, "30-31, 33")
    one = node_at(expander.expand(catalogue.processes[0]), "process/P01/field-goal")
    assert (one["lineStart"], one["lineEnd"], "lines" in one) == (15, 15, False)


def test_pointers_lead_to_the_place_in_the_record(expander: Expander, catalogue: Catalogue) -> None:
    pointers: dict[str, str] = {}
    expander.expand(catalogue.processes[0], pointers)
    assert pointers["process/P01/partner-1-3"] == "/partners/0/names/2"
    assert pointers["process/P01/stage-inform-in-person"] == "/stages/inform/in-person"
    assert pointers["form/P01"] == "/form"


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"colour": "red"}, "/colour", "no meaning in ontology/nodes.json"),
        ({"goal": {"words": "x", "lines": "1"}}, "/goal", "says text, summary or state"),
        ({"goal": {"text": "x", "lines": "first"}}, "/goal/lines", "line"),
        (
            {"goal": {"text": "x", "lines": "1", "confidential": "true"}},
            "/goal/confidential",
            '"yes" nor "no"',
        ),
        ({"date": {"jalali": "1398-12-30", "text": "30/12/98", "lines": "1"}}, "/date/jalali", "Jalali"),
        ({"trigger": {"lines": "1"}}, "/trigger", "candidates, value, values or state"),
        ({"steps": [{"number": "one", "text": "x", "lines": "1"}]}, "/steps/0/number", "whole number"),
        ({"steps": [{"number": "1", "text": "x"}, {"number": "1", "text": "y"}]}, "/steps/1", "second node"),
        ({"steps": [{"text": "x", "lines": "1"}]}, "/steps/0", "cannot be named"),
        ({"stages": {"inform": {"electronic": {"box": "x"}}}}, "/stages/inform/electronic/box", "no meaning"),
    ],
)
def test_what_stops_a_build(
    expander: Expander,
    catalogue: Catalogue,
    changed: Change,
    changes: dict[str, Any],
    pointer: str,
    words: str,
) -> None:
    with pytest.raises(RecordBuildError, match=words) as caught:
        expander.expand(changed(catalogue.processes[0], **changes))
    assert caught.value.pointer == pointer
    assert re.match(r".*P01\.yaml:\d+: process P01, ", str(caught.value))


def test_a_date_needs_its_form(expander: Expander, catalogue: Catalogue, changed: Change) -> None:
    with pytest.raises(RecordBuildError, match="a date needs 'form'"):
        expander.expand(changed(catalogue.processes[0], form=None))


def test_an_entry_of_nothing_is_refused(expander: Expander, catalogue: Catalogue, changed: Change) -> None:
    with pytest.raises(RecordBuildError, match="'P99' is no process and no service"):
        expander.expand(changed(catalogue.index[0], denotes="P99"))


def test_a_summary_is_a_reading_and_not_the_goal(expander: Expander, catalogue: Catalogue) -> None:
    node = expander.expand(catalogue.processes[1])
    reading = node_at(node, "process/P02/field-goal")
    assert reading["summary"] == "چکیده هدف"
    assert "text" not in reading
    assert "goal" not in node


def test_words_that_say_not_applicable_are_no_website(expander: Expander, catalogue: Catalogue) -> None:
    node = expander.expand(catalogue.processes[0])
    assert node_at(node, "process/P01/field-url")["text"] == "غیرالکترونیکی"
    assert node_at(node, "process/P01/state-url")["state"] == "not-applicable"
    assert "website" not in node
    assert node["informationSystem"][0]["text"] == "سامانه نمونه"


def test_a_partner_row_with_a_state_is_a_state(
    expander: Expander, catalogue: Catalogue, changed: Change
) -> None:
    rows = [{"row": "1", "state": "blank", "lines": "5", "system": "غیرالکترونیکی"}]
    node = expander.expand(changed(catalogue.processes[0], partners=rows))
    found = node_at(node, "process/P01/state-partners-1")
    assert (found["@type"], found["state"], found["system"]) == (["FieldState"], "blank", "غیرالکترونیکی")
    assert "participations" not in node


def test_a_record_may_state_what_each_reading_gives(
    expander: Expander, catalogue: Catalogue, changed: Change
) -> None:
    ticks = {"candidates": ["agency", "other"], "settled": "no", "ifBoxFollows": ["other"], "lines": "5"}
    selection = expander.expand(changed(catalogue.processes[0], trigger=ticks))["selections"][-1]
    assert selection["ifBoxFollows"] == ["dfc:trigger/other"]
    assert selection["candidate"] == ["dfc:trigger/agency", "dfc:trigger/other"]
    assert "selected" not in selection


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("https://example.ir/a?b=1", "https://example.ir/a?b=1"),
        ("www.example.ir", "http://www.example.ir"),
        ("ندارد", None),
        ("در وبگاه استانداری", None),
    ],
)
def test_only_a_web_address_is_a_website(
    expander: Expander, catalogue: Catalogue, changed: Change, words: str, page: str | None
) -> None:
    node = expander.expand(changed(catalogue.processes[0], url={"text": words, "lines": "5"}))
    assert [each["text"] for each in node.get("website", [])] == ([page] if page else [])
    assert node_at(node, "process/P01/field-url")["text"] == words
