"""From a node of the graph back to the record that made it, its file, its line and the document's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.build.assertions import expander_for
from graph.build.dataset import Dataset
from graph.build.errors import BuildError
from graph.build.expand import Expander
from graph.build.ontology import DF, DFC, read_ontology
from graph.records.model import Catalogue, Record

_LINES, _START, _END = (
    ox.NamedNode(f"{DF}{name}") for name in ("sourceLinesAsWritten", "sourceLineStart", "sourceLineEnd")
)


@dataclass(frozen=True)
class Place:
    """Where a node comes from.

    Args:
        record: The record's id; empty for a node of the ontology.
        path: The file.
        line: The line in it, or 0.
        source_lines: The lines of the source document, or empty.
    """

    record: str
    path: Path
    line: int
    source_lines: str


class Places:
    """Finds the places of nodes; a record is expanded again only when one of its nodes is asked for.

    The last thing that was asked for is remembered, so ask thing by thing.

    Args:
        dataset: The dataset.
        catalogue: The records it was built from.
        expander: What expands them; unset, one that knows the things of the catalogue.
    """

    def __init__(self, dataset: Dataset, catalogue: Catalogue, expander: Expander | None = None) -> None:
        self._dataset = dataset
        self._catalogue = catalogue
        self._expander = expander or expander_for(catalogue, read_ontology(dataset.ontology))
        self._records = {self._expander.path_of(record): record for record in catalogue.all_records()}
        for record in (*catalogue.processes, *catalogue.services):
            self._records[f"form/{record.id}"] = record
        self._last: tuple[str, dict[str, str]] = ("", {})

    def of(self, iri: str) -> Place:
        """Find the place of a node.

        Args:
            iri: The node.

        Returns:
            Its record and place; the nearest one known where the node has no place of its own.
        """
        path = iri.removeprefix(self._dataset.base_iri)
        root = self.root_of(iri)
        record = self._records.get(root)
        lines = self._source_lines(iri)
        if record is None:
            name = "codes.ttl" if iri.startswith(DFC) else "daftar.ttl"
            return Place("", self._dataset.ontology / name, 0, lines)
        form = f"{self._dataset.base_iri}form/{record.id}"
        lines = lines or self._source_lines(form if record.kind in {"process", "service"} else iri)
        pointer = self._pointers(root).get(path, "")
        return Place(record.id, self._shown(record), record.line_of(pointer), lines)

    def root_of(self, iri: str) -> str:
        """The path of the thing or form that a node belongs to, by its IRI."""
        return "/".join(iri.removeprefix(self._dataset.base_iri).split("/", 2)[:2])

    def nodes_of(self, ids: Iterable[str]) -> list[str]:
        """All nodes that some records make.

        Args:
            ids: Ids of records, of whatever kind.

        Returns:
            Their IRIs, sorted.

        Raises:
            BuildError: If no record has such an id.
        """
        wanted = set(ids)
        roots = [root for root, record in self._records.items() if record.id in wanted]
        if unknown := wanted - {self._records[root].id for root in roots}:
            raise BuildError(f"no record of this catalogue has the id {', '.join(sorted(unknown))}")
        base = self._dataset.base_iri
        found = {base + path for root in roots for path in (root, *self._expand(root))}
        return sorted(found | set(self._in_own_graph(roots)))

    def _in_own_graph(self, roots: Sequence[str]) -> Iterable[str]:
        """What stands in the graph of a record alone, in case the dataset has more than the record says."""
        for root in roots:
            graph = self._expander.graph_of(self._records[root])
            if graph.startswith("graph/record/"):
                name = ox.NamedNode(self._dataset.base_iri + graph)
                for quad in self._dataset.store.quads_for_pattern(None, None, None, name):
                    if isinstance(quad.subject, ox.NamedNode) and self.root_of(quad.subject.value) in roots:
                        yield quad.subject.value

    def _shown(self, record: Record) -> Path:
        folder = self._catalogue.folder
        return (
            folder.name / record.path.relative_to(folder)
            if record.path.is_relative_to(folder)
            else record.path
        )

    def _pointers(self, root: str) -> dict[str, str]:
        # no lru_cache of a method: with it this object, and the store, would live until the next collection
        if self._last[0] != root:
            self._last = (root, self._expand(root))
        return self._last[1]

    def _expand(self, root: str) -> dict[str, str]:
        """The nodes of the record of a thing, and their places in the record."""
        found: dict[str, str] = {}
        self._expander.expand(self._records[root], found)
        return found

    def _source_lines(self, iri: str) -> str:
        try:
            node = ox.NamedNode(iri)
        except ValueError:  # a shape may be about a literal
            return ""

        def value(prop: ox.NamedNode) -> str:
            quads = self._dataset.store.quads_for_pattern(node, prop, None)
            return next((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), "")

        start, end = value(_START), value(_END)
        return value(_LINES) or (start if start == end else f"{start}-{end}")
