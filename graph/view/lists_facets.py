"""The facets of a list: their values, and how many things each would show under a reader's choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.view.folding import alphabetical
from graph.view.lists_facts import Line, cells_of
from graph.view.lists_kinds import FacetKind
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.terms import DFC
from graph.view.words import Lang

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
#: Values of a facet that are shown at most; the others are found by the words for them.
MOST_VALUES = 60


@dataclass(frozen=True)
class Value:
    """A value of a facet.

    Attributes:
        token: How the address calls it.
        refs: The things or codes that it names; none for what only a message names.
        message: Key of its name; None when ``refs`` name it.
    """

    token: str
    refs: tuple[Ref, ...] = ()
    message: str | None = None


@dataclass(frozen=True)
class Counted:
    """A value with the number of things that choosing it would show."""

    value: Value
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetView:
    """A facet under a choice.

    Attributes:
        kind: Which.
        values: Those shown: the chosen, then those that leave something, at most ``MOST_VALUES``.
        more: How many others would leave something.
        unknown: Chosen tokens that this edition does not have.
    """

    kind: FacetKind
    values: tuple[Counted, ...]
    more: int
    unknown: tuple[str, ...]


class Facet:
    """A facet of a list.

    Args:
        kind: Which.
        values: Its values.
        table: Things by tokens.
        texts: Number in the search of the thing that each value names; -1 for none.
    """

    def __init__(
        self, kind: FacetKind, values: Mapping[str, Value], table: Incidence, texts: Ints | None = None
    ) -> None:
        self.kind = kind
        self.values = values
        self.table = table
        self.texts = np.full(len(table.columns), -1, dtype=np.int64) if texts is None else texts
        place = {token: number for number, token in enumerate(kind.order or ())}
        self._first = {
            token: (place.get(token, 0), _name(values[token], "fa"), token) for token in table.columns
        }

    @cached_property
    def _by_value(self) -> sparse.csr_array:
        return self.table.matrix.T.tocsr().astype(np.int64)

    @cached_property
    def _rank(self) -> Ints:
        """The place of each value in the order of their names: to sort thousands of numbers takes no time."""
        columns = self.table.columns
        rank: Ints = np.empty(len(columns), dtype=np.int64)
        rank[sorted(range(len(columns)), key=lambda n: self._first[columns[n]])] = np.arange(len(columns))
        return rank

    def having(self, tokens: tuple[str, ...]) -> Mask:
        """Which things have any of the values."""
        wanted = np.zeros(len(self.table.columns), dtype=np.int64)
        known = [self.table.column_number[t] for t in tokens if t in self.table.column_number]
        wanted[known] = 1
        return self._having(wanted)

    def having_any(self, values: Mask) -> Mask:
        """Which things have any of the values of a mask."""
        return self._having(values.astype(np.int64))

    def _having(self, wanted: Ints) -> Mask:
        found: Mask = (self.table.matrix @ wanted) > 0
        return found

    def counts(self, left: Mask) -> Ints:
        """How many of the things left have each value."""
        found: Ints = self._by_value @ left.astype(np.int64)
        return found

    def view(self, left: Mask, chosen: tuple[str, ...]) -> FacetView:
        """The facet with its counts.

        Args:
            left: The things that words and the other facets leave.
            chosen: The tokens chosen in this facet.

        Returns:
            What is shown.
        """
        counts, columns = self.counts(left), self.table.columns
        picked = np.zeros(len(columns), dtype=np.bool_)
        known = self.table.column_number
        picked[[known[token] for token in chosen if token in known]] = True
        listed = np.flatnonzero((counts > 0) | picked)
        keys = (self._rank, -counts, ~picked)[: 1 if self.kind.order else 3]
        shown = listed[np.lexsort([key[listed] for key in keys])][:MOST_VALUES].tolist()
        return FacetView(
            self.kind,
            tuple(Counted(self.values[columns[n]], int(counts[n]), bool(picked[n])) for n in shown),
            len(listed) - len(shown),
            tuple(token for token in chosen if token not in known),
        )

    def told(self, line: Line) -> tuple[Value, ...]:
        """The values of a thing, in the order of their names."""
        tokens = sorted(self.table.columns_of(line.ref.iri), key=lambda token: self._first[token])
        return tuple(self.values[token] for token in tokens)

    @property
    def tells_apart(self) -> bool:
        """Whether some things have a value that others do not have."""
        return bool(self.table.matrix.nnz) and (
            len(self.table.columns) > 1 or self.table.matrix.nnz < len(self.table.rows)
        )


def picked(mask: Mask, numbers: Ints) -> Mask:
    """What a mask says of some numbers; false for -1."""
    found = np.zeros(len(numbers), dtype=np.bool_)
    known = numbers >= 0
    found[known] = mask[numbers[known]]
    return found


def facet_of(
    catalogue: Catalogue,
    kind: str,
    facet: FacetKind,
    lines: Sequence[Line],
    texts: Mapping[str, int] | None = None,
) -> Facet:
    """Read a facet from the store.

    Args:
        catalogue: The store.
        kind: Which list.
        facet: Which facet.
        lines: The things of the list.
        texts: Numbers of things in the search, by IRI.

    Returns:
        The facet.
    """
    cells = cells_of(catalogue, kind, facet, lines)
    values = {raw: _value(catalogue, facet, raw) for raw in sorted(frozenset().union(*cells.values()))}
    rows = {line.ref.iri: [values[raw].token for raw in cells.get(line.ref.iri, ())] for line in lines}
    by_token = {value.token: value for value in values.values()}
    tokens = sorted(by_token)
    known = texts or {}
    named = [[known[ref.iri] for ref in by_token[token].refs if ref.iri in known] for token in tokens]
    numbers = np.array([found[0] if found else -1 for found in named], dtype=np.int64)
    return Facet(facet, by_token, Incidence.of(rows, columns=tokens), numbers)


def _value(catalogue: Catalogue, facet: FacetKind, raw: str) -> Value:
    """A value from its IRI or token; a body among codes carries its kind, as a code may be called alike."""
    if facet.order and raw in facet.order:
        return Value(raw, message=facet.order[raw])
    if facet.key == "access":
        stage, _, mode = raw.partition(".")
        codes = (f"{DFC}stage/{stage}", f"{DFC}delivery-mode/{mode}")
        return Value(raw, tuple(catalogue.ref(code) for code in codes))
    ref = catalogue.ref(raw)
    if ref.kind == "code":
        return Value(ref.id.rpartition("/")[2], (ref,))
    mixed = facet.key == "recipient" or ref.part or ref.kind == "other"
    return Value(f"{ref.kind}:{ref.id}{'/' + ref.part if ref.part else ''}" if mixed else ref.id, (ref,))


def _name(value: Value, lang: Lang) -> str:
    return alphabetical(" ".join(ref.label(lang) for ref in value.refs))
