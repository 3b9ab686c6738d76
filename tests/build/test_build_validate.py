"""Validation: every shape and check fires on something done wrong, and says where to mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import BASE, PREFIXES
from rdflib.namespace import RDF, SH

from graph.build import BuildError, Dataset, build, validate
from graph.build.checks import check_results, read_checks
from graph.build.rules import read_query
from graph.build.shapes import read_shapes, shape_results
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import Catalogue, load_catalogue
from tests.build.bad_records import CHECKS, SHAPES

NAMES = sorted(path.stem for path in ontology_dir().glob("checks/*.rq"))


@pytest.fixture(scope="module")
def shapes(dataset: Dataset) -> rdflib.Graph:
    return read_shapes(dataset)


def spoiled(dataset: Dataset, update: str) -> Dataset:
    store = ox.Store()
    store.bulk_extend(dataset)
    store.update(PREFIXES + update)
    return Dataset(store, dataset.base_iri, dataset.ontology)


def full(focus: str) -> str:
    inner = focus.strip("<>")
    return inner if inner.startswith("http") else BASE + inner


def named_shapes(shapes: rdflib.Graph) -> set[str]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {str(shape).rsplit("/", 1)[-1] for kind in kinds for shape in shapes.subjects(RDF.type, kind)}


def only(shapes: rdflib.Graph, name: str) -> rdflib.Graph:
    """The statements of one shape, with what hangs below it."""
    wanted, found = [rdflib.URIRef(f"https://w3id.org/daftar/shape/{name}")], rdflib.Graph()
    while wanted:
        for triple in shapes.triples((wanted.pop(), None, None)):
            found.add(triple)
            if isinstance(triple[2], rdflib.BNode):
                wanted.append(triple[2])  # type: ignore[arg-type]
    return found


def test_nothing_is_left_untested(shapes: rdflib.Graph) -> None:
    assert named_shapes(shapes) == set(SHAPES)
    assert set(NAMES) == set(CHECKS)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_shape_fires(dataset: Dataset, shapes: rdflib.Graph, name: str) -> None:
    update, focus = SHAPES[name]
    own = only(shapes, name)
    assert full(focus) not in {result.focus for result in shape_results(dataset, own)}
    after = list(shape_results(spoiled(dataset, update), own))
    assert (name, full(focus)) in {(result.shape, result.focus) for result in after}
    assert all(result.message_fa and result.message_en for result in after)


@pytest.mark.parametrize("name", NAMES)
def test_a_check_fires(dataset: Dataset, name: str) -> None:
    update, focus = CHECKS[name]
    check = [read_query(ontology_dir() / "checks" / f"{name}.rq")]
    assert full(focus) not in {result.focus for result in check_results(dataset, check)}
    after = list(check_results(spoiled(dataset, update), check))
    assert full(focus) in {result.focus for result in after}
    assert not any("{value}" in result.message_fa + result.message_en for result in after)


def test_the_made_up_catalogue_has_what_was_put_in_it(dataset: Dataset, catalogue: Catalogue) -> None:
    report = validate(dataset, catalogue)
    found = [(finding.severity, finding.shape, finding.record) for finding in report.findings]
    assert found == [
        ("warning", "S19-says-no-form", "I02"),
        ("warning", "S19-says-no-form", "I04"),
        ("warning", "S06-unresolved", "P01"),
        ("info", "S20-undecided", "alike"),
    ]
    assert report.conforms
    assert report.counts == {"violation": 0, "warning": 3, "info": 1}


def test_a_finding_names_file_line_record_and_document_lines(dataset: Dataset, catalogue: Catalogue) -> None:
    finding = next(each for each in validate(dataset, catalogue).findings if each.shape == "S06-unresolved")
    text = (catalogue.folder / "processes" / "P01.yaml").read_text(encoding="utf-8").splitlines()
    assert "بیمارستان" in text[finding.line - 1]
    assert finding.path == Path("catalogue/processes/P01.yaml")
    assert finding.source_lines == "33"
    assert finding.text("en") == (
        f"catalogue/processes/P01.yaml:{finding.line}: warning P01: "
        "This name has not been led to a body yet. (line 33) [S06-unresolved]"
    )
    assert finding.text("fa").startswith(f"catalogue/processes/P01.yaml:{finding.line}: هشدار P01: این نام")


def test_a_fault_of_a_code_is_found_in_the_ontology(dataset: Dataset, catalogue: Catalogue) -> None:
    report = validate(spoiled(dataset, SHAPES["S16-notation"][0]), catalogue)
    finding = next(each for each in report.findings if each.shape == "S16-notation")
    assert (finding.record, finding.path, finding.line) == ("", ontology_dir() / "codes.ttl", 0)
    assert not report.conforms


def test_the_shipped_catalogue_has_no_violation() -> None:
    catalogue = load_catalogue(bundled_data_dir())
    report = validate(build(catalogue, base_iri=BASE, ontology=ontology_dir()), catalogue)
    assert [finding.text() for finding in report.of("violation")] == []


def test_an_inferred_type_does_not_hide_a_fault(dataset: Dataset, shapes: rdflib.Graph) -> None:
    """With RDFS inference, a range would make an agency of anything; nothing here may depend on it."""
    bad = spoiled(
        dataset,
        "DELETE { GRAPH ?g { ?b a ?t } } WHERE { GRAPH ?g { ?b a ?t } FILTER (?b = <agency/border-guard>) }",
    )
    found = {result.focus for result in shape_results(bad, only(shapes, "S05-participant"))}
    assert full("<process/P01/partner-1-3>") in found


def test_a_check_must_be_a_select_with_its_words(dataset: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder, ignore=shutil.ignore_patterns("checks"))
    (folder / "checks").mkdir()
    there = Dataset(dataset.store, dataset.base_iri, folder)
    head = "# severity: warning\n# scope: record\n# message-fa: آ\n# message-en: a\n\n"
    for text, words in (
        (head + "SELECT ?node WHERE { ?node ?p ?o }", r"SELECT with \?focus"),
        (head + "SELECT ?focus WHERE {", "cannot be run"),
        (head.replace("warning", "dire") + "SELECT ?focus WHERE { ?focus ?p ?o }", "not 'dire'"),
        (head.replace(": record", ": office") + "SELECT ?focus WHERE { ?focus ?p ?o }", "not 'office'"),
        ("# scope: record\nSELECT ?focus WHERE { ?focus ?p ?o }", "lacks the header line '# severity"),
    ):
        (folder / "checks" / "made-up.rq").write_text(text, encoding="utf-8")
        with pytest.raises(BuildError, match=words):
            list(check_results(there, read_checks(there.ontology)))
