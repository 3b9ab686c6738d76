"""Where queries are handed in: the gate, the threads that wait for their processes, and the counters."""

from __future__ import annotations

from collections.abc import Mapping

from anyio import CapacityLimiter
from starlette.requests import Request

from api.gate import Gate
from api.jobs import Jobs
from api.metrics import Metrics
from api.results import Results
from graph.settings import Settings

_PARTS = 16
"""So many of the largest answers that are kept fill the memory for them; a larger one is not kept."""
_Gauge = tuple[str, str, Mapping[str, str], float]


class Desk:
    """Takes the queries of strangers for one application.

    Args:
        settings: The limits.
    """

    def __init__(self, settings: Settings) -> None:
        self.gate = Gate(
            settings.query_concurrent,
            settings.query_per_client,
            settings.query_queue,
            settings.query_queue_seconds,
        )
        # analyses take long: in a line of their own they never keep queries waiting
        self.analyses = Gate(
            max(1, settings.query_concurrent // 2),
            max(1, settings.query_per_client // 2),
            settings.query_queue,
            settings.analysis_seconds,
        )
        # threads of their own: those of the pages are never all taken by slow queries
        self.limiter = CapacityLimiter(settings.query_concurrent)
        self.metrics = Metrics()
        self.results = Results()
        self.answers = Results(settings.answer_memory, settings.answer_memory // _PARTS)
        self.jobs = Jobs(self.gate, self.limiter, self.results)

    def count_query(self, outcome: str, seconds: float) -> None:
        """Count a query.

        Args:
            outcome: ``whole``, ``cut-rows``, ``cut-bytes``, ``kept``, ``stopped``, or the code of a refusal.
            seconds: From asking to answering, with the time in the queue.
        """
        labels = {"outcome": outcome}
        self.metrics.count("daftar_queries_total", "Queries by what became of them.", labels)
        says = "Seconds from asking to answering, with the time in the queue."
        self.metrics.observe("daftar_query_seconds", says, seconds)

    def gauges(self, edition: str) -> list[_Gauge]:
        """The values of this moment.

        Args:
            edition: Fingerprint of the edition that answers.

        Returns:
            Name, what it says, labels and value of each.
        """
        return [
            ("daftar_queries_running", "Queries that are being evaluated.", {}, self.gate.running),
            ("daftar_queries_waiting", "Queries that wait for a turn.", {}, self.gate.waiting),
            ("daftar_edition_info", "The edition that answers.", {"fingerprint": edition}, 1),
        ]


def desk_of(request: Request) -> Desk:
    """Return the desk of a request's application.

    Args:
        request: The request.

    Returns:
        The desk.
    """
    desk: Desk = request.app.state.desk
    return desk
