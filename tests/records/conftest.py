"""A small catalogue that tests copy and spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small catalogue."""
    folder = tmp_path / "data"
    shutil.copytree(SMALL, folder)
    return folder
