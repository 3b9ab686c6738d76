"""Inference: each `ontology/rules/*.rq` is a CONSTRUCT whose conclusions get a graph of their own.

Every rule reads what was asserted and never another rule's conclusions, so dropping one removes its graph and
nothing else, and their order does not matter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.build.errors import BuildError
from graph.build.ontology import Ontology

_HEADER = re.compile(r"^#\s*([a-z-]+):\s*(.*)$")


@dataclass(frozen=True)
class QueryFile:
    """A SPARQL file of the ontology with the words in its header.

    Args:
        name: The file's name without its ending.
        header: Header key → text, as `title-fa`.
        text: The whole file.
        sha256: The checksum of the file's bytes.
    """

    name: str
    header: dict[str, str]
    text: str
    sha256: str

    @property
    def gathers(self) -> str | None:
        """How what it reads is gathered from many records; None when it reads one and the lists."""
        return self.header.get("gathers")

    def need(self, key: str) -> str:
        """Give a header line that the file must have.

        Raises:
            BuildError: If it is missing or empty.
        """
        if not self.header.get(key):
            raise BuildError(f"ontology query {self.name}.rq lacks the header line '# {key}: …'")
        return self.header[key]


def read_query(path: Path) -> QueryFile:
    """Read a SPARQL file whose first lines are comments of the form `# key: text`.

    A comment line that starts with two or more blanks after the `#` goes on with the line above it.

    Args:
        path: The file.

    Returns:
        Its text, header and checksum.
    """
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _HEADER.match(line):
            key = found.group(1)
            header[key] = found.group(2).strip()
        elif key and line.startswith("#  "):
            header[key] += " " + line[1:].strip()
    return QueryFile(path.stem, header, text, hashlib.sha256(raw).hexdigest())


def read_rules(ontology: Ontology) -> list[QueryFile]:
    """Read every rule of the ontology, in the order of their names."""
    return [read_query(path) for path in ontology.files("rules/*.rq")]


def infer(store: ox.Store, rule: QueryFile, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Run one rule over everything asserted.

    Args:
        store: The asserted statements; read as one graph.
        rule: The rule.
        graph: Where its conclusions belong.

    Yields:
        The conclusions, each once.

    Raises:
        BuildError: If the file is not a CONSTRUCT query that can be run.
    """
    try:
        found = store.query(rule.text, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"ontology/rules/{rule.name}.rq cannot be run: {error}") from error
    if not isinstance(found, ox.QueryTriples):
        raise BuildError(f"ontology/rules/{rule.name}.rq is no CONSTRUCT query")
    for triple in found:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
