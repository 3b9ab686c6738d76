"""The built graph: editions in a folder, replaced at once and opened into memory, or on a SPARQL server."""

from graph.store.drafts import write_edition
from graph.store.editions import find_edition, previous_edition, read_edition
from graph.store.errors import (
    StoreAwayError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
)
from graph.store.manifest import Manifest, describe, fingerprint_of
from graph.store.memory import MemoryStore
from graph.store.store import Store, is_address, newest_fingerprint, open_store, read_manifest

__all__ = [
    "Manifest",
    "MemoryStore",
    "Store",
    "StoreAwayError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreMissingError",
    "describe",
    "find_edition",
    "fingerprint_of",
    "is_address",
    "newest_fingerprint",
    "open_store",
    "previous_edition",
    "read_edition",
    "read_manifest",
    "write_edition",
]
