"""Validation: shapes for what one record must have, checks for what crosses records; findings with places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.build.checks import check_results
from graph.build.dataset import Dataset
from graph.build.findings import SEVERITIES, Finding, Report
from graph.build.places import Place, Places
from graph.build.results import Engine, Progress, Result, Scope
from graph.records.model import Catalogue


def validate(
    dataset: Dataset,
    catalogue: Catalogue,
    *,
    only: Iterable[str] | None = None,
    scope: Scope | None = None,
    engine: Engine = "compiled",
    progress: Progress | None = None,
) -> Report:
    """Check a dataset against the ontology's shapes and checks.

    Args:
        dataset: The dataset, as built. For `scope="record"` it may be a part that holds the authority records
            and those in `only`.
        catalogue: The records it was built from; they give each finding its file and line.
        only: Ids of the records to check, whatever their kind; all if left out. The result is what a
            validation of all would say about their nodes.
        scope: `record` for what a record and the authority files can answer, `catalogue` for what looks into
            other records too; both if left out. The two together find all.
        engine: What checks the shapes; `pyshacl` is the reference and slow.
        progress: Told how much is done and how much there is; raising from it cancels.

    Returns:
        The findings, gravest first.

    Raises:
        BuildError: If a shape or check is not as it should be, or a record in `only` is not in the catalogue.
    """
    from graph.build.shapes import shape_results  # takes long to load, and is not always needed

    places = Places(dataset, catalogue)
    nodes = None if only is None else places.nodes_of(only)
    first, second = _halves(progress)
    results = [
        *shape_results(dataset, only=nodes, scope=scope, engine=engine, progress=first),
        *check_results(dataset, only=nodes, scope=scope, progress=second),
    ]
    return report_of(findings_of(results, places))


def findings_of(results: Iterable[Result], places: Places) -> list[Finding]:
    """Say of each result where it stands.

    Args:
        results: What was found.
        places: Knows the places of nodes.

    Returns:
        The findings, record by record.
    """
    by_record = sorted(results, key=lambda result: places.root_of(result.focus))
    return [_finding(result, places.of(result.focus)) for result in by_record]


def report_of(findings: Iterable[Finding]) -> Report:
    """Put findings in order: gravest first, then by record and place."""
    return Report(tuple(sorted(findings, key=_order)))


def _halves(progress: Progress | None) -> Sequence[Progress | None]:
    """Shapes and checks take about equally long; tell of both as one work of a hundred parts."""
    if progress is None:
        return None, None
    return (
        lambda done, all_: progress(50 * done // all_, 100),
        lambda done, all_: progress(50 + 50 * done // all_, 100),
    )


def _finding(result: Result, place: Place) -> Finding:
    return Finding(
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


def _order(finding: Finding) -> tuple[int, str, str, int, str, str, str, str]:
    rank = SEVERITIES.index(finding.severity)
    place = (finding.record, str(finding.path), finding.line)
    return rank, *place, finding.shape, finding.focus, finding.value, finding.component
