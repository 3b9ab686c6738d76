"""A built graph, loaded and ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Variable

from graph.store.editions import find_edition, read_edition
from graph.store.errors import StoreDamagedError, StoreError
from graph.store.manifest import Manifest

if TYPE_CHECKING:
    import rdflib

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


class Store:
    """An edition in memory. It is only read, and may be read by several threads at once.

    Args:
        nquads: The dataset as N-Quads.
        manifest: What is in it.

    Raises:
        StoreDamagedError: when the dataset is not N-Quads.
    """

    def __init__(self, nquads: bytes, manifest: Manifest) -> None:
        self._manifest = manifest
        self._store = pyoxigraph.Store()
        try:
            self._store.bulk_load(input=nquads, format=RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise StoreDamagedError(
                f'the dataset is no N-Quads ({error}); run "daftar build" again'
            ) from error

    @property
    def manifest(self) -> Manifest:
        """What is in the edition."""
        return self._manifest

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
        """Ask a query of our own, in this process and without limits; for a stranger's see ``graph.query``.

        The default graph is the union of all graphs, unless the query or the arguments choose graphs.

        Args:
            sparql: The query.
            substitutions: Values for variables that the query projects, by name without the question mark.
            default_graphs: Graphs that make up the default graph.
            named_graphs: Graphs that ``GRAPH`` reaches; with ``default_graphs`` alone it reaches none.
            prefixes: Prefixes that the query need not declare.
            base_iri: What relative IRIs are relative to.

        Returns:
            The engine's answer.

        Raises:
            SyntaxError: when the query is no SPARQL.
        """
        chosen = default_graphs is not None or named_graphs is not None
        options: dict[str, Any] = {}
        if chosen:
            options["default_graph"] = list(default_graphs or ())
            options["named_graphs"] = list(named_graphs or ())
        return self._store.query(
            sparql,
            # the engine's union would silently win over FROM
            use_default_graph_as_union=not chosen and not _chooses_graphs(sparql),
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

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy for people who program with rdflib, named graphs included.

        Returns:
            A dataset whose default graph is the union of the others.
        """
        from graph.store.bridge import to_rdflib

        return to_rdflib(self._store)


def _chooses_graphs(sparql: str) -> bool:
    if "from" not in sparql.lower():
        return False
    from graph.query.scan import scan

    return bool(scan(sparql).froms)


def open_store(location: str | Path) -> Store:
    """Open the graph that was built.

    Args:
        location: Folder of the store.

    Returns:
        The newest edition, checked and loaded.

    Raises:
        StoreMissingError: when nothing was built there.
        StoreDamagedError: when the edition on disk is not what was built.
        StoreError: when the location is an address on the network.
    """
    if str(location).startswith(("http://", "https://")):
        raise StoreError(f'"{location}" is an address; a store is a folder')
    folder = Path(location)
    edition = find_edition(folder)
    try:
        nquads, manifest = read_edition(edition)
    except StoreDamagedError:
        # two builds may have replaced and swept the edition between finding and reading it
        newer = find_edition(folder)
        if newer == edition:
            raise
        nquads, manifest = read_edition(newer)
    return Store(nquads, manifest)
