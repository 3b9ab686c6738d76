"""From a node of the graph back to the record that made it, its file, its line and the document's lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.build.assertions import expander_for
from graph.build.dataset import Dataset
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

    Args:
        dataset: The dataset.
        catalogue: The records it was built from.
    """

    def __init__(self, dataset: Dataset, catalogue: Catalogue) -> None:
        self._dataset = dataset
        self._catalogue = catalogue
        self._expander = expander_for(catalogue, read_ontology(dataset.ontology))
        self._records = {self._expander.path_of(record): record for record in catalogue.all_records()}
        for record in (*catalogue.processes, *catalogue.services):
            self._records[f"form/{record.id}"] = record
        self._pointers: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, iri: str) -> Place:
        """Find the place of a node.

        Args:
            iri: The node.

        Returns:
            Its record and place; the nearest one known where the node has no place of its own.
        """
        path = iri.removeprefix(self._dataset.base_iri)
        record = self._records.get("/".join(path.split("/", 2)[:2]))
        lines = self._source_lines(iri)
        if record is None:
            name = "codes.ttl" if iri.startswith(DFC) else "daftar.ttl"
            return Place("", self._dataset.ontology / name, 0, lines)
        form = f"{self._dataset.base_iri}form/{record.id}"
        lines = lines or self._source_lines(form if record.kind in {"process", "service"} else iri)
        return Place(record.id, self._shown(record), record.line_of(self._pointer(record, path)), lines)

    def _shown(self, record: Record) -> Path:
        folder = self._catalogue.folder
        return (
            folder.name / record.path.relative_to(folder)
            if record.path.is_relative_to(folder)
            else record.path
        )

    def _pointer(self, record: Record, path: str) -> str:
        key = (record.kind, record.id)
        if key not in self._pointers:
            found: dict[str, str] = {}
            self._expander.expand(record, found)
            self._pointers[key] = found
        return self._pointers[key].get(path, "")

    def _source_lines(self, iri: str) -> str:
        node = ox.NamedNode(iri)

        def value(prop: ox.NamedNode) -> str:
            quads = self._dataset.store.quads_for_pattern(node, prop, None)
            return next((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), "")

        start, end = value(_START), value(_END)
        return value(_LINES) or (start if start == end else f"{start}-{end}")
