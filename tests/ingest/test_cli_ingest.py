"""`daftar ingest` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from graph.cli import main
from tests.ingest.conftest import Generated
from tests.ingest.hand import NONE
from tests.ingest.printing import Printed
from tests.records.conftest import SMALL


@pytest.fixture
def path(small_document: Printed, tmp_path: Path) -> Path:
    return small_document.write(tmp_path / "document.txt")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["ingest", *map(str, arguments)])


def test_fields_are_json_lines(path: Path, small_document: Printed) -> None:
    result = _run(path, "--format", "fields")
    assert result.exit_code == 0, result.output
    items = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(item["kind"], item["line"]) for item in items] == [
        (answer["kind"], answer["line"]) for answer in small_document.answers
    ]
    assert not [key for item in items for key in item if key.startswith("_")]
    assert "\\u" not in result.stdout


def test_fields_name_every_key_of_the_contract(path: Path) -> None:
    items = [json.loads(line) for line in _run(path, "--format", "fields").stdout.splitlines()]
    process = next(item for item in items if item["kind"] == "process")
    assert set(process) == {
        *("kind", "line", "line_end", "title", "identifier", "goal", "recipients", "output", "documents"),
        *("regulations", "forms", "url", "system", "date", "owner_body", "owner_office", "class", "scope"),
        *("trigger", "trigger_settled", "trigger_other", "stages", "other_systems_same_body"),
        *("partners_as_written", "partners", "regulation_items", "form_items", "steps", "steps_note"),
        *("confidential_fields", "doubts"),
    }
    service = next(item for item in items if item["kind"] == "service")
    assert {
        *("kind", "line", "title", "parent_process", "description", "type", "nature", "level"),
        *("life_events", "trigger", "documents", "stats", "duration", "frequency", "visits", "cost"),
        *("channels", "confidential_fields", "doubts"),
    } <= set(service)
    for item in items:
        for doubt in item.get("doubts", []):
            assert {"field", "reason", "alternatives", "line"} <= set(doubt)


def test_without_options_says_what_it_found(path: Path) -> None:
    result = _run(path)
    assert result.exit_code == 0
    assert "1 process forms, 1 service forms" in result.stdout


def test_gaps_go_to_standard_error(path: Path, small_document: Printed) -> None:
    first = small_document.forms()[0]["line"]
    path.write_text("\n".join(small_document.lines[: first + 20]), encoding="utf-8")
    result = _run(path, "--format", "fields")
    assert result.exit_code == 0
    assert "section 9 was not found" in result.stderr
    assert "section 9 was not found" not in result.stdout.splitlines()[0]


class TestUnreadable:
    @pytest.mark.parametrize("option", [(), ("--format", "fields"), ("--check",)])
    def test_exit_code_and_one_clean_message(self, tmp_path: Path, option: tuple[str, ...]) -> None:
        path = tmp_path / "letter.txt"
        path.write_text("Dear Sir\n", encoding="utf-8")
        result = _run(path, *option)
        assert result.exit_code == 6
        assert str(path) in result.stderr
        assert "Traceback" not in result.output
        assert result.stdout == ""

    def test_leaves_no_drafts(self, tmp_path: Path) -> None:
        path, out = tmp_path / "letter.txt", tmp_path / "drafts"
        path.write_bytes(b"\xff\xfe")
        assert _run(path, "--out", out).exit_code == 6
        assert [item.name for item in tmp_path.iterdir()] == ["letter.txt"]


class TestDrafts:
    def test_are_written(self, path: Path, tmp_path: Path) -> None:
        out = tmp_path / "new" / "drafts"
        result = _run(path, "--out", out, "--data", SMALL, "--source", "relief-1396")
        assert result.exit_code == 0, result.output
        record = yaml.safe_load((out / "processes" / "P01.yaml").read_text("utf-8"))
        assert record["form"]["source"] == "relief-1396"
        assert record["id"] == "P01"
        assert record["date"]["jalali"] == "1396-12-02"
        assert {"P01.yaml", "P02.yaml"} == {item.name for item in (out / "processes").iterdir()}
        assert (out / "services" / "S01.yaml").exists()
        index = yaml.safe_load((out / "index.yaml").read_text("utf-8"))
        assert [entry["denotes"] for entry in index["entries"]] == ["P01", "P02", "S01"]

    def test_mark_every_doubt(self, path: Path, tmp_path: Path) -> None:
        _run(path, "--out", tmp_path / "drafts", "--data", SMALL)
        items = [json.loads(line) for line in _run(path, "--format", "fields").stdout.splitlines()]
        doubts = next(item["doubts"] for item in items if item["kind"] == "process")
        record = yaml.safe_load((tmp_path / "drafts" / "processes" / "P01.yaml").read_text("utf-8"))
        assert [doubt["reason"] for doubt in record["doubts"]] == [doubt["reason"] for doubt in doubts]
        assert all(doubt["reasonFa"] for doubt in record["doubts"])

    def test_scalars_are_strings(self, path: Path, tmp_path: Path) -> None:
        _run(path, "--out", tmp_path / "drafts", "--data", SMALL)
        for file in (tmp_path / "drafts").rglob("*.yaml"):
            data = yaml.safe_load(file.read_text("utf-8"))
            assert not [value for value in _scalars(data) if not isinstance(value, str)], file

    @pytest.mark.parametrize("tenths", range(1, 10))
    @pytest.mark.parametrize("which", [0, -1])
    def test_of_a_document_that_ends_early_can_be_built(
        self, path: Path, small_document: Printed, tmp_path: Path, which: int, tenths: int
    ) -> None:
        form = small_document.forms()[which]
        kept = form["line"] + (form["line_end"] - form["line"]) * tenths // 10
        path.write_text("\n".join(small_document.lines[:kept]), encoding="utf-8")
        out = tmp_path / "drafts"
        assert _run(path, "--out", out, "--data", SMALL).exit_code == 0
        built = CliRunner().invoke(main, ["build", "--data", str(out), "--store", str(tmp_path / "store")])
        assert built.exit_code == 0, built.output

    def test_never_overwrite(self, path: Path, tmp_path: Path) -> None:
        out = tmp_path / "drafts"
        out.mkdir()
        (out / "P01.yaml").write_text("mine\n", encoding="utf-8")
        result = _run(path, "--out", out, "--data", SMALL)
        assert result.exit_code != 0
        assert "holds files already" in result.stderr
        assert "Traceback" not in result.output
        assert [item.name for item in out.iterdir()] == ["P01.yaml"]
        assert (out / "P01.yaml").read_text("utf-8") == "mine\n"

    def test_leave_nothing_behind_on_failure(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written: list[object] = []

        def full(data: object) -> str:
            written.append(data)
            if len(written) == 3:
                raise OSError(28, "No space left on device")
            return "x: y\n"

        monkeypatch.setattr("graph.ingest.write.yaml_text", full)
        result = _run(path, "--out", tmp_path / "drafts", "--data", SMALL)
        assert result.exit_code not in (0, None)
        assert len(written) == 3
        assert [item.name for item in tmp_path.iterdir()] == ["document.txt"]


class TestCheck:
    @pytest.fixture
    def drafts(self, generated: Generated, tmp_path: Path) -> tuple[Path, Path]:
        printed, _ = generated("migrants", 0, NONE)
        path, out = printed.write(tmp_path / "whole.txt"), tmp_path / "data"
        result = _run(path, "--out", out, "--data", SMALL)
        assert result.exit_code == 0, result.output
        return path, out

    def test_finds_nothing_in_its_own_drafts_and_the_word_that_was_changed(
        self, drafts: tuple[Path, Path]
    ) -> None:
        path, out = drafts
        result = _run(path, "--check", "--data", out)
        assert (result.exit_code, result.stdout) == (0, ""), result.output
        record = out / "processes" / "P02.yaml"
        text = record.read_text("utf-8")
        assert "text: برگه تردد" in text
        record.write_text(text.replace("text: برگه تردد", "text: برگه عبور"), encoding="utf-8")
        result = _run(path, "--check", "--data", out)
        assert result.exit_code == 1
        assert "P02.yaml:" in result.stdout
        assert "برگه تردد" in result.stdout
        assert "برگه عبور" in result.stdout

    def test_another_document(self, path: Path) -> None:
        result = _run(path, "--check", "--data", SMALL)
        assert result.exit_code == 6
        assert "no record was made from this document" in result.stderr


def _scalars(value: object) -> list[object]:
    if isinstance(value, dict):
        return [item for own in value.values() for item in _scalars(own)]
    if isinstance(value, list):
        return [item for own in value for item in _scalars(own)]
    return [value]
