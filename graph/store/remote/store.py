"""An edition on a SPARQL 1.1 server, asked as if it were here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from graph.query.binding import with_values
from graph.query.scan import scan
from graph.settings_remote import RemoteSettings
from graph.store.errors import StoreError
from graph.store.memory import chooses_graphs
from graph.store.remote.address import address_of
from graph.store.remote.client import Client
from graph.store.remote.marker import STATEMENTS, Marker, find_fingerprint, find_marker, missing
from graph.store.remote.results import read_answer
from graph.store.rows import read_rows
from graph.store.store import Store, Term

_PLACE = re.compile(r"error at 1:(\d+):")
_LISTED = 500
"""Most graphs that are named with each query; beyond, the server's default graph must be the catalogue."""


class RemoteStore(Store):
    """An edition on a server. What is there is not loaded and not compared with its fingerprint.

    Args:
        client: The server.
        marker: The mark of the edition.
        dataset: What a query without ``FROM`` sees: ``auto``, ``union`` or ``listed``.
    """

    def __init__(self, client: Client, marker: Marker, dataset: str = "auto") -> None:
        super().__init__(marker.manifest)
        self._client = client
        self._marker = marker
        self._dataset = dataset

    @property
    def location(self) -> str:
        """Where the server takes queries."""
        return self._client.address.query

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
        if default_graphs is not None or named_graphs is not None:
            chosen = [("default-graph-uri", graph.value) for graph in default_graphs or ()]
            chosen += [("named-graph-uri", graph.value) for graph in named_graphs or ()]
        elif chooses_graphs(sparql) or self._union:
            chosen = []
        else:
            chosen = [
                (name, graph) for graph in self.graphs() for name in ("default-graph-uri", "named-graph-uri")
            ]
        text = _declared(with_values(sparql, substitutions or {}), prefixes or {}, base_iri)
        triples = scan(text).form in ("CONSTRUCT", "DESCRIBE")
        try:
            answer = self._client.ask(text, chosen, triples=triples)
        except SyntaxError as error:
            raise SyntaxError(_as_asked(str(error), len(text) - len(sparql))) from error
        return read_answer(*answer, self.location)

    def quads(self) -> Iterator[Quad]:
        """Every quad, in the server's order."""
        known = frozenset(self.graphs())
        found = self.query("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        for row in read_rows(found).mappings():
            graph = row["g"]
            if graph.value in known:  # the mark, and what others keep on the server, is not the catalogue
                yield Quad(row["s"], row["p"], row["o"], graph)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of all graphs, sorted."""
        return tuple(sorted(self.manifest.graphs))

    @cached_property
    def _union(self) -> bool:
        """Whether the server's default graph is the catalogue, so that its graphs need not be named."""
        if self._dataset != "auto":
            return self._dataset == "union"
        seen = _number(self._client, "?s ?p ?o")
        named = _number(self._client, "GRAPH ?g { ?s ?p ?o }")
        distinct = _number(self._client, "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
        if seen == distinct and named == self.manifest.quads + STATEMENTS:
            return True
        if len(self.manifest.graphs) > _LISTED:
            raise StoreError(
                f"the default graph of {self.location} is not the catalogue ({seen} statements, not "
                f"{distinct}), and {len(self.manifest.graphs)} graphs are too many to name with each query; "
                "make the server's default graph the union of its graphs and keep nothing else there, or "
                "set DAFTAR_STORE_DATASET=union"
            )
        return False


def open_remote(location: str) -> RemoteStore:
    """Open the edition that was published on a server; see :func:`graph.store.open_store`.

    Args:
        location: Where the server takes queries.

    Returns:
        The edition.

    Raises:
        StoreMissingError: when nothing was published there.
        StoreError: when the server does not answer.
    """
    settings = RemoteSettings()
    client = Client(address_of(location, settings), settings)
    marker = find_marker(client, settings.base_iri)
    if marker is None:
        raise missing(client)
    return RemoteStore(client, marker, settings.dataset)


def remote_fingerprint(location: str) -> str:
    """The fingerprint of the edition on a server; see :func:`graph.store.newest_fingerprint`."""
    settings = RemoteSettings()
    with Client(address_of(location, settings), settings) as client:
        return find_fingerprint(client, settings.base_iri)


def _number(client: Client, pattern: str) -> int:
    (row,) = client.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)


def _as_asked(message: str, added: int) -> str:
    """An error of Oxigraph with its place in the query as it was asked, without what we put before it."""
    found = _PLACE.match(message)
    if found is None:
        return message
    return f"error at 1:{max(int(found[1]) - added, 1)}:{message[found.end() :]}"


def _declared(sparql: str, prefixes: Mapping[str, str], base_iri: str | None) -> str:
    """The query with the prefixes that it uses and does not declare, on its first line."""
    wanted = [name for name in scan(sparql).undeclared if name in prefixes]
    head = "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in wanted)
    return (f"BASE <{base_iri}> " if base_iri else "") + head + sparql
