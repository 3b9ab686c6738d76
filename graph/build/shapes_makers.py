"""The constraint components that need more than one value to look at (SHACL 2017, sections 4.1 to 4.8)."""

from __future__ import annotations

from collections.abc import Mapping

import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from graph.build import shapes_values as values
from graph.build.shapes_model import NotCompiledError, Shape, read_shape
from graph.build.shapes_parts import Constraint, Maker, Parts, component
from graph.build.shapes_paths import Condition, items, ordered, some, whole


def of_class(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.1.1."""
    classes = parts.below(str(term))
    return Constraint(component("class"), each=lambda _, v: values.of_class(v, classes))


def min_count(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.2.1."""
    number = values.whole_number(term)
    enough = parts.at_least(shape, number)
    together = number > 2 or (number > 1 and len(shape.steps) > 1)
    count = f"< {number}" if together else ""
    return Constraint(component("minCount"), focus=lambda x: f"!({enough(x)})", count=count)


def max_count(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.2.2."""
    number = values.whole_number(term)
    together = number > 1 or (number == 1 and len(shape.steps) > 1)
    count = f"> {number}" if together else ""
    return Constraint(component("maxCount"), focus=parts.at_least(shape, number + 1), count=count)


def pattern(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.4.3."""
    flags = parts.shapes.value(shape.node, SH.flags)
    condition = values.pattern("?tried", term, flags)
    return Constraint(component("pattern"), each=lambda _, v: condition.replace("?tried", v))


def language_in(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.4.4."""
    ranges = items(parts.shapes, term)
    return Constraint(component("languageIn"), each=lambda _, v: values.language_in(v, ranges))


def unique_lang(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.4.5; tags are compared without case, as BCP 47 has them."""
    if not (isinstance(term, rdflib.Literal) and isinstance(term.value, bool)):
        raise NotCompiledError(f"{term} for sh:uniqueLang")

    def fault(x: str) -> str:
        if not term.value:
            return "false"
        one, two, path = parts.fresh.variable(), parts.fresh.variable(), whole(shape.steps)
        same = f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({two})) && !sameTerm({one}, {two})'
        return f"EXISTS {{ {x} {path} {one} . {x} {path} {two} FILTER ({same}) }}"

    return Constraint(component("uniqueLang"), focus=fault)


def equals(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.5.1: each value that only one of the two sides has."""
    other = values.sparql(term)

    def missing(x: str, value: str) -> str:
        reached = some(shape.steps, x, lambda node: f"sameTerm({node}, {value})", parts.fresh)
        return f"{x} {other} {value} FILTER (!({reached}))"

    return Constraint(
        component("equals"), each=lambda x, v: f"NOT EXISTS {{ {x} {other} {v} }}", rows=missing
    )


def disjoint(_: Parts, __: Shape, term: Node) -> Constraint:
    """Section 4.5.2."""
    other = values.sparql(term)
    return Constraint(component("disjoint"), each=lambda x, v: f"EXISTS {{ {x} {other} {v} }}")


def _less(name: str, sign: str) -> Maker:
    """Sections 4.5.3 and 4.5.4; what cannot be compared is at fault."""

    def less(parts: Parts, _: Shape, term: Node) -> Constraint:
        other = values.sparql(term)

        def fault(x: str, value: str) -> str:
            bound = parts.fresh.variable()
            return f"EXISTS {{ {x} {other} {bound} FILTER (!COALESCE({value} {sign} {bound}, false)) }}"

        return Constraint(component(name), each=fault)

    return less


def negation(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.6.1."""
    conforms = parts.conforms(term)
    return Constraint(component("not"), each=lambda _, v: conforms(v))


def _members(parts: Parts, term: Node) -> list[Condition]:
    return [parts.conforms(node) for node in items(parts.shapes, term)]


def conjunction(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.6.2."""
    members = _members(parts, term)
    return Constraint(
        component("and"), each=lambda _, v: f"!({' && '.join(each(v) for each in members) or 'true'})"
    )


def disjunction(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.6.3."""
    members = _members(parts, term)
    return Constraint(
        component("or"), each=lambda _, v: f"!({' || '.join(each(v) for each in members) or 'false'})"
    )


def exactly_one(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.6.4."""
    members = _members(parts, term)

    def fault(_: str, v: str) -> str:
        return f"({' + '.join(f'IF({each(v)}, 1, 0)' for each in members) or '0'}) != 1"

    return Constraint(component("xone"), each=fault)


def node(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.7.1."""
    conforms = parts.conforms(term)
    return Constraint(component("node"), each=lambda _, v: f"!({conforms(v)})")


def _qualified(name: str, number: int, parts: Parts, shape: Shape) -> Constraint:
    """Section 4.7.3: how many values conform to a shape and, if so said, to none of its siblings."""
    shapes = parts.shapes
    wanted = shapes.value(shape.node, SH.qualifiedValueShape)
    if wanted is None:
        raise NotCompiledError(f"sh:{name} without sh:qualifiedValueShape")
    siblings: set[Node] = set()
    disjoint_too = shapes.value(shape.node, SH.qualifiedValueShapesDisjoint)
    if isinstance(disjoint_too, rdflib.Literal) and disjoint_too.value is True:
        siblings = {
            other
            for parent in shapes.subjects(SH.property, shape.node)
            for beside in shapes.objects(parent, SH.property)
            for other in shapes.objects(beside, SH.qualifiedValueShape)
        } - {wanted}
    conforms = parts.conforms(wanted)
    others = [parts.conforms(each) for each in ordered(siblings)]

    def counted(v: str) -> str:
        return " && ".join([conforms(v), *(f"!({each(v)})" for each in others)])

    if name == "qualifiedMaxCount":
        return Constraint(component("qualifiedMaxCount"), focus=parts.at_least(shape, number + 1, counted))
    enough = parts.at_least(shape, number, counted)
    return Constraint(component("qualifiedMinCount"), focus=lambda x: f"!({enough(x)})")


def closed(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.8.1: each statement whose property the shape does not name."""
    if not (isinstance(term, rdflib.Literal) and isinstance(term.value, bool)):
        raise NotCompiledError(f"{term} for sh:closed")
    allowed = {
        step
        for each in parts.shapes.objects(shape.node, SH.property)
        for step in read_shape(parts.shapes, each).steps[:1]
        if isinstance(parts.shapes.value(each, SH.path), rdflib.URIRef)
    }
    for head in parts.shapes.objects(shape.node, SH.ignoredProperties):
        allowed |= {values.sparql(each) for each in items(parts.shapes, head)}

    def rows(x: str, value: str) -> str:
        inner, used = (parts.fresh.variable() if shape.steps else x), parts.fresh.variable()
        path = f"{x} {whole(shape.steps)} {inner} . " if shape.steps else ""
        only = f"{used} NOT IN ({', '.join(sorted(allowed))})" if term.value else "false"
        return f"{path}{inner} {used} {value} FILTER ({only})"

    return Constraint(component("closed"), rows=rows)


def has_value(parts: Parts, shape: Shape, term: Node) -> Constraint:
    """Section 4.8.2."""
    values.sparql(term)
    return Constraint(
        component("hasValue"),
        focus=lambda x: f"!({some(shape.steps, x, lambda v: values.same(v, term), parts.fresh)})",
    )


def listed(parts: Parts, _: Shape, term: Node) -> Constraint:
    """Section 4.8.3."""
    members = items(parts.shapes, term)
    values.listed("?tried", members)
    return Constraint(component("in"), each=lambda _, v: values.listed(v, members))


MAKERS: Mapping[Node, Maker] = {
    SH["class"]: of_class,
    SH.minCount: min_count,
    SH.maxCount: max_count,
    SH.pattern: pattern,
    SH.languageIn: language_in,
    SH.uniqueLang: unique_lang,
    SH.equals: equals,
    SH.disjoint: disjoint,
    SH.lessThan: _less("lessThan", "<"),
    SH.lessThanOrEquals: _less("lessThanOrEquals", "<="),
    SH["not"]: negation,
    SH["and"]: conjunction,
    SH["or"]: disjunction,
    SH.xone: exactly_one,
    SH.node: node,
    SH.qualifiedMinCount: lambda parts, shape, term: _qualified(
        "qualifiedMinCount", values.whole_number(term), parts, shape
    ),
    SH.qualifiedMaxCount: lambda parts, shape, term: _qualified(
        "qualifiedMaxCount", values.whole_number(term), parts, shape
    ),
    SH.closed: closed,
    SH.hasValue: has_value,
    SH["in"]: listed,
}
