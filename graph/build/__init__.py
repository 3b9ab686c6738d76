"""From records to the dataset: named graphs, rules, provenance and validation."""

from graph.build.dataset import Dataset, nquads
from graph.build.errors import BuildError, RecordBuildError
from graph.build.findings import Finding, Report
from graph.build.inspection import Inspected, inspect
from graph.build.making import build
from graph.build.reports import report_json, report_turtle
from graph.build.validate import validate

__all__ = [
    "BuildError",
    "Dataset",
    "Finding",
    "Inspected",
    "RecordBuildError",
    "Report",
    "build",
    "inspect",
    "nquads",
    "report_json",
    "report_turtle",
    "validate",
]
