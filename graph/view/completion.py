"""What an editor offers while a query is written: terms, codes, graphs and things, by any of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from graph.query.prefixes import prefixed_name
from graph.view.folding import fold, folded
from graph.view.nodes import Ref
from graph.view.reading import Catalogue
from graph.view.search import SearchIndex
from graph.view.search_hits import Entry
from graph.view.terms import value_of

Group = OneOf["class", "property", "thing", "code", "graph"]
GROUPS: tuple[Group, ...] = ("class", "property", "thing", "code", "graph")
_CLASSES = """SELECT ?term (COUNT(?x) AS ?n) WHERE {
  { ?x a ?term } UNION { ?term a <http://www.w3.org/2002/07/owl#Class> }
} GROUP BY ?term ORDER BY DESC(?n) ?term"""
_PROPERTIES = "SELECT ?term (COUNT(?s) AS ?n) WHERE { ?s ?term ?o } GROUP BY ?term ORDER BY DESC(?n) ?term"
_CODES = "SELECT DISTINCT ?term WHERE { ?term a skos:Concept } ORDER BY ?term"
_GRAPHS = """SELECT ?term ?subject WHERE {
  { SELECT DISTINCT ?term WHERE { GRAPH ?term { ?s ?p ?o } } } OPTIONAL { ?term dct:subject ?subject }
} ORDER BY ?term"""
#: Texts of a thing by which an editor finds it; the words of its form would bring too much.
_THING_TEXTS = ("hit.id", "hit.name", "hit.spelling")
_ID, _NAME = 12, 10
_BEGINS = 8.0


@dataclass(frozen=True)
class Completion:
    """One offer.

    Attributes:
        group: What it is for the query.
        ref: The thing, with its names.
        name: Its prefixed name; None when it is written as an IRI.
    """

    group: Group
    ref: Ref
    name: str | None


class CompletionIndex:
    """Everything that a query to one edition may name.

    Args:
        offers: The offers of each group, the most used first.
        things: The search index of the things, which knows their other spellings.

    Example:
        >>> police = Ref("https://w3id.org/daftar/id/agency/police", "agency", "police", "پلیس", "Police")
        >>> index = CompletionIndex({"thing": [Completion("thing", police, None)]})
        >>> [offer.ref.id for offer in index.find("پليس")]
        ['police']
    """

    def __init__(
        self, offers: Mapping[Group, Sequence[Completion]], things: SearchIndex | None = None
    ) -> None:
        self._offers = {group: tuple(offers.get(group, ())) for group in GROUPS}
        self._known = {offer.ref.iri: offer for group in GROUPS for offer in self._offers[group]}
        self._indexes = {
            group: SearchIndex(_entries(self._offers[group])).joined()
            for group in GROUPS
            if self._offers[group]
        }
        if things is not None:
            self._indexes["thing"] = things.only(*_THING_TEXTS).joined()

    @classmethod
    def build(
        cls, catalogue: Catalogue, things: SearchIndex, graph_names: Mapping[str, tuple[str, str]]
    ) -> CompletionIndex:
        """Read what there is in an edition.

        Args:
            catalogue: The store.
            things: Its search index.
            graph_names: Persian and English name, by their path below ``graph/``, of the graphs that have
                no title of their own; the graph of a record is called as the record.

        Returns:
            The index.
        """

        def terms(group: Group, sparql: str) -> list[Completion]:
            return [_offer(group, catalogue.ref(value_of(row["term"]))) for row in catalogue.rows(sparql)]

        graphs = []
        for row in catalogue.rows(_GRAPHS):
            graph = catalogue.ref(value_of(row["term"]))
            subject = catalogue.ref(value_of(row["subject"])) if "subject" in row else graph
            own = (subject.fa, subject.en)
            fa, en = own if any(own) else graph_names.get(graph.id, own)
            graphs.append(_offer("graph", Ref(graph.iri, "graph", graph.id, fa, en)))
        named = [_offer("thing", ref) for ref in things.only("hit.name").places()]
        offers: dict[Group, list[Completion]] = {
            "class": terms("class", _CLASSES),
            "property": terms("property", _PROPERTIES),
            "thing": named,
            "code": terms("code", _CODES),
            "graph": graphs,
        }
        return cls(offers, things)

    def find(self, query: str, groups: Iterable[Group] = GROUPS, limit: int = 20) -> tuple[Completion, ...]:
        """Find what is called so, in either language, or by id; letters are folded as in the search.

        Args:
            query: The beginning or any words of a name; empty for the most used of each group.
            groups: What may stand here; the first come first among equals.
            limit: How many to return.

        Returns:
            Offers, the best first.
        """
        wanted = tuple(dict.fromkeys(groups))
        begin = folded(query)
        if not begin:
            return tuple(offer for group in wanted for offer in self._offers[group])[:limit]
        found: list[tuple[float, int, str, Completion]] = []
        for rank, group in enumerate(wanted):
            if group not in self._indexes:
                continue
            for hit in self._indexes[group].find(query, limit=200):
                offer = self._known.get(hit.ref.iri)
                if offer is not None:
                    score = hit.score + (_BEGINS if _begins(offer.ref, begin) else 0.0)
                    found.append((-score, rank, offer.ref.iri, offer))
        found.sort(key=lambda each: each[:3])
        return tuple(each[3] for each in found[:limit])


def _offer(group: Group, ref: Ref) -> Completion:
    return Completion(group, ref, prefixed_name(ref.iri))


def _begins(ref: Ref, begin: str) -> bool:
    names = (ref.fa, ref.en, ref.id, ref.id.partition(":")[2])
    return any(name and folded(name).startswith(begin) for name in names)


def _entries(offers: Iterable[Completion]) -> Iterable[Entry]:
    for offer in offers:
        ref = offer.ref
        place = Ref(ref.iri, offer.group, ref.iri, ref.fa, ref.en)
        yield Entry(place, "hit.id", _ID, fold(offer.name or ref.id), "en", None)
        for lang, label in (("fa", ref.fa), ("en", ref.en)):
            if label:
                yield Entry(place, "hit.name", _NAME, fold(label), lang, None)
