"""Set-wise checks: what crosses records or graphs, as SPARQL over the whole dataset.

A check is a SELECT whose rows are faults: `?focus` is the node, `?value` (if any) goes into the message at
`{value}`. Its header says whether a record and the authority files can answer it (`scope: record`) or only
the whole catalogue (`scope: catalogue`). A line that begins with `#only` counts only when some nodes are
asked about; they stand at `ONLY`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph.build.dataset import Dataset
from graph.build.errors import BuildError
from graph.build.findings import SEVERITIES
from graph.build.gather_checks import CHECKED
from graph.build.results import MANY_NODES, Progress, Result, Scope, select_all
from graph.build.rules import QueryFile, read_query
from graph.store.rows import Rows

_ONLY = re.compile(r"^(\s*)#only (.*)$", re.MULTILINE)


def read_checks(ontology: Path) -> list[QueryFile]:
    """Read every check of the ontology folder, in the order of their names."""
    return [read_query(path) for path in sorted(ontology.glob("checks/*.rq"))]


def gatherings(checks: Iterable[QueryFile]) -> list[str]:
    """The ways in which checks gather what they read from many records.

    Raises:
        BuildError: If a check names a way that is not known.
    """
    for check in checks:
        if check.gathers is not None and check.gathers not in CHECKED:
            known = ", ".join(CHECKED)
            raise BuildError(f"check {check.name} gathers {check.gathers!r}; choose from {known}")
    return sorted({check.gathers for check in checks if check.gathers is not None})


def scope_of(check: QueryFile) -> Scope:
    """Say whether a record and the authority files are enough to answer a check.

    Raises:
        BuildError: If its header does not say so.
    """
    scope = check.need("scope")
    if scope == "record":
        return "record"
    if scope == "catalogue":
        return "catalogue"
    raise BuildError(f"ontology/checks/{check.name}.rq: scope is record or catalogue, not {scope!r}")


def check_results(
    dataset: Dataset,
    checks: Sequence[QueryFile] | None = None,
    *,
    only: Sequence[str] | None = None,
    scope: Scope | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Iterator[Result]:
    """Run checks over the union of all graphs.

    Args:
        dataset: The dataset.
        checks: The checks to run; all of the ontology's if left out.
        only: Nodes to ask about, as IRIs; all if left out.
        scope: Only the checks of this scope; all if left out.
        progress: Told how many checks are done and how many there are; raising from it cancels.
        threads: How many checks at a time; unset, as many as there are processors.

    Yields:
        What they find, in the order of the checks and then of focus and value.

    Raises:
        BuildError: If a check cannot be run, has no `?focus` or lacks a header line.
    """
    checks = read_checks(dataset.ontology) if checks is None else checks
    asked = [check for check in checks if scope in {None, scope_of(check)}]
    for check in asked:
        if check.need("severity") not in SEVERITIES:
            raise BuildError(
                f"ontology/checks/{check.name}.rq: severity is violation, warning or info, "
                f"not {check.need('severity')!r}"
            )
    nodes = None if only is None else frozenset(only)
    named = None if nodes is None or len(nodes) > MANY_NODES else sorted(nodes)
    texts = [check.text if named is None else _restricted(check.text, named) for check in asked]
    for check, rows in zip(asked, select_all(dataset.store, texts, progress, threads), strict=True):
        found = sorted(set(_pairs(check, rows)))
        yield from (_result(check, *pair) for pair in found if nodes is None or pair[0] in nodes)


def _restricted(text: str, only: Sequence[str]) -> str:
    nodes = " ".join(f"<{node}>" for node in only)
    return _ONLY.sub(lambda line: line[1] + line[2].replace("ONLY", nodes), text)


def _result(check: QueryFile, focus: str, value: str) -> Result:
    severity = next(each for each in SEVERITIES if each == check.header["severity"])
    fa, en = (check.need(key).replace("{value}", value) for key in ("message-fa", "message-en"))
    return Result(severity, check.name, fa, en, focus, value)


def _pairs(check: QueryFile, rows: Rows | Exception) -> Iterator[tuple[str, str]]:
    if isinstance(rows, TypeError) or (isinstance(rows, Rows) and "focus" not in rows.names):
        raise BuildError(f"ontology/checks/{check.name}.rq must be a SELECT with ?focus")
    if isinstance(rows, Exception):
        raise BuildError(f"ontology/checks/{check.name}.rq cannot be run: {rows}") from rows
    for row in rows.mappings():
        if isinstance(row["focus"], ox.NamedNode):
            yield row["focus"].value, _short(row.get("value"))


def _short(value: object) -> str:
    """Name a value as people do: the text of a literal, the end of an IRI."""
    if isinstance(value, ox.NamedNode):
        return value.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return value.value if isinstance(value, ox.Literal) else ""
