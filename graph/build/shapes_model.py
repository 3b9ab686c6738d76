"""Shapes as SHACL defines them (SHACL 2017, section 2), read from a shapes graph."""

from __future__ import annotations

from dataclasses import dataclass

import rdflib
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from graph.build.errors import BuildError
from graph.build.findings import SEVERITIES, Severity
from graph.build.shapes_paths import ordered, steps_of

# What says nothing about the data (SHACL 2017, sections 2.1, 2.3.2 and 3.6.2).
_SILENT = {
    *(SH[name] for name in ("name", "description", "order", "group", "defaultValue")),
    *(SH[name] for name in ("severity", "message", "deactivated", "path")),
}
TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
# Parameters that belong to another one, which pySHACL's list leaves out.
_BESIDE = {SH.flags, SH.ignoredProperties, SH.qualifiedValueShapesDisjoint}
# pySHACL reads these only in modes that are not used here.
_OTHER_MODES = {SH.js, SH.expression}


class NotCompiledError(Exception):
    """A construct that only pySHACL can check; the message names it."""


@dataclass(frozen=True)
class Target:
    """Where a shape's focus nodes come from (section 2.1.3).

    Args:
        kind: The target's predicate, as `sh:targetClass`.
        term: The class, property or node.
    """

    kind: Node
    term: Node


@dataclass(frozen=True)
class Shape:
    """A node shape, or a property shape with its path.

    Args:
        node: Its name, or a blank node where it is written inside another.
        targets: Its targets.
        steps: Its path, step by step; empty for a node shape.
        parameters: The parameters of its constraints, in the order of their IRIs.
        deactivated: Whether it is switched off.
    """

    node: Node
    targets: tuple[Target, ...]
    steps: tuple[str, ...]
    parameters: tuple[Node, ...]
    deactivated: bool

    @property
    def name(self) -> str:
        """The end of its IRI."""
        return str(self.node).rsplit("/", 1)[-1]


def read_shape(shapes: rdflib.Graph, node: Node) -> Shape:
    """Read one shape.

    Args:
        shapes: The shapes graph.
        node: The shape.

    Returns:
        The shape.

    Raises:
        BuildError: If it uses what is not SHACL Core and pySHACL does not know either, or has two paths.
    """
    paths = list(shapes.objects(node, SH.path))
    if len(paths) > 1:
        raise BuildError(f"shape {node} has {len(paths)} paths; a shape has one at most")
    used = {predicate for predicate in shapes.predicates(node) if _is_parameter(shapes, predicate)}
    from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS  # a fifth of a second, and not always needed

    parameters = ordered(used - _SILENT - TARGETS)
    for each in parameters:
        known = each in _BESIDE or each in ALL_CONSTRAINT_PARAMETERS or not str(each).startswith(str(SH))
        if not known or each in _OTHER_MODES:
            raise BuildError(
                f"shape {node} uses {each}, which is neither compiled nor known to pySHACL; "
                "say it otherwise or make it a check in ontology/checks"
            )
    return Shape(
        node,
        _targets(shapes, node),
        steps_of(shapes, paths[0]) if paths else (),
        tuple(parameters),
        _is_true(shapes.value(node, SH.deactivated)),
    )


def _is_parameter(shapes: rdflib.Graph, predicate: Node) -> bool:
    """Whether a predicate may constrain: SHACL's own, and those of a component defined in the graph."""
    declared = shapes.subjects(SH.path, predicate)
    return str(predicate).startswith(str(SH)) or any(
        (None, SH.parameter, each) in shapes for each in declared
    )


def _targets(shapes: rdflib.Graph, node: Node) -> tuple[Target, ...]:
    found = {Target(kind, term) for kind in TARGETS for term in shapes.objects(node, kind)}
    if (node, RDF.type, RDFS.Class) in shapes:  # an implicit class target (section 2.1.3.3)
        found.add(Target(SH.targetClass, node))
    return tuple(sorted(found, key=lambda target: (target.kind, target.term)))


def _is_true(value: Node | None) -> bool:
    return isinstance(value, rdflib.Literal) and value.value is True


def targeted_shapes(shapes: rdflib.Graph) -> list[Shape]:
    """The shapes that are validated by themselves: those with targets, in the order of their names.

    Raises:
        BuildError: If one has no name, so that its findings could not be told apart.
    """
    nodes = {node for kind in (*TARGETS, SH.target) for node in shapes.subjects(kind)}
    for kind in (SH.NodeShape, SH.PropertyShape):
        nodes |= {node for node in shapes.subjects(RDF.type, kind) if (node, RDF.type, RDFS.Class) in shapes}
    for node in nodes:
        need_name(node)
    return [read_shape(shapes, node) for node in ordered(nodes)]


def need_name(node: Node) -> None:
    """Insist that a shape that can have results is an IRI.

    Raises:
        BuildError: If it is not.
    """
    if not isinstance(node, rdflib.URIRef):
        raise BuildError(
            "a shape with a target, or under sh:property, needs an IRI, which names its findings"
        )


def words_of(shapes: rdflib.Graph, node: Node) -> tuple[Severity, str, str]:
    """The severity of a shape's results and their words (sections 2.1.4 and 2.1.5).

    Returns:
        Severity, Persian message, English message.

    Raises:
        BuildError: If a message is missing, or the severity is none of SHACL's.
    """
    given = shapes.value(node, SH.severity) or SH.Violation
    severity = next((each for each in SEVERITIES if given == SH[each.capitalize()]), None)
    texts = [text for text in shapes.objects(node, SH.message) if isinstance(text, rdflib.Literal)]
    messages = {str(text.language): str(text) for text in sorted(texts)}
    if severity is None or not {"fa", "en"} <= messages.keys():
        raise BuildError(f"shape {node} lacks a severity or a message in Persian and English")
    return severity, messages["fa"], messages["en"]
