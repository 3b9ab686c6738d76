"""Analyses over HTTP: the same as in Python, in every format; wrong requests; an end to long work."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from api.app import create_app
from graph.analysis.analyst import Analyst
from graph.analysis.report_text import as_json
from graph.analysis.reports import ANALYSES, run
from graph.settings import Settings
from graph.store import open_store
from tests.api.client import Client


@pytest.fixture(scope="module")
def analyst(folder: Path) -> Analyst:
    return Analyst(open_store(folder))


def test_all_are_listed_with_their_options(client: Client) -> None:
    listed = client.get("/api/analyses").json()["analyses"]
    assert [one["name"] for one in listed] == list(ANALYSES)
    for one in listed:
        assert [o["name"] for o in one["options"]] == [o.name for o in ANALYSES[one["name"]].options]
        assert one["title"]["fa"]
        assert one["title"]["en"]


@pytest.mark.parametrize("name", list(ANALYSES))
def test_json_is_what_python_gives(client: Client, analyst: Analyst, name: str) -> None:
    answer = client.get(f"/api/analyses/{name}?most=3")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(as_json(run(analyst, name, {"most": ["3"]}), analyst.labels))


def test_options_and_persian_spellings(client: Client) -> None:
    answer = client.get("/api/analyses/meetings", params={"bodies": "ناجا,سپاه", "least-processes": "14"})
    tables = {table["key"]: table for table in answer.json()["tables"]}
    asked = client.get("/api/questions/what-two-share", params={"agency": "police", "other": "irgc"}).json()
    both = [row["process"]["id"] for row in asked["rows"]]
    assert [row["process"]["id"] for row in tables["where"]["rows"]] == both
    assert len(both) == 14


def test_csv_is_one_table_with_ids_and_names(client: Client) -> None:
    answer = client.get("/api/analyses/impact?without=police&format=csv&lang=fa")
    assert answer.headers["content-disposition"] == 'attachment; filename="impact.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["order", "thing", "thing_label"]
    assert ["1", "border-guard", "مرزبانی"] in [row[:3] for row in rows]


def test_the_workbook_opens_and_holds_no_formula(client: Client) -> None:
    answer = client.get("/api/analyses/health?format=xlsx&lang=fa")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[1:] == ["checks", "findings", "queries"]
    sheet = book["findings"]
    assert sheet.sheet_view.rightToLeft
    assert sheet.max_row > 100
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_brief_is_a_page_of_its_own(client: Client) -> None:
    answer = client.get("/api/analyses/impact?without=police&format=html&lang=fa")
    assert '<html lang="fa" dir="rtl">' in answer.text
    assert "<script" not in answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="impact.html"'


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("nothing", 404, "not found"),
        ("meetings?bodies=polise", 400, 'the nearest is "police"'),
        ("meetings?least=2", 400, 'no option "least"'),
        ("meetings?most=0", 400, "a whole number from 1"),
        ("meetings?involved=all", 400, "named, collectives, inferred, rollup"),
        ("meetings?involved=", 400, "choose"),
        ("impact?format=pdf", 400, "json, csv, xlsx, markdown, html"),
        ("impact?lang=de", 400, "fa or en"),
        ("impact?table=nothing", 400, "it has single-removals"),
    ],
)
def test_what_is_wrong_is_said(client: Client, path: str, status: int, words: str) -> None:
    answer = client.get(f"/api/analyses/{path}")
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_long_work_is_ended(client: Client) -> None:
    short = client.app.state.site.settings.model_copy(update={"analysis_seconds": 1e-9})
    with Client(create_app(short)) as hurried:
        answer = hurried.get("/api/analyses/health")
    assert answer.status_code == 503
    assert "ask for less" in answer.json()["error"]


def test_the_limit_is_a_setting() -> None:
    assert Settings(analysis_seconds=3).analysis_seconds == 3
