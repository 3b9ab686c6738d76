"""Each rule's conclusions on the made-up catalogue, worked out by hand; what dropping a rule takes away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import BASE, PREFIXES, Rows, ask_rows, short

from graph.build import BuildError, Dataset, build
from graph.build.ontology import read_ontology
from graph.build.rules import infer, read_query, read_rules
from graph.paths import ontology_dir
from graph.records import Catalogue

EXPECTED: dict[str, set[tuple[str, ...]]] = {
    "involves-agency": {
        ("process/P01", "involvesAgency", "agency/police"),
        ("process/P01", "involvesAgency", "agency/border-guard"),
        ("process/P02", "involvesAgency", "agency/border-guard"),
        ("process/P02", "involvesAgency", "agency/prosecutor"),
    },
    "involves-collective": {
        ("process/P01", "involvesCollective", "collective/council-members"),
        ("process/P02", "involvesCollective", "collective/others"),
    },
    # P01 names the police and the border guard under it; P02 names only the border guard.
    "involves-agency-rollup": {
        ("process/P01", "involvesAgencyRollup", "agency/police"),
        ("process/P02", "involvesAgencyRollup", "agency/police"),
    },
    "involves-agency-inferred": set(),  # nobody's membership is stated
    "follows": {
        ("process/P01", "follows", "instrument/example-document"),
        ("process/P01", "hasLegalResource", "instrument/example-law"),
    },
    "governed-by-issuer": {("process/P01", "governedByIssuer", "agency/state-council")},
    "uses-template": {("process/P01", "usesTemplate", "template/minutes")},
    "settled-selection": {
        ("process/P01", "processScope", "process-scope/specialised"),
        ("process/P02", "processClass", "process-class/main"),
        ("process/P02", "trigger", "trigger/event"),
        ("service/S01", "serviceNature", "service-nature/sovereign"),
        ("service/S01", "serviceLevel", "service-level/provincial"),
        ("service/S01", "serviceLevel", "service-level/urban"),
        ("service/S01", "trigger", "trigger/request"),
    },
    "trigger-reading-a": {
        ("process/P01", "triggerReadingA", "trigger/request"),
        ("process/P02", "triggerReadingA", "trigger/event"),
        ("service/S01", "triggerReadingA", "trigger/request"),
    },
    "trigger-reading-b": {
        ("process/P01", "triggerReadingB", "trigger/time"),
        ("process/P02", "triggerReadingB", "trigger/event"),
        ("service/S01", "triggerReadingB", "trigger/request"),
    },
    "documentation-status": {
        ("process/P01", "documentationStatus", "doc-status/form-and-index"),
        ("process/P02", "documentationStatus", "doc-status/form-and-index"),
        ("process/P03", "documentationStatus", "doc-status/index-only"),
        ("service/S01", "documentationStatus", "doc-status/form-and-index"),
    },
    "same-wording": {("process/P02/regulation-1", "sameWordingAs", "process/P01/regulation-4")},
    "confidential-process": {
        ("process/P01", "saysConfidential", "field/regulations"),
        ("process/P01", "saysConfidential", "field/stages"),
        ("process/P02", "saysConfidential", "field/regulations"),
    },
    "next-step": {
        ("process/P01/step-01", "nextStep", "process/P01/step-02"),
        ("process/P01/step-02", "nextStep", "process/P01/step-03"),
    },
    "resolved-by": {
        ("process/P01/partner-1-1", "resolvedBy", "agency/police/alias-2"),
        ("process/P01/partner-1-2", "resolvedBy", "agency/police/alias-3"),
        ("process/P01/partner-1-3", "resolvedBy", "agency/border-guard/alias-1"),
        ("process/P01/partner-2-1", "resolvedBy", "collective/council-members/alias-1"),
        ("process/P02/partner-1-1", "resolvedBy", "agency/border-guard/alias-1"),
        ("process/P02/partner-1-2", "resolvedBy", "agency/prosecutor/alias-1"),
        ("process/P02/partner-1-3", "resolvedBy", "collective/others/alias-1"),
    },
    "delivers-service": {("process/P01", "deliversService", "service/S01")},
    "possible-duplicate": {
        ("process/P01", "possibleDuplicateOf", "process/P02"),
        ("process/P02", "possibleDuplicateOf", "process/P01"),
    },
    # in common: the border guard; in all: police, border guard, prosecutor and two groups
    "partner-overlap": {("comparison/alike", "partnerOverlap", "0.2")},
    "title-similarity": {("comparison/alike", "titleSimilarity", "0")},  # no three letters in common
    "step-overlap": set(),  # P02 has no steps, so there is nothing in common
    "channel-from-tick": {
        ("process/P01", "hasChannel", "process/P01/channel-in-person"),
        ("process/P01", "hasChannel", "process/P01/channel-electronic"),
        ("process/P01/channel-in-person", "type", "Channel"),
        ("process/P01/channel-electronic", "type", "Channel"),
        ("process/P01/channel-in-person", "type", "delivery-mode/in-person"),
        ("process/P01/channel-electronic", "type", "delivery-mode/electronic"),
        ("process/P01/channel-in-person", "identifier", "P01-channel-in-person"),
        ("process/P01/channel-electronic", "identifier", "P01-channel-electronic"),
    },
    # P02 says "by correspondence", which is a way of working
    "input-type": {
        ("process/P01", "hasInputType", "process/P01/input-type"),
        ("process/P01/input-type", "type", "EvidenceType"),
        ("process/P01/input-type", "title", "گزارش فرمانداری"),
        ("process/P01/input-type", "identifier", "P01-input-type"),
        ("service/S01", "hasInputType", "service/S01/input-type"),
        ("service/S01/input-type", "type", "EvidenceType"),
        ("service/S01/input-type", "title", "گزارش فرمانداری"),
        ("service/S01/input-type", "identifier", "S01-input-type"),
    },
}
RULES = [path.stem for path in sorted(ontology_dir().glob("rules/*.rq"))]


def test_every_rule_has_its_conclusions_here() -> None:
    assert set(RULES) == set(EXPECTED)


@pytest.mark.parametrize("rule", RULES)
def test_conclusions(rows: Rows, rule: str) -> None:
    found = rows(f"SELECT ?s ?p ?o WHERE {{ GRAPH <graph/inferred/{rule}> {{ ?s ?p ?o }} }}")
    ends = {(s, p.rsplit("#", 1)[-1].rsplit("/", 1)[-1], o.rsplit("m8g/", 1)[-1]) for s, p, o in found}
    assert ends == EXPECTED[rule]


@pytest.mark.parametrize("rule", RULES)
def test_dropping_a_rule_takes_its_conclusions_and_nothing_else(
    catalogue: Catalogue, dataset: Dataset, tmp_path: Path, rule: str
) -> None:
    drop_and_compare(catalogue, dataset, tmp_path, rule)


@pytest.mark.parametrize("rule", RULES)
def test_dropping_a_rule_on_the_shipped_catalogue(
    shipped: Catalogue, shipped_dataset: Dataset, tmp_path: Path, rule: str
) -> None:
    drop_and_compare(shipped, shipped_dataset, tmp_path, rule)


def drop_and_compare(catalogue: Catalogue, dataset: Dataset, tmp_path: Path, rule: str) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder, ignore=shutil.ignore_patterns("schema", "shapes", "checks"))
    (folder / "rules" / f"{rule}.rq").unlink()
    without = {str(quad) for quad in build(catalogue, base_iri=BASE, ontology=folder)}
    gone = {str(quad) for quad in dataset} - without
    own = f"<{BASE}graph/inferred/{rule}>"
    meta = f"<{BASE}graph/meta>"
    assert without <= {str(quad) for quad in dataset}
    assert {quad for quad in gone if not quad.endswith(meta)} == {
        str(quad) for quad in dataset if str(quad).endswith(own)
    }
    described = (f"/rule/{rule}>", f"/inferred/{rule}>", f"/inferred/{rule}/")
    assert all(any(mark in quad for mark in described) for quad in gone if quad.endswith(meta))


def ticks(candidates: list[str], stated: str = "") -> ox.Store:
    """A made-up row of boxes with these candidates, beside the real codes."""
    store = ox.Store()
    store.load(
        path=str(ontology_dir() / "codes.ttl"), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:codes")
    )
    options = ", ".join(f"<https://w3id.org/daftar/code/trigger/{code}>" for code in candidates)
    store.update(
        PREFIXES + f"INSERT DATA {{ <p> df:hasSelection <p/t> . <p/t> df:candidate {options} ;"
        f" df:field <https://w3id.org/daftar/code/field/trigger> {stated} }}"
    )
    return store


@pytest.mark.parametrize(
    ("candidates", "follows", "precedes"),
    [
        (["request", "time"], {"request"}, {"time"}),  # one mark between them
        (["time", "event"], {"time"}, {"event"}),
        (["agency", "other"], {"agency"}, {"other"}),
        (["request", "time", "event"], {"request", "time"}, {"time", "event"}),  # two marks
        (["request", "event"], {"event"}, {"request"}),  # a mark at an end of the line
        (["request"], {"request"}, {"request"}),
        (
            ["request", "time", "agency", "other"],
            {"request", "agency"},
            {"time", "other"},
        ),  # a mark on each line
        (["event", "other"], {"event", "other"}, {"event", "other"}),  # each alone on its line
    ],
)
def test_the_two_readings_of_a_mark(candidates: list[str], follows: set[str], precedes: set[str]) -> None:
    rules = {rule.name: rule for rule in read_rules(read_ontology(ontology_dir()))}
    for name, expected in (("trigger-reading-a", follows), ("trigger-reading-b", precedes)):
        found = infer(ticks(candidates), rules[name], ox.NamedNode("urn:g"))
        assert {str(quad.object).rstrip(">").rsplit("/", 1)[-1] for quad in found} == expected


def test_a_stated_reading_goes_before_the_printed_order() -> None:
    rules = {rule.name: rule for rule in read_rules(read_ontology(ontology_dir()))}
    stated = "; df:ifBoxFollows <https://w3id.org/daftar/code/trigger/other>"
    found = list(infer(ticks(["agency", "other"], stated), rules["trigger-reading-a"], ox.NamedNode("urn:g")))
    assert [str(quad.object) for quad in found] == ["<https://w3id.org/daftar/code/trigger/other>"]


def test_members_of_a_named_group_follow_from_a_stated_membership(dataset: Dataset) -> None:
    store = ox.Store()
    store.bulk_extend(dataset)
    store.update(
        PREFIXES + "INSERT DATA { GRAPH <graph/agencies> { <m/1> org:organization <agency/state-council> ;"
        " org:member <agency/health> . <m/2> org:organization <agency/state-council> ;"
        " org:member <agency/police> ; dct:source <instrument/example-law> } }"
    )
    rule = read_query(ontology_dir() / "rules" / "involves-agency-inferred.rq")
    found = {(quad.subject, quad.object) for quad in infer(store, rule, ox.NamedNode("urn:g"))}
    # the membership of the police cites its source, that of the health body does not
    assert found == {(ox.NamedNode(BASE + "process/P01"), ox.NamedNode(BASE + "agency/police"))}


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        # گزا زار ارش رشخ شخب خبر, and one more in the longer title: 6 of 7
        ("گزارش خبر", "گزارش خبری", "0.857"),
        ("گزارش‌ خبر", "گزارش خبر", "1"),  # a joiner is no letter
        ("مرز", "مرزبان", "0.25"),
        ("مرز", "شهر", "0"),
        (
            "کلان" * 60,
            "کلان" * 60 + "ک",
            "1",
        ),  # beyond a hundred letters; the triple at the end is no new one
    ],
)
def test_similarity_of_titles(one: str, other: str, score: str) -> None:
    store = ox.Store()
    store.update(
        PREFIXES
        + f'INSERT DATA {{ <c> a df:Comparison ; df:compares <p>, <q> . <p> dct:title "{one}"@fa, "x"@en .'
        f' <q> dct:title "{other}"@fa, "y"@en }}'
    )
    rule = read_query(ontology_dir() / "rules" / "title-similarity.rq")
    (found,) = infer(store, rule, ox.NamedNode("urn:g"))
    assert short(found.object) == score


def test_a_rule_must_be_a_construct_query_with_its_words(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder, ignore=shutil.ignore_patterns("schema", "shapes", "checks"))
    rule = folder / "rules" / "follows.rq"
    text = rule.read_text(encoding="utf-8")
    for broken, words in (
        (text.replace("CONSTRUCT {", "CONSTRUCT ["), "cannot be run"),
        ("SELECT ?s WHERE { ?s ?p ?o }", "no CONSTRUCT"),
        (text.replace("# says-fa:", "# says:"), "lacks the header line '# says-fa"),
        (text.replace("# reads: records", "# reads: tea leaves"), "reads 'tea leaves'"),
    ):
        rule.write_text(broken, encoding="utf-8")
        with pytest.raises(BuildError, match=words):
            build(catalogue, base_iri=BASE, ontology=folder)


def test_each_graph_of_conclusions_says_where_it_comes_from(dataset: Dataset) -> None:
    query = """SELECT ?graph ?rule ?sum WHERE { GRAPH <graph/meta> {
      ?graph prov:wasGeneratedBy [prov:used ?rule] ; prov:wasDerivedFrom ?set .
      ?rule a prov:Plan ; df:sha256 ?sum . } }"""
    found = {(graph, rule): digest for graph, rule, digest in ask_rows(dataset, query)}
    inferred = {graph.removeprefix(BASE) for graph in dataset.graphs() if "/inferred/" in graph}
    assert {graph for graph, _ in found} == inferred
    for (graph, rule), digest in found.items():
        assert rule == f"rule/{graph.removeprefix('graph/inferred/')}"
        assert digest == read_query(ontology_dir() / "rules" / f"{rule.removeprefix('rule/')}.rq").sha256


def test_every_graph_is_described(dataset: Dataset) -> None:
    described = {
        row[0]
        for row in ask_rows(
            dataset, "SELECT DISTINCT ?g WHERE { GRAPH <graph/meta> { ?g prov:wasGeneratedBy ?a } }"
        )
    }
    assert described >= {graph.removeprefix(BASE) for graph in dataset.graphs()} - {"graph/meta"}
    source = ask_rows(
        dataset,
        "SELECT ?f ?s WHERE { GRAPH <graph/meta> { <graph/record/P01> df:fileName ?f ; "
        "prov:wasDerivedFrom ?source } GRAPH <graph/sources> { ?source df:sha256 ?s } }",
    )
    assert source == {("processes/P01.yaml", "0" * 63 + "1")}
