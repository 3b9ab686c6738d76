"""``daftar ask`` as people type it, and the page made from the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.query import question_docs
from graph.query.question_library import questions
from tests.view.support import build_edition


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("ask"))


def ask(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["ask", *arguments], env={"DAFTAR_STORE": str(folder)})


def test_the_list_needs_no_graph(tmp_path: Path) -> None:
    found = ask(tmp_path, "--json")
    assert found.exit_code == 0
    assert len(json.loads(found.output)) == len(questions())
    some = ask(tmp_path, "--tag", "dossier-24")
    assert "single-of-kind" in some.output
    assert "who-meets" not in some.output
    assert "همنشین" in ask(tmp_path, "--lang", "fa").output
    wrong = ask(tmp_path, "--tag", "nobody")
    assert wrong.exit_code != 0
    assert "there are access" in wrong.output


def test_one_answer_ends_with_its_doubts(folder: Path) -> None:
    found = ask(folder, "processes-with-agency", "--agency", "ناجا")
    assert found.exit_code == 0
    lines = found.output.splitlines()
    assert "Police" in lines[1]
    assert "P08" in found.output
    assert lines[-5] == "15 rows"
    assert lines[-4].startswith("- 5 of 15 rows rest on copied partner lists")
    assert ask(folder, "processes-with-agency", "--agency=police").output == found.output
    persian = ask(folder, "processes-with-agency", "--lang", "fa", "--agency", "police").output
    assert "۵ از ۱۵ ردیف" in persian


def test_formats(folder: Path) -> None:
    table = ask(folder, "who-meets", "--agency", "police", "--format", "csv")
    assert table.stdout.startswith("other,other_label,processes\nintelligence,Intelligence,15\n")
    assert "copied or printed twice" in table.stderr
    document = json.loads(ask(folder, "dates", "--json").stdout)
    assert len(document["rows"]) == 27
    bindings = json.loads(ask(folder, "dates", "--format", "sparql-json").stdout)
    assert len(bindings["results"]["bindings"]) == 27
    assert ask(folder, "dates", "--format", "sparql-xml").stdout.startswith("<?xml")
    assert "VALUES (?agency)" in ask(folder, "who-meets", "--sparql").stdout
    assert "صداوسیما" in ask(folder, "who-meets", "--choices", "agency").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who-meat"], 'the nearest is "who-meets"'),
        (["who-meets", "--agency", "polise"], 'the nearest is "police"'),
        (["who-meets", "--agenc", "police"], "it takes agency"),
        (["who-meets", "--agency"], "--agency needs a value"),
        (["who-meets", "police"], '"police" is no option'),
        (["who-meets", "--agency", "a", "--agency", "b"], "given twice"),
        (["who-meets", "--choices", "process"], "it takes agency"),
        (["dates", "--format", "xlsx"], "xlsx"),
    ],
)
def test_wrong_words_are_answered(arguments: list[str], message: str, folder: Path) -> None:
    found = ask(folder, *arguments)
    assert found.exit_code != 0
    assert message in found.output
    assert "Traceback" not in found.output


def test_the_page_is_current(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert question_docs.main(["--check"]) == 0
    monkeypatch.setattr(question_docs, "PAGE", tmp_path / "questions.md")
    assert question_docs.main(["--check"]) == 1
    assert question_docs.main([]) == 0
    assert question_docs.main(["--check"]) == 0
