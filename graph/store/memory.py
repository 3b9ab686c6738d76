"""The embedded store: an edition from a folder, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Variable

from graph.store.editions import find_edition, read_parts
from graph.store.errors import StoreDamagedError
from graph.store.manifest import Manifest
from graph.store.store import Store, Term


class MemoryStore(Store):
    """An edition in memory.

    Args:
        nquads: The dataset as N-Quads, whole or in pieces of whole lines.
        manifest: What is in it.

    Raises:
        StoreDamagedError: when the dataset is not N-Quads.
    """

    def __init__(self, nquads: bytes | Iterable[bytes], manifest: Manifest) -> None:
        super().__init__(manifest)
        self._store = pyoxigraph.Store()
        try:
            for piece in (nquads,) if isinstance(nquads, bytes) else nquads:
                self._store.bulk_load(input=piece, format=RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise StoreDamagedError(
                f'the dataset is no N-Quads ({error}); run "daftar build" again'
            ) from error

    def __len__(self) -> int:
        return len(self._store)

    def query(
        self,
        sparql: str,
        *,
        substitutions: Mapping[str, Term] | None = None,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Ask a query; see :meth:`graph.store.Store.query`."""
        chosen = default_graphs is not None or named_graphs is not None
        options: dict[str, Any] = {}
        if chosen:
            options["default_graph"] = list(default_graphs or ())
            options["named_graphs"] = list(named_graphs or ())
        return self._store.query(
            sparql,
            # the engine's union would silently win over FROM
            use_default_graph_as_union=not chosen and not chooses_graphs(sparql),
            substitutions={Variable(name): term for name, term in (substitutions or {}).items()},
            prefixes=dict(prefixes or {}),
            base_iri=base_iri,
            **options,
        )

    def quads(self) -> Iterator[Quad]:
        """Every quad, in the engine's order."""
        return iter(self._store)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all graphs, sorted."""
        return tuple(sorted(node.value for node in self._store.named_graphs() if isinstance(node, NamedNode)))


def chooses_graphs(sparql: str) -> bool:
    """Whether a query names its dataset itself, with ``FROM``.

    Args:
        sparql: The query.

    Returns:
        True when it does.
    """
    if "from" not in sparql.lower():
        return False
    from graph.query.scan import scan

    return bool(scan(sparql).froms)


def open_folder(folder: Path) -> MemoryStore:
    """Load the newest edition of a folder; see :func:`graph.store.open_store`."""
    edition = find_edition(folder)
    try:
        return _open(edition)
    except StoreDamagedError:
        # two builds may have replaced and swept the edition between finding and reading it
        newer = find_edition(folder)
        if newer == edition:
            raise
        return _open(newer)


def _open(edition: Path) -> MemoryStore:
    manifest, parts = read_parts(edition)
    return MemoryStore(parts, manifest)
