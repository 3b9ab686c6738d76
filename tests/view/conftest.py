from pathlib import Path

import pytest

from graph.store import Store, open_store
from graph.view.reading import Catalogue
from tests.view.support import build_edition, hostile_trig, store_of


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = build_edition(tmp_path_factory.mktemp("store"))
    return open_store(folder)


@pytest.fixture(scope="session")
def catalogue(store: Store) -> Catalogue:
    return Catalogue(store)


@pytest.fixture(scope="session")
def hostile() -> Store:
    return store_of(hostile_trig())
