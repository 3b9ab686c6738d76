"""Why a query got no answer, in words for the person who asked."""

from __future__ import annotations


class QueryError(Exception):
    """A query that was not answered; the message says why."""


class QueryRefused(QueryError):  # noqa: N818 - a refusal, not a fault
    """The query was not run: it is too long, too deep, or asks for something that is not offered.

    Attributes:
        reason: Why, in a sentence.
        code: A short word for programs: ``too-long``, ``too-deep``, ``update``, ``service``, ``graph``,
            ``ambiguous``, ``empty``.
        line: Line of the query, from 1, when there is one to point at.
        column: Column of that line, from 1.
    """

    def __init__(self, reason: str, code: str, line: int | None = None, column: int | None = None) -> None:
        where = f" (line {line}, column {column})" if line is not None else ""
        super().__init__(f"the query is refused{where}: {reason}")
        self.reason, self.code, self.line, self.column = reason, code, line, column


class QuerySyntaxError(QueryError):
    """The query is no SPARQL.

    Attributes:
        reason: What the parser said, with our advice.
        line: Line of the query, from 1, when the parser said where.
        column: Column of that line, from 1.
    """

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        where = f" at line {line}, column {column}" if line is not None else ""
        super().__init__(f"the query is no SPARQL{where}: {reason}")
        self.reason, self.line, self.column = reason, line, column


class QueryTimeoutError(QueryError):
    """The query ran longer than it may."""


class QueryCrashedError(QueryError):
    """The process that evaluated the query ended, for want of memory as a rule."""


class RunnerClosedError(QueryError):
    """The process that should answer was closed, because a newer edition answers or the server stops."""


class QueryFormatError(QueryError):
    """The answer cannot be written in the format asked for."""


class QueryUnansweredError(QueryError):
    """The server that keeps the store did not answer."""
