"""Where the files that Daftar carries are: the ontology and the catalogue that came with it.

In a source checkout they are the folders ``ontology/`` and ``data/``; in an installed wheel they are under
``graph/_share/``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shared(name: str) -> Path:
    """The folder ``name`` of the checkout, or of the installed package when there is no checkout."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _PACKAGE / "_share" / name


def ontology_dir() -> Path:
    """The folder with the ontology, the rules, the shapes and the record schemas.

    Returns:
        An absolute path.

    Example:
        >>> (ontology_dir() / "schema" / "process.json").is_file()
        True
    """
    return _shared("ontology")


def schema_dir() -> Path:
    """The folder with one JSON Schema for each record kind.

    Returns:
        An absolute path.
    """
    return ontology_dir() / "schema"


def bundled_data_dir() -> Path:
    """The folder with the catalogue that came with Daftar.

    Returns:
        An absolute path.

    Example:
        >>> bundled_data_dir().name
        'data'
    """
    return _shared("data")
