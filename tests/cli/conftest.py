"""The small catalogue, to copy and to spoil."""

from tests.records.conftest import small

__all__ = ["small"]
