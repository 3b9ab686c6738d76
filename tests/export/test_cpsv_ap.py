"""The CPSV-AP profile: what it has, what it lacks, and that each demand notices."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from graph.export import ExportError, Request, make_export
from graph.export.description import dataset_node
from graph.export.profile import make_profile, read_profile
from graph.export.shortfall import shortfall
from graph.paths import ontology_dir
from graph.records import Catalogue
from graph.store import Store
from tests.export.conftest import BASE, node, parse, triples

ONTOLOGY = ontology_dir()
CV, CPSV = "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
DCT, FOAF = "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
TYPE = ox.NamedNode(str(RDF.type))
VERIFIED = set(
    json.loads((Path(__file__).parents[1] / "ontology" / "verified-terms.json").read_text(encoding="utf-8"))
)
FILES = sorted((ONTOLOGY / "export").glob("*/*.rq"))


@pytest.fixture(scope="module")
def profile(store: Store) -> list[ox.Quad]:
    return make_profile(store, "cpsv-ap", ONTOLOGY, dataset_node(store))


def of_type(quads: list[ox.Quad], iri: str) -> set[str]:
    return {quad.subject.value for quad in quads if quad.predicate == TYPE and quad.object.value == iri}


def values(quads: list[ox.Quad], iri: str) -> Counter[str]:
    return Counter(quad.subject.value for quad in quads if quad.predicate.value == iri)


def test_things_of_the_profile_are_those_of_the_records(profile: list[ox.Quad], catalogue: Catalogue) -> None:
    assert of_type(profile, CPSV + "PublicService") == {BASE + "service/S01", BASE + "service/S02"}
    processes = {f"{BASE}process/{record.id}" for record in catalogue.processes}
    assert {iri for iri in of_type(profile, CPSV + "Rule") if "/process/" in iri} == processes
    names = sum(
        len(row.get("names", [])) for record in catalogue.processes for row in record.data.get("partners", [])
    )
    assert len(of_type(profile, CV + "Participation")) == names


def test_each_participation_has_a_role_and_one_agent(profile: list[ox.Quad]) -> None:
    participations = of_type(profile, CV + "Participation")
    agents = of_type(profile, FOAF + "Agent")
    assert values(profile, CV + "role") == Counter(participations)
    assert values(profile, CV + "hasParticipant") == Counter(participations)
    assert {q.object.value for q in profile if q.predicate.value == CV + "hasParticipant"} <= agents
    titled = values(profile, DCT + "title")
    identified = values(profile, DCT + "identifier")
    assert all(titled[agent] >= 1 and identified[agent] == 1 for agent in agents)


def test_codes_are_declared_here_and_nothing_is_blank(profile: list[ox.Quad]) -> None:
    concepts = of_type(profile, "http://www.w3.org/2004/02/skos/core#Concept")
    coded = {
        quad.object.value
        for quad in profile
        if quad.predicate.value in {CV + "role", CV + "isClassifiedBy", DCT + "audience", DCT + "type"}
    }
    assert coded
    assert coded <= concepts
    assert not any(isinstance(part, ox.BlankNode) for quad in profile for part in (quad.subject, quad.object))


def test_a_service_follows_its_process_and_has_its_body(profile: list[ox.Quad]) -> None:
    said = {(q.predicate.value, q.object.value) for q in profile if q.subject == node("service/S01")}
    assert (CPSV + "follows", BASE + "process/P13") in said
    assert (CV + "hasCompetentAuthority", BASE + "agency/governors-office") in said


def test_an_unmarked_option_is_no_channel(profile: list[ox.Quad]) -> None:
    channels = {q.object.value for q in profile if q.predicate.value == CV + "hasChannel"}
    # both service forms print seven options, tick none, and write words beside the last
    assert {iri for iri in channels if "/service/" in iri} == {
        BASE + "service/S01/channel-other",
        BASE + "service/S02/channel-other",
    }


def test_no_place_is_made_up(profile: list[ox.Quad], store: Store) -> None:
    stated = [quad for quad in store.quads() if quad.predicate.value == DCT + "spatial"]
    assert len([quad for quad in profile if quad.predicate.value == DCT + "spatial"]) == len(stated)


def reached(catalogue: Catalogue) -> set[str]:
    """The public organisations that the profile must have, from the records alone."""
    agencies = {record.id: record.data for record in catalogue.agencies}
    found = {record.data["owner"]["agency"] for record in catalogue.processes if "owner" in record.data}
    for record in catalogue.processes:
        for row in record.data.get("partners", []):
            found |= {name["agency"] for name in row.get("names", []) if "agency" in name}
    found |= {record.data["issuer"] for record in catalogue.instruments if "issuer" in record.data}
    while more := {agencies[each]["parent"] for each in found if "parent" in agencies[each]} - found:
        found |= more
    return {each for each in found if agencies[each]["kind"] not in ("post", "unit")}


def test_shortfall_is_what_the_records_lack(profile: list[ox.Quad], catalogue: Catalogue) -> None:
    lacks = {lack.demand: lack for lack in shortfall(profile, "cpsv-ap", ONTOLOGY).lacks}
    assert lacks.keys() == {"organisation-place", "rule-description", "service-description"}
    # S02 says "to be proposed by the provinces", which is an answer and no description
    left_open = {record.id for record in catalogue.services if "state" in record.data["description"]}
    assert left_open == {"S02"}
    assert {iri.rpartition("/")[2] for iri in lacks["service-description"].nodes} == left_open
    no_goal = {r.id for r in catalogue.processes if not {"text", "summary"} & r.data.get("goal", {}).keys()}
    laws = {"law", "constitution-principle", "vision-document"}
    rules = {record.id for record in catalogue.instruments if record.data["kind"] not in laws}
    undescribed = lacks["rule-description"]
    assert {iri.rpartition("/")[2] for iri in undescribed.nodes} == no_goal | rules
    assert undescribed.asked == len(catalogue.processes) + len(rules)
    assert {iri.rpartition("/")[2] for iri in lacks["organisation-place"].nodes} == reached(catalogue)
    assert undescribed.text("en").startswith(
        "A rule (process or instrument) has a description. 10 of 37 do not: "
    )
    assert "10 از 37" in undescribed.text("fa")


REMOVALS = {
    "service-identifier": ("service/S01", DCT + "identifier"),
    "service-title": ("service/S01", DCT + "title"),
    "service-description": ("service/S01", DCT + "description"),
    "service-authority": ("service/S01", CV + "hasCompetentAuthority"),
    "rule-identifier": ("process/P08", DCT + "identifier"),
    "rule-title": ("process/P08", DCT + "title"),
    "participation-identifier": ("process/P08/partner-1-1", DCT + "identifier"),
    "participation-description": ("process/P08/partner-1-1", DCT + "description"),
    "participation-role": ("process/P08/partner-1-1", CV + "role"),
    "participation-agent": ("process/P08/partner-1-1", CV + "hasParticipant"),
    "agent-identifier": ("agency/police", DCT + "identifier"),
    "agent-title": ("agency/police", DCT + "title"),
    "organisation-label": ("agency/police", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    "output-identifier": ("process/P08/output", DCT + "identifier"),
    "output-title": ("process/P08/output", DCT + "title"),
    "dataset-title": ("dataset", DCT + "title"),
    "dataset-description": ("dataset", DCT + "description"),
    "dataset-publisher": ("dataset", DCT + "publisher"),
    "service-follows": ("process/P13", str(RDF.type)),
    "service-input": ("service/S01/input-type", str(RDF.type)),
    "service-channel": ("service/S01/channel-other", str(RDF.type)),
    "service-dataset": ("dataset", str(RDF.type)),
    "coded": ("https://w3id.org/daftar/code/service-type/G2G", str(RDF.type)),
    "channel-type": ("https://w3id.org/daftar/code/delivery-mode/in-person", str(RDF.type)),
    "rule-type": ("https://w3id.org/daftar/code/instrument-kind/directive", str(RDF.type)),
    "rule-implements": ("instrument/theft-document", str(RDF.type)),
}
PLAIN = ox.Literal("plain")
ADDITIONS = {
    "service-legal": (CV + "hasLegalResource", node("process/P08/output")),
    "service-participation": (CV + "hasParticipation", node("agency/police")),
    "service-output": (CPSV + "produces", node("agency/police")),
    "service-event": (CV + "isGroupedBy", node("agency/police")),
    "service-place": (DCT + "spatial", node("agency/police")),
    "audience": (DCT + "audience", node("agency/police")),
    "service-identifier": (DCT + "identifier", ox.Literal("another")),
}


@pytest.mark.parametrize("demand", REMOVALS)
def test_each_demand_misses_what_is_taken_away(profile: list[ox.Quad], demand: str) -> None:
    subject, predicate = REMOVALS[demand]
    less = [q for q in profile if not (q.subject == node(subject) and q.predicate.value == predicate)]
    assert len(less) < len(profile)
    assert demand in {lack.demand for lack in shortfall(less, "cpsv-ap", ONTOLOGY).lacks}


@pytest.mark.parametrize("demand", ADDITIONS)
def test_each_demand_notices_what_does_not_belong(profile: list[ox.Quad], demand: str) -> None:
    predicate, value = ADDITIONS[demand]
    more = [*profile, ox.Quad(node("service/S01"), ox.NamedNode(predicate), value)]
    assert demand in {lack.demand for lack in shortfall(more, "cpsv-ap", ONTOLOGY).lacks}


def test_channel_words_and_parts_of_the_dataset(profile: list[ox.Quad]) -> None:
    more = [
        *profile,
        ox.Quad(node("service/S01/channel-other"), ox.NamedNode(DCT + "description"), PLAIN),
        ox.Quad(node("dataset"), ox.NamedNode(DCT + "hasPart"), node("agency/police")),
    ]
    lacks = {lack.demand for lack in shortfall(more, "cpsv-ap", ONTOLOGY).lacks}
    assert {"channel-description", "dataset-part"} <= lacks


def test_every_demand_has_a_test_and_words_in_both_languages() -> None:
    demands = rdflib.Graph().parse(ONTOLOGY / "export" / "cpsv-ap" / "demands.ttl")
    names = {str(shape).rpartition("/")[2] for shape in demands.subjects(RDF.type, SH.PropertyShape)}
    tested = {
        *REMOVALS,
        *ADDITIONS,
        "channel-description",
        "dataset-part",
        "organisation-place",
        "rule-description",
    }
    assert names == tested
    for shape in demands.subjects(RDF.type, SH.PropertyShape):
        assert {getattr(text, "language", "") for text in demands.objects(shape, SH.message)} == {"fa", "en"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_files_use_verified_terms_and_say_what_they_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for key in ("title-fa", "title-en", "says-fa", "says-en"):
        assert re.search(rf"^# {key}: \S", text, re.MULTILINE)
    prefixes = dict(re.findall(r"PREFIX ([\w-]+): <([^>]+)>", text))
    body = re.sub(r'"[^"]*"|<[^>]*>|^#.*$|^PREFIX.*$', "", text, flags=re.MULTILINE)
    used = set(re.findall(r"\b([\w-]+):([A-Za-z_][\w-]*)", body))
    known = ("df", "conf", "xsd")
    assert used
    assert all(prefixes[name] + local in VERIFIED for name, local in used if name not in known)


def test_solar_hijri_dates_stand_beside_the_gregorian(store: Store) -> None:
    quads = make_profile(store, "owl-time", ONTOLOGY)
    time = "http://www.w3.org/2006/time#"
    said = {
        (quad.predicate.value.removeprefix(time), quad.object.value)
        for quad in quads
        if quad.subject in (node("form/P08/date"), node("form/P08/date/solar-hijri"))
    }
    assert {("inXSDDate", "2017-07-11"), ("year", "1396"), ("month", "--04"), ("day", "---20")} <= said
    # 27 forms and one instrument have a date
    assert len(of_type(quads, time + "Instant")) == 28


def test_the_profile_is_the_same_in_turtle_and_json_ld(store: Store) -> None:
    made = make_export(store, Request(profiles=("cpsv-ap",)), ONTOLOGY)
    turtle, json_ld = (file.content for file in made.files)
    assert parse(turtle, "turtle") == parse(json_ld, "jsonld") != set()
    assert triples(make_profile(store, "cpsv-ap", ONTOLOGY, dataset_node(store))) == parse(turtle, "turtle")


def test_a_broken_profile_is_refused_with_its_name(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no profile cpsv-ap"):
        make_profile(store, "cpsv-ap", tmp_path)
    folder = tmp_path / "export" / "cpsv-ap"
    folder.mkdir(parents=True)
    head = "# reads: dataset\n# title-fa: x\n# title-en: x\n# says-fa: x\n# says-en: x\n"
    for text, reason in (
        ("SELECT * {}", "lacks the header line"),
        (head.replace("dataset", "all") + "SELECT * {}", "reads is"),
        (head + "SELECT * {}", "is no CONSTRUCT"),
        (head + "CONSTRUCT {", "cannot be run"),
    ):
        (folder / "a.rq").write_text(text, encoding="utf-8")
        with pytest.raises(ExportError, match=reason):
            make_profile(store, "cpsv-ap", tmp_path)
    with pytest.raises(ExportError, match=r"demands\.ttl is missing"):
        shortfall([], "cpsv-ap", tmp_path)
    assert [file.name for file in read_profile("cpsv-ap", ONTOLOGY)][-1] == "concept"
