"""pySHACL over the whole graph: the reference, and the way for shapes that are not compiled.

The data goes to pySHACL as one plain graph that also holds the codes and the class hierarchy, for classes and
codes in a separate ontology graph are not seen by `sh:class`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from graph.build.dataset import Dataset
from graph.build.errors import BuildError
from graph.build.results import Result
from graph.build.shapes_model import TARGETS, words_of
from graph.store.bridge import to_rdflib

# rdflib needs about 2 kB for a statement, and pySHACL a millisecond for a few focus nodes.
LARGEST = 2_000_000


def plain_graph(dataset: Dataset) -> rdflib.Graph:
    """Copy the union of all graphs into rdflib.

    Args:
        dataset: The dataset.

    Returns:
        One graph without names.

    Raises:
        BuildError: If the dataset is too large for it.
    """
    if len(dataset) > LARGEST:
        raise BuildError(
            f"pySHACL cannot check {len(dataset):,} statements in bearable time and memory "
            f"(at most {LARGEST:,}); "
            "say the shape in SHACL Core, which is compiled, or make it a check in ontology/checks"
        )
    quads = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in dataset.store)
    whole: rdflib.Graph = to_rdflib(quads).default_graph
    return whole


def pyshacl_results(
    data: rdflib.Graph, shapes: rdflib.Graph, names: Sequence[str], only: Sequence[str] | None = None
) -> Iterator[Result]:
    """Check a graph with pySHACL, without inference.

    Args:
        data: The data.
        shapes: The shapes graph.
        names: The IRIs of the shapes to check.
        only: Focus nodes to check; None for all.

    Yields:
        The results.
    """
    if not names or (only is not None and not only):
        return
    import pyshacl

    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=_without_other_targets(shapes, names),
        inference="none",
        focus_nodes=None if only is None else list(only),
    )
    for node in report.objects(None, SH.result):
        shape = report.value(node, SH.sourceShape)
        severity, fa, en = words_of(shapes, shape)
        value = report.value(node, SH.value)
        yield Result(
            severity,
            str(shape).rsplit("/", 1)[-1],
            fa,
            en,
            str(report.value(node, SH.focusNode)),
            "" if value is None else str(value),
            str(report.value(node, SH.sourceConstraintComponent)).rsplit("#", 1)[-1],
        )


def _without_other_targets(shapes: rdflib.Graph, names: Sequence[str]) -> rdflib.Graph:
    """The shapes graph in which only some shapes have targets.

    pySHACL's option `use_shapes` would also leave out the shapes that those refer to.
    """
    kept = rdflib.Graph()
    for triple in shapes:
        target = triple[1] in TARGETS or triple[1:] == (RDF.type, RDFS.Class)
        if not target or str(triple[0]) in names:
            kept.add(triple)
    return kept
