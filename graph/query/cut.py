"""Saying in an answer itself that it was cut, in the way of each format that other readers pass over."""

from __future__ import annotations

from graph.query.formats import Format


def say_cut(body: bytes, chosen: Format, limit: str, count: int, columns: int = 0) -> bytes:
    r"""Add to a document that it is not the whole answer.

    JSON gets a first member ``truncated``, JSON-LD a node that says nothing in RDF, XML a last comment,
    Turtle and its kin a last line with a comment. CSV and TSV know no comment, so the last line is a row
    whose first cell says it.

    Args:
        body: The document.
        chosen: Its format.
        limit: Which limit cut it: ``rows`` or ``bytes``.
        count: Rows or triples in it.
        columns: Columns of a table.

    Returns:
        The document with the mark.

    Example:
        >>> from graph.query.formats import format_named
        >>> say_cut(b"a,b\r\n1,2\r\n", format_named("csv"), "rows", 1, 2).splitlines()[-1]
        b'"# truncated after 1: limit of rows",'
    """
    says = f"truncated after {count}: limit of {limit}".encode("ascii")
    name = chosen.name
    if name == "json":
        return b'{"truncated":"' + says + b'",' + body[1:]
    if name == "jsonld":
        start = body.rstrip()[:-1].rstrip()
        return start + (b"," if not start.endswith(b"[") else b"") + b'{"truncated":"' + says + b'"}]'
    if name in ("xml", "rdfxml"):
        return body.rstrip() + b"\n<!-- " + says + b" -->\n"
    if name in ("csv", "tsv"):
        separator, end = (b",", b"\r\n") if name == "csv" else (b"\t", b"\n")
        between = b"" if body.endswith(b"\n") else end
        return body + between + b'"# ' + says + b'"' + separator * max(columns - 1, 0) + end
    return body + (b"" if body.endswith(b"\n") else b"\n") + b"# " + says + b"\n"
