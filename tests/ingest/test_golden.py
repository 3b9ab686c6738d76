"""The real document against what people read in it (`tests/golden`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.ingest.reading import Reading
from tests.ingest.scoring import Score, plain, score

GOLDEN = Path(__file__).parent.parent / "golden"
pytestmark = [pytest.mark.source, pytest.mark.slow]


def _load(name: str) -> Any:
    return json.loads((GOLDEN / name).read_text("utf-8"))


@pytest.fixture(scope="session")
def answers() -> list[dict[str, Any]]:
    index = [{"kind": "index", **entry} for entry in _load("index.json")]
    lines = (GOLDEN / "fields-ten.jsonl").read_text("utf-8").splitlines()
    return [*index, *map(json.loads, lines)]


@pytest.fixture(scope="session")
def fields(source_reading: Reading) -> list[dict[str, Any]]:
    return list(source_reading.fields())


@pytest.fixture(scope="session")
def result(answers: list[dict[str, Any]], fields: list[dict[str, Any]]) -> Score:
    return score(answers, fields)


def test_the_answers_are_whole(answers: list[dict[str, Any]]) -> None:
    assert [answer["kind"] for answer in answers].count("index") == 35
    assert len(answers) == 45
    assert len(_load("partners.json")) == len(_load("steps.json")) == 27


def test_every_form_is_found(fields: list[dict[str, Any]]) -> None:
    kinds = [item["kind"] for item in fields]
    assert (kinds.count("index"), kinds.count("process"), kinds.count("service")) == (35, 27, 2)
    assert [str(item["line"]) for item in fields if item["kind"] == "process"] == list(_load("partners.json"))


def test_fields_are_read(result: Score) -> None:
    assert result.field_share >= 0.99, str(result)


def test_index_is_read_whole(answers: list[dict[str, Any]], fields: list[dict[str, Any]]) -> None:
    own = score(answers[:35], fields)
    assert own.fields_right == own.fields, str(own)


def test_every_step_is_counted(fields: list[dict[str, Any]]) -> None:
    own = {str(item["line"]): len(item["steps"]) for item in fields if item["kind"] == "process"}
    assert own == _load("steps.json")


def test_every_partner_is_read(fields: list[dict[str, Any]]) -> None:
    own = {str(item["line"]): plain(item["partners"]) for item in fields if item["kind"] == "process"}
    assert own == plain(_load("partners.json"))


def test_no_difference_is_silent(result: Score, fields: list[dict[str, Any]]) -> None:
    doubts = {
        (item["kind"], item["line"], doubt["field"]) for item in fields for doubt in item.get("doubts", [])
    }
    silent = [lost for lost in result.differences if (lost.kind, lost.line, lost.doubted_as) not in doubts]
    assert not silent, "\n".join(map(str, silent))


def test_long_prose_is_not_kept() -> None:
    service = next(
        item
        for item in map(json.loads, (GOLDEN / "fields-ten.jsonl").read_text("utf-8").splitlines())
        if item["kind"] == "service"
    )
    assert "description" not in service
    assert len(service["description_sha256"]) == 64
