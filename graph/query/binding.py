"""Values for the variables of a query, written into its text as data."""

from __future__ import annotations

from collections.abc import Mapping

from graph.query.scan import TOKEN


def with_values(query: str, values: Mapping[str, object]) -> str:
    r"""Put a ``VALUES`` block first in the outermost group of a query.

    It gives the rows that an engine gives which substitutes the variables, as long as the query uses them in
    no nested group that does not bind them itself (SPARQL 1.1, 18.2.4.3: a filter sees its own group).

    Args:
        query: A query whose outermost group begins with ``WHERE {``, or is its first.
        values: Terms by name of variable; ``str`` writes them, and escapes them.

    Returns:
        The query with the block; unchanged without values.

    Raises:
        ValueError: when there is no group, or a sub-select stands alone in it.

    Example:
        >>> with_values("SELECT ?s WHERE { ?s ?p ?o }", {"o": '"x"'})
        'SELECT ?s WHERE {\n  VALUES (?o) { ("x") } ?s ?p ?o }'
    """
    if not values:
        return query
    at = _group(query)
    rest = query[at:].lstrip()
    if rest[:6].upper() == "SELECT":
        raise ValueError("put braces around the sub-select")
    names = " ".join(f"?{name}" for name in values)
    terms = " ".join(str(term) for term in values.values())
    return f"{query[:at]}\n  VALUES ({names}) {{ ({terms}) }}{query[at:]}"


def _group(query: str) -> int:
    """Where the outermost group begins, behind its brace."""
    depth, template = 0, False
    for match in TOKEN.finditer(query):
        kind, text = match.lastgroup, match.group()
        if kind == "words" and not depth:
            template = text.upper() == "CONSTRUCT" or (template and text.upper() != "WHERE")
        elif kind == "open":
            if text == "{" and not depth and not template:
                return match.end()
            depth += 1
        elif kind == "close":
            depth -= 1
    raise ValueError("the query has no group")
