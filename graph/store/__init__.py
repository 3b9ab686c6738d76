"""The built graph at rest: editions on disk, replaced at once, opened into memory."""

from graph.store.editions import find_edition, previous_edition, read_edition, write_edition
from graph.store.errors import StoreBusyError, StoreDamagedError, StoreError, StoreMissingError
from graph.store.manifest import Manifest, describe, fingerprint_of
from graph.store.store import Store, open_store

__all__ = [
    "Manifest",
    "Store",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreMissingError",
    "describe",
    "find_edition",
    "fingerprint_of",
    "open_store",
    "previous_edition",
    "read_edition",
    "write_edition",
]
