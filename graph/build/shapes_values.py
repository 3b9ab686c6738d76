"""Conditions on a value node by itself, as SPARQL expressions (SHACL 2017, sections 4.1, 4.3, 4.4 and 4.8).

Each function gives an expression that is true when the value is at fault, and that never fails: in SPARQL a
failed expression would neither be true nor, negated, be false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from graph.build.shapes_model import NotCompiledError
from graph.store.rows import read_rows

_KINDS: Mapping[Node, str] = {
    SH.IRI: "isIRI({v})",
    SH.Literal: "isLITERAL({v})",
    SH.BlankNode: "isBLANK({v})",
    SH.BlankNodeOrIRI: "(isBLANK({v}) || isIRI({v}))",
    SH.BlankNodeOrLiteral: "(isBLANK({v}) || isLITERAL({v}))",
    SH.IRIOrLiteral: "(isIRI({v}) || isLITERAL({v}))",
}
_FLOAT = r"^([+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"
# Datatype → when a lexical form belongs to it (XML Schema 1.1 part 2, section 3.3). Integers beyond 64 bits
# are integers too, and the engine's casts do not know them.
_WELL_FORMED: Mapping[Node, str] = {
    XSD.string: "true",
    RDF.langString: "true",
    XSD.boolean: 'STR({v}) IN ("true", "false", "1", "0")',
    XSD.integer: 'REGEX(STR({v}), "^[+-]?[0-9]+$")',
    XSD.decimal: r'REGEX(STR({v}), "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$")',
    XSD.double: f'REGEX(STR({{v}}), "{_FLOAT}")',
    XSD.float: f'REGEX(STR({{v}}), "{_FLOAT}")',
    XSD.date: f"COALESCE(DATATYPE({XSD.date.n3()}(STR({{v}}))) = {XSD.date.n3()}, false)",
    XSD.dateTime: f"COALESCE(DATATYPE({XSD.dateTime.n3()}(STR({{v}}))) = {XSD.dateTime.n3()}, false)",
}
_COMPARED: Mapping[Node, str] = {
    SH.minExclusive: ">",
    SH.minInclusive: ">=",
    SH.maxExclusive: "<",
    SH.maxInclusive: "<=",
}


def sparql(term: Node) -> str:
    """Write a term of the shapes graph for SPARQL.

    Raises:
        NotCompiledError: If it is a blank node, which would be a variable there.
    """
    if isinstance(term, rdflib.BNode):
        raise NotCompiledError("a blank node as a value")
    if isinstance(term, rdflib.Literal):
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return str(
            ox.Literal(str(term), language=term.language, datatype=None if term.language else datatype)
        )
    return term.n3()


def whole_number(term: Node) -> int:
    """Read the number of a count or a length.

    Raises:
        NotCompiledError: If it is none; pySHACL says what is wrong.
    """
    if isinstance(term, rdflib.Literal) and isinstance(term.value, int) and term.value >= 0:
        return int(term.value)
    raise NotCompiledError(f"{term} as a number")


def node_kind(v: str, kind: Node) -> str:
    """Section 4.1.3."""
    if kind not in _KINDS:
        raise NotCompiledError(f"the node kind {kind}")
    return "!" + _KINDS[kind].format(v=v)


def datatype(v: str, wanted: Node) -> str:
    """Section 4.1.2: another datatype, or an ill-formed lexical form."""
    if wanted not in _WELL_FORMED:
        raise NotCompiledError(f"the datatype {wanted}")
    formed = _WELL_FORMED[wanted].format(v=v)
    return f"!(isLITERAL({v}) && DATATYPE({v}) = {wanted.n3()} && {formed})"


def _bound(sign: str) -> Callable[[str, Node], str]:
    """Section 4.3: what cannot be compared is at fault."""
    return lambda v, bound: f"!COALESCE({v} {sign} {sparql(bound)}, false)"


def length(v: str, sign: str, number: int) -> str:
    """Sections 4.4.1 and 4.4.2; `sign` says which lengths are at fault."""
    return f"(isBLANK({v}) || STRLEN(STR({v})) {sign} {number})"


def pattern(v: str, regex: Node, flags: Node | None) -> str:
    """Section 4.4.3.

    Raises:
        NotCompiledError: If the engine cannot read the regular expression, as one that looks back or ahead.
    """
    words = ", ".join(str(ox.Literal(str(part))) for part in (regex, flags) if part is not None)
    tried = read_rows(ox.Store().query(f'SELECT (REGEX("", {words}) AS ?read) {{}}')).rows
    if tried[0][0] is None:
        raise NotCompiledError(f"the pattern {regex}")
    return f"(isBLANK({v}) || !REGEX(STR({v}), {words}))"


def language_in(v: str, ranges: Sequence[Node]) -> str:
    """Section 4.4.4."""
    matched = " || ".join(f"LANGMATCHES(LANG({v}), {ox.Literal(str(each).lower())})" for each in ranges)
    return f"!(isLITERAL({v}) && ({matched or 'false'}))"


def same(v: str, term: Node) -> str:
    """Whether a value is this very term; `=` would take 1 and 1.0 for one."""
    return f"sameTerm({v}, {sparql(term)})"


def listed(v: str, members: Sequence[Node]) -> str:
    """Section 4.8.3."""
    if members and all(isinstance(member, rdflib.URIRef) for member in members):
        return f"{v} NOT IN ({', '.join(sparql(member) for member in members)})"
    return f"!({' || '.join(same(v, member) for member in members) or 'false'})"


def of_class(v: str, classes: Sequence[str]) -> str:
    """Section 4.1.1; `classes` are the class and those below it."""
    if len(classes) == 1:
        return f"NOT EXISTS {{ {v} {RDF.type.n3()} <{classes[0]}> }}"
    names = ", ".join(f"<{each}>" for each in classes)
    return f"NOT EXISTS {{ {v} {RDF.type.n3()} ?type FILTER (?type IN ({names})) }}"


# Parameter → condition, for parameters that stand alone.
SIMPLE: Mapping[Node, Callable[[str, Node], str]] = {
    SH.nodeKind: node_kind,
    SH.datatype: datatype,
    SH.minLength: lambda v, term: length(v, "<", whole_number(term)),
    SH.maxLength: lambda v, term: length(v, ">", whole_number(term)),
    **{parameter: _bound(sign) for parameter, sign in _COMPARED.items()},
}
