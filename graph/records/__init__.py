"""The reviewed records of a catalogue: reading them strictly, checking them, finding one.

Example:
    >>> from graph.paths import bundled_data_dir
    >>> parse_lines("86-88, 90")
    ((86, 88), (90, 90))
"""

from graph.records.errors import RecordError, RecordErrors
from graph.records.lines import format_lines, parse_lines
from graph.records.load import load_catalogue
from graph.records.model import Catalogue, Record

__all__ = [
    "Catalogue",
    "Record",
    "RecordError",
    "RecordErrors",
    "format_lines",
    "load_catalogue",
    "parse_lines",
]
