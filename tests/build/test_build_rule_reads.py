"""What rules read: the statements that a rule needs, and no rule concludes less from these alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.build import Dataset
from graph.build.ontology import read_ontology
from graph.build.rule_reads import Reading, reads_of
from graph.build.rules import QueryFile, infer, read_rules
from graph.paths import ontology_dir

EX = "https://example.org/"


def rule(where: str) -> QueryFile:
    text = f"PREFIX : <{EX}> CONSTRUCT {{ ?s :concluded ?o }} WHERE {{ {where} }}"
    return QueryFile("made-up", {}, text, "")


def read(where: str) -> list[tuple[str, str | None]] | None:
    found = reads_of([rule(where)])
    return found and [(prop.removeprefix(EX), other and other.removeprefix(EX)) for prop, other in found]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("?s :p ?o", [("p", None)]),
        ("?s :p :o . ?s :q ?o", [("p", "o"), ("q", None)]),
        ('?s :p "text" . BIND (1 AS ?o)', [("p", None)]),
        ("?s :p/^:q ?o", [("p", None), ("q", None)]),
        ("?s (:p|:q)+ ?o", [("p", None), ("q", None)]),
        ("?s :p ?o FILTER NOT EXISTS { ?s :q :o ; :r ?x }", [("p", None), ("q", "o"), ("r", None)]),
        ("?s :p ?o BIND (EXISTS { ?o :q :o . ?x :r ?o } AS ?b)", [("p", None), ("q", "o"), ("r", None)]),
        ("{ ?s :p ?o } UNION { ?s :q ?o } MINUS { ?s :r ?o }", [("p", None), ("q", None), ("r", None)]),
        ("{ SELECT ?s (COUNT(?x) AS ?o) { ?s :p ?x } GROUP BY ?s }", [("p", None)]),
        ("OPTIONAL { ?s :p ?o FILTER (?o > 1) }", [("p", None)]),
    ],
)
def test_patterns_are_read(where: str, wanted: list[tuple[str, str | None]]) -> None:
    assert read(where) == wanted


@pytest.mark.parametrize(
    "where",
    ["?s ?p ?o", "?s :p* ?o", "?s :p? ?o", "?s !:p ?o", "?s :p/:q* ?o", "GRAPH ?g { ?s :p ?o }"],
)
def test_what_may_match_anything_reads_everything(where: str) -> None:
    assert reads_of([rule("?s :q ?o"), rule(where)]) is None


def test_a_rule_that_only_our_engine_understands_reads_everything() -> None:
    where = "?s :p ?o . LATERAL { ?s :q ?x }"
    ox.Store().query(rule(where).text)
    assert reads_of([rule(where)]) is None


def test_every_rule_concludes_the_same_from_what_it_reads(dataset: Dataset, shipped_dataset: Dataset) -> None:
    rules = read_rules(read_ontology(ontology_dir()))
    for each in (dataset, shipped_dataset):
        asserted = [quad for quad in each.store if "/graph/inferred/" not in str(quad.graph_name)]
        for one in rules:
            reads = reads_of([one])
            assert reads is not None, one.name
            kept = Reading(reads).of(asserted)
            assert len(kept) < len(asserted) / 3, one.name
            assert conclude(kept, one) == conclude(asserted, one), one.name


def conclude(quads: list[ox.Quad], one: QueryFile) -> set[ox.Quad]:
    store = ox.Store()
    store.bulk_extend(quads)
    return set(infer(store, one, ox.NamedNode(EX)))
