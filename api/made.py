"""Results of analyses as pages and files use them: made once for the same question, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from api.desk import Desk
from api.edition import Edition
from api.jobs import Job
from api.turns import kept_as, kept_or_in_turn
from graph.analysis.analyst import Analyst
from graph.analysis.options import values_of
from graph.analysis.report import Report
from graph.analysis.reports import ANALYSES, Analysis
from graph.analysis.reports.dependencies import chosen_needs
from graph.view.needs_drawing import Part, part_of

#: Rows of a result that is kept.
_KEPT_ROWS = 3_000


@dataclass(frozen=True)
class Made:
    """The result of an analysis.

    Attributes:
        report: The report.
        drawing: What is drawn beside it, where there is something.
    """

    report: Report
    drawing: Part | None = None


#: Makes the drawing of an analysis from the catalogue and the values of its options.
_DRAWINGS: Mapping[str, Callable[[Analyst, Mapping[str, Any]], Part]] = {
    "dependencies": lambda analyst, values: part_of(
        chosen_needs(analyst, values), partners=bool(values["of"])
    )
}


#: Analyses of large catalogues that a page may wait for.
_QUICK = frozenset({"matrix"})


def must_be_job(edition: Edition, analysis: Analysis) -> bool:
    """Whether an analysis takes too long for a request.

    Args:
        edition: What is analysed.
        analysis: Which.

    Returns:
        True for all but the quick ones of a large catalogue.
    """
    return edition.analyst.large and analysis.key not in _QUICK


def kept(edition: Edition, desk: Desk, analysis: Analysis, values: Mapping[str, Any]) -> Made | None:
    """The result of an analysis, when it is kept.

    Args:
        edition: What is analysed.
        desk: Keeps it.
        analysis: Which.
        values: The values of all its options.

    Returns:
        The result, or None.
    """
    found: Made | None = desk.results.get(key_of(edition, analysis, values))
    return found


def key_of(edition: Edition, analysis: Analysis, values: Mapping[str, Any]) -> Hashable:
    """The key under which a result is kept."""
    return kept_as(edition, _asked(analysis, values))


def start_job(
    edition: Edition, desk: Desk, client: str, analysis: Analysis, values: Mapping[str, Any]
) -> Job:
    """Start an analysis as a job, or join the one that makes the same.

    Args:
        edition: What is analysed.
        desk: Runs and keeps it.
        client: Who asks.
        analysis: Which.
        values: The values of all its options.

    Returns:
        The job.

    Raises:
        TooManyJobsError: when too many are unfinished.
    """
    return desk.jobs.start(
        client,
        key_of(edition, analysis, values),
        analysis.key,
        edition.analyst,
        lambda analyst: _make(analyst, analysis, values),
    )


async def made_or_in_turn(request: Request, analysis: Analysis, values: Mapping[str, Any]) -> Made:
    """The result of an analysis, kept or made now in turn.

    Args:
        request: Whose turn it is.
        analysis: Which.
        values: The values of all its options.

    Returns:
        The result.

    Raises:
        HTTPException: as of :func:`api.turns.in_turn`.
    """
    return await kept_or_in_turn(
        request, _asked(analysis, values), lambda analyst: _make(analyst, analysis, values), keep=_small
    )


def keep_usual(edition: Edition, desk: Desk) -> None:
    """Make what each analysis says when nothing is chosen, and keep it.

    Args:
        edition: What is analysed.
        desk: Keeps it.
    """
    for analysis in ANALYSES.values():
        values = values_of(analysis.options, {})
        made = _make(edition.analyst, analysis, values)
        if _small(made):
            desk.results.put(kept_as(edition, _asked(analysis, values)), made)


def _asked(analysis: Analysis, values: Mapping[str, Any]) -> Hashable:
    return "made", analysis.key, tuple(values.items())


def _make(analyst: Analyst, analysis: Analysis, values: Mapping[str, Any]) -> Made:
    draw = _DRAWINGS.get(analysis.key)
    return Made(analysis.make(analyst, values), draw(analyst, values) if draw else None)


def _small(made: Made) -> bool:
    return sum(table.shown for table in made.report.tables) <= _KEPT_ROWS
