"""Set-wise checks: what crosses records or graphs, as SPARQL over the whole dataset.

A check is a SELECT whose rows are faults: `?focus` is the node, `?value` (if any) goes into the message at
`{value}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from graph.build.dataset import Dataset
from graph.build.errors import BuildError
from graph.build.findings import SEVERITIES
from graph.build.ontology import read_ontology
from graph.build.rules import QueryFile, read_query
from graph.build.shapes import Result


def read_checks(dataset: Dataset) -> list[QueryFile]:
    """Read every check of the ontology, in the order of their names."""
    return [read_query(path) for path in read_ontology(dataset.ontology).files("checks/*.rq")]


def check_results(dataset: Dataset, checks: Sequence[QueryFile] | None = None) -> Iterator[Result]:
    """Run checks over the union of all graphs.

    Args:
        dataset: The dataset.
        checks: The checks to run; all of the ontology's if left out.

    Yields:
        What they find.

    Raises:
        BuildError: If a check cannot be run, has no `?focus` or lacks a header line.
    """
    for check in read_checks(dataset) if checks is None else checks:
        severity = check.need("severity")
        if severity not in SEVERITIES:
            raise BuildError(
                f"ontology/checks/{check.name}.rq: severity is violation, warning or info, not {severity!r}"
            )
        fa, en = check.need("message-fa"), check.need("message-en")
        for focus, value in _rows(dataset, check):
            yield Result(
                severity,
                check.name,
                fa.replace("{value}", value),
                en.replace("{value}", value),
                focus,
                value,
            )


def _rows(dataset: Dataset, check: QueryFile) -> Iterator[tuple[str, str]]:
    try:
        found = dataset.store.query(check.text, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"ontology/checks/{check.name}.rq cannot be run: {error}") from error
    if not isinstance(found, ox.QuerySolutions) or "focus" not in {each.value for each in found.variables}:
        raise BuildError(f"ontology/checks/{check.name}.rq must be a SELECT with ?focus")
    has_value = "value" in {each.value for each in found.variables}
    for row in found:
        focus = row["focus"]
        value = row["value"] if has_value else None
        if isinstance(focus, ox.NamedNode):
            yield focus.value, _short(value)


def _short(value: object) -> str:
    """Name a value as people do: the text of a literal, the end of an IRI."""
    if isinstance(value, ox.NamedNode):
        return value.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return value.value if isinstance(value, ox.Literal) else ""
