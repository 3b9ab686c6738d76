from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from graph.settings import Settings
from tests.api.client import Client
from tests.view.support import build_edition


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_edition(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[Client]:
    settings = Settings(store=str(folder), query_seconds=5, query_length=2_000)
    with Client(create_app(settings)) as client:
        yield client
