"""Pages that are made from the code or the catalogue are current."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from graph.analysis import findings_page

DOCS = Path(__file__).parents[2] / "docs"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_current() -> None:
    assert script("make_reference").main(["--check"]) == 0


@pytest.mark.slow
def test_the_findings_are_current() -> None:
    assert findings_page.main(["--check"]) == 0


@pytest.mark.slow
def test_the_notebook_runs_and_gives_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.view.support import build_edition

    monkeypatch.setenv("DAFTAR_STORE", str(build_edition(tmp_path / "store")))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")  # else it warns of its old folders
    assert script("make_notebook").main(["--check"]) == 0
