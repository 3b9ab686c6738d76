"""Derived tables: what pages need of a whole catalogue, computed once for each edition and kept beside it."""

from graph.derived.box import LAYOUT, DerivedError
from graph.derived.derived import Derived, open_derived
from graph.derived.derived import open_derived as open  # noqa: A004 (graph.derived.open reads well)
from graph.derived.writing import write

__all__ = ["LAYOUT", "Derived", "DerivedError", "open", "open_derived", "write"]
