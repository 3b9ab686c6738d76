"""What the README and the docs say is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "ontology" / "README.md"]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_folders_of_the_layout_table_exist() -> None:
    folders = re.findall(r"^\| `([a-z/_]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(folders) > 8
    assert not [folder for folder in folders if not (ROOT / folder).is_dir()]


def test_commands_of_the_tour_exist() -> None:
    said = set(re.findall(r"^    daftar ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert said >= {"build", "serve", "query", "ask", "validate", "info", "view", "export", "ingest"}
    for command in sorted(said):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_the_first_two_commands_are_targets() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^    make ([a-z]+)", readme, re.MULTILINE)
    assert commands[:2] == ["run", "test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(re.search(rf"^{command}:", makefile, re.MULTILINE) for command in commands)


def test_locks_name_no_host() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8")
