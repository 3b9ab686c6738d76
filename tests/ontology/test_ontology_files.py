"""The ontology's files: verified standard terms, own terms declared in both languages, nothing retyped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import graph.build.provenance
from graph.build import build
from graph.build.ontology import DF, DFC, expand_iri, read_ontology
from graph.build.rules import read_query
from graph.paths import bundled_data_dir, ontology_dir
from graph.records import load_catalogue

FOLDER = ontology_dir()
TURTLE = sorted(FOLDER.glob("**/*.ttl"))
QUERIES = sorted([*FOLDER.glob("rules/*.rq"), *FOLDER.glob("checks/*.rq")])
HERE = Path(__file__).parent
VERIFIED = set(json.loads((HERE / "verified-terms.json").read_text(encoding="utf-8")))
DOSSIER = json.loads((HERE / "dossier-terms.json").read_text(encoding="utf-8"))
# Not in the list because no vocabulary file of the dossier declares them: RDF, RDFS, OWL and XSD themselves.
BASICS = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    str(RDFS),
    str(OWL),
    "http://www.w3.org/2001/XMLSchema#",
)
OURS = (
    DF,
    DFC,
    "https://w3id.org/daftar/id/",
    "https://w3id.org/daftar/shape/",
    "https://w3id.org/daftar/ontology",
)
LICENCE = "https://opensource.org/license/mit"


def graph_of(paths: list[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return graph_of([FOLDER / "daftar.ttl"])


def foreign(iris: set[str]) -> set[str]:
    return {iri for iri in iris if not iri.startswith((*OURS, *BASICS)) and iri not in VERIFIED | {LICENCE}}


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_turtle_uses_verified_terms_only(path: Path) -> None:
    used = {str(term) for triple in graph_of([path]) for term in triple if isinstance(term, rdflib.URIRef)}
    assert used
    assert foreign(used) == set()


def query_iris(path: Path) -> set[str]:
    """Every IRI that a query names: `<…>` and prefixed names outside strings and comments."""
    text = re.sub(r"(?m)^#.*$|^\s+#.*$", "", path.read_text(encoding="utf-8"))
    prefixes = dict(re.findall(r"PREFIX ([a-z-]+): <([^>]+)>", text))
    body = re.sub(r"PREFIX .*|\"(?:[^\"\\]|\\.)*\"", "", text)
    names = re.findall(
        r"(?<![\w<:/])([a-z-]+):([A-Za-z_]\w*)", re.sub(r"<[^>\s]*>", "", body).replace("/", " ")
    )
    return {prefixes[prefix] + local for prefix, local in names} | set(re.findall(r"<(http[^>\s]+)>", body))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_use_verified_terms_and_declared_ones(path: Path, terms: rdflib.Graph) -> None:
    used = query_iris(path)
    assert used or "PREFIX" not in path.read_text(encoding="utf-8")
    assert foreign(used) == set()
    assert {
        iri for iri in used if iri.startswith(DF) and (rdflib.URIRef(iri), RDF.type, None) not in terms
    } == set()


def test_the_context_uses_verified_terms_and_declared_ones(terms: rdflib.Graph) -> None:
    ontology = read_ontology(FOLDER)
    used: set[str] = set()

    def walk(context: object) -> None:
        for key, value in context.items() if isinstance(context, dict) else ():
            if key in {"@id", "@reverse", "@type"} and not str(value).startswith("@"):
                used.add(expand_iri(str(value), ontology.prefixes))
            elif isinstance(value, str) and not value.startswith("http") and ":" in value and key[0] != "@":
                used.add(expand_iri(value, ontology.prefixes))
            walk(value)

    walk(dict(ontology.context))
    used |= set(ontology.layers)
    assert len(used) > 100
    assert foreign(used) == set()
    assert {
        iri for iri in used if iri.startswith(DF) and (rdflib.URIRef(iri), RDF.type, None) not in terms
    } == set()


def test_the_context_names_languages_and_nothing_remote() -> None:
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    text = json.dumps(context)
    assert context["@version"] == 1.1
    assert "@language" not in context
    assert "@direction" not in text
    assert "@import" not in text
    assert not any(isinstance(value, str) and value.startswith("http") for value in [context.get("@context")])


def test_own_terms_are_labelled_and_defined_in_both_languages(terms: rdflib.Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = {term for kind in kinds for term in terms.subjects(RDF.type, kind)}
    assert len(own) > 120
    for term in own:
        for prop in (RDFS.label, SKOS.definition):
            languages = sorted(
                str(text.language) for text in terms.objects(term, prop) if isinstance(text, rdflib.Literal)
            )
            assert languages == ["en", "fa"], (term, prop)
        assert str(term).startswith(DF)
        assert len([kind for kind in kinds if (term, RDF.type, kind) in terms]) == 1, term


def test_labels_tell_terms_apart(terms: rdflib.Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [
            str(text) for term in terms.subjects(RDF.type, kind) for text in terms.objects(term, RDFS.label)
        ]
        assert {label for label in labels if labels.count(label) > 1} == set()


def test_the_header_says_prefix_and_namespace(terms: rdflib.Graph) -> None:
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    header = rdflib.URIRef("https://w3id.org/daftar/ontology")
    assert (header, RDF.type, OWL.Ontology) in terms
    assert str(terms.value(header, vann.preferredNamespacePrefix)) == "df"
    assert str(terms.value(header, vann.preferredNamespaceUri)) == DF


def test_no_domain_and_no_range() -> None:
    everything = graph_of(TURTLE)
    for prop in (
        RDFS.domain,
        RDFS.range,
        OWL.equivalentClass,
        OWL.equivalentProperty,
        OWL.imports,
        OWL.sameAs,
    ):
        assert (None, prop, None) not in everything, prop


def test_every_term_of_the_dossier_is_there(terms: rdflib.Graph) -> None:
    for name in DOSSIER["classes"]:
        assert (rdflib.URIRef(DF + name), RDF.type, OWL.Class) in terms, name
    for name in DOSSIER["properties"]:
        kinds = set(terms.objects(rdflib.URIRef(DF + name), RDF.type))
        assert kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}, name


def test_terms_dropped_from_the_dossier_are_nowhere() -> None:
    """What was left out, and why, stands in docs/decisions; nothing may use it by habit."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*TURTLE, *QUERIES])
    for name in DOSSIER["dropped"]:
        assert not re.search(rf"(df:|code/|<){name}[\s/>;,.]", text), name


def test_every_own_term_has_a_use(terms: rdflib.Graph) -> None:
    """A record can say it, a rule can conclude it, the build says it, or terms in use stand below it."""
    context = (FOLDER / "context.jsonld").read_text(encoding="utf-8")
    said = context + (FOLDER / "codes.ttl").read_text(encoding="utf-8")
    said += "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("rules/*.rq"))
    said += Path(graph.build.provenance.__file__).read_text(encoding="utf-8")
    above = {term for prop in (RDFS.subClassOf, RDFS.subPropertyOf) for term in terms.objects(None, prop)}
    for term in set(terms.subjects(SKOS.definition)):
        name = str(term).removeprefix(DF)
        assert term in above or re.search(rf"df:{name}\b", said), name


def test_code_lists_of_the_dossier_are_there() -> None:
    codes = graph_of([FOLDER / "codes.ttl"])
    for name in DOSSIER["lists"]:
        scheme = rdflib.URIRef(DFC + name)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in codes, name
        members = list(codes.subjects(SKOS.inScheme, scheme))
        assert len(members) > 1, name
        assert len({str(codes.value(member, SKOS.notation)) for member in members}) == len(members)
        for member in members:
            assert str(member) == f"{scheme}/{codes.value(member, SKOS.notation)}"


def test_every_field_that_nodes_makes_is_a_code() -> None:
    codes = graph_of([FOLDER / "codes.ttl"])
    known = {
        str(codes.value(c, SKOS.notation))
        for c in codes.subjects(SKOS.inScheme, rdflib.URIRef(DFC + "field"))
    }
    text = (FOLDER / "nodes.json").read_text(encoding="utf-8")
    nodes = json.loads(text)["records"]
    keys = {
        re.sub("([A-Z])", r"-\1", key).lower()
        for kind in ("process", "service")
        for key in nodes[kind]["keys"]
    }
    assert keys - {"form", "steps-note", "doubts"} <= known
    assert set(re.findall(r'"field": "([a-z-]+)"', text)) <= known


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_say_what_they_are_for_in_both_languages(path: Path) -> None:
    query = read_query(path)
    keys = ("title", "says") if path.parent.name == "rules" else ("title", "message")
    for key in keys:
        assert re.search("[آ-ی]", query.need(f"{key}-fa"))
        assert not re.search("[آ-ی]", query.need(f"{key}-en"))


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(FOLDER.rglob("*")) if p.suffix in {".ttl", ".rq", ".json", ".jsonld", ".md"}],
    ids=lambda p: p.name,
)
def test_no_arabic_letters_and_no_private_glyphs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(text) & set("يكىة\u0640") == set()
    assert not re.search("[\ue000-\uf8ff]", text)


# What the axioms of the standards conclude from a property's subject: the class that it must have already.
DOMAINS = {
    "http://data.europa.eu/eli/ontology#passed_by": "http://data.europa.eu/eli/ontology#LegalResource",
    "http://data.europa.eu/eli/ontology#date_document": "http://data.europa.eu/eli/ontology#LegalResource",
    "http://data.europa.eu/eli/ontology#type_document": "http://data.europa.eu/eli/ontology#LegalResource",
    "http://data.europa.eu/eli/ontology#number": "http://data.europa.eu/eli/ontology#LegalResource",
    "http://data.europa.eu/eli/ontology#is_part_of": "http://data.europa.eu/eli/ontology#LegalResource",
    "http://www.w3.org/ns/org#classification": "http://www.w3.org/ns/org#Organization",
    "http://www.w3.org/ns/org#subOrganizationOf": "http://www.w3.org/ns/org#Organization",
    "http://www.w3.org/ns/org#unitOf": "http://www.w3.org/ns/org#OrganizationalUnit",
    "http://www.w3.org/ns/org#postIn": "http://www.w3.org/ns/org#Post",
    "http://purl.org/net/p-plan#isStepOfPlan": DF + "Step",
    "http://www.w3.org/2004/02/skos/core#closeMatch": "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/2004/02/skos/core#topConceptOf": "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/2004/02/skos/core#inScheme": "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/ns/prov#used": "http://www.w3.org/ns/prov#Activity",
    "http://www.w3.org/ns/prov#wasAssociatedWith": "http://www.w3.org/ns/prov#Activity",
    "http://www.w3.org/ns/prov#wasGeneratedBy": "http://www.w3.org/ns/prov#Entity",
    "http://www.w3.org/ns/prov#wasDerivedFrom": "http://www.w3.org/ns/prov#Entity",
}
NEVER = (
    "http://data.europa.eu/m8g/confidentialityLevelType",
    "http://data.europa.eu/m8g/frequency",
    "http://data.europa.eu/m8g/hasConcept",
    "http://xmlns.com/foaf/0.1/primaryTopic",
    "http://xmlns.com/foaf/0.1/isPrimaryTopicOf",
    "http://xmlns.com/foaf/0.1/topic",
    "http://www.w3.org/ns/org#hasUnit",
    "http://www.w3.org/2004/02/skos/core#exactMatch",
    "http://www.w3.org/2004/02/skos/core#broadMatch",
    "http://www.w3.org/2002/07/owl#sameAs",
    "http://purl.org/net/p-plan#isPrecededBy",
)


def test_no_axiom_of_a_standard_retypes_anything() -> None:
    store = build(
        load_catalogue(bundled_data_dir()), base_iri="https://example.org/id/", ontology=FOLDER
    ).store
    matched = {
        (str(quad.subject), str(quad.object))
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(SKOS.closeMatch)), None)
    }
    # skos:closeMatch makes concepts of both sides: only codes may stand there, and codes of another list.
    assert matched
    for one, other in matched:
        assert one.startswith(f"<{DFC}"), one
        assert "/controlled-vocabulary/" in other, other
    for prop in NEVER:
        assert list(store.quads_for_pattern(None, ox.NamedNode(prop), None)) == [], prop
    kind = ox.NamedNode(str(RDF.type))
    for prop, type_ in DOMAINS.items():
        subjects = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(prop), None)}
        typed = {quad.subject for quad in store.quads_for_pattern(None, kind, ox.NamedNode(type_))}
        assert subjects <= typed, (prop, subjects - typed)
