"""What a profile asks for and the data lacks, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH

from graph.export.errors import ExportError
from graph.export.writing import lines_of

_LISTED = 8


@dataclass(frozen=True)
class Lack:
    """A demand that some nodes do not meet.

    Attributes:
        demand: Name of the shape.
        message_fa: The demand in Persian.
        message_en: The demand in English.
        nodes: IRIs of the nodes that do not meet it, sorted.
        asked: Number of nodes that it is asked of.
    """

    demand: str
    message_fa: str
    message_en: str
    nodes: tuple[str, ...]
    asked: int

    def text(self, lang: str) -> str:
        """The demand, how many nodes fail it, and the first of them."""
        message = self.message_fa if lang == "fa" else self.message_en
        names = [iri.rstrip("/").rpartition("/")[2] for iri in self.nodes[:_LISTED]]
        more = len(self.nodes) - len(names)
        if lang == "fa":
            tail = f" و {more} تای دیگر" if more else ""
            return f"{message} {len(self.nodes)} از {self.asked} ندارد: {'، '.join(names)}{tail}"
        tail = f" and {more} more" if more else ""
        return f"{message} {len(self.nodes)} of {self.asked} do not: {', '.join(names)}{tail}"


@dataclass(frozen=True)
class Shortfall:
    """What a profile asks for and the data lacks.

    Attributes:
        demands: Number of demands.
        lacks: The demands that are not met, those with the most nodes first.
    """

    demands: int
    lacks: tuple[Lack, ...]


def shortfall(quads: Iterable[ox.Quad], name: str, ontology: Path) -> Shortfall:
    """Hold a profile to its demands (``ontology/export/<profile>/demands.ttl``, Core SHACL).

    Args:
        quads: The profile.
        name: Its name.
        ontology: The ``ontology/`` folder.

    Returns:
        The demands that are not met.

    Raises:
        ExportError: when the profile has no demands or they are no SHACL.
    """
    path = ontology / "export" / name / "demands.ttl"
    if not path.is_file():
        raise ExportError(f"{path} is missing; it says what the profile {name} asks for")
    import pyshacl  # takes half a second, which the web pages that describe the data need not wait for

    shapes = rdflib.Graph().parse(path, format="turtle")
    union = lines_of(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    data = rdflib.Graph().parse(data=union, format="nt")
    _, report, words = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise ExportError(f"{path}: {words}")
    failed: dict[rdflib.term.Node, set[str]] = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        if shape is not None:
            failed[shape].add(str(focus))
    demands = set(shapes.subjects(RDF.type, SH.PropertyShape))
    lacks = [_lack(shapes, data, shape, nodes) for shape, nodes in failed.items()]
    return Shortfall(len(demands), tuple(sorted(lacks, key=lambda lack: (-len(lack.nodes), lack.demand))))


def _lack(shapes: rdflib.Graph, data: rdflib.Graph, shape: rdflib.term.Node, nodes: set[str]) -> Lack:
    messages = {
        message.language: str(message)
        for message in shapes.objects(shape, SH.message)
        if isinstance(message, rdflib.Literal)
    }
    asked = {
        node for target in shapes.objects(shape, SH.targetClass) for node in data.subjects(RDF.type, target)
    }
    demand = str(shape).rpartition("/")[2]
    return Lack(demand, messages["fa"], messages["en"], tuple(sorted(nodes)), len(asked))
