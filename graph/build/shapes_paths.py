"""SHACL property paths as SPARQL property paths (SHACL 2017, section 2.3.1).

Within EXISTS a sequence is nested step by step: Oxigraph orders the steps of `?x p/q ?v` by their sizes
without knowing that `?x` is bound, and so may walk all of `q` for every `?x`. Nested, each step is a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from graph.build.errors import BuildError

Condition = Callable[[str], str]

_SUFFIX = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass
class Fresh:
    """Gives variables that were not used before."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def variable(self) -> str:
        """A new variable, with its question mark."""
        return f"?x{next(self.numbers)}"


def ordered(nodes: Iterable[Node]) -> list[Node]:
    """Terms of a shapes graph in one order."""
    return sorted(nodes, key=str)


def items(shapes: rdflib.Graph, head: Node) -> list[Node]:
    """The members of an RDF list of the shapes graph.

    Raises:
        BuildError: If it is no list.
    """
    if head != RDF.nil and shapes.value(head, RDF.first) is None:
        raise BuildError(f"a shape needs a list where it has {head}")
    return list(Collection(shapes, head))


def steps_of(shapes: rdflib.Graph, path: Node) -> tuple[str, ...]:
    """Write a path as the SPARQL paths of its steps.

    Args:
        shapes: The shapes graph.
        path: The value of `sh:path`.

    Returns:
        One SPARQL path for each step; only a sequence has more than one.

    Raises:
        BuildError: If the path is malformed.
    """
    if isinstance(path, rdflib.BNode) and shapes.value(path, RDF.first) is not None:
        return tuple(step for member in items(shapes, path) for step in steps_of(shapes, member))
    return (_step(shapes, path),)


def _step(shapes: rdflib.Graph, path: Node) -> str:
    if isinstance(path, rdflib.URIRef):
        return path.n3()
    if (inverse := shapes.value(path, SH.inversePath)) is not None:
        return f"^({whole(steps_of(shapes, inverse))})"
    if (choices := shapes.value(path, SH.alternativePath)) is not None:
        return "(" + "|".join(whole(steps_of(shapes, each)) for each in items(shapes, choices)) + ")"
    for kind, suffix in _SUFFIX.items():
        if (repeated := shapes.value(path, kind)) is not None:
            return f"({whole(steps_of(shapes, repeated))}){suffix}"
    raise BuildError(f"{path} is no property path of SHACL (section 2.3.1)")


def whole(steps: tuple[str, ...]) -> str:
    """The steps as one SPARQL path.

    Example:
        >>> whole(("<urn:p>", "^(<urn:q>)"))
        '<urn:p>/^(<urn:q>)'
    """
    return "/".join(steps)


def some(steps: tuple[str, ...], node: str, condition: Condition | None, fresh: Fresh) -> str:
    """An expression: the path leads from a node to a value that meets a condition.

    Args:
        steps: The path; empty for the node itself.
        node: The variable of the node.
        condition: Gives for a variable an expression that never fails; None for any value at all.
        fresh: Where new variables come from.

    Returns:
        A SPARQL expression.
    """
    if not steps:
        return condition(node) if condition else "true"
    value = fresh.variable()
    rest = some(steps[1:], value, condition, fresh)
    return f"EXISTS {{ {node} {steps[0]} {value} {'' if rest == 'true' else f'FILTER ({rest})'} }}"
