"""What can go wrong in an export, in words for the person who asked for it."""

from __future__ import annotations


class ExportError(Exception):
    """An export that cannot be made as asked; the message says why and what to do."""
