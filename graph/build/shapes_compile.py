"""Shapes as SELECTs over the whole dataset, after the SPARQL definitions in SHACL 2017, section 4.

pySHACL asks about one focus node at a time. Here each constraint of a shape is one query whose rows are its
results: the targets, the path, and what makes a value or a focus node be at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph.build.errors import BuildError
from graph.build.shapes_ask import ShapeQuery
from graph.build.shapes_makers import MAKERS
from graph.build.shapes_model import Shape, Target, need_name, read_shape, words_of
from graph.build.shapes_parts import Constraint, Parts
from graph.build.shapes_paths import ordered, whole
from graph.build.shapes_values import sparql

Pattern = Callable[[str], str]

_BY_PROPERTY: Mapping[Node, str] = {
    SH.targetSubjectsOf: "{x} {term} ?any . ",
    SH.targetObjectsOf: "?any {term} {x} . ",
}


class Compiler:
    """Compiles the shapes of one shapes graph.

    Args:
        shapes: The shapes graph.
        subclasses: Class → the classes directly below it, as the data says.
        only: Focus nodes to which targets are restricted; None for all.
    """

    def __init__(
        self, shapes: rdflib.Graph, subclasses: Mapping[str, Sequence[str]], only: Sequence[str] | None = None
    ) -> None:
        self._shapes = shapes
        self._parts = Parts(shapes, subclasses, MAKERS)
        self._only = None if only is None else " ".join(f"<{node}>" for node in only)

    def queries(self, shape: Shape) -> list[ShapeQuery]:
        """Compile a shape.

        Args:
            shape: A shape with targets.

        Returns:
            Its queries; none if it is deactivated.

        Raises:
            NotCompiledError: If it, or a shape that it refers to, uses what is not compiled.
            BuildError: If it is malformed, lacks its words or refers to itself.
        """
        named = [target for target in shape.targets if target.kind == SH.targetClass]
        classes = sorted({each for target in named for each in self._below(target)})
        nodes = [target.term for target in shape.targets if target.kind == SH.targetNode]
        patterns = [self._pattern(target) for target in shape.targets if target.kind in _BY_PROPERTY]
        if classes:
            patterns.append(self._instances(classes))
        if nodes:
            patterns.append(self._nodes(nodes))
        return [query for pattern in patterns for query in self._of(shape, pattern, (shape.node,))]

    def _below(self, target: Target) -> tuple[str, ...]:
        return self._parts.below(str(target.term))

    def _start(self, x: str) -> str:
        return "" if self._only is None else f"VALUES {x} {{ {self._only} }} "

    def _instances(self, classes: Sequence[str]) -> Pattern:
        """Section 2.1.3.2: the instances of a class and of those below it."""
        if len(classes) == 1:
            return lambda x: f"{self._start(x)}{x} {RDF.type.n3()} <{classes[0]}> . "
        if self._only is not None:  # two VALUES would be joined over all instances
            names = ", ".join(f"<{each}>" for each in classes)
            return lambda x: f"{self._start(x)}{x} {RDF.type.n3()} ?class . FILTER (?class IN ({names})) "
        names = " ".join(f"<{each}>" for each in classes)
        return lambda x: f"VALUES ?class {{ {names} }} {x} {RDF.type.n3()} ?class . "

    def _nodes(self, nodes: Sequence[Node]) -> Pattern:
        """Section 2.1.3.1: nodes by name, whether the data know them or not."""
        names = " ".join(sparql(node) for node in nodes)
        return lambda x: f"{self._start(x)}VALUES {x} {{ {names} }} "

    def _pattern(self, target: Target) -> Pattern:
        """Sections 2.1.3.4 and 2.1.3.5: the subjects or the objects of a property."""
        made = _BY_PROPERTY[target.kind].format(term=sparql(target.term), x="{x}")
        return lambda x: self._start(x) + made.format(x=x)

    def _of(self, shape: Shape, target: Pattern, above: tuple[Node, ...]) -> Iterator[ShapeQuery]:
        """The queries of a shape at given focus nodes, and of the property shapes under it."""
        if shape.deactivated:
            return
        severity, fa, en = words_of(self._shapes, shape.node)
        for constraint in self._parts.constraints(shape):
            for text in _texts(shape, constraint, target):
                yield ShapeQuery(shape.name, constraint.component, severity, fa, en, text)
        for node in ordered(self._shapes.objects(shape.node, SH.property)):
            need_name(node)
            if node in above:
                raise BuildError(f"shape {node} refers to itself; SHACL leaves open what that means")
            below = read_shape(self._shapes, node)
            yield from self._of(below, self._values(shape, target), (*above, node))

    def _values(self, shape: Shape, target: Pattern) -> Pattern:
        """Section 4.7.2: the value nodes of a shape are the focus nodes of what is under it."""
        if not shape.steps:
            return target
        outer = self._parts.fresh.variable()
        return lambda x: f"{target(outer)}{outer} {whole(shape.steps)} {x} . "


def _texts(shape: Shape, constraint: Constraint, target: Pattern) -> Iterator[str]:
    """The queries of one constraint, whose rows are its results."""
    start = target("?focus")
    path = f"?focus {whole(shape.steps)} ?value . " if shape.steps else ""
    if constraint.each is not None:
        if path:
            fault = constraint.each("?focus", "?value")
            yield f"SELECT DISTINCT ?focus ?value WHERE {{ {start}{path}FILTER ({fault}) }}"
        else:
            fault = constraint.each("?focus", "?focus")
            yield f"SELECT DISTINCT ?focus (?focus AS ?value) WHERE {{ {start}FILTER ({fault}) }}"
    if constraint.rows is not None:
        yield f"SELECT DISTINCT ?focus ?value WHERE {{ {start}{constraint.rows('?focus', '?value')} }}"
    if constraint.count:
        optional = f"OPTIONAL {{ ?focus {whole(shape.steps)} ?counted }}"
        having = f"COUNT(DISTINCT ?counted) {constraint.count}"
        yield f"SELECT ?focus WHERE {{ {start}{optional} }} GROUP BY ?focus HAVING ({having})"
    elif constraint.focus is not None:
        yield f"SELECT DISTINCT ?focus WHERE {{ {start}FILTER ({constraint.focus('?focus')}) }}"
