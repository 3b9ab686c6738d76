"""What can be wrong with a store, in words for the person who runs Daftar."""

from __future__ import annotations


class StoreError(Exception):
    """A store that cannot be read or written; the message says where and what to do."""


class StoreMissingError(StoreError):
    """There is no graph at this place yet."""


class StoreDamagedError(StoreError):
    """The edition on disk is not what was built."""


class StoreBusyError(StoreError):
    """Another build is writing to the store."""


class StoreAwayError(StoreError):
    """The server that keeps the store does not answer, or not as it should.

    The message names the server, so it is for the person who runs Daftar; strangers are told ``public``.
    """

    public = "The store behind this service did not answer."
