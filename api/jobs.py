"""Long work that nobody waits for at the line: it is started, asked after, and can be cancelled.

A job takes its turn at the same gate as queries and short analyses (see :mod:`api.turns`), reports its steps,
and leaves its result where the pages look for kept results.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from anyio import CapacityLimiter, to_thread

from api.gate import Gate, TooBusyError
from api.results import Results
from api.watched import StoppedError, watched
from graph.analysis.analyst import Analyst
from graph.query.errors import QueryError
from graph.store import StoreError

State = Literal["waiting", "running", "done", "failed", "cancelled"]
#: Jobs that are remembered; finished ones are forgotten first.
_KEPT = 32
#: A job is ended after this long.
_SECONDS = 3_600.0


class TooManyJobsError(Exception):
    """There are as many unfinished jobs as are remembered."""


@dataclass
class Job:
    """A piece of long work.

    Attributes:
        id: Its name in addresses; it cannot be guessed.
        key: What is asked of which edition; the result is kept under it.
        title: What is made, for people who look.
        state: How far it is.
        done: Steps done.
        total: Steps in all, as far as is known.
        error: Why it failed.
    """

    id: str
    key: Hashable
    title: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")

    def tell(self, done: int, total: int) -> None:
        """Note how far it is."""
        self.done, self.total = done, total


class Jobs:
    """The jobs of one application; to be used from one event loop.

    Args:
        gate: Gives turns.
        limiter: Bounds the threads.
        results: Keeps results.
    """

    def __init__(self, gate: Gate, limiter: CapacityLimiter, results: Results) -> None:
        self._gate, self._limiter, self._results = gate, limiter, results
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def find(self, ident: str) -> Job | None:
        """A job by its id."""
        return self._jobs.get(ident)

    def of(self, key: Hashable) -> Job | None:
        """The latest job for a key, unless it was cancelled."""
        found = (job for job in reversed(self._jobs.values()) if job.key == key and job.state != "cancelled")
        return next(found, None)

    def start(
        self, client: str, key: Hashable, title: str, analyst: Analyst, work: Callable[[Analyst], Any]
    ) -> Job:
        """Start a job, or join the one that does the same.

        Args:
            client: Who asks, for the gate.
            key: What is asked; the result is kept under it.
            title: What is made.
            analyst: The catalogue.
            work: Gets an analyst whose progress is told and ends the work when it is cancelled.

        Returns:
            The job.

        Raises:
            TooManyJobsError: when too many are unfinished.
        """
        known = self.of(key)
        if known is not None and not known.over:
            return known
        self._make_room()
        job = Job(secrets.token_urlsafe(12), key, title)
        self._jobs[job.id] = job
        task = asyncio.get_running_loop().create_task(self._work(job, client, analyst, work))
        self._tasks.add(task)  # the loop itself holds tasks only weakly
        task.add_done_callback(self._tasks.discard)
        return job

    def cancel(self, job: Job) -> None:
        """End a job: at once when it waits, at its next step when it runs."""
        job.stop.set()
        if job.state == "waiting":
            job.state = "cancelled"

    def _make_room(self) -> None:
        for ident in [job.id for job in self._jobs.values() if job.over]:
            if len(self._jobs) < _KEPT:
                return
            del self._jobs[ident]
        if len(self._jobs) >= _KEPT:
            raise TooManyJobsError(f"{_KEPT} jobs are unfinished; wait until one is done, or cancel one")

    async def _work(self, job: Job, client: str, analyst: Analyst, work: Callable[[Analyst], Any]) -> None:
        try:
            async with self._gate.enter(client):
                if job.stop.is_set():
                    return
                job.state = "running"
                run = partial(watched, analyst, work, job.stop, _SECONDS, job.tell)
                result = await to_thread.run_sync(run, limiter=self._limiter)
            self._results.put(job.key, result)
            job.state = "done"
        except StoppedError as error:
            job.state, job.error = ("cancelled", "") if job.stop.is_set() else ("failed", str(error))
        except (TooBusyError, QueryError, StoreError) as error:
            job.state, job.error = "failed", str(error)
        except BaseException:
            job.state, job.error = "failed", "the work ended with an error that is written in the log"
            raise
