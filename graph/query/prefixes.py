"""Prefixes that a query to Daftar need not declare; one that it declares itself wins."""

from __future__ import annotations

import re

PREFIXES: dict[str, str] = {
    "df": "https://w3id.org/daftar/ontology#",
    "dfc": "https://w3id.org/daftar/code/",
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p-plan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*\w)?", re.ASCII)


def prefixed_name(iri: str) -> str | None:
    """Write an IRI as a prefixed name that needs no escape (SPARQL 1.1, section 4.1.1).

    Args:
        iri: Any IRI.

    Returns:
        For example ``df:goal``; None when no prefix fits or the rest holds a slash or the like.

    Example:
        >>> prefixed_name("https://w3id.org/daftar/ontology#goal")
        'df:goal'
        >>> prefixed_name("https://w3id.org/daftar/code/trigger/request") is None
        True
    """
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return None
