"""Publishing an edition on a SPARQL server, graph by graph; only what changed travels.

Each changed graph is put under a name of its own first. When all are there, one update moves them into
place, deletes the graphs that are gone, and moves the mark of the edition last. On a server whose update
requests are atomic the old edition answers until the new one is whole. Elsewhere the mark is deleted first,
so that a half-made edition is not taken for a whole one.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.settings_remote import RemoteSettings
from graph.store.errors import StoreBusyError, StoreError
from graph.store.manifest import Manifest
from graph.store.remote.address import address_of
from graph.store.remote.client import Client
from graph.store.remote.marker import Marker, digest_of, find_marker, marker_graph

_ABANDONED = 3600
"""Seconds after which graphs that wait under names of their own count as left behind."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did.

    Attributes:
        put: Graphs that travelled.
        kept: Graphs that were there already.
        dropped: Graphs that are gone.
        at_once: Whether the new edition took the place of the old one at once.
    """

    put: int
    kept: int
    dropped: int
    at_once: bool


def publish(
    location: str,
    nquads: bytes,
    manifest: Mapping[str, Any],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Published:
    """Make an edition the one that answers at a server. To do it again changes nothing.

    One publisher at a time: a second one is noticed, and refused.

    Args:
        location: Where the server takes queries.
        nquads: The dataset as N-Quads, each statement once.
        manifest: What :func:`graph.store.describe` made of it.
        progress: Is told how many graphs are there, and of how many.

    Returns:
        What was done.

    Raises:
        StoreError: when the server does not answer, or refuses; the old edition answers still.
        StoreBusyError: when somebody else published meanwhile.
    """
    settings = RemoteSettings()
    known = Manifest.from_dict(manifest)
    graphs = _by_graph(nquads)
    digests = {graph: digest_of(triples) for graph, triples in graphs.items()}
    new = Marker(marker_graph(known.base_iri), known, digests)
    with Client(address_of(location, settings), settings) as client:
        old = find_marker(client, known.base_iri)
        before = old.digests if old is not None else {}
        changed = [graph for graph, digest in digests.items() if before.get(graph) != digest]
        gone = [graph for graph in before if graph not in digests]
        _sweep(client, new.graph)
        done = Published(len(changed), len(graphs) - len(changed), len(gone), _at_once(client))
        if old is not None and not changed and not gone:
            return done
        content = {graph: graphs[graph] for graph in changed}
        if client.address.update is None:
            _put_in_place(client, new, content, gone, progress)
        else:
            _put_and_switch(client, new, old, content, gone, progress)
        return done


def _sweep(client: Client, marker: str) -> None:
    """Drop what a publisher that was killed left behind; one that is at work is younger than that."""
    query = (
        f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{marker}/new-")) }}'
    )
    for row in client.rows(query):
        graph = row["g"].value
        begun = graph.removeprefix(f"{marker}/new-").partition("-")[0]
        if begun.isdigit() and time.time() - int(begun) > _ABANDONED:
            client.drop_graph(graph)


def _at_once(client: Client) -> bool:
    return client.address.update is not None and client.address.kind.atomic


def _put_in_place(
    client: Client,
    new: Marker,
    content: Mapping[str, bytes],
    gone: list[str],
    progress: Callable[[int, int], None],
) -> None:
    """Without updates: no mark while graphs are replaced one after the other."""
    client.drop_graph(new.graph)
    for done, (graph, triples) in enumerate(content.items()):
        progress(done, len(content))
        client.put_graph(graph, triples)
    for graph in gone:
        client.drop_graph(graph)
    client.put_graph(new.graph, new.ntriples())
    progress(len(content), len(content))


def _put_and_switch(
    client: Client,
    new: Marker,
    old: Marker | None,
    content: Mapping[str, bytes],
    gone: list[str],
    progress: Callable[[int, int], None],
) -> None:
    staging = f"{new.graph}/new-{int(time.time())}-{secrets.token_hex(4)}/"
    moves = {f"{staging}{number}": graph for number, graph in enumerate(content)}
    mark = f"{staging}edition"
    try:
        for done, (place, graph) in enumerate(moves.items()):
            progress(done, len(moves))
            client.put_graph(place, content[graph])
        client.put_graph(mark, new.ntriples())
        progress(len(moves), len(moves))
        now = find_marker(client, new.manifest.base_iri)
        if (now and now.manifest.fingerprint) != (old and old.manifest.fingerprint):
            raise StoreBusyError(
                f"somebody else has published to {client.address.query} meanwhile; try again"
            )
        if not client.address.kind.atomic:
            client.drop_graph(new.graph)
        _switch(client, new, _update(moves, gone, mark, new.graph))
    except BaseException:
        for place in (*moves, mark):
            with contextlib.suppress(StoreError):  # what failed first is what matters
                client.drop_graph(place)
        raise


def _update(moves: Mapping[str, str], gone: list[str], mark: str, marker: str) -> str:
    steps = [f"MOVE GRAPH <{place}> TO GRAPH <{graph}>" for place, graph in moves.items()]
    steps += [f"DROP SILENT GRAPH <{graph}>" for graph in gone]
    return " ;\n".join([*steps, f"MOVE GRAPH <{mark}> TO GRAPH <{marker}>"])


def _switch(client: Client, new: Marker, update: str) -> None:
    """Send the update; when its fate is not known, look which edition answers."""
    try:
        client.update(update)
    except StoreError:
        found = find_marker(client, new.manifest.base_iri)
        if found is None or found.manifest.fingerprint != new.manifest.fingerprint:
            raise


def _by_graph(nquads: bytes) -> dict[str, bytes]:
    """The sorted N-Triples of each graph. A line ends with the graph's IRI, which has no space in it."""
    lines: dict[str, list[bytes]] = {}
    for line in nquads.splitlines():
        triple, _, graph = line.removesuffix(b" .").rpartition(b" ")
        if not (graph.startswith(b"<") and graph.endswith(b">")):
            raise StoreError("a statement stands in no graph; this is an error in Daftar, please report it")
        lines.setdefault(graph[1:-1].decode("utf-8"), []).append(triple + b" .\n")
    return {graph: b"".join(sorted(triples)) for graph, triples in lines.items()}
