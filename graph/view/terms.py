"""Terms and prefixes of the catalogue."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

DEFAULT_BASE = "https://w3id.org/daftar/id/"
DF = "https://w3id.org/daftar/ontology#"
DFC = "https://w3id.org/daftar/code/"
PREFIXES = {
    "df": DF,
    "dfc": DFC,
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "p-plan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]


@lru_cache(maxsize=1024)
def expand(curie: str) -> str:
    """Write a prefixed name in full.

    Args:
        curie: For example ``df:goal``.

    Returns:
        The IRI.

    Example:
        >>> expand("df:goal")
        'https://w3id.org/daftar/ontology#goal'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=4096)
def compact(iri: str) -> str:
    """Shorten an IRI with the prefixes of the catalogue.

    Args:
        iri: Any IRI.

    Returns:
        The prefixed name, or the IRI itself.

    Example:
        >>> compact("https://w3id.org/daftar/ontology#goal")
        'df:goal'
    """
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def value_of(term: Term) -> str:
    """Return the text of a literal or the IRI of a node.

    Args:
        term: A term of an answer.

    Returns:
        Its text.
    """
    return str(term) if isinstance(term, ox.Triple) else term.value
