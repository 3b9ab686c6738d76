"""The catalogue as the pictures see it when it is too large to be read as a graph: from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from scipy import sparse

from graph.analysis.incidence import Incidence
from graph.analysis.table_graph import has
from graph.view.graph_model import NoSuchThingError, Tie
from graph.view.graph_source import KINDS, Source
from graph.view.reading import Catalogue

#: Tables that tie a process to others, each with the reason of the tie and what it rests on.
_TIES: Mapping[str, tuple[str, str]] = {
    "named": ("partner", "reading"),
    "collectives": ("partner", "reading"),
    "instrument": ("rule", "reading"),
    "form": ("form", "reading"),
    "inferred": ("member", "inferred"),
}


class LargeSource(Source):
    """What the pictures are made from: tables instead of a graph; lines and words are on the pages.

    Args:
        catalogue: Names things.
        tables: Processes by what they go with, by the names of the tables.
    """

    def __init__(self, catalogue: Catalogue, tables: Mapping[str, Incidence]) -> None:
        super().__init__(catalogue)
        self._tables = {name: tables[name] for name in _TIES}
        self.too_many = len(self.named.rows) + len(self.named.columns)

    @cached_property
    def named(self) -> Incidence:
        """The table of processes by the bodies that their forms name."""
        return self._tables["named"]

    @cached_property
    def several_documents(self) -> bool:
        """Whether lines must name their document; there are none here."""
        return False

    @cached_property
    def _columns(self) -> Mapping[str, sparse.csc_array]:
        return {name: table.matrix.tocsc() for name, table in self._tables.items()}

    @cached_property
    def around(self) -> Mapping[str, tuple[str, ...]]:
        """By thing, the things tied to it; found when asked for."""
        return _Around(self)

    @cached_property
    def busiest(self) -> str:
        """The body that is named in most processes."""
        if not self.seats:
            raise NoSuchThingError("No form names a body; build a catalogue with partners.")
        return min(self.seats, key=lambda iri: (-self.seats[iri], iri))

    def near(self, iri: str) -> tuple[str, ...]:
        """The things tied to a thing, the best founded first."""
        found: dict[str, None] = {}
        for name, table in self._tables.items():
            if iri in table.row_number:
                row = table.row_number[iri]
                places = table.matrix.indices[table.matrix.indptr[row] : table.matrix.indptr[row + 1]]
                found |= dict.fromkeys(sorted((table.columns[at] for at in places), key=self.order))
            if iri in table.column_number:
                columns, column = self._columns[name], table.column_number[iri]
                places = columns.indices[columns.indptr[column] : columns.indptr[column + 1]]
                found |= dict.fromkeys(table.rows[at] for at in places)  # in the order of their ids
        return tuple(found)

    def find(self, key: str) -> str:
        """The thing that an address names."""
        kind, _, ident = key.partition("/")
        iri = f"{self.catalogue.base}{kind}/{ident}"
        if kind not in KINDS or not ident or not self.near(iri):
            raise NoSuchThingError(
                f"The graph has nothing with the id {key!r}; say a kind and an id, such as agency/police."
            )
        return iri

    def lines_of(self, iri: str) -> str:
        """Source lines of a thing; its page has them."""
        return ""

    def ties_between(self, things: Iterable[str]) -> dict[tuple[str, str], tuple[Tie, ...]]:
        """All that is said between some things."""
        chosen = sorted(set(things))
        rows = [iri for iri in chosen if iri in self.named.row_number]
        pairs = ((one, other) for one in rows for other in chosen if one != other)
        return {(a, b): ties for a, b in pairs if (ties := self.ties_of(a, b))}

    def ties_of(self, one: str, other: str) -> tuple[Tie, ...]:
        """All that is said from one thing to another."""
        return tuple(self._ties(one, other))

    def _ties(self, one: str, other: str) -> Iterator[Tie]:
        for name, table in self._tables.items():
            row, column = table.row_number.get(one), table.column_number.get(other)
            if row is not None and column is not None and has(table, row, column):
                reason, basis = _TIES[name]
                yield Tie(reason, basis, (), "", has(table, row, column, weak=True))


class _Around(Mapping[str, tuple[str, ...]]):
    def __init__(self, source: LargeSource) -> None:
        self._source = source

    def __getitem__(self, iri: str) -> tuple[str, ...]:
        found = self._source.near(iri)
        if not found:
            raise KeyError(iri)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter((*self._source.named.rows, *self._source.named.columns))

    def __len__(self) -> int:
        return len(self._source.named.rows) + len(self._source.named.columns)
