"""Profiles: the dataset in another vocabulary, made by the CONSTRUCT files of ``ontology/export/<profile>``.

A file whose header says ``# reads: dataset`` sees the union of all graphs; one that says ``dataset, profile``
is run after those and also sees what they made, in the graph ``graph/export/<profile>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph.build.errors import BuildError
from graph.build.rules import QueryFile, read_query
from graph.export.errors import ExportError
from graph.store import Store

_HEADER = ("reads", "title-fa", "title-en", "says-fa", "says-en")
_READS = ("dataset", "dataset, profile")


def read_profile(name: str, ontology: Path) -> list[QueryFile]:
    """Read the files of a profile.

    Args:
        name: The profile, as ``cpsv-ap``.
        ontology: The ``ontology/`` folder.

    Returns:
        The files, those that read the profile itself last.

    Raises:
        ExportError: when there are none, or one has no proper header.
    """
    files = [read_query(path) for path in sorted((ontology / "export" / name).glob("*.rq"))]
    if not files:
        raise ExportError(f"there is no profile {name}: {ontology / 'export' / name} has no .rq file")
    for file in files:
        try:
            reads, *_ = [file.need(key) for key in _HEADER]
        except BuildError as error:
            raise ExportError(f"ontology/export/{name}: {error}") from error
        if reads not in _READS:
            raise ExportError(f"ontology/export/{name}/{file.name}.rq: reads is {' or '.join(_READS)}")
    return sorted(files, key=lambda file: (file.header["reads"] == _READS[1], file.name))


def make_profile(store: Store, name: str, ontology: Path, extra: Iterable[ox.Quad] = ()) -> list[ox.Quad]:
    """Make a profile of an edition.

    Args:
        store: The edition.
        name: The profile.
        ontology: The ``ontology/`` folder.
        extra: Statements to put beside what the files make.

    Returns:
        The statements, in the graph ``graph/export/<name>``.

    Raises:
        ExportError: when a file is missing or cannot be run.
    """
    graph = ox.NamedNode(f"{store.manifest.base_iri}graph/export/{name}")
    whole = ox.Store()
    whole.bulk_extend(store.quads())
    made = {ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in extra}
    seen = False
    for file in read_profile(name, ontology):
        if file.header["reads"] == _READS[1] and not seen:
            whole.bulk_extend(made)
            seen = True
        made |= _run(whole, file, name, store.manifest.base_iri, graph)
    return sorted(made, key=str)


def _run(store: ox.Store, file: QueryFile, name: str, base_iri: str, graph: ox.NamedNode) -> set[ox.Quad]:
    try:
        found = store.query(file.text, base_iri=base_iri, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise ExportError(f"ontology/export/{name}/{file.name}.rq cannot be run: {error}") from error
    if not isinstance(found, ox.QueryTriples):
        raise ExportError(f"ontology/export/{name}/{file.name}.rq is no CONSTRUCT query")
    return {ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found}
