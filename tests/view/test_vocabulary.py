"""The reference page of the ontology: whole, in both languages, with examples that the graph holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.paths import ontology_dir
from graph.store import Store, open_store
from graph.view.reading import Catalogue
from graph.view.terms import DF, DFC, expand
from graph.view.vocabulary import TermView, Vocabulary, anchor_of, vocabulary
from tests.view.support import build_edition

FOLDER = ontology_dir()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build_edition(tmp_path_factory.mktemp("vocabulary")))


@pytest.fixture(scope="module")
def shown(store: Store) -> Vocabulary:
    return vocabulary(Catalogue(store), FOLDER)


@pytest.fixture(scope="module")
def files() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "daftar.ttl").parse(FOLDER / "codes.ttl")


def test_every_term_is_shown_with_what_its_file_says(shown: Vocabulary, files: rdflib.Graph) -> None:
    kinds = {"class": OWL.Class, "link": OWL.ObjectProperty, "value": OWL.DatatypeProperty}
    terms = {term.name: term for term in (*shown.classes, *shown.properties)}
    declared = {str(s).removeprefix(DF) for kind in kinds.values() for s in files.subjects(RDF.type, kind)}
    assert terms.keys() == declared
    for name, term in terms.items():
        iri = rdflib.URIRef(DF + name)
        assert (iri, RDF.type, kinds[term.kind]) in files
        for prop, said in ((RDFS.label, term.label), (SKOS.definition, term.definition)):
            assert {(t.language, str(t)) for t in files.objects(iri, prop)} == set(said.items())  # type: ignore[union-attr]
        upward = RDFS.subClassOf if term.kind == "class" else RDFS.subPropertyOf
        assert {expand(above.name) for above in term.above} == {str(o) for o in files.objects(iri, upward)}


def test_every_list_is_shown_with_all_its_codes(shown: Vocabulary, files: rdflib.Graph) -> None:
    for scheme in shown.schemes:
        codes = set(files.subjects(SKOS.inScheme, rdflib.URIRef(DFC + scheme.name)))
        assert {DFC + f"{scheme.name}/{code.notation}" for code in scheme.codes} == {str(c) for c in codes}
        assert all({"fa", "en"} == code.label.keys() for code in scheme.codes)
        assert {"fa", "en"} == scheme.definition.keys()
    assert len(shown.schemes) == len(set(files.subjects(RDF.type, SKOS.ConceptScheme)))


def test_rules_shapes_and_checks_are_all_there(shown: Vocabulary) -> None:
    assert {rule.name for rule in shown.rules} == {p.stem for p in FOLDER.glob("rules/*.rq")}
    shapes = rdflib.Graph()
    for path in FOLDER.glob("shapes/*.ttl"):
        shapes.parse(path)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    named = {str(s).rsplit("/", 1)[-1] for s in shapes.subjects(sh.severity)}
    assert {c.name for c in shown.checks if c.kind == "shape"} == named
    assert {c.name for c in shown.checks if c.kind == "check"} == {p.stem for p in FOLDER.glob("checks/*.rq")}
    for check in shown.checks:
        assert check.severity in {"violation", "warning", "info"}
        assert {"fa", "en"} == check.message.keys()
        assert check.kind == "check" or check.targets


def test_an_example_is_a_statement_of_the_graph(shown: Vocabulary, store: Store) -> None:
    used = [term for term in (*shown.classes, *shown.properties) if term.count]
    assert len(used) > 100
    known = {(str(q.subject), str(q.predicate)) for q in store.quads()}
    for term in used:
        assert term.example is not None, term.name
        prop = expand("rdf:type") if term.kind == "class" else DF + term.name
        assert (f"<{term.example.subject.iri}>", f"<{prop}>") in known, term.name


def by_name(shown: Vocabulary, name: str) -> TermView:
    return next(term for term in (*shown.classes, *shown.properties) if term.name == name)


def test_counts_worked_out_by_hand(shown: Vocabulary) -> None:
    # 27 process forms with eight cells each; two service forms; 35 lines in the index; one pair compared
    assert by_name(shown, "ProcessForm").count == 27
    assert by_name(shown, "ServiceForm").count == 2
    assert by_name(shown, "StageAccess").count == 27 * 8
    assert by_name(shown, "IndexEntry").count == 35
    assert by_name(shown, "compares").count == 2
    goal = by_name(shown, "goal")
    assert [(on.name, n) for on, n in goal.used_on] == [("df:Process", goal.count)]


def test_no_example_shows_what_is_marked_confidential_where_there_is_another(shown: Vocabulary) -> None:
    for name in ("asWritten", "mediumText", "field", "mentionKind", "goal"):
        example = by_name(shown, name).example
        assert example is not None
        assert "محرمانه" not in example.text


def test_anchors() -> None:
    assert anchor_of(DF + "goal") == "goal"
    assert anchor_of(DFC + "trigger") == "code-trigger"
    assert anchor_of("http://purl.org/dc/terms/title") is None


def test_a_page_of_an_empty_graph(tmp_path: Path) -> None:
    from tests.view.support import store_of

    empty = vocabulary(Catalogue(store_of("")), FOLDER)
    assert {term.count for term in (*empty.classes, *empty.properties)} == {0}
    assert all(rule.count == 0 for rule in empty.rules)
