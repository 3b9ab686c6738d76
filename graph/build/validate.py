"""Validation: shapes for what one record must have, checks for what crosses records; findings with places."""

from __future__ import annotations

from itertools import chain

from graph.build.checks import check_results
from graph.build.dataset import Dataset
from graph.build.findings import SEVERITIES, Finding, Report
from graph.build.places import Places
from graph.build.shapes import shape_results
from graph.records.model import Catalogue


def validate(dataset: Dataset, catalogue: Catalogue) -> Report:
    """Check a dataset against the ontology's shapes and checks.

    Args:
        dataset: The dataset, as built.
        catalogue: The records it was built from; they give each finding its file and line.

    Returns:
        The findings, gravest first.

    Raises:
        BuildError: If a shape or check is not as it should be.
    """
    places = Places(dataset, catalogue)
    findings = []
    for result in chain(shape_results(dataset), check_results(dataset)):
        place = places.of(result.focus)
        findings.append(
            Finding(
                severity=result.severity,
                shape=result.shape,
                message_fa=result.message_fa,
                message_en=result.message_en,
                focus=result.focus,
                value=result.value,
                record=place.record,
                path=place.path,
                line=place.line,
                source_lines=place.source_lines,
                component=result.component,
            )
        )
    return Report(tuple(sorted(findings, key=_order)))


def _order(finding: Finding) -> tuple[int, str, str, int, str, str, str]:
    rank = SEVERITIES.index(finding.severity)
    return rank, finding.record, str(finding.path), finding.line, finding.shape, finding.focus, finding.value
