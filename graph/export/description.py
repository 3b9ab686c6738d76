"""The description of the dataset: DCAT 3 and VoID on one node, and the SPARQL service description."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.export.counts import Counts, count
from graph.export.files import ExportFile
from graph.export.publication import ACCESS_RIGHTS, Publication
from graph.export.redact import Redaction
from graph.export.writer import Writer
from graph.store import Store

_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(
    store: Store,
    base_url: str = "",
    *,
    publication: Publication | None = None,
    files: Iterable[ExportFile] = (),
    previous: str | None = None,
    redaction: Redaction | None = None,
) -> list[ox.Quad]:
    """Describe an edition as ``dcat:Dataset`` and ``void:Dataset``, with its own counts.

    Args:
        store: The edition.
        base_url: Where it is served, ending in a slash; with it, the endpoint and each file get an address.
        publication: Publisher, licence and access rights.
        files: Its files, each a ``dcat:Distribution`` with media type and size.
        previous: Fingerprint of the edition before, when it is known.
        redaction: What was left out, when something was.

    Returns:
        The statements, in the graph ``graph/description``, sorted.

    Example:
        >>> from graph.store import Manifest, MemoryStore, fingerprint_of
        >>> empty = MemoryStore(b"", Manifest(fingerprint_of(b""), "", "https://x.org/id/", 0))
        >>> any("dcat#Dataset" in str(quad) for quad in description(empty))
        True
    """
    terms, writer = publication or Publication(), Writer(store.manifest.base_iri, "graph/description")
    numbers = count(store)
    about(writer, store, numbers, terms, redaction)
    _statistics(writer, numbers)
    writer.say("dataset", "dcat:version", ox.Literal(store.manifest.fingerprint))
    if previous:
        writer.say("dataset", "dcat:previousVersion", writer.iri(f"dataset/edition/{previous}"))
    for file in files:
        _distribution(writer, file, base_url, terms)
    _service(writer, base_url)
    return writer.quads()


def dataset_node(
    store: Store, publication: Publication | None = None, redaction: Redaction | None = None
) -> list[ox.Quad]:
    """Title, description, publisher and terms of the dataset alone, for profiles.

    Args:
        store: The edition.
        publication: Publisher, licence and access rights.
        redaction: What was left out, when something was.

    Returns:
        The statements, in the graph ``graph/description``.
    """
    writer = Writer(store.manifest.base_iri, "graph/description")
    about(writer, store, count(store), publication or Publication(), redaction)
    return writer.quads()


def about(
    writer: Writer, store: Store, numbers: Counts, terms: Publication, redaction: Redaction | None
) -> None:
    """Say what the dataset is, who publishes it and on what terms."""
    writer.say("dataset", "a", writer.term("dcat:Dataset"))
    writer.say("dataset", "dct:identifier", ox.Literal(writer.iri("dataset").value))
    writer.words(
        "dataset", "dct:title", "دفتر: گراف فرایندها و خدمات", "Daftar: graph of processes and services"
    )
    processes, services = (numbers.classes.get(name, 0) for name in (_PROCESS, _SERVICE))
    fa = (
        f"{processes} فرایند و {services} خدمت، به همان شکل که شناسنامه‌ها می‌گویند، با سطر سند هر گزاره. "
        "بی‌نشان به معنای عمومی نیست."
    )
    en = (
        f"{processes} processes and {services} services as their identity forms state them, with the source "
        "line of every statement. Not marked confidential does not mean public."
    )
    if redaction is not None:
        fa += f" آنچه نشان محرمانه داشت کنار گذاشته شد: {redaction.statements} گزاره."
        en += f" What was marked confidential was left out: {redaction.statements} statements."
    writer.words("dataset", "dct:description", fa, en)
    for code in ("FAS", "ENG"):
        writer.say("dataset", "dct:language", ox.NamedNode(_LANGUAGES + code))
        writer.say(_LANGUAGES + code, "a", writer.term("dct:LinguisticSystem"))
    for source in sorted(store.manifest.sources):
        writer.say("dataset", "dct:source", writer.iri(f"source/{source}"))
    rights = ACCESS_RIGHTS + terms.access
    writer.say("dataset", "dct:accessRights", ox.NamedNode(rights))
    writer.say(rights, "a", writer.term("dct:RightsStatement"))
    if terms.licence:
        writer.say("dataset", "dct:license", ox.NamedNode(terms.licence))
    _publisher(writer, terms)


def service_description(store: Store, base_url: str) -> list[ox.Quad]:
    """Describe the endpoint in the terms of SPARQL 1.1 Service Description.

    Args:
        store: The edition that it serves.
        base_url: Where it is served, ending in a slash.

    Returns:
        The statements, in the graph ``graph/description``: what the endpoint understands, in what it
        answers, and which graphs its default graph is the union of.
    """
    writer = Writer(store.manifest.base_iri, "graph/description")
    _service(writer, base_url)
    writer.say("dataset/sparql", "a", writer.term("sd:Service"))
    writer.say("dataset/sparql", "sd:endpoint", ox.NamedNode(base_url + "sparql"))
    writer.say("dataset/sparql", "sd:supportedLanguage", writer.term("sd:SPARQL11Query"))
    writer.say("dataset/sparql", "sd:feature", writer.term("sd:UnionDefaultGraph"))
    for name in _RESULTS:
        writer.say("dataset/sparql", "sd:resultFormat", ox.NamedNode(_FORMATS + name))
    writer.say("dataset/sparql", "sd:defaultDataset", writer.iri("dataset"))
    writer.say("dataset", "a", writer.term("sd:Dataset"))
    for graph in store.graphs():
        node = "dataset/graph/" + graph.removeprefix(store.manifest.base_iri).replace("/", "-")
        writer.say("dataset", "sd:namedGraph", writer.iri(node))
        writer.say(node, "a", writer.term("sd:NamedGraph"))
        writer.say(node, "sd:name", ox.NamedNode(graph))
    return writer.quads()


_PROCESS = "https://w3id.org/daftar/ontology#Process"
_SERVICE = "http://purl.org/vocab/cpsv#PublicService"


def _publisher(writer: Writer, terms: Publication) -> None:
    node = terms.publisher or "agent/daftar-team"
    fa, en = terms.publisher_name if terms.publisher else ("گروه دفتر", "The Daftar team")
    target = writer.iri(node)
    writer.say("dataset", "dct:publisher", target)
    writer.say(node, "a", writer.term("foaf:Agent"))
    writer.say(node, "dct:identifier", ox.Literal(target.value))
    if fa or en:
        writer.words(node, "dct:title", fa or en, en or fa)


def _statistics(writer: Writer, numbers: Counts) -> None:
    writer.say("dataset", "a", writer.term("void:Dataset"))
    writer.say("dataset", "void:triples", ox.Literal(numbers.triples))
    writer.say("dataset", "void:entities", ox.Literal(numbers.entities))
    writer.say("dataset", "void:uriSpace", ox.Literal(writer.base))
    for namespace in numbers.vocabularies():
        writer.say("dataset", "void:vocabulary", ox.NamedNode(namespace))
    for iri, number in numbers.classes.items():
        node = f"dataset/class/{writer.slug(iri)}"
        writer.say("dataset", "void:classPartition", writer.iri(node))
        writer.say(node, "void:class", ox.NamedNode(iri))
        writer.say(node, "void:entities", ox.Literal(number))
    for iri, number in numbers.properties.items():
        node = f"dataset/property/{writer.slug(iri)}"
        writer.say("dataset", "void:propertyPartition", writer.iri(node))
        writer.say(node, "void:property", ox.NamedNode(iri))
        writer.say(node, "void:triples", ox.Literal(number))
    for example in numbers.examples:
        writer.say("dataset", "void:exampleResource", ox.NamedNode(example))


def _distribution(writer: Writer, file: ExportFile, base_url: str, terms: Publication) -> None:
    node = f"dataset/file/{file.name}"
    writer.say("dataset", "dcat:distribution", writer.iri(node))
    writer.say(node, "a", writer.term("dcat:Distribution"))
    writer.say(node, "dct:identifier", ox.Literal(file.name))
    if file.title[0]:
        writer.words(node, "dct:title", *file.title)
    writer.say(node, "dcat:mediaType", ox.NamedNode(_MEDIA + file.media_type))
    size = ox.Literal(str(len(file.content)), datatype=writer.term("xsd:nonNegativeInteger"))
    writer.say(node, "dcat:byteSize", size)
    if terms.licence:
        writer.say(node, "dct:license", ox.NamedNode(terms.licence))
    if base_url:
        writer.say(node, "dcat:downloadURL", ox.NamedNode(base_url + file.name))
        writer.say("dataset", "void:dataDump", ox.NamedNode(base_url + file.name))


def _service(writer: Writer, base_url: str) -> None:
    if not base_url:
        return
    endpoint = ox.NamedNode(base_url + "sparql")
    writer.say("dataset", "void:sparqlEndpoint", endpoint)
    writer.say("dataset/sparql", "a", writer.term("dcat:DataService"))
    writer.words("dataset/sparql", "dct:title", "پرسش با اسپارکل", "SPARQL endpoint")
    writer.say("dataset/sparql", "dcat:endpointURL", endpoint)
    writer.say("dataset/sparql", "dcat:servesDataset", writer.iri("dataset"))
