"""The shipped catalogue as analyses see it: its store, its graph, its tables."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.analysis.incidence import Incidence
from graph.analysis.projection import agency_table, read_graph
from graph.store import Store, open_store
from tests.view.support import build_edition


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build_edition(tmp_path_factory.mktemp("store")))


@pytest.fixture(scope="session")
def shipped(store: Store) -> nx.MultiDiGraph[str]:
    return read_graph(store)


@pytest.fixture(scope="session")
def agencies(shipped: nx.MultiDiGraph[str]) -> Incidence:
    """Processes by the bodies that their forms name."""
    return agency_table(shipped, named=True, collectives=False, inferred=False, rollup=False)
