"""Constraints as SPARQL conditions; whether a node conforms to a shape (SHACL 2017, section 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from graph.build import shapes_values as values
from graph.build.errors import BuildError
from graph.build.shapes_model import NotCompiledError, Shape, read_shape
from graph.build.shapes_paths import Condition, Fresh, ordered, some, whole

Pair = Callable[[str, str], str]

# Parameters that belong to another and have no component of their own.
_ALONGSIDE: Mapping[Node, set[Node]] = {
    SH.flags: {SH.pattern},
    SH.ignoredProperties: {SH.closed},
    SH.qualifiedValueShape: {SH.qualifiedMinCount, SH.qualifiedMaxCount},
    SH.qualifiedValueShapesDisjoint: {SH.qualifiedValueShape},
}
# Parameters that a shape has once, and those that only a property shape has (section 4, "Syntax rules").
_SINGLE = {
    *(SH[name] for name in ("datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength")),
    *(SH[name] for name in ("languageIn", "uniqueLang", "in", "closed", "qualifiedMinCount")),
    *(SH[name] for name in ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")),
    *(SH[name] for name in ("qualifiedMaxCount", "qualifiedValueShape", "flags", "ignoredProperties")),
}
_FOR_PATHS = {
    *(SH[name] for name in ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")),
    *(SH[name] for name in ("qualifiedMinCount", "qualifiedMaxCount")),
}


@dataclass(frozen=True)
class Constraint:
    """When a constraint is violated.

    Args:
        component: The constraint component, without its namespace.
        each: For focus and value variables, an expression: the value is at fault, and is the result's value.
        focus: For the focus variable, an expression: the focus node is at fault, without a value.
        rows: For focus and value variables, a pattern that binds values at fault, value nodes or not.
        count: Where counting the values of all focus nodes together is the better plan, when one is at fault.
    """

    component: str
    each: Pair | None = None
    focus: Condition | None = None
    rows: Pair | None = None
    count: str = ""


Maker = Callable[["Parts", Shape, Node], Constraint]


def component(parameter: str) -> str:
    """The component of a parameter.

    Example:
        >>> component("minCount")
        'MinCountConstraintComponent'
    """
    return f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"


class Parts:
    """Gives the constraints of shapes.

    Args:
        shapes: The shapes graph.
        subclasses: Class → the classes directly below it.
        makers: Parameter → what makes its constraint, for those that need more than a value.
    """

    def __init__(
        self, shapes: rdflib.Graph, subclasses: Mapping[str, Sequence[str]], makers: Mapping[Node, Maker]
    ) -> None:
        self.shapes = shapes
        self.fresh = Fresh()
        self._subclasses = subclasses
        self._makers = makers
        self._open: list[Node] = []

    def below(self, name: str) -> tuple[str, ...]:
        """A class and all classes below it, sorted."""
        found, waiting = {name}, [name]
        while waiting:
            new = set(self._subclasses.get(waiting.pop(), ())) - found
            found |= new
            waiting.extend(new)
        return tuple(sorted(found))

    def constraints(self, shape: Shape) -> list[Constraint]:
        """The constraints of a shape, but for `sh:property`, whose results are another shape's.

        Raises:
            NotCompiledError: If one is not compiled, or is not as SHACL wants it, which pySHACL then says.
        """
        found: list[Constraint] = []
        for parameter in shape.parameters:
            terms = ordered(self.shapes.objects(shape.node, parameter))
            if parameter in _ALONGSIDE and not _ALONGSIDE[parameter] & set(shape.parameters):
                raise NotCompiledError(f"{parameter} by itself")
            if parameter in _FOR_PATHS and not shape.steps:
                raise NotCompiledError(f"{parameter} on a node shape")
            if parameter in _SINGLE and len(terms) > 1:
                raise NotCompiledError(f"{len(terms)} values of {parameter}")
            if parameter not in _ALONGSIDE and parameter != SH.property:
                found.extend(self._constraint(shape, parameter, term) for term in terms)
        return found

    def _constraint(self, shape: Shape, parameter: Node, term: Node) -> Constraint:
        if parameter in self._makers:
            return self._makers[parameter](self, shape, term)
        if parameter not in values.SIMPLE:
            raise NotCompiledError(str(parameter))
        condition = values.SIMPLE[parameter]
        condition("?tried", term)  # what cannot be compiled must show now
        return Constraint(
            component(str(parameter).rsplit("#", 1)[-1]), each=lambda _, value: condition(value, term)
        )

    def conforms(self, node: Node) -> Condition:
        """For a variable, an expression: it conforms to a shape.

        Raises:
            NotCompiledError: If the shape is not compiled.
            BuildError: If the shape refers to itself.
        """
        if node in self._open:
            raise BuildError(f"shape {node} refers to itself; SHACL leaves open what that means")
        shape = read_shape(self.shapes, node)
        if shape.deactivated:
            return lambda _: "true"
        self._open.append(node)
        faults = [self._fault(shape, constraint) for constraint in self.constraints(shape)]
        below = [self.conforms(inner) for inner in ordered(self.shapes.objects(node, SH.property))]
        self._open.pop()
        faults += [self._below_fault(shape, conforms) for conforms in below]
        return lambda x: f"!({' || '.join(fault(x) for fault in faults) or 'false'})"

    def _below_fault(self, shape: Shape, conforms: Condition) -> Condition:
        return lambda x: some(shape.steps, x, lambda value: f"!({conforms(value)})", self.fresh)

    def _fault(self, shape: Shape, constraint: Constraint) -> Condition:
        """An expression for a variable: this constraint has a result there."""

        def fault(x: str) -> str:
            parts = []
            if (each := constraint.each) is not None:
                parts.append(some(shape.steps, x, lambda value: each(x, value), self.fresh))
            if constraint.focus is not None:
                parts.append(constraint.focus(x))
            if constraint.rows is not None:
                parts.append(f"EXISTS {{ {constraint.rows(x, self.fresh.variable())} }}")
            return f"({' || '.join(parts)})"

        return fault

    def at_least(self, shape: Shape, number: int, condition: Condition | None = None) -> Condition:
        """For a variable, an expression: it has so many different values that meet a condition."""
        if number == 0:
            return lambda _: "true"
        if number == 1:
            return lambda x: some(shape.steps, x, condition, self.fresh)
        if number == 2 and len(shape.steps) == 1 and condition is None:
            return lambda x: self._two(shape.steps[0], x)

        def counted(x: str) -> str:
            value = self.fresh.variable()
            only = f"FILTER ({condition(value)})" if condition else ""
            inner = f"SELECT {x} WHERE {{ {x} {whole(shape.steps)} {value} {only} }}"
            return f"EXISTS {{ {inner} GROUP BY {x} HAVING (COUNT(DISTINCT {value}) >= {number}) }}"

        return counted

    def _two(self, step: str, x: str) -> str:
        one, two = self.fresh.variable(), self.fresh.variable()
        return f"EXISTS {{ {x} {step} {one} . {x} {step} {two} FILTER (!sameTerm({one}, {two})) }}"
