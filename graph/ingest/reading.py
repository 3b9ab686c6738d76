"""Reading: a whole document to the fields of the contract of reading."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.ingest.document import Document, FormLines, load, split_forms
from graph.ingest.doubts import REASONS
from graph.ingest.index import match_forms, read_index
from graph.ingest.language import LanguageModel
from graph.ingest.partners import NameSplitter, split_rows, standing_alone
from graph.ingest.process_form import cut_sections, read_process_form
from graph.ingest.repair import Repairer, Repeated
from graph.ingest.runs import WIDE_GAP
from graph.ingest.service_form import read_service_form
from graph.ingest.stages import strip_columns
from graph.ingest.text import TATWEEL, fold_word
from graph.ingest.values import ValueReader
from graph.ingest.words import glued, tokens

_CELL_EDGE = re.compile(rf"{WIDE_GAP.pattern}|(?<!\w){TATWEEL}+|{TATWEEL}(?!\w)")
"""What parts cells inside a run: wide gaps, and a tatweel that stands for a dash."""

Progress = Callable[[int, int], None]
"""Called with the number of forms read and the number of forms in all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, repaired but not interpreted.

    Attributes:
        document: The document.
        index: Objects of kind ``index``.
        forms: Objects of kind ``process`` and ``service``, in document order.
    """

    document: Document
    index: tuple[dict[str, Any], ...]
    forms: tuple[dict[str, Any], ...]

    def fields(self) -> Iterator[dict[str, Any]]:
        """Every object in document order, as the contract of reading has them."""
        yield from map(_public, self.index)
        yield from map(_public, self.forms)

    def gaps(self) -> list[str]:
        """Say what the document lacks: labels and sections that were not found, an index without forms."""
        missing = [
            f"{self.document.path}:{form['line']}: {doubt.reason} [{doubt.field}]"
            for form in self.forms
            for doubt in form["_doubts"]
            if doubt.code in ("label-missing", "stage-missing", "section-missing")
        ]
        if self.index and not self.forms:
            missing.append(f"{self.document.path}: {REASONS['no-form'][0]}")
        return missing

    def json_lines(self) -> str:
        """The objects as JSON Lines."""
        return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in self.fields())


def read_document(path: Path, progress: Progress | None = None) -> Reading:
    """Read a document of process forms.

    Args:
        path: A UTF-8 text file, extracted from the document's pages.
        progress: Called after each form.

    Returns:
        The reading, with every doubt noted in it.

    Raises:
        UnreadableDocumentError: If the file is absent, empty, not UTF-8, or holds no form of the template.
    """
    document = load(path)
    index_lines, forms = split_forms(document)
    splitter = NameSplitter(_names_of(forms))
    repairer = Repairer(_model_of(document), _cells(document), _spaced(document), splitter.count)
    reader = ValueReader(repairer)
    read: list[dict[str, Any]] = []
    for form in forms:
        if form.kind == "process":
            read.append(read_process_form(form, reader, splitter))
        else:
            read.append(read_service_form(form, reader))
        if progress is not None:
            progress(len(read), len(forms))
    repairer.expect(form["title"] for form in read if form["title"])
    entries = read_index(index_lines, reader)
    match_forms(entries, read)
    return Reading(document, tuple(entries), tuple(read))


def _public(value: Any) -> Any:
    """Drop what a reading keeps beside the contract."""
    if isinstance(value, dict):
        return {key: _public(item) for key, item in value.items() if not key.startswith("_")}
    if isinstance(value, list):
        return [_public(item) for item in value]
    return value


def _model_of(document: Document) -> LanguageModel:
    """Teach the language model the wording of the document."""
    model = LanguageModel()
    cells = [tokens(cell) for cell in _texts(document)]
    model.trust(cells)
    for cell in cells:
        model.learn(cell)
    return model


def _texts(document: Document) -> Iterator[str]:
    """Every stretch of Arabic script that stands between signs or wide gaps."""
    for line in document.lines:
        for run in line.runs:
            if run.kind == "arabic":
                yield from (cell for cell in _CELL_EDGE.split(run.text) if cell.strip())


def _cells(document: Document) -> Repeated:
    """Collect the wordings that stand as cells of their own."""
    repeated = Repeated()
    for cell in _texts(document):
        if not glued(cell):  # words written together may be a seam: such a cell proves nothing
            repeated.add(cell)
    return repeated


def _spaced(document: Document) -> frozenset[tuple[str, str]]:
    """Collect the pairs of words that the document writes with a space between them."""
    pairs: set[tuple[str, str]] = set()
    for cell in _texts(document):
        words = [fold_word(word) for word in cell.split()]
        pairs.update(itertools.pairwise(words))
    return frozenset(pairs)


def _names_of(forms: list[FormLines]) -> frozenset[str]:
    """Collect the names that stand alone in the partner tables of the document."""
    texts: list[str] = []
    for form in forms:
        if form.kind == "process":
            rows = split_rows(strip_columns(cut_sections(list(form.lines[1:])).get(8, [])))
            texts.extend(" ".join(part.text for part in row.parts) for row in rows)
    return standing_alone(texts)
