from pathlib import Path

import pytest

from api.offline.build import build_site
from graph.settings import Settings
from graph.store import Store, open_store
from tests.shared import once
from tests.view.support import build_edition


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build_edition(tmp_path_factory.mktemp("store")))


@pytest.fixture(scope="session")
def site(store: Store) -> Path:
    """The shipped catalogue as a site, for reading."""
    return once("shipped-site", lambda out: build_site(store, out, Settings()))
