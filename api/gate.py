"""Who may ask now and who waits: limits on queries at once, per client, and on those that wait."""

from __future__ import annotations

import asyncio
import ipaddress
import math
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.requests import Request

from graph.query.errors import QueryError

_LONGEST_ADDRESS = 64


class TooBusyError(QueryError):
    """A query that is turned away for now.

    Attributes:
        retry_after: Seconds after which asking again makes sense.
    """

    def __init__(self, reason: str, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(eq=False)
class _Waiting:
    client: str
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Gate:
    """Lets a few through at once; others wait in order, but nobody waits behind a client's own excess.

    The last place is for a client who has none, so that two who hold all others cannot shut the rest out.

    To be used from one event loop, so it needs no lock.

    Args:
        concurrent: How many may be inside.
        per_client: How many of one client may be inside.
        queue: How many may wait; half of them from one client.
        seconds: How long one may wait.
    """

    def __init__(self, concurrent: int, per_client: int, queue: int, seconds: float) -> None:
        self._concurrent, self._per_client, self._queue, self._seconds = (
            concurrent,
            per_client,
            queue,
            seconds,
        )
        self._inside: Counter[str] = Counter()
        self._line: list[_Waiting] = []

    @property
    def running(self) -> int:
        """How many are inside."""
        return self._inside.total()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    @asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[None]:
        """Be inside, after waiting if need be.

        Args:
            client: Who asks.

        Raises:
            TooBusyError: when the queue is full, or waiting took too long.
        """
        if self._free(client):
            self._inside[client] += 1
        else:
            await self._wait(client)
        try:
            yield
        finally:
            self._inside[client] -= 1
            if not self._inside[client]:
                del self._inside[client]
            self._call()

    def _free(self, client: str) -> bool:
        own = self._inside[client]
        kept = 1 if own and self._concurrent > 1 else 0
        return self.running < self._concurrent - kept and own < self._per_client

    async def _wait(self, client: str) -> None:
        later = max(1, math.ceil(self._seconds))
        own = sum(1 for other in self._line if other.client == client)
        if len(self._line) >= self._queue and not (own == 0 and self._make_room(later)):
            raise TooBusyError(f"{len(self._line)} queries wait already; ask again in a moment", later)
        if own >= max(1, self._queue // 2):
            raise TooBusyError(f"{own} queries of yours wait already; ask fewer at once", later)
        waiting = _Waiting(client)
        self._line.append(waiting)
        try:
            async with asyncio.timeout(self._seconds):
                await waiting.turn
        except TooBusyError:  # it made room for a client who had nothing in the line
            raise
        except (TimeoutError, asyncio.CancelledError) as error:
            if waiting in self._line:
                self._line.remove(waiting)
            elif waiting.turn.done() and not waiting.turn.cancelled():
                self._inside[client] -= 1  # the turn came in the same moment
                self._call()
            if isinstance(error, TimeoutError):
                reason = f"no turn came within {self._seconds:g} seconds; ask again in a moment"
                raise TooBusyError(reason, later) from error
            raise

    def _make_room(self, later: int) -> bool:
        """Turn away the latest query of the client who has most of the line, if that is more than one."""
        counted = Counter(other.client for other in self._line)
        client, most = counted.most_common(1)[0] if counted else ("", 0)
        if most < 2:
            return False
        last = next(other for other in reversed(self._line) if other.client == client)
        self._line.remove(last)
        if not last.turn.done():
            last.turn.set_exception(
                TooBusyError("others have nothing in the line yet; ask fewer at once", later)
            )
        return True

    def _call(self) -> None:
        """Give free places to those in the line who may have one."""
        for waiting in list(self._line):
            if self.running >= self._concurrent:
                return
            if self._free(waiting.client):
                self._line.remove(waiting)
                if not waiting.turn.done():
                    self._inside[waiting.client] += 1
                    waiting.turn.set_result(None)


def client_of(request: Request) -> str:
    """Who asks: an IPv4 address, or the /64 of an IPv6 address, which one person has whole.

    Args:
        request: The request. Behind a proxy that the server trusts, its address is the one the proxy names.

    Returns:
        A name for the client.
    """
    host = request.client.host if request.client else ""
    return _named(host.partition("%")[0][:_LONGEST_ADDRESS])


@lru_cache(maxsize=1024)
def _named(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)
