"""Terms of an answer for people: short ids and labels in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.query.prefixes import PREFIXES
from graph.query.question_library import Lang
from graph.store import Store
from graph.store.rows import read_rows

_CODE = PREFIXES["dfc"]
_NAMED = """SELECT ?thing ?label WHERE {
  ?thing (skos:prefLabel|dct:title|rdfs:label) ?label
} ORDER BY ?thing STR(?label)"""
_YES = {"true": {"en": "yes", "fa": "بله"}, "false": {"en": "no", "fa": "نه"}}
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that an answer mentions.

    Attributes:
        iri: Its IRI.
        kind: ``process``, ``agency``, ``code`` ... or ``other``.
        id: Short id: ``P08``, ``police``, the notation of a code, or a prefixed name.
        labels: Its name by language; empty for a part of a record.
    """

    iri: str
    kind: str
    id: str
    labels: Mapping[str, str]

    def label(self, lang: Lang) -> str:
        """The name in a language, else in the other, else the id."""
        return self.labels.get(lang) or next(iter(self.labels.values()), self.id)


def rows_of(store: Store, sparql: str, **bound: Any) -> list[dict[str, Any]]:
    """Ask a SELECT query of our own.

    Args:
        store: The graph.
        sparql: The query; the usual prefixes need not be declared.
        **bound: Terms for variables of its projection.

    Returns:
        One mapping a row from variable to term; unbound variables are None.
    """
    return list(read_rows(store.query(sparql, substitutions=bound, prefixes=PREFIXES)).mappings())


class Labels:
    """The names of everything in a graph.

    Args:
        store: The graph.
    """

    def __init__(self, store: Store) -> None:
        self._base = store.manifest.base_iri
        self._names: dict[str, dict[str, str]] = {}
        for row in rows_of(store, _NAMED):
            label = row["label"]
            if isinstance(row["thing"], NamedNode) and isinstance(label, Literal):
                self._names.setdefault(row["thing"].value, {}).setdefault(label.language or "fa", label.value)

    def named(self, iri: str) -> Named:
        """A thing by its IRI.

        Args:
            iri: Any IRI.

        Returns:
            The thing, with the names that the graph knows.
        """
        labels = self._names.get(iri, {})
        if iri.startswith(_CODE):
            return Named(iri, "code", iri.removeprefix(_CODE).rpartition("/")[2], labels)
        if iri.startswith(self._base):
            kind, _, rest = iri.removeprefix(self._base).partition("/")
            return Named(iri, kind, rest, labels if "/" not in rest else {})
        return Named(iri, "other", _compact(iri), labels)

    def everything(self) -> Iterator[Named]:
        """Every thing that has a name, in the order of the IRIs."""
        return (self.named(iri) for iri in self._names)

    def text(self, term: Any, lang: Lang) -> str:
        """A term in words, for a cell of a table.

        Args:
            term: A term of an answer, or None.
            lang: Language.

        Returns:
            Words; empty for None.
        """
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            named = self.named(term.value)
            label = named.label(lang)
            coded = named.kind in ("process", "service", "index") and label != named.id
            return f"{named.id} {label}" if coded else label
        if isinstance(term, Literal) and term.datatype.value == f"{_XSD}boolean":
            return _YES.get(term.value, {}).get(lang, term.value)
        return str(term.value)

    def json(self, term: Any) -> dict[str, Any] | None:
        """A term for programs: SPARQL JSON, with the short id and the names of things beside it.

        Args:
            term: A term of an answer, or None.

        Returns:
            A mapping, or None.
        """
        if term is None:
            return None
        if isinstance(term, NamedNode):
            named = self.named(term.value)
            return {
                "type": "uri",
                "value": term.value,
                "kind": named.kind,
                "id": named.id,
                "label": dict(named.labels),
            }
        found = {"type": "literal", "value": str(term.value)}
        if getattr(term, "language", None):
            found["xml:lang"] = term.language
        elif term.datatype.value != f"{_XSD}string":
            found["datatype"] = term.datatype.value
        return found


def _compact(iri: str) -> str:
    fitting = [(space, prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    space, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(space)}"
