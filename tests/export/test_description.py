"""The description says what is so: counts made a second way, sizes of the files, terms of the owner."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest

from graph.export import Publication, Request, description, make_export, service_description, sitemap
from graph.export.sitemap import resource_iris
from graph.export.writing import EXPORT_PREFIXES
from graph.paths import ontology_dir
from graph.store import Store
from tests.export.conftest import BASE, node, parse

DATASET = node("dataset")
URL = "https://data.example.org/"


def full(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(EXPORT_PREFIXES[prefix] + local)


def said(quads: list[ox.Quad] | set[ox.Quad], subject: ox.NamedNode, name: str) -> set[str]:
    return {q.object.value for q in quads if q.subject == subject and q.predicate == full(name)}


@pytest.fixture(scope="module")
def quads(store: Store) -> list[ox.Quad]:
    return description(store, URL)


def test_counts_are_those_of_the_dataset(store: Store, quads: list[ox.Quad]) -> None:
    union = {quad.triple for quad in store.quads()}
    assert said(quads, DATASET, "void:triples") == {str(len(union))}
    subjects = {triple.subject.value for triple in union if triple.subject.value.startswith(BASE)}
    assert said(quads, DATASET, "void:entities") == {str(len(subjects))}
    properties = Counter(triple.predicate.value for triple in union)
    instances: dict[str, set[str]] = defaultdict(set)
    for triple in union:
        if triple.predicate == full("rdf:type"):
            instances[triple.object.value].add(triple.subject.value)
    found = {
        next(iter(said(quads, node(part), "void:property"))): int(
            next(iter(said(quads, node(part), "void:triples")))
        )
        for part in said(quads, DATASET, "void:propertyPartition")
    }
    assert found == dict(properties)
    classes = {
        next(iter(said(quads, node(part), "void:class"))): int(
            next(iter(said(quads, node(part), "void:entities")))
        )
        for part in said(quads, DATASET, "void:classPartition")
    }
    assert classes == {iri: len(members) for iri, members in instances.items()}
    assert classes["https://w3id.org/daftar/ontology#Process"] == 34


def test_version_space_and_vocabularies(store: Store, quads: list[ox.Quad]) -> None:
    assert said(quads, DATASET, "dcat:version") == {store.manifest.fingerprint}
    assert said(quads, DATASET, "dcat:previousVersion") == set()
    assert said(quads, DATASET, "void:uriSpace") == {BASE}
    assert {EXPORT_PREFIXES["df"], EXPORT_PREFIXES["cv"]} <= said(quads, DATASET, "void:vocabulary")
    before = description(store, previous="a" * 64)
    assert said(before, DATASET, "dcat:previousVersion") == {f"{BASE}dataset/edition/{'a' * 64}"}


def test_publication_terms_are_the_owners(store: Store, quads: list[ox.Quad]) -> None:
    assert said(quads, DATASET, "dct:license") == set()
    assert said(quads, DATASET, "dct:publisher") == {BASE + "agent/daftar-team"}
    assert [iri[-10:] for iri in said(quads, DATASET, "dct:accessRights")] == ["NON_PUBLIC"]
    terms = Publication("https://x.org/licence", "https://x.org/office", ("دفتر", "Office"), "RESTRICTED")
    ours = description(store, publication=terms)
    assert said(ours, DATASET, "dct:license") == {"https://x.org/licence"}
    assert said(ours, DATASET, "dct:publisher") == {"https://x.org/office"}
    assert said(ours, node("https://x.org/office"), "dct:title") == {"دفتر", "Office"}
    assert [iri.rpartition("/")[2] for iri in said(ours, DATASET, "dct:accessRights")] == ["RESTRICTED"]


def test_distributions_are_the_files_with_their_sizes(store: Store) -> None:
    made = make_export(store, Request(profiles=("full", "dataset"), base_url=URL), ontology_dir())
    files = {file.name: file for file in made.files}
    found = parse(files["dataset.ttl"].content, "turtle")
    listed = said(found, DATASET, "dcat:distribution")
    assert {iri.rpartition("/")[2] for iri in listed} == {
        "daftar.trig",
        "daftar.nq",
        "daftar.ttl",
        "daftar.jsonld",
    }
    for iri in listed:
        file = files[iri.rpartition("/")[2]]
        assert said(found, node(iri), "dcat:byteSize") == {str(len(file.content))}
        assert [media.endswith(file.media_type) for media in said(found, node(iri), "dcat:mediaType")] == [
            True
        ]
        assert said(found, node(iri), "dcat:downloadURL") == {URL + file.name}
    assert said(found, DATASET, "void:sparqlEndpoint") == {URL + "sparql"}
    assert said(found, node("dataset/sparql"), "dcat:servesDataset") == {DATASET.value}


def test_without_an_address_none_is_claimed(store: Store) -> None:
    names = {quad.predicate for quad in description(store)}
    assert not names & {full("dcat:downloadURL"), full("void:sparqlEndpoint"), full("dcat:endpointURL")}


def test_a_public_description_says_how_much_is_left_out(store: Store) -> None:
    made = make_export(store, Request(profiles=("dataset",), public=True), ontology_dir())
    found = parse(made.files[0].content, "turtle")
    assert made.redaction is not None
    assert all(str(made.redaction.statements) in text for text in said(found, DATASET, "dct:description"))


def test_service_description_names_every_graph(store: Store) -> None:
    found = service_description(store, URL)
    service = node("dataset/sparql")
    assert said(found, service, "sd:endpoint") == {URL + "sparql"}
    assert full("sd:UnionDefaultGraph").value in said(found, service, "sd:feature")
    assert {q.object.value for q in found if q.predicate == full("sd:name")} == set(store.graphs())


def test_no_blank_nodes(quads: list[ox.Quad]) -> None:
    assert not [quad for quad in quads if isinstance(quad.object, ox.BlankNode)]


def locations(content: bytes) -> list[str]:
    root = ET.fromstring(content)  # noqa: S314 - our own file
    return [str(found.text) for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_sitemap_lists_every_iri_once(store: Store) -> None:
    (file,) = sitemap(store)
    listed = locations(file.content)
    assert listed == sorted(set(listed)) == resource_iris(store)
    assert BASE + "process/P08/step-01" in listed
    assert BASE + "graph/record/P08" in listed
    assert not [iri for iri in listed if not iri.startswith(BASE)]
    assert locations(sitemap(store, URL)[0].content)[0].startswith(URL + "id/")


def test_a_long_sitemap_is_split(store: Store) -> None:
    whole = locations(sitemap(store, URL)[0].content)
    index, *parts = sitemap(store, URL, limit=1000)
    assert b"<sitemapindex" in index.content
    assert locations(index.content) == [URL + part.name for part in parts]
    assert [address for part in parts for address in locations(part.content)] == whole
    assert {len(locations(part.content)) for part in parts[:-1]} == {1000}
