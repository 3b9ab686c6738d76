"""The formats of an answer: one table for the command line and the server; writing is the engine's work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graph.query.errors import QueryFormatError
from graph.query.prefixes import PREFIXES

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRINGS = frozenset(
    {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString",
    }
)


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: Its name on the command line and in ``format=``.
        media_type: Its media type, with the character set where readers would guess wrong.
        extension: The usual ending of file names, without the dot.
        answers: ``rows`` (SELECT and ASK) or ``graph`` (CONSTRUCT and DESCRIBE).
        aliases: Other media types that ask for it.
        title: What people call it.
    """

    name: str
    media_type: str
    extension: str
    answers: Literal["rows", "graph"]
    aliases: tuple[str, ...] = ()
    title: str = ""


FORMATS: tuple[Format, ...] = (
    Format("json", "application/sparql-results+json", "srj", "rows", ("application/json",), "SPARQL JSON"),
    Format(
        "xml", "application/sparql-results+xml", "srx", "rows", ("application/xml", "text/xml"), "SPARQL XML"
    ),
    Format("csv", "text/csv; charset=utf-8", "csv", "rows", (), "CSV"),
    Format("tsv", "text/tab-separated-values; charset=utf-8", "tsv", "rows", (), "TSV"),
    Format("turtle", "text/turtle; charset=utf-8", "ttl", "graph", ("application/x-turtle",), "Turtle"),
    Format("ntriples", "application/n-triples; charset=utf-8", "nt", "graph", (), "N-Triples"),
    Format("rdfxml", "application/rdf+xml", "rdf", "graph", ("application/xml", "text/xml"), "RDF/XML"),
    Format("jsonld", "application/ld+json", "jsonld", "graph", ("application/json",), "JSON-LD"),
    Format("nquads", "application/n-quads; charset=utf-8", "nq", "graph", (), "N-Quads"),
    Format("trig", "application/trig; charset=utf-8", "trig", "graph", (), "TriG"),
)
_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


def format_named(name: str) -> Format:
    """The format with a name.

    Args:
        name: For example ``csv``.

    Returns:
        Its row of the table.

    Raises:
        QueryFormatError: when there is none; the message lists the names.

    Example:
        >>> format_named("turtle").extension
        'ttl'
    """
    for entry in FORMATS:
        if entry.name == name:
            return entry
    raise QueryFormatError(
        f'there is no format "{name}"; there are {", ".join(entry.name for entry in FORMATS)}'
    )


def format_for(media_type: str, form: str) -> Format | None:
    """The format that a media type asks for.

    Args:
        media_type: For example ``text/csv``; parameters such as the character set do not count.
        form: Form of the query: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.

    Returns:
        Its row of the table, or None when the form cannot be written so.

    Example:
        >>> format_for("application/json", "SELECT").name, format_for("application/json", "DESCRIBE").name
        ('json', 'jsonld')
    """
    wanted = _bare(media_type)
    for entry in FORMATS:
        known = (entry.media_type, *entry.aliases)
        if entry.answers == answers_of(form) and wanted in [_bare(other) for other in known]:
            return entry
    return None


def answers_of(form: str) -> Literal["rows", "graph"]:
    """What a form of query is answered with: rows, or a graph."""
    return "graph" if form in ("CONSTRUCT", "DESCRIBE") else "rows"


def choose_format(name: str | None, form: str) -> Format:
    """The format to answer in.

    Args:
        name: Name of the format; None for the usual one of the form (JSON, Turtle).
        form: Form of the query.

    Returns:
        A row of the table.

    Raises:
        QueryFormatError: when the form cannot be written so.
    """
    answers = answers_of(form)
    if name is None:
        return format_named("json" if answers == "rows" else "turtle")
    chosen = format_named(name)
    if chosen.answers != answers:
        names = ", ".join(entry.name for entry in FORMATS if entry.answers == answers)
        raise QueryFormatError(f"the answer to {form} cannot be written as {name}; it can as {names}")
    return chosen


def serialise(results: QuerySolutions | QueryBoolean | QueryTriples, media_type: str) -> bytes:
    """Write the whole answer of :meth:`graph.store.Store.query`.

    Args:
        results: The engine's answer; it is used up.
        media_type: A media type of the table.

    Returns:
        The document.

    Raises:
        QueryFormatError: when the answer cannot be written so.
    """
    form = "CONSTRUCT" if isinstance(results, QueryTriples) else "SELECT"
    chosen = format_for(media_type, form)
    if chosen is None:
        raise QueryFormatError(f"this answer cannot be written as {media_type}")
    if isinstance(results, QueryTriples):
        return write_triples(results, chosen)
    return results.serialize(format=_RESULTS[chosen.name]) or b""


def write_boolean(answer: QueryBoolean, chosen: Format) -> bytes:
    """Write yes or no."""
    return answer.serialize(format=_RESULTS[chosen.name]) or b""


def write_rows(variables: Sequence[str], rows: Sequence[str], chosen: Format) -> bytes:
    """Write rows in any format.

    Args:
        variables: Names of the columns.
        rows: Each row as :func:`row_json` made it.
        chosen: A format for rows.

    Returns:
        The document.
    """
    head = json.dumps({"vars": list(variables)}, ensure_ascii=False, separators=(",", ":"))
    document = f'{{"head":{head},"results":{{"bindings":[{",".join(rows)}]}}}}'.encode(
        "utf-8", "surrogatepass"
    )
    return convert_rows(document, chosen)


def convert_rows(document: bytes, chosen: Format) -> bytes:
    r"""Write rows that are there as SPARQL JSON in another format.

    Args:
        document: SPARQL 1.1 Query Results JSON with bindings.
        chosen: A format for rows.

    Returns:
        The document.

    Example:
        >>> convert_rows(b'{"head":{"vars":["n"]},"results":{"bindings":[]}}', format_named("tsv"))
        b'?n\n'
    """
    if chosen.name == "json":
        return document
    parsed = pyoxigraph.parse_query_results(document, format=QueryResultsFormat.JSON)
    assert isinstance(parsed, QuerySolutions)  # noqa: S101 - the document above has bindings
    return parsed.serialize(format=_RESULTS[chosen.name]) or b""


def row_json(variables: Sequence[str], values: Iterable[Any]) -> str:
    """One row as a binding of SPARQL 1.1 Query Results JSON.

    Example:
        >>> row_json(["n"], [pyoxigraph.Literal(1)])
        '{"n":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}'
    """
    cells = {name: _term(value) for name, value in zip(variables, values, strict=True) if value is not None}
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def write_triples(triples: Iterable[pyoxigraph.Triple], chosen: Format) -> bytes:
    """Write triples in any format; each once, sorted, so that the same graph is the same document."""
    distinct = sorted(set(triples), key=str)
    return pyoxigraph.serialize(distinct, format=_GRAPHS[chosen.name], prefixes=_used(distinct)) or b""


def _used(triples: Sequence[pyoxigraph.Triple]) -> dict[str, str]:
    text = "\n".join(map(str, triples))
    return {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in text}


def _term(term: Any) -> dict[str, Any]:
    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, pyoxigraph.Literal):
        return _literal(term)
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}


def _literal(literal: pyoxigraph.Literal) -> dict[str, Any]:
    written = {"type": "literal", "value": literal.value}
    if literal.language:
        written["xml:lang"] = literal.language
        if literal.direction is not None:
            written["its:dir"] = str(literal.direction.value)
    elif literal.datatype.value != _XSD_STRING and literal.datatype.value not in _LANG_STRINGS:
        written["datatype"] = literal.datatype.value
    return written


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
