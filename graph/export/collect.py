"""What every part of an export needs: a store of given quads, and the owner of an IRI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from graph.export.writing import lines_of
from graph.store import Manifest, MemoryStore, Store, fingerprint_of
from graph.store.manifest import canonical_fingerprint


def store_of(quads: Iterable[ox.Quad], manifest: Manifest) -> Store:
    """Make a store of some quads.

    Args:
        quads: The statements.
        manifest: What is known of the edition that they come from.

    Returns:
        A store whose manifest has the fingerprint and the counts of these quads.
    """
    lines = lines_of(quads)
    graphs = Counter(
        getattr(quad.graph_name, "value", "") for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    )
    known = replace(
        manifest,
        fingerprint=fingerprint_of(lines),
        rdfc=canonical_fingerprint(lines),
        quads=sum(graphs.values()),
        graphs=dict(sorted(graphs.items())),
    )
    return MemoryStore(lines, known)


def owner_of(iri: str, base_iri: str) -> str:
    """The record that an IRI belongs to.

    Args:
        iri: An IRI.
        base_iri: First part of every resource IRI.

    Returns:
        Kind and id, as ``process/P08``; empty when the IRI lies elsewhere. A form belongs to what it
        documents.

    Example:
        >>> owner_of("https://x.org/id/process/P08/step-01", "https://x.org/id/")
        'process/P08'
        >>> owner_of("https://w3id.org/daftar/ontology#goal", "https://x.org/id/")
        ''
    """
    if not iri.startswith(base_iri):
        return ""
    kind, _, rest = iri[len(base_iri) :].partition("/")
    name = rest.partition("/")[0]
    if not name or kind in ("graph", "graphs", "rule", "activity", "agent", "dataset"):
        return ""
    if kind == "form":
        kind = "service" if name.startswith("S") else "process"
    return f"{kind}/{name}"
