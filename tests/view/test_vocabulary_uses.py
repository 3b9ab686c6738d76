"""Uses of terms: what the store counts is what a walk over every statement counts."""

from __future__ import annotations

from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest

from graph.store import Store, open_store
from graph.view.reading import Catalogue
from graph.view.terms import DFC, compact, expand
from graph.view.vocabulary_uses import Statement, Use, read_uses
from tests.view.support import build_edition, store_of

TYPE, MARK = expand("rdf:type"), expand("df:confidentiality")
#: Two things of two classes, one of them marked; a code in a list; a term that stands in the ontology alone.
MADE_UP = """
@prefix : <https://w3id.org/daftar/id/> . @prefix df: <https://w3id.org/daftar/ontology#> .
@prefix dfc: <https://w3id.org/daftar/code/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix graph: <https://w3id.org/daftar/id/graph/> . @prefix scope: <https://w3id.org/daftar/code/scope/> .
graph:codes { dfc:scope a skos:ConceptScheme .
  scope:local a skos:Concept ; skos:inScheme dfc:scope ; df:goal "x" . }
graph:ontology { df:never df:unused "y" . df:goal a df:Property . }
graph:one { :b a df:Process, df:Other ; df:goal "two"@fa, "one"@fa, "one" .
  :b df:scope scope:local ; df:next :a .
  :b df:hidden "seen" . }
graph:two { :a a df:Process ; df:goal "secret" ; df:hidden "secret" ; df:confidentiality scope:local .
  :b df:goal "one"@fa . }
"""


def walked(store: Store, base: str) -> dict[str, Use]:
    """The uses by a walk over every statement, in plain Python."""
    terms, about = base + "graph/ontology", {base + "graph/codes", base + "graph/meta"}
    quads = [
        (q.subject.value, q.predicate.value, q.object, q.graph_name.value)  # type: ignore[union-attr]
        for q in store.quads()
    ]
    types: dict[str, set[str]] = defaultdict(set)
    for subject, prop, value, _ in quads:
        if prop == TYPE:
            types[subject].add(value.value)  # type: ignore[union-attr]
    private = {subject for subject, prop, _, _ in quads if prop == MARK}
    count: Counter[str] = Counter()
    on: dict[str, Counter[str]] = defaultdict(Counter)
    values: dict[str, set[str]] = defaultdict(set)
    ranked: dict[str, list[tuple[tuple[bool, bool, str, str, str], Statement]]] = defaultdict(list)
    classes = set()
    for subject, prop, value, graph in quads:
        if graph == terms or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        term = value.value if prop == TYPE else prop
        count[term] += 1
        rank = (graph in about, subject in private, subject, str(value), graph)
        ranked[term].append((rank, Statement.of(subject, value, graph)))
        if prop == TYPE:
            classes.add(term)
            continue
        on[term].update(types[subject])
        if isinstance(value, ox.Literal):
            values[term].add(value.datatype.value)
        elif value.value.startswith(DFC):
            count[value.value] += 1
            values[term].add(DFC + value.value.removeprefix(DFC).split("/")[0])
        else:
            values[term] |= types[value.value]
    return {
        term: Use(
            number,
            tuple(sorted(on[term].items(), key=lambda each: (-each[1], compact(each[0])))),
            tuple(sorted(values[term])),
            min(ranked[term], key=lambda each: each[0])[1] if ranked[term] else None,
            term in classes,
        )
        for term, number in count.items()
    }


@pytest.fixture(scope="module", params=["made up", "shipped"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    if request.param == "made up":
        return store_of(MADE_UP)
    return open_store(build_edition(tmp_path_factory.mktemp("uses")))


def test_the_store_counts_as_a_walk_does(store: Store) -> None:
    catalogue = Catalogue(store)
    assert read_uses(catalogue) == walked(store, catalogue.base)


def test_uses_worked_out_by_hand() -> None:
    uses = read_uses(Catalogue(store_of(MADE_UP)))
    goal = uses[expand("df:goal")]
    # three in one graph, two in the other, and one of the code; Process is a class of the five
    assert goal.count == 6
    assert goal.on == (
        (expand("df:Process"), 5),
        (expand("df:Other"), 4),
        (expand("skos:Concept"), 1),
    )
    assert goal.values == (expand("rdf:langString"), expand("xsd:string"))
    assert goal.example is not None
    assert (goal.example.subject, goal.example.value) == ("https://w3id.org/daftar/id/b", "one")
    assert (goal.example.literal, goal.example.language) == (True, None)
    hidden = uses[expand("df:hidden")]
    assert hidden.example is not None
    assert hidden.example.value == "seen"
    assert uses[DFC + "scope/local"].count == 2
    assert uses[expand("df:scope")].values == (DFC + "scope",)
    assert uses[expand("df:next")].values == (expand("df:Process"),)
    assert expand("df:unused") not in uses
    assert uses[expand("df:Process")].is_class
    assert uses[expand("df:Process")].count == 2


def test_an_empty_graph_uses_nothing() -> None:
    assert read_uses(Catalogue(store_of(""))) == {}
