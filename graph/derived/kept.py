"""Search, lists and tables in a box, and out of it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.derived.box import Box, Filling
from graph.view.folding import fold
from graph.view.lists import ListTable
from graph.view.lists_facets import Facet, Value
from graph.view.lists_facts import Line
from graph.view.lists_kinds import FACETS, SORTS
from graph.view.nodes import Lines
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.search_hits import Entry
from graph.view.search_table import SearchTable
from graph.view.words import LANGS, Lang

T = TypeVar("T")


@dataclass(frozen=True)
class KeptText:
    """A text of the search as it is kept."""

    iri: str
    what: str
    weight: int
    lang: str
    source: str
    lines: Lines | None


@dataclass(frozen=True)
class KeptValue:
    """A value of a facet as it is kept."""

    token: str
    iris: tuple[str, ...]
    message: str | None


class Rows(Sequence[T]):
    """Rows that are read when they are asked for.

    Args:
        box: Where they are.
        part: Which.
        count: How many.
        kind: Their type.
        made: Makes of each row what is wanted.
    """

    def __init__(self, box: Box, part: str, count: int, kind: Any, made: Callable[[Any], T]) -> None:
        self._box, self._part, self._count, self._kind, self._made = box, part, count, kind, made

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """A row, or some that follow each other."""
        if isinstance(at, slice):
            first, stop, step = at.indices(self._count)
            rows = self._box.rows(self._part, first, stop - 1, self._kind) if stop > first else []
            return [self._made(row) for row in rows[::step]]
        number = int(at) + self._count if at < 0 else int(at)
        if not 0 <= number < self._count:
            raise IndexError(at)
        return self._made(self._box.row(self._part, number, self._kind))


def keep_search(box: Filling, index: SearchIndex) -> None:
    """Keep a search.

    Args:
        box: Where.
        index: The search.
    """
    entries = index.entries
    texts = (KeptText(e.place.iri, e.what, e.weight, e.lang, e.text.source, e.lines) for e in entries)
    box.rows("search", KeptText, texts)
    box.text("search/words", index.table.words)
    for name in SearchTable.ARRAYS:
        box.array(f"search/{name}", getattr(index.table, name))


def kept_search(box: Box, catalogue: Catalogue) -> SearchIndex:
    """Read a search; texts are read when they are shown.

    Args:
        box: Where it is.
        catalogue: Names things.

    Returns:
        The search.
    """
    arrays = {name: box.array(f"search/{name}") for name in SearchTable.ARRAYS}
    table = SearchTable(words=box.text("search/words"), **arrays)

    def entry(kept: KeptText) -> Entry:
        place = catalogue.ref(kept.iri)
        return Entry(place, kept.what, kept.weight, fold(kept.source), kept.lang, kept.lines)

    return SearchIndex(Rows(box, "search", len(table.owner), KeptText, entry), table=table)


def keep_list(box: Filling, table: ListTable) -> None:
    """Keep a list with its facets and orders.

    Args:
        box: Where.
        table: The list.
    """
    part = f"list/{table.kind}"
    box.rows(part, Line, table.lines)
    box.text(f"{part}/things", "\n".join(line.ref.iri for line in table.lines))
    box.array(f"{part}/texts", table.texts.astype(np.int32))
    for facet in table.facets:
        at = f"{part}/{facet.kind.key}"
        values = tuple(
            KeptValue(value.token, tuple(ref.iri for ref in value.refs), value.message)
            for value in (facet.values[token] for token in facet.table.columns)
        )
        box.document(f"{at}/values", tuple[KeptValue, ...], values)
        box.array(f"{at}/texts", facet.texts.astype(np.int32))
        _keep_matrix(box, f"{at}/cells", facet.table.matrix)
    for column in SORTS[table.kind]:
        for lang in LANGS:
            for turned in (False, True):
                order = table.make_order(column, turned, lang).astype(np.int32)
                box.array(f"{part}/order/{column}/{int(turned)}/{lang}", order)


def kept_list(box: Box, catalogue: Catalogue, index: SearchIndex, kind: str) -> ListTable:
    """Read a list; its lines are read when they are shown.

    Args:
        box: Where it is.
        catalogue: Names things.
        index: The search of the same edition.
        kind: Which list.

    Returns:
        The list.
    """
    part = f"list/{kind}"
    things = tuple(_split(box.text(f"{part}/things")))
    facets = []
    for facet in FACETS[kind]:
        at = f"{part}/{facet.key}"
        kept: tuple[KeptValue, ...] = box.document(f"{at}/values", tuple[KeptValue, ...])
        values = {
            one.token: Value(one.token, tuple(catalogue.ref(iri) for iri in one.iris), one.message)
            for one in kept
        }
        table = _matrix(box, f"{at}/cells", things, tuple(values))
        facets.append(Facet(facet, values, table, box.array(f"{at}/texts")))
    numbers = facets[0].table.row_number if facets else {}
    for one in facets[1:]:  # the rows are the same: one mapping does for all
        one.table.__dict__["row_number"] = numbers

    def ordered(column: str, turned: bool, lang: Lang) -> NDArray[np.int64]:
        return box.array(f"{part}/order/{column}/{int(turned)}/{lang}")

    lines = Rows(box, part, len(things), Line, _same)
    return ListTable(kind, lines, tuple(facets), index, box.array(f"{part}/texts"), ordered)


def keep_table(box: Filling, name: str, table: Incidence) -> None:
    """Keep a table of processes.

    Args:
        box: Where.
        name: Its name.
        table: The table.
    """
    box.text(f"table/{name}/columns", "\n".join(table.columns))
    _keep_matrix(box, f"table/{name}/cells", table.matrix)
    _keep_matrix(box, f"table/{name}/weak", table.weak)


def kept_table(box: Box, name: str, rows: tuple[str, ...]) -> Incidence:
    """Read a table of processes.

    Args:
        box: Where it is.
        name: Its name.
        rows: Its rows.

    Returns:
        The table.
    """
    columns = tuple(_split(box.text(f"table/{name}/columns")))
    cells = _matrix(box, f"table/{name}/cells", rows, columns)
    return Incidence(rows, columns, cells.matrix, _matrix(box, f"table/{name}/weak", rows, columns).matrix)


def _keep_matrix(box: Filling, name: str, matrix: sparse.csr_array) -> None:
    sorted_matrix = matrix.tocsr()
    sorted_matrix.sort_indices()
    box.array(f"{name}/starts", sorted_matrix.indptr.astype(np.int64))
    box.array(f"{name}/columns", sorted_matrix.indices.astype(np.int32))


def _matrix(box: Box, name: str, rows: tuple[str, ...], columns: tuple[str, ...]) -> Incidence:
    starts, places = box.array(f"{name}/starts").astype(np.int32), box.array(f"{name}/columns")
    shape = (len(rows), len(columns))
    ones: Any = sparse.csr_array((np.ones(len(places), dtype=np.int8), places, starts), shape=shape)
    none: Any = sparse.csr_array(shape, dtype=np.int8)
    return Incidence(rows, columns, ones, none)


def _split(text: str) -> list[str]:
    return text.split("\n") if text else []


def _same(line: Line) -> Line:
    return line
