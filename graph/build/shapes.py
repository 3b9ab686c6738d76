"""Core SHACL over the whole dataset: shapes compiled to SELECTs, and pySHACL for what is not compiled.

Nothing of a shape is passed over: a construct is compiled, or pySHACL checks the shape, or validation stops.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDFS, SH

from graph.build.dataset import Dataset
from graph.build.ontology import read_ontology
from graph.build.results import MANY_NODES, Engine, Progress, Result, Scope
from graph.build.shapes_ask import Compiled, ShapeQuery, ask_shapes
from graph.build.shapes_compile import Compiler
from graph.build.shapes_model import NotCompiledError, Shape, targeted_shapes
from graph.build.shapes_pyshacl import plain_graph, pyshacl_results

# The group of shapes that look from one record into another.
CROSSING = rdflib.URIRef("https://w3id.org/daftar/shape/crossing")

__all__ = [
    "CROSSING",
    "Engine",
    "Result",
    "ask_shapes",
    "compile_ontology",
    "compile_shapes",
    "read_shapes",
    "scope_of_shape",
    "shape_results",
]


def read_shapes(dataset: Dataset) -> rdflib.Graph:
    """Read every shapes file of the ontology into one graph."""
    shapes = rdflib.Graph()
    for path in read_ontology(dataset.ontology).files("shapes/*.ttl"):
        shapes.parse(path, format="turtle")
    return shapes


def shape_results(
    dataset: Dataset,
    shapes: rdflib.Graph | None = None,
    *,
    only: Sequence[str] | None = None,
    scope: Scope | None = None,
    engine: Engine = "compiled",
    progress: Progress | None = None,
) -> list[Result]:
    """Check the dataset against shapes.

    Args:
        dataset: The dataset.
        shapes: The shapes; all of the ontology's if left out.
        only: Focus nodes to check, as IRIs; all if left out.
        scope: Only the shapes that a record and the authority files can answer (`record`), or only those that
            look into other records (`catalogue`); all if left out.
        engine: `pyshacl` checks everything with pySHACL, which takes some hundred times as long.
        progress: Told how many queries are done and how many there are; raising from it cancels.

    Returns:
        What does not conform, each thing once, sorted.

    Raises:
        BuildError: If a shape is malformed, lacks its words, or uses what nothing here can check.
    """
    shapes = read_shapes(dataset) if shapes is None else shapes
    wanted = [shape for shape in targeted_shapes(shapes) if scope in {None, scope_of_shape(shapes, shape)}]
    nodes = None if only is None else frozenset(only)
    named = None if nodes is None or len(nodes) > MANY_NODES else sorted(nodes)
    queries, others = compile_shapes(dataset, shapes, wanted, named) if engine == "compiled" else ([], wanted)
    found = ask_shapes(dataset.store, queries, progress)
    if active := [str(shape.node) for shape in others if not shape.deactivated]:
        found.update(pyshacl_results(plain_graph(dataset), shapes, active, only))
    return sorted(result for result in found if nodes is None or result.focus in nodes)


def compile_shapes(
    dataset: Dataset, shapes: rdflib.Graph, wanted: Sequence[Shape], only: Sequence[str] | None = None
) -> tuple[list[ShapeQuery], list[Shape]]:
    """Compile shapes for a dataset, whose class hierarchy they follow.

    Args:
        dataset: The dataset.
        shapes: The shapes graph.
        wanted: The shapes to compile.
        only: Focus nodes to check; all if left out.

    Returns:
        The queries, and the shapes that pySHACL must check.
    """
    subclasses: dict[str, list[str]] = defaultdict(list)
    for quad in dataset.store.quads_for_pattern(None, ox.NamedNode(str(RDFS.subClassOf)), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            subclasses[quad.object.value].append(quad.subject.value)
    compiler = Compiler(shapes, subclasses, only)
    queries: list[ShapeQuery] = []
    others = []
    for shape in wanted:
        try:
            queries.extend(compiler.queries(shape))
        except NotCompiledError:
            others.append(shape)
    return queries, others


def compile_ontology(dataset: Dataset, only: Sequence[str] | None = None) -> Compiled:
    """Compile every shape of the ontology.

    Args:
        dataset: A dataset with the class hierarchy.
        only: Focus nodes to check; all if left out.

    Returns:
        The queries, by how far they look.

    Raises:
        BuildError: If a shape is malformed, lacks its words, or uses what nothing here can check.
    """
    shapes = read_shapes(dataset)
    targeted = targeted_shapes(shapes)
    far = [shape for shape in targeted if scope_of_shape(shapes, shape) == "catalogue"]
    near = [shape for shape in targeted if shape not in far]
    (queries, others), (far_queries, more) = (
        compile_shapes(dataset, shapes, each, only) for each in (near, far)
    )
    uncompiled = [shape for shape in (*others, *more) if not shape.deactivated]
    return Compiled(queries, far_queries, len(uncompiled))


def scope_of_shape(shapes: rdflib.Graph, shape: Shape) -> Scope:
    """Say whether a record and the authority files are enough to check a shape."""
    return "catalogue" if (shape.node, SH.group, CROSSING) in shapes else "record"
