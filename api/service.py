"""What the endpoint says of itself: SPARQL service description, VoID, prefixes and examples, as RDF."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.query.formats import Format, write_triples
from graph.query.prefixes import PREFIXES
from graph.query.question_answer import Asked, QuestionDesk, written_out
from graph.query.question_library import LANGS, Question, QuestionError, questions
from graph.store import Store

#: Questions with their texts.
Library = tuple[tuple[Question, str], ...]

_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_SCHEMA = "https://schema.org/"
_FORMATS = "http://www.w3.org/ns/formats/"
_MORE_FORMATS = ("TriG", "N-Quads")
_ANY_URI = ox.NamedNode(PREFIXES["xsd"] + "anyURI")


def service_document(store: Store, library: Library, base_url: str, chosen: Format) -> bytes:
    """Describe the endpoint and its dataset.

    Args:
        store: The edition that it serves.
        library: The questions that it shows as examples; see :func:`library_queries`.
        base_url: Where it is served, ending in a slash.
        chosen: A format for graphs.

    Returns:
        The document: the service itself is the subject that has the endpoint's address.
    """
    # brings the builder and its validator with it, which takes longer to import than all that a page needs
    from graph.export.description import description, service_description

    quads = [*service_description(store, base_url), *description(store, base_url)]
    triples = {quad.triple for quad in quads}
    service = _node(store, "dataset/sparql")
    for name in _MORE_FORMATS:
        triples.add(ox.Triple(service, ox.NamedNode(_SD + "resultFormat"), ox.NamedNode(f"{_FORMATS}{name}")))
    triples.update(_prefixes(store))
    triples.update(_examples(store, library, base_url + "sparql"))
    return write_triples(triples, chosen)


def _node(store: Store, path: str) -> ox.NamedNode:
    return ox.NamedNode(store.manifest.base_iri + path)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["sh"] + name)


def _prefixes(store: Store) -> Iterator[ox.Triple]:
    owner = _node(store, "dataset/prefixes")
    for prefix, namespace in PREFIXES.items():
        node = _node(store, f"dataset/prefix/{prefix}")
        yield ox.Triple(owner, _sh("declare"), node)
        yield ox.Triple(node, _A, _sh("PrefixDeclaration"))
        yield ox.Triple(node, _sh("prefix"), ox.Literal(prefix))
        yield ox.Triple(node, _sh("namespace"), ox.Literal(namespace, datatype=_ANY_URI))


def library_queries(desk: QuestionDesk) -> Library:
    """The questions of the library as queries, with the usual values of their parameters written in.

    Args:
        desk: Asks the edition; a question about a body, process or code that it lacks is left out.

    Returns:
        Questions with their texts, by id.
    """
    found = []
    for question in questions():
        try:
            values = desk.values(question, {})
        except QuestionError:  # a catalogue without the body, process or code that the question names
            continue
        asked = Asked(question, values, (), (), desk.store.manifest.fingerprint)
        found.append((question, written_out(asked)))
    return tuple(found)


def _examples(store: Store, library: Library, endpoint: str) -> Iterator[ox.Triple]:
    for question, text in library:
        node = _node(store, f"dataset/query/{question.id}")
        yield ox.Triple(node, _A, _sh("SPARQLExecutable"))
        yield ox.Triple(node, _A, _sh("SPARQLSelectExecutable"))
        yield ox.Triple(node, _sh("prefixes"), _node(store, "dataset/prefixes"))
        yield ox.Triple(node, _sh("select"), ox.Literal(text))
        yield ox.Triple(node, ox.NamedNode(_SCHEMA + "target"), ox.NamedNode(endpoint))
        for lang in LANGS:
            comment = ox.Literal(question.title.of(lang), language=lang)
            yield ox.Triple(node, ox.NamedNode(PREFIXES["rdfs"] + "comment"), comment)
        for tag in question.tags:
            yield ox.Triple(node, ox.NamedNode(_SCHEMA + "keywords"), ox.Literal(tag))
