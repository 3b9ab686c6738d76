"""Lists of one kind of thing with facets: what is left of them under a reader's choice, counted and sorted.

Everything is a table of ones and zeros, things by values. How many things a value would leave is the
product of its column with the things that the other facets leave: a page costs what the tables have in cells.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.view.folding import alphabetical
from graph.view.lists_facets import Facet, FacetView, Ints, Mask, facet_of, picked
from graph.view.lists_facts import Line, lines_of
from graph.view.lists_kinds import FACETS
from graph.view.lists_state import ListState
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.words import Lang

#: Lines of a page.
PAGE = 50
#: Texts by which a value is found in the list of what has it.
_NAMES = ("hit.id", "hit.name", "hit.spelling")


@dataclass(frozen=True)
class ListPage:
    """One page of a list.

    Attributes:
        state: What was asked; its page is one that exists.
        lines: The things of the page.
        total: How many things there are under the choice.
        everything: How many there are in all.
        pages: How many pages.
        facets: Those that tell things apart.
    """

    state: ListState
    lines: tuple[Line, ...]
    total: int
    everything: int
    pages: int
    facets: tuple[FacetView, ...]


class ListTable:
    """All things of a kind with their facets, for one edition.

    Args:
        kind: Which.
        lines: The things.
        facets: The facets.
        index: Finds things by words.
        texts: Number of each line in the index; -1 for none.
        ordered: Gives the order of the lines by column, direction and language; None to make it.
    """

    def __init__(
        self,
        kind: str,
        lines: Sequence[Line],
        facets: tuple[Facet, ...],
        index: SearchIndex,
        texts: Ints,
        ordered: Callable[[str, bool, Lang], Ints] | None = None,
    ) -> None:
        self.kind = kind
        self.lines = lines
        self.facets = facets
        self.texts = texts
        self._ordered = ordered or self.make_order
        self._index = index
        self._names = index.only(*_NAMES)
        self._orders: dict[tuple[str, bool, Lang], Ints] = {}
        self._lock = threading.Lock()

    @classmethod
    def build(cls, catalogue: Catalogue, index: SearchIndex, kind: str) -> ListTable:
        """Read a list from the store.

        Args:
            catalogue: The store.
            index: The search index of the same edition.
            kind: One of ``LISTED``.

        Returns:
            The list.
        """
        lines = lines_of(catalogue, kind)
        texts = index.numbers()
        facets = tuple(facet_of(catalogue, kind, facet, lines, texts) for facet in FACETS[kind])
        own = index.numbers(parts=True) if kind == "step" else texts
        numbers = np.fromiter((own.get(line.ref.iri, -1) for line in lines), np.int64, len(lines))
        return cls(kind, lines, facets, index, numbers)

    def page(self, state: ListState, lang: Lang, size: int = PAGE) -> ListPage:
        """One page of what is chosen.

        Args:
            state: What is asked; a page behind the last is the last.
            lang: The language that names are sorted in.
            size: Lines of a page.

        Returns:
            The page.
        """
        found = self._found(state.q)
        having = {f.kind.key: f.having(state.chosen[f.kind.key]) for f in self._chosen(state)}
        left = _all([found, *having.values()])
        numbers = self._sorted(state, left, lang)
        pages = max(1, -(-len(numbers) // size))
        at = min(state.page, pages)
        views = []
        for facet in self.facets:
            key = facet.kind.key
            others = _all([found, *(mask for name, mask in having.items() if name != key)])
            if facet.tells_apart or key in having:
                views.append(facet.view(others, state.chosen.get(key, ())))
        return ListPage(
            state.turned_to(at),
            tuple(self.lines[number] for number in numbers[(at - 1) * size : at * size]),
            len(numbers),
            len(self.lines),
            pages,
            tuple(views),
        )

    def selection(self, state: ListState, lang: Lang) -> tuple[Line, ...]:
        """Everything that is chosen, on all pages, in order.

        Args:
            state: What is asked; its page does not count.
            lang: As of :meth:`page`.

        Returns:
            The things.
        """
        having = [f.having(state.chosen[f.kind.key]) for f in self._chosen(state)]
        left = _all([self._found(state.q), *having])
        return tuple(self.lines[number] for number in self._sorted(state, left, lang))

    def _chosen(self, state: ListState) -> list[Facet]:
        return [facet for facet in self.facets if facet.kind.key in state.chosen]

    def _found(self, words: str) -> Mask:
        """The things in whose own texts the words stand, and those with a value that is called so."""
        if not words:
            return np.ones(len(self.lines), dtype=np.bool_)
        mask = picked(self._index.matching(words, parts=self.kind == "step"), self.texts)
        called = self._names.matching(words)
        for facet in self.facets:
            if facet.kind.named:
                mask |= facet.having_any(picked(called, facet.texts))
        return mask

    def _sorted(self, state: ListState, left: Mask, lang: Lang) -> Ints:
        order = self._order(*state.order, lang)
        kept: Ints = order[left[order]]
        return kept

    def _order(self, column: str, turned: bool, lang: Lang) -> Ints:
        key = (column, turned, lang)
        with self._lock:
            if key not in self._orders:
                self._orders[key] = self._ordered(*key)
            return self._orders[key]

    def make_order(self, column: str, turned: bool, lang: Lang) -> Ints:
        """The order of the lines by a column.

        Args:
            column: One of the columns of ``SORTS``.
            turned: Whether the largest comes first.
            lang: As of :meth:`page`.

        Returns:
            Numbers of lines.
        """
        values = _COLUMNS[column](self.lines, lang)
        rank = {value: number for number, value in enumerate(sorted(set(values)))}
        ranks = np.array([rank[value] for value in values], dtype=np.int64)
        names = _COLUMNS["name"](self.lines, lang) if column != "name" else [""] * len(self.lines)
        ties = np.argsort(np.argsort(np.array(names, dtype=np.str_), kind="stable"), kind="stable")
        # things that the column does not tell apart stay in the order of their names, whichever way it runs
        found: Ints = np.lexsort((ties, -ranks if turned else ranks))
        return found


def _all(masks: list[Mask]) -> Mask:
    left: Mask = np.logical_and.reduce(masks)
    return left


_COLUMNS: Mapping[str, Callable[[Sequence[Line], Lang], list[Any]]] = {
    "id": lambda lines, lang: [(line.ref.id, line.number) for line in lines],
    "name": lambda lines, lang: [alphabetical(line_name(line, lang)) for line in lines],
    "kind": lambda lines, lang: [
        alphabetical(" ".join(kind.label(lang) for kind in line.item.kinds)) for line in lines
    ],
    "uses": lambda lines, lang: [(line.item.uses,) for line in lines],
    "answered": lambda lines, lang: [(-1 if line.answered is None else line.answered,) for line in lines],
    "doubts": lambda lines, lang: [(line.item.doubts,) for line in lines],
    "lines": lambda lines, lang: [
        (line.item.lines.start, line.item.lines.end) if line.item.lines else (0, 0) for line in lines
    ],
}


def line_name(line: Line, lang: Lang) -> str:
    """What a thing is called in a list: its name, or the words of a step.

    Args:
        line: The thing.
        lang: The language.

    Returns:
        The name.
    """
    return line.words.text(lang) if line.words else line.ref.label(lang)
