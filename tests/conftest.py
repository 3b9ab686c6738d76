"""A folder that the processes of one run of the tests share."""

from __future__ import annotations

import os

import pytest

from tests import shared


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    shared.root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
