"""A validation report for programs: JSON, and RDF as SHACL describes it (W3C SHACL, section 3.6)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox

from graph.build.findings import Finding, Report
from graph.build.ontology import DF

_SH = "http://www.w3.org/ns/shacl#"
_SHAPE = "https://w3id.org/daftar/shape/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {"sh": _SH, "df": DF, "xsd": "http://www.w3.org/2001/XMLSchema#"}


def report_json(report: Report) -> str:
    """Write a report as JSON.

    Args:
        report: The report.

    Returns:
        An object with `conforms` (nothing is violated), `counts` by severity and `findings`, each with its
        messages in both languages and its places.

    Example:
        >>> print(report_json(Report(())))
        {
          "conforms": true,
          "counts": {
            "violation": 0,
            "warning": 0,
            "info": 0
          },
          "findings": []
        }
    """
    told = {
        "conforms": report.conforms,
        "counts": report.counts,
        "findings": [_object(finding) for finding in report.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _object(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "id": finding.shape,
        "message": {"fa": finding.message_fa, "en": finding.message_en},
        "record": finding.record or None,
        "file": finding.path.as_posix(),
        "line": finding.line or None,
        "sourceLines": finding.source_lines or None,
        "focus": finding.focus,
        "value": finding.value or None,
    }


def report_turtle(report: Report, base_iri: str) -> str:
    """Write a report as Turtle: one `sh:ValidationReport`.

    `sh:conforms` is what SHACL says it is: false as soon as there is any result, warnings and notes too.
    Results are named, so that two reports can be compared line by line.

    Args:
        report: The report.
        base_iri: The base of resource IRIs, under which the report and its results are named.

    Returns:
        Turtle.
    """
    written = ox.serialize(_triples(report, base_iri), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    return (written or b"").decode("utf-8")


def _triples(report: Report, base_iri: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{base_iri}validation")
    xsd = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    yield ox.Triple(node, _TYPE, _sh("ValidationReport"))
    yield ox.Triple(node, _sh("conforms"), ox.Literal(str(not report.findings).lower(), datatype=xsd))
    results = [ox.NamedNode(f"{node.value}/result-{n:05}") for n in range(1, len(report.findings) + 1)]
    for result in results:
        yield ox.Triple(node, _sh("result"), result)
    for result, finding in zip(results, report.findings, strict=True):
        yield ox.Triple(result, _TYPE, _sh("ValidationResult"))
        yield from _result(result, finding)


def _result(node: ox.NamedNode, finding: Finding) -> Iterator[ox.Triple]:
    yield ox.Triple(node, _sh("focusNode"), ox.NamedNode(finding.focus))
    yield ox.Triple(node, _sh("resultSeverity"), _sh(finding.severity.capitalize()))
    yield ox.Triple(node, _sh("sourceShape"), ox.NamedNode(_SHAPE + finding.shape))
    yield ox.Triple(node, _sh("sourceConstraintComponent"), _sh(finding.component))
    yield ox.Triple(node, _sh("resultMessage"), ox.Literal(finding.message_fa, language="fa"))
    yield ox.Triple(node, _sh("resultMessage"), ox.Literal(finding.message_en, language="en"))
    if finding.value:
        yield ox.Triple(node, _sh("value"), ox.Literal(finding.value))
    place = f"{finding.path.as_posix()}:{finding.line}" if finding.line else finding.path.as_posix()
    yield ox.Triple(node, ox.NamedNode(DF + "fileName"), ox.Literal(place))
    if finding.source_lines:
        yield ox.Triple(node, ox.NamedNode(DF + "sourceLinesAsWritten"), ox.Literal(finding.source_lines))


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
