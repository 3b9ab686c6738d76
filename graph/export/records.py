"""One file for each record: what is said about it and its parts, in every graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

from graph.export.collect import owner_of
from graph.export.files import ExportFile
from graph.export.writing import write_quads
from graph.query.formats import Format
from graph.store import Store


def record_files(store: Store, formats: Sequence[Format]) -> list[ExportFile]:
    """Write every record by itself.

    Args:
        store: The edition.
        formats: The formats to write each in.

    Returns:
        ``records/process/P08.trig`` and so on: the statements whose subject is the record, its form or a node
        under it. Codes, vocabulary and provenance belong to no record and are in the whole dataset only.
    """
    base = store.manifest.base_iri
    owned: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in store.quads():
        owner = owner_of(getattr(quad.subject, "value", ""), base)
        if owner:
            owned[owner].append(quad)
    return [
        ExportFile(
            f"records/{owner}.{chosen.extension}",
            chosen.media_type.partition(";")[0],
            write_quads(quads, chosen),
        )
        for owner, quads in sorted(owned.items())
        for chosen in formats
    ]
