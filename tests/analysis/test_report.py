"""Reports as files: all is there in both languages, and nothing is run by what reads them."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import openpyxl
import pytest

from graph.analysis.report import AnalysisError, Column, Report, Table
from graph.analysis.report_html import as_html
from graph.analysis.report_text import as_csv, as_json, as_markdown
from graph.analysis.report_xlsx import as_xlsx
from graph.query.question_library import Words
from graph.query.question_terms import Labels
from tests.view.support import BASE, store_of

POLICE, ARMY, P1 = (f"{BASE}{name}" for name in ("agency/police", "agency/army", "process/P01"))
EVIL = "=HYPERLINK(1)|<script>x</script>"


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels(
        store_of(f"""
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <{BASE}graph/a> {{
              <{POLICE}> skos:prefLabel "ناجا"@fa, "Police"@en .
              <{ARMY}> skos:prefLabel "ارتش"@fa .
              <{P1}> skos:prefLabel "{EVIL}"@fa, "{EVIL}"@en .
            }}""")
    )


@pytest.fixture(scope="module")
def report() -> Report:
    columns = (
        Column("process", Words("Process", "فرایند"), "thing"),
        Column("bodies", Words("Bodies", "نهادها"), "things"),
        Column("share", Words("Share", "سهم"), "share"),
        Column("score", Words("Score", "نمره"), "number"),
        Column("why", Words("Why", "چرا"), "words"),
        Column("lines", Words("Lines", "سطرها"), "text"),
    )
    rows = (
        (P1, (POLICE, ARMY), 0.25, -1.5, Words("because", "زیرا"), "doc:1-2"),
        (P1, (), None, 3, Words("-", "-"), None),
    )
    table = Table("pairs", Words("Pairs", "جفت ها"), Words("How.", "چگونه."), columns, rows, total=9)
    empty = Table("nothing", Words("Nothing", "تهی"), Words("None.", "هیچ."), columns, ())
    note = Words("A note.", "یادداشت.")
    return Report(
        "overlap",
        Words("Title", "عنوان"),
        Words("Says.", "می گوید."),
        (table, empty),
        "abc",
        {"most": "2"},
        (note,),
    )


def test_json_has_both_languages_and_the_ids(report: Report, labels: Labels) -> None:
    found = json.loads(as_json(report, labels))
    row = found["tables"][0]["rows"][0]
    assert row["process"] == {"iri": P1, "kind": "process", "id": "P01", "label": {"fa": EVIL, "en": EVIL}}
    assert [one["label"] for one in row["bodies"]] == [{"fa": "ناجا", "en": "Police"}, {"fa": "ارتش"}]
    assert (row["share"], row["score"], row["why"]) == (0.25, -1.5, {"en": "because", "fa": "زیرا"})
    assert found["tables"][0]["total"] == 9
    assert found["tables"][1]["total"] == 0
    assert found["notes"] == [{"en": "A note.", "fa": "یادداشت."}]


def test_csv_has_ids_and_names_and_no_formula(report: Report, labels: Labels) -> None:
    raw = as_csv(report.tables[0], labels, "fa")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == [
        "process", "process_label", "bodies", "bodies_label", "share", "score", "why", "lines",
    ]  # fmt: skip
    assert rows[1] == ["P01", f"'{EVIL}", "police army", "ناجا | ارتش", "0.25", "-1.5", "زیرا", "doc:1-2"]
    assert rows[2] == ["P01", f"'{EVIL}", "", "", "", "3", "'-", ""]


def test_markdown_means_what_it_says(report: Report, labels: Labels) -> None:
    text = as_markdown(report, labels, "en")
    assert "# Title\n\nSays\\.\n" in text or "# Title\n\nSays.\n" in text
    assert "<script>" not in text.replace("\\<", "")
    line = next(line for line in text.splitlines() if "because" in line)
    assert line.replace("\\|", "").count("|") == 7  # six cells, whatever is in them
    assert "2 of 9 shown" in text
    assert "None." in text
    persian = as_markdown(report, labels, "fa")
    assert "۲۵٪" in persian
    assert "۲ از ۹ نشان داده شد" in persian


def test_a_workbook_has_a_sheet_a_table_and_no_formula(report: Report, labels: Labels) -> None:
    raw = as_xlsx(report, labels, "fa")
    assert raw == as_xlsx(report, labels, "fa")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["یادداشت", "pairs", "nothing"]
    sheet = book["pairs"]
    assert [cell.value for cell in sheet[1]] == ["فرایند", "نهادها", "سهم", "نمره", "چرا", "سطرها"]
    assert sheet["A2"].value == f"P01 {EVIL}"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert (sheet["C2"].value, sheet["C2"].number_format, sheet["D2"].value) == (0.25, "0%", -1.5)
    assert sheet["C3"].value is None
    assert sheet.sheet_view.rightToLeft


def test_a_page_escapes_everything_and_fetches_nothing(report: Report, labels: Labels) -> None:
    page = as_html(report, labels, "fa")

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: set[str] = set()
            self.links: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.add(tag)
            self.links.extend(value or "" for name, value in attrs if name in ("src", "href"))

    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert reader.links == []
    assert '<html lang="fa" dir="rtl">' in page
    assert "۲۵٪" in page


def test_one_table_can_be_had(report: Report) -> None:
    assert [table.key for table in report.only("nothing").tables] == ["nothing"]
    with pytest.raises(AnalysisError, match="it has pairs, nothing"):
        report.only("other")


def test_a_row_has_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="one value for each column"):
        Table("t", Words("", ""), Words("", ""), (Column("a", Words("", ""), "text"),), (("x", "y"),))
