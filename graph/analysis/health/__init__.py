"""Health: what a reviewer should look at, each finding with the query behind it, its things and its lines."""

from graph.analysis.health.checks import SEVERITIES, SEVERITY_WORDS, Check, Severity, checks
from graph.analysis.health.report import MOST_ITEMS, Finding, HealthReport, Item, health

__all__ = [
    "MOST_ITEMS",
    "SEVERITIES",
    "SEVERITY_WORDS",
    "Check",
    "Finding",
    "HealthReport",
    "Item",
    "Severity",
    "checks",
    "health",
]
