"""A small store and a process that answers from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.query import QueryRunner
from graph.store import Manifest, MemoryStore, Store
from tests.store.conftest import dataset, manifest_of


def small_store(count: int = 30) -> Store:
    nquads = dataset(count)
    return MemoryStore(nquads, Manifest.from_dict(manifest_of(nquads)))


@pytest.fixture(scope="session")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="session")
def runner(store: Store) -> Iterator[QueryRunner]:
    with QueryRunner(store) as running:
        yield running
