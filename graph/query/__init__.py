"""Asking the graph: what a query may be, how it is evaluated safely, and the formats of its answer."""

from graph.query.errors import (
    QueryCrashedError,
    QueryError,
    QueryFormatError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryUnansweredError,
)
from graph.query.evaluate import Answer, evaluate
from graph.query.formats import FORMATS, Format, choose_format, format_for, format_named, serialise
from graph.query.guard import Limits, check_query
from graph.query.prefixes import PREFIXES
from graph.query.runner import QueryRunner, run_query

__all__ = [
    "FORMATS",
    "PREFIXES",
    "Answer",
    "Format",
    "Limits",
    "QueryCrashedError",
    "QueryError",
    "QueryFormatError",
    "QueryRefused",
    "QueryRunner",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "QueryUnansweredError",
    "check_query",
    "choose_format",
    "evaluate",
    "format_for",
    "format_named",
    "run_query",
    "serialise",
]
