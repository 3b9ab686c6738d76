"""Where a server takes queries, graphs and updates: known kinds of servers, or as the settings say."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from graph.settings_remote import RemoteSettings
from graph.store.errors import StoreError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of server.

    Attributes:
        graphs: Address of its Graph Store protocol, in place of the last part of the query's path; a
            leading slash means from the root, a leading plus means after the whole path.
        update: Address for updates, in the same way.
        parameter: Parameter of the Graph Store protocol that names the graph.
        digest: Whether it wants digest authentication.
        atomic: Whether all operations of one update request take effect at once.
    """

    graphs: str | None
    update: str | None
    parameter: str = "graph"
    digest: bool = False
    atomic: bool = True


#: From the servers' manuals; Oxigraph and Virtuoso are tested, the others are as their manuals say.
KINDS: dict[str, Kind] = {
    "oxigraph": Kind("store", "update"),
    "fuseki": Kind("data", "update"),
    "graphdb": Kind("+rdf-graphs/service", "+statements"),
    "virtuoso": Kind("sparql-graph-crud-auth", "sparql-auth", "graph-uri", digest=True, atomic=False),
    "neptune": Kind("+gsp/", "+"),
    "other": Kind(None, None, atomic=False),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A server and how to speak to it.

    Attributes:
        query: Where queries go.
        graphs: Where graphs are put; None when it is not known.
        update: Where updates go; None when it is not known.
        kind: What is known of the kind of server.
        name: Name of the kind.
    """

    query: str
    graphs: str | None
    update: str | None
    kind: Kind
    name: str


def address_of(location: str, settings: RemoteSettings) -> Address:
    """Tell the addresses of a server from the one where it takes queries.

    Args:
        location: Where it takes queries.
        settings: What is set; it wins over what the kind of server would have.

    Returns:
        The addresses.

    Raises:
        StoreError: when the location is no address, or holds a password.

    Example:
        >>> found = address_of("http://localhost:3030/ds/query", RemoteSettings())
        >>> found.name, found.graphs
        ('fuseki', 'http://localhost:3030/ds/data')
    """
    try:
        parts = urlsplit(location)
        port = parts.port
    except ValueError as error:
        raise StoreError(f'"{location}" is no address: {error}') from error
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            "the address of the store holds a name or a password, which would be shown; "
            "take it out and set DAFTAR_STORE_USER and DAFTAR_STORE_PASSWORD"
        )
    if not parts.hostname or (port is not None and not port):
        raise StoreError(f'"{location}" is no address: it names no server')
    if parts.scheme == "http" and (settings.password or settings.token) and not _here(parts.hostname):
        _log.warning("The password for %s goes over the network unprotected; use https", parts.hostname)
    name = _kind(parts.hostname, parts.path) if settings.kind == "auto" else settings.kind
    kind = KINDS[name]

    def beside(rule: str | None) -> str | None:
        return (
            None
            if rule is None
            else urlunsplit((parts.scheme, parts.netloc, _path(parts.path, rule), "", ""))
        )

    graphs = settings.graphs_url or beside(kind.graphs)
    return Address(location, graphs, settings.update_url or beside(kind.update), kind, name)


def _here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _kind(host: str, path: str) -> str:
    segments = [part for part in path.split("/") if part]
    if host.endswith(".amazonaws.com") and ".neptune." in host:
        return "neptune"
    if "repositories" in segments:
        return "graphdb"
    if segments == ["query"]:
        return "oxigraph"
    if segments == ["sparql"]:
        return "virtuoso"
    if len(segments) > 1 and segments[-1] in ("query", "sparql"):
        return "fuseki"
    return "other"


def _path(path: str, rule: str) -> str:
    if rule.startswith("+"):
        return path.rstrip("/") + ("/" + rule[1:] if rule != "+" else "")
    return path.rpartition("/")[0] + "/" + rule
