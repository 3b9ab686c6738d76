"""``daftar analyse``: a planner's questions from the command line, and the files that it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.analysis.reports import ANALYSES
from graph.cli import main
from tests.view.support import build_edition


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_edition(tmp_path_factory.mktemp("store")))


def run(store: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["analyse", *arguments], env={"DAFTAR_STORE": store})


@pytest.mark.parametrize("name", list(ANALYSES))
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_every_analysis_prints_its_tables(store: str, name: str, lang: str) -> None:
    result = run(store, name, "--lang", lang, "--most", "3")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(ANALYSES[name].title.of(lang))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", list(ANALYSES))
def test_help_shows_every_option(store: str, name: str) -> None:
    said = run(store, name, "--help").output
    for option in ANALYSES[name].options:
        assert f"--{option.name}" in said


def test_the_ending_names_the_format(store: str, tmp_path: Path) -> None:
    for ending, start in (
        (".json", b"{"),
        (".csv", b"\xef\xbb\xbf"),
        (".md", b"# "),
        (".xlsx", b"PK"),
        (".html", b"<!d"),
    ):
        out = tmp_path / f"result{ending}"
        result = run(store, "impact", "--without", "police", "--out", str(out))
        assert result.exit_code == 0, result.output
        assert out.read_bytes().startswith(start)


def test_one_table_can_be_had(store: str) -> None:
    found = json.loads(run(store, "health", "--table", "queries", "--format", "json").output)
    assert [table["key"] for table in found["tables"]] == ["queries"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("meetings", "--bodies", "polise"), 5, 'the nearest is "police"'),
        (("meetings", "--least-bodies", "x"), 5, "a whole number"),
        (("impact", "--out", "x.doc"), 2, "say --format"),
        (("impact", "--format", "xlsx"), 2, "needs --out"),
        (("impact", "--format", "table", "--out", "x.md"), 2, "for the terminal"),
        (("nothing",), 2, "No such command"),
        (("health", "--table", "x"), 5, "it has checks, findings, queries"),
    ],
)
def test_what_is_wrong_is_said(store: str, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run(store, *arguments)
    assert result.exit_code == code
    assert words in result.stderr
