"""The built dataset: the quads of one edition, in one order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox


class Dataset:
    """The statements of one edition, with their graphs.

    Iterating gives `pyoxigraph.Quad` in the order of their N-Quads lines, the same on every machine and run.

    Args:
        store: An in-memory store that holds the statements and nothing else.
        base_iri: The base of resource IRIs that it was built with.
        ontology: The ontology folder that it was built with.
    """

    def __init__(self, store: ox.Store, base_iri: str, ontology: Path) -> None:
        self.store = store
        self.base_iri = base_iri
        self.ontology = ontology

    def __len__(self) -> int:
        return len(self.store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(ox.parse(nquads(self), format=ox.RdfFormat.N_QUADS))

    def graphs(self) -> list[str]:
        """Name the graphs, sorted."""
        return sorted(graph.value for graph in self.store.named_graphs() if isinstance(graph, ox.NamedNode))


def nquads(dataset: Dataset) -> bytes:
    """Write a dataset as sorted N-Quads.

    With no blank nodes in it, the sorted lines are a canonical form: equal datasets give equal bytes.

    Args:
        dataset: The dataset.

    Returns:
        UTF-8 bytes, one statement a line, each line once, ending in a line feed.
    """
    dumped = dataset.store.dump(format=ox.RdfFormat.N_QUADS)
    if dumped is None:  # pragma: no cover - only when an output is given
        raise RuntimeError("the store gave no N-Quads")
    lines = sorted(dumped.splitlines(keepends=True))
    return b"".join(lines)
