"""The gate: how many at once, how many of one client, who waits and who is turned away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from starlette.requests import Request

from api.gate import Gate, TooBusyError, client_of


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Crowd:
    """Clients at a gate; each stays inside until it is let go."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.inside, self.most = gate, [], 0  # type: ignore[var-annotated]
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.go: dict[str, asyncio.Event] = {}

    async def come(self, name: str) -> None:
        self.go[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._stay(name))
        await _settle()

    async def leave(self, name: str) -> None:
        self.go[name].set()
        await self.tasks[name]
        await _settle()

    async def _stay(self, name: str) -> None:
        async with self.gate.enter(name.rstrip("0123456789")):
            self.inside.append(name)
            self.most = max(self.most, len(self.inside))
            try:
                await self.go[name].wait()
            finally:
                self.inside.remove(name)


def play(gate: Gate, story: Callable[[Crowd], Awaitable[None]]) -> Crowd:
    crowd = Crowd(gate)

    async def told() -> None:
        await story(crowd)

    asyncio.run(told())
    assert (gate.running, gate.waiting) == (0, 0)
    return crowd


def test_places_are_given_in_order() -> None:
    async def story(crowd: Crowd) -> None:
        for name in ("a", "b", "c", "d"):
            await crowd.come(name)
        assert crowd.inside == ["a", "b"]
        assert crowd.gate.waiting == 2
        await crowd.leave("b")
        assert crowd.inside == ["a", "c"]
        await crowd.leave("a")
        assert crowd.inside == ["c", "d"]
        await crowd.leave("c")
        await crowd.leave("d")

    assert play(Gate(2, 2, 10, 60), story).most == 2


def test_nobody_waits_behind_the_excess_of_one_client() -> None:
    async def story(crowd: Crowd) -> None:
        for name in ("a1", "a2", "a3", "b1"):
            await crowd.come(name)
        assert crowd.inside == ["a1", "b1"]
        await crowd.leave("a1")
        assert crowd.inside == ["b1", "a2"]
        for name in ("a2", "a3", "b1"):
            await crowd.leave(name)

    play(Gate(3, 1, 10, 60), story)


def test_two_who_hold_all_they_can_leave_a_place_for_a_third() -> None:
    async def run() -> None:
        gate = Gate(4, 3, 8, 5)
        async with AsyncExitStack() as stack:
            for client in ("a", "a", "b"):
                await stack.enter_async_context(gate.enter(client))
            late = asyncio.create_task(stack.enter_async_context(gate.enter("b")))
            await asyncio.sleep(0)
            assert (gate.running, gate.waiting) == (3, 1)  # b has one already
            await stack.enter_async_context(gate.enter("c"))
            assert gate.running == 4
            late.cancel()

    asyncio.run(run())


def test_who_has_nothing_in_a_full_line_is_let_into_it() -> None:
    async def run() -> None:
        gate = Gate(1, 1, 2, 5)
        async with gate.enter("a"):
            greedy = [asyncio.create_task(_through(gate, "b")), asyncio.create_task(_through(gate, "a"))]
            await asyncio.sleep(0)
            # b and a have one each: that is their share, and the line is full
            with pytest.raises(TooBusyError, match="2 queries wait already"):
                await _through(gate, "c")
        await asyncio.gather(*greedy)
        gate = Gate(1, 1, 4, 5)
        async with gate.enter("a"):
            greedy = [asyncio.create_task(_through(gate, who)) for who in ("b", "b", "d", "d")]
            await asyncio.sleep(0)
            newcomer = asyncio.create_task(_through(gate, "c"))
            await asyncio.sleep(0)
            assert gate.waiting == 4
        found = await asyncio.gather(*greedy, newcomer, return_exceptions=True)
        assert [isinstance(one, TooBusyError) for one in found] == [False, True, False, False, False]

    asyncio.run(run())


async def _through(gate: Gate, client: str) -> None:
    async with gate.enter(client):
        pass


def test_a_full_queue_turns_away() -> None:
    async def story(crowd: Crowd) -> None:
        for name in ("a", "b", "c"):
            await crowd.come(name)
        with pytest.raises(TooBusyError, match="2 queries wait already") as busy:
            async with crowd.gate.enter("d"):
                pass
        assert busy.value.retry_after == 60
        for name in ("a", "b", "c"):
            await crowd.leave(name)

    play(Gate(1, 1, 2, 60), story)


def test_one_client_has_half_of_the_queue() -> None:
    async def story(crowd: Crowd) -> None:
        for name in ("a1", "a2", "a3"):
            await crowd.come(name)
        with pytest.raises(TooBusyError, match="of yours"):
            async with crowd.gate.enter("a"):
                pass
        await crowd.come("b1")
        assert crowd.gate.waiting == 3
        for name in ("a1", "a2", "a3", "b1"):
            await crowd.leave(name)

    play(Gate(1, 1, 4, 60), story)


def test_waiting_ends() -> None:
    async def story(crowd: Crowd) -> None:
        await crowd.come("a")
        with pytest.raises(TooBusyError, match="no turn came"):
            async with crowd.gate.enter("b"):
                pass
        assert crowd.gate.waiting == 0
        await crowd.leave("a")

    play(Gate(1, 1, 5, 0.02), story)


def test_those_who_go_away_leave_no_trace() -> None:
    async def story(crowd: Crowd) -> None:
        for name in ("a", "b", "c"):
            await crowd.come(name)
        for name in ("b", "a"):  # one that waits, one that is inside
            crowd.tasks[name].cancel()
            with pytest.raises(asyncio.CancelledError):
                await crowd.tasks[name]
        await _settle()
        assert crowd.inside == ["c"]
        await crowd.leave("c")

    play(Gate(1, 1, 5, 60), story)


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix", "unix"),
    ],
)
def test_who_asks(host: str, client: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == client
