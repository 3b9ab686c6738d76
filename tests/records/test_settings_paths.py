"""Settings and folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from graph.paths import bundled_data_dir, ontology_dir
from graph.settings import Settings


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith((".", "sign.")), name


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAFTAR_QUERY_ROWS", "7")
    monkeypatch.setenv("DAFTAR_DATA", str(tmp_path))
    settings = Settings()
    assert settings.query_rows == 7
    assert settings.data_dir() == tmp_path
    assert Settings(query_rows=9).query_rows == 9


def test_the_catalogue_that_came_along_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAFTAR_DATA", raising=False)
    assert Settings().data_dir() == bundled_data_dir()
    assert (bundled_data_dir() / "agencies.yaml").is_file()
    assert (ontology_dir() / "schema").is_dir()


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_iri": "https://example.org/id"},
        {"base_iri": "not an iri/"},
        {"base_iri": 'https://example.org/"/'},
        {"query_rows": 0},
        {"query_seconds": 0},
        {"port": 70000},
    ],
)
def test_a_senseless_setting_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]
