"""A store on a SPARQL 1.1 server: asked by its protocol, published to by its Graph Store protocol."""

from graph.store.remote.publish import Published, publish
from graph.store.remote.store import RemoteStore, open_remote, remote_fingerprint

__all__ = ["Published", "RemoteStore", "open_remote", "publish", "remote_fingerprint"]
