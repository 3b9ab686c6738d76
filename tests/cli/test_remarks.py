"""``daftar report`` and ``daftar remarks``: files of remarks checked against the edition and put together."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from graph.cli import main
from graph.export.redact import redact
from graph.paths import ontology_dir
from graph.store import open_store
from graph.view.review.remarks import FORMAT, JUDGEMENTS, Known, Remark, check, merge
from tests.view.support import build_edition

HEAD = '"format": "daftar-remarks/1", "edition": "x"'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("store"))


def remarks(path: Path, edition: str, reviewer: str, *rows: tuple[str, str, str]) -> Path:
    said = [{"about": about, "judgement": judgement, "text": text} for about, judgement, text in rows]
    document = {"format": FORMAT, "edition": edition, "reviewer": reviewer, "remarks": said}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["remarks", *map(str, words)])


def as_json(*words: object) -> Any:
    found = run(*words, "--format", "json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_several_files_become_one_list_by_record_and_reviewer(store: Path, tmp_path: Path) -> None:
    edition = open_store(store).manifest.fingerprint
    one = remarks(
        tmp_path / "a.json",
        edition,
        "office A",
        ("process/P08", "agree", ""),
        ("agency/police", "change", "x"),
    )
    two = remarks(
        tmp_path / "b.json",
        edition,
        "دفتر ب",
        ("process/P08", "question", "چرا؟"),
        ("finding/meet-most", "agree", ""),
    )
    found = as_json(two, one, one, "--store", store)
    assert [(r["about"], r["reviewer"], r["judgement"]) for r in found["remarks"]] == [
        ("finding/meet-most", "دفتر ب", "agree"),
        ("process/P08", "office A", "agree"),
        ("process/P08", "دفتر ب", "question"),
        ("agency/police", "office A", "change"),
    ]
    assert all(r["fits"] == "this" and r["known"] for r in found["remarks"])
    assert found["problems"] == []


def test_what_belongs_to_another_edition_is_said_and_kept(store: Path, tmp_path: Path) -> None:
    file = remarks(
        tmp_path / "a.json", "f" * 64, "office A", ("process/P08", "agree", ""), ("process/P99", "", "x")
    )
    shown = run(file, "--store", store)
    assert shown.exit_code == 0
    assert "2 of the remarks were made for another edition" in shown.stderr
    assert 'this edition has no "process/P99"' in shown.stderr
    assert "another edition, not in this edition" in shown.stdout
    assert "2 remarks" in shown.stdout
    assert [(r["fits"], r["known"]) for r in as_json(file, "--store", store)["remarks"]] == [
        ("other", True),
        ("other", False),
    ]


def test_remarks_on_the_public_part_fit(store: Path, tmp_path: Path) -> None:
    public, _ = redact(open_store(store), ontology_dir())
    file = remarks(tmp_path / "a.json", public.manifest.fingerprint, "office A", ("process/P08", "agree", ""))
    found = as_json(file, "--store", store)
    assert [r["fits"] for r in found["remarks"]] == ["public"]
    assert found["problems"] == []


def test_the_merged_file_can_be_merged_again(store: Path, tmp_path: Path) -> None:
    edition = open_store(store).manifest.fingerprint
    one = remarks(tmp_path / "a.json", edition, "A", ("process/P08", "agree", "x"))
    two = remarks(tmp_path / "b.json", "other", "B", ("process/P99", "change", "y"))
    whole = tmp_path / "all.json"
    assert run(one, two, "--store", store, "--out", whole).exit_code == 0
    keys = ("about", "reviewer", "judgement", "text", "edition")
    first, again = (as_json(*files, "--store", store)["remarks"] for files in ((one, two), (whole, one)))
    assert [[r[k] for k in keys] for r in first] == [[r[k] for k in keys] for r in again]


def test_a_spreadsheet_gets_no_formula_and_a_paper_no_markup(store: Path, tmp_path: Path) -> None:
    rows = (
        ("process/P08", "change", "=HYPERLINK(1)\nsecond"),
        ("process/P09", "", "<script>x</script> | *b*"),
    )
    file = remarks(tmp_path / "a.json", "e", "=office", *rows)
    text = run(file, "--store", store, "--format", "csv", "--lang", "fa").stdout.removeprefix("\ufeff")
    table = list(csv.reader(io.StringIO(text)))
    assert table[1][2:5] == ["'=office", "تغییر کند", "'=HYPERLINK(1)\nsecond"]
    paper = run(file, "--store", store, "--format", "markdown").stdout
    assert "<script>" not in paper
    assert "process/P08" in paper


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", 'has no "format"'),
        (
            '{HEAD, "reviewer": 3, "remarks": []}',
            '"reviewer" must be',
        ),
        ('{HEAD, "reviewer": "A"}', '"remarks" is no list'),
        (
            '{HEAD, "reviewer": "A", "remarks": [1]}',
            "remark 1 is no object",
        ),
        (
            '{HEAD, "reviewer": "A", "remarks": [{"about": "process/P08", "judgement": "yes"}]}',
            'remark 1: the judgement "yes" is none of',
        ),
        (
            '{HEAD, "reviewer": "A", "remarks": [{}]}',
            '"judgement" must be',
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(
    tmp_path: Path, store: Path, content: str, message: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content.replace("HEAD", HEAD))
    found = run(file, "--store", store)
    assert found.exit_code == 2
    assert str(file) in found.output
    assert message in found.output


def test_the_report_is_written_and_says_its_size(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "review.html"
    words = ["report", "--out", str(out), "--lang", "en", "--public", "--store", str(store)]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    assert f"{out.stat().st_size:,} bytes" in found.output
    assert "Left out" in found.output


_ROWS = st.lists(
    st.builds(
        Remark,
        st.sampled_from(["process/P1", "process/P2", "agency/x", "odd"]),
        st.just(""),
        st.sampled_from(sorted(JUDGEMENTS)),
        st.sampled_from(["", "a", "b"]),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["e", "f"]),
        st.sampled_from(["1.json", "2.json"]),
    ),
    max_size=12,
)


@given(_ROWS)
def test_merging_loses_nothing_and_repeats_nothing(rows: list[Remark]) -> None:
    def key(one: Remark) -> tuple[str, ...]:
        return (one.place, one.judgement, one.text, one.reviewer, one.edition)

    merged = merge(rows)
    assert sorted(map(key, merged)) == sorted(set(map(key, rows)))
    assert merge(merged) == merged
    checked = check(merged, Known({"e": "this"}, {"process/P1"}))
    assert [one.remark for one in checked] == list(merged)
    assert all(one.known == (one.remark.place == "process/P1") for one in checked)
    assert all((one.edition == "this") == (one.remark.edition == "e") for one in checked)
