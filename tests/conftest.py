"""A folder that the processes of one run of the tests share; and no example of a test is timed."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests import shared

# the same examples every time, and none is timed: a busy machine exceeds the 200 ms that are allowed else
settings.register_profile("daftar", deadline=None, derandomize=True)
settings.load_profile("daftar")


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    shared.root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
