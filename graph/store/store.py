"""A built graph that can be asked, wherever it is kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from graph.store.manifest import Manifest

if TYPE_CHECKING:
    import rdflib

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


class Store(ABC):
    """An edition. It is only read, and may be read by several threads at once.

    Args:
        manifest: What is in it.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    @property
    def manifest(self) -> Manifest:
        """What is in the edition."""
        return self._manifest

    @property
    def location(self) -> str:
        """Where another process can open the same edition; empty for one that is in memory only."""
        return ""

    def __len__(self) -> int:
        return self._manifest.quads

    @abstractmethod
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
            StoreError: when a remote store does not answer.
        """

    @abstractmethod
    def quads(self) -> Iterator[Quad]:
        """Every quad, in the engine's order."""

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all graphs, sorted."""

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy for people who program with rdflib, named graphs included.

        Returns:
            A dataset whose default graph is the union of the others.
        """
        from graph.store.bridge import to_rdflib

        return to_rdflib(self.quads())


def is_address(location: str | Path) -> bool:
    """Whether a store is named by its address on the network, and not by its folder.

    Example:
        >>> is_address("https://example.org/sparql"), is_address(".daftar")
        (True, False)
    """
    return str(location).startswith(("http://", "https://"))


def open_store(location: str | Path) -> Store:
    """Open the graph that was built.

    Args:
        location: Folder of the store, or the address of the SPARQL endpoint where it was published.

    Returns:
        The newest edition: of a folder checked and loaded, of an address as it is there.

    Raises:
        StoreMissingError: when nothing was built there.
        StoreDamagedError: when the edition on disk is not what was built.
        StoreError: when an address does not answer.
    """
    if is_address(location):
        from graph.store.remote import open_remote

        return open_remote(str(location))
    from graph.store.memory import open_folder

    return open_folder(Path(location))


def newest_fingerprint(location: str | Path) -> str:
    """The fingerprint of the edition that answers, without loading it.

    Args:
        location: As of :func:`open_store`.

    Returns:
        The fingerprint.

    Raises:
        StoreError: of the kind that :func:`open_store` raises.
    """
    if is_address(location):
        from graph.store.remote import remote_fingerprint

        return remote_fingerprint(str(location))
    from graph.store.editions import find_edition

    return find_edition(Path(location)).name


def read_manifest(location: str | Path) -> Manifest:
    """What is in the edition that answers; on disk it is read through and compared with its fingerprint.

    Args:
        location: As of :func:`open_store`.

    Returns:
        The manifest.

    Raises:
        StoreError: of the kind that :func:`open_store` raises.
    """
    if is_address(location):
        return open_store(location).manifest
    from graph.store.editions import find_edition, read_edition

    return read_edition(find_edition(Path(location)))[1]
