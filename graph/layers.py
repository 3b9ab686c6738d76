"""Which layer of evidence a named graph belongs to: the document, our readings, what rules conclude ..."""

from __future__ import annotations

from typing import Literal

Layer = Literal["form", "curated", "reading", "label", "inferred", "other"]

_LAYERS: tuple[tuple[str, Layer], ...] = (
    ("record/", "form"),
    ("index", "form"),
    ("resolution", "reading"),
    ("comparisons", "reading"),
    ("labels-en", "label"),
    ("inferred/", "inferred"),
    ("agencies", "curated"),
    ("collectives", "curated"),
    ("instruments", "curated"),
    ("forms", "curated"),
    ("sources", "curated"),
)


def layer_of(graph: str) -> Layer:
    """Say which layer a named graph belongs to.

    Args:
        graph: The name of the graph, what follows ``…/graph/`` in its IRI.

    Returns:
        The layer.

    Example:
        >>> layer_of("record/P08"), layer_of("inferred/next-step")
        ('form', 'inferred')
    """
    return next((layer for start, layer in _LAYERS if graph.startswith(start)), "other")
