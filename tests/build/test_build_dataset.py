"""The built dataset: the same each time, no blank nodes, each statement in the graph of its layer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import BASE, HERE, Rows

from graph.build import BuildError, Dataset, build, nquads
from graph.build.assertions import expander_for
from graph.build.context import CompiledContext
from graph.build.ontology import read_ontology
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import Catalogue, load_catalogue

OTHER_PROCESS = """
import sys
from pathlib import Path
from graph.build import build, nquads
from graph.records import load_catalogue
dataset = build(load_catalogue(Path(sys.argv[1])), base_iri=sys.argv[2], ontology=Path(sys.argv[3]))
sys.stdout.buffer.write(nquads(dataset))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_process_gives_the_same_bytes(dataset: Dataset, seed: str) -> None:
    command = [sys.executable, "-c", OTHER_PROCESS, str(HERE / "catalogue"), BASE, str(ontology_dir())]
    run = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
    assert run.stdout == nquads(dataset)


def test_lines_are_sorted_and_each_stands_once(dataset: Dataset) -> None:
    lines = nquads(dataset).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(dataset) == len(list(dataset))


def test_no_blank_nodes_here_or_in_the_shipped_catalogue(dataset: Dataset) -> None:
    shipped = build(load_catalogue(bundled_data_dir()), base_iri=BASE, ontology=ontology_dir())
    for each in (dataset, shipped):
        assert len(each) > 1000
        assert not any(
            isinstance(term, ox.BlankNode) for quad in each for term in (quad.subject, quad.object)
        )


def test_every_graph_is_one_of_the_contract(dataset: Dataset) -> None:
    names = {graph.removeprefix(BASE + "graph/") for graph in dataset.graphs()}
    records = {"record/P01", "record/P02", "record/P03", "record/S01"}
    lists = {"index", "agencies", "collectives", "instruments", "forms", "sources", "comparisons"}
    ours = {"resolution", "labels-en", "codes", "ontology", "meta"}
    inferred = {name for name in names if name.startswith("inferred/")}
    assert names - inferred == records | lists | ours


def test_english_is_ours_and_in_its_own_graph(rows: Rows) -> None:
    graphs = rows('SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER (LANG(?o) = "en") }')
    assert graphs == {("graph/labels-en",), ("graph/codes",), ("graph/ontology",), ("graph/meta",)}


def test_readings_are_not_among_what_the_form_says(rows: Rows) -> None:
    assert rows("SELECT ?a WHERE { GRAPH <graph/record/P01> { ?p cv:hasParticipant ?a } }") == set()
    assert rows(
        "SELECT ?a WHERE { GRAPH <graph/resolution> { <process/P01/partner-1-3> cv:hasParticipant ?a } }"
    ) == {("agency/border-guard",)}


def test_a_date_is_gregorian_jalali_and_as_written(rows: Rows) -> None:
    query = "SELECT ?g ?j ?w (DATATYPE(?g) AS ?t) (DATATYPE(?j) AS ?u) WHERE { %s }"
    form = rows(query % "<form/P01> dct:issued ?g ; df:jalaliDate ?j ; df:dateAsWritten ?w")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert form == {("2021-03-20", "1399-12-30", "30/12/1399", xsd + "date", xsd + "string")}
    law = rows(
        query % "<instrument/example-document> eli:date_document ?g ; df:jalaliDate ?j ; df:dateAsWritten ?w"
    )
    assert law == {("2020-03-19", "1398-12-29", "29/12/98", xsd + "date", xsd + "string")}


def test_eight_cells_each_with_its_state(rows: Rows) -> None:
    found = rows(
        "SELECT ?s ?m ?b WHERE { <process/P01> df:hasStageAccess "
        "[df:stage ?s; df:deliveryMode ?m; df:boxState ?b] }"
    )
    assert len(found) == 8
    assert ("stage/start", "delivery-mode/electronic", "box-state/contradictory") in found
    assert ("stage/inform", "delivery-mode/in-person", "box-state/ticked") in found


def test_two_spellings_of_one_body_stay_two_participations(rows: Rows) -> None:
    found = rows(
        "SELECT ?p ?w WHERE { <process/P01> cv:hasParticipation ?p . "
        "?p cv:hasParticipant <agency/police> ; df:asWritten ?w }"
    )
    assert found == {("process/P01/partner-1-1", "ناجا"), ("process/P01/partner-1-2", "انتظامی")}


def test_a_post_is_no_organisation(rows: Rows) -> None:
    assert rows("SELECT ?t WHERE { <agency/prosecutor> a ?t }") == {
        ("http://www.w3.org/ns/org#Post",),
        ("http://xmlns.com/foaf/0.1/Agent",),
    }


def test_an_ambiguous_tick_settles_nothing(rows: Rows) -> None:
    assert rows(
        "SELECT ?c WHERE { <process/P01> df:hasSelection ?s . ?s df:field field:trigger ; df:candidate ?c }"
    ) == {
        ("trigger/request",),
        ("trigger/time",),
    }
    assert rows("SELECT ?t WHERE { <process/P01> df:trigger ?t }") == set()
    assert rows("SELECT ?t WHERE { <process/P02> df:trigger ?t }") == {("trigger/event",)}


def test_steps_left_to_the_provinces_are_an_answer(rows: Rows) -> None:
    found = rows(
        "SELECT ?l ?w WHERE { <process/P02> df:stepsDelegatedTo ?l ; "
        "df:hasFieldReading [df:field field:steps ; df:asWritten ?w] }"
    )
    assert found == {("level/province", "گام ها توسط استان ها پیشنهاد گردد")}


def test_a_printed_number_is_kept_beside_the_order(rows: Rows) -> None:
    found = rows(
        "SELECT ?n ?w ?t WHERE { <process/P01> df:hasStep "
        "[df:stepNumber ?n; df:stepNumberAsWritten ?w; df:stepType ?t] }"
    )
    assert found == {
        ("1", "1", "step-type/invite"),
        ("2", "2", "step-type/meet"),
        ("3", "6", "step-type/follow-up"),
    }


def test_an_index_claim_stays_a_claim(rows: Rows) -> None:
    found = rows(
        "SELECT ?n ?c ?d WHERE { <index/I03> df:denotes ?d "
        "GRAPH <graph/index> { <index/I03> df:statesNoForm ?n; df:statesCaseBased ?c } }"
    )
    assert found == {("true", "true", "process/P03")}


def test_a_record_under_the_context_is_the_same_rdf_to_three_readers(catalogue: Catalogue) -> None:
    """The published context as pyoxigraph and rdflib read it, and the compiled one that the build uses."""
    ontology = read_ontology(ontology_dir())
    expander, compiled = expander_for(catalogue, ontology), CompiledContext(ontology.context)
    for record in catalogue.all_records():
        text = json.dumps({"@context": dict(ontology.context), **expander.expand(record)})
        one = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=BASE)}
        with warnings.catch_warnings():  # rdflib's own JSON-LD reader calls what rdflib deprecates
            warnings.simplefilter("ignore", DeprecationWarning)
            other = rdflib.Graph().parse(data=text, format="json-ld", publicID=BASE).serialize(format="nt")
        again = {quad.triple for quad in ox.parse(other, format=ox.RdfFormat.N_TRIPLES)}
        flat = json.dumps({"@context": compiled.flat, **compiled.node(expander.expand(record))})
        assert len(one) > 2
        assert one == {quad.triple for quad in ox.parse(flat, format=ox.RdfFormat.JSON_LD, base_iri=BASE)}
        assert one == again, record.id


def test_the_base_is_a_setting(catalogue: Catalogue) -> None:
    there = build(catalogue, base_iri="http://localhost/x/", ontology=ontology_dir())
    assert "http://localhost/x/graph/record/P01" in there.graphs()
    with pytest.raises(BuildError, match="must end in"):
        build(catalogue, base_iri="http://localhost/x", ontology=ontology_dir())


def test_a_broken_ontology_is_said_so(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder)
    (folder / "codes.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(BuildError, match=r"codes\.ttl is not Turtle"):
        build(catalogue, base_iri=BASE, ontology=folder)
    (folder / "layers.json").write_text("{", encoding="utf-8")
    with pytest.raises(BuildError, match=r"layers\.json is not JSON"):
        build(catalogue, base_iri=BASE, ontology=folder)
    (folder / "layers.json").write_text(
        '{"predicates": {"no:such": "graph/x"}, "languages": {}}', encoding="utf-8"
    )
    with pytest.raises(BuildError, match="prefix 'no'"):
        read_ontology(folder)
    (folder / "nodes.json").unlink()
    with pytest.raises(BuildError, match=r"nodes\.json is missing"):
        read_ontology(folder)
