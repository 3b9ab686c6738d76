"""What the server takes for a request and what it does not, byte by byte (RFC 9112)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from api.protocol import LARGEST_HEAD, MOST_PIPELINED, patient_for

HOST = b"Host: a.example\r\n"
GET = b"GET /x HTTP/1.1\r\n" + HOST
CHUNKED = b"POST /x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n"


def talk(*pieces: bytes, seconds: float = 5.0, slow: float = 0.0) -> tuple[bytes, list[dict[str, Any]]]:
    """Send pieces over one connection; all that comes back until it ends, and the requests that were seen."""
    seen: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if slow:
            await asyncio.sleep(slow)
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body, more = body + message["body"], message["more_body"]
        headers = [(name.decode(), value.decode("latin-1")) for name, value in scope["headers"]]
        about = {"method": scope["method"], "path": scope["path"], "headers": headers, "body": body.decode()}
        about["query"] = scope["query_string"].decode()
        seen.append(about)
        said = json.dumps([scope["path"], body.decode()]).encode()
        length = (b"content-length", b"%d" % len(said))
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": said})

    async def story() -> bytes:
        config = Config(app, log_config=None, access_log=False, ws="none", timeout_keep_alive=1)
        config.load()
        state = ServerState()
        kind: Any = patient_for(seconds)
        server = await asyncio.get_running_loop().create_server(lambda: kind(config, state, {}), "127.0.0.1")
        async with server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.02)
            try:
                said = await asyncio.wait_for(reader.read(), 20)
            except ConnectionResetError:  # it was closed before all was read
                said = b""
            writer.close()
        return said

    return asyncio.run(story()), seen


def statuses(said: bytes) -> list[int]:
    return [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]


def test_a_request_in_any_pieces_is_one_request() -> None:
    whole = CHUNKED + b"\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    said, seen = talk(*(whole[at : at + 7] for at in range(0, len(whole), 7)))
    assert statuses(said) == [200]
    assert [(one["path"], one["body"]) for one in seen] == [("/x", "abcde")]
    said, seen = talk(b"GET http://a.example/%D8%A7?a=1&b=%20 HTTP/1.1\r\n" + HOST + b"\r\n")
    assert [(one["path"], one["query"]) for one in seen] == [("/ا", "a=1&b=%20")]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: 3, 3\r\n\r\nabc",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: +3\r\n\r\nabc",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999999\r\n\r\nabc",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        GET + b"Content-Length : 3\r\n\r\nabc",
        GET + b"Folded: a\r\n b\r\n\r\n",
        GET + b"Bad: a\x00b\r\n\r\n",
        GET + b"Bad: a\rb\r\n\r\n",
        GET + b"B(d: a\r\n\r\n",
        GET + b": a\r\n\r\n",
        GET + b"No colon\r\n\r\n",
        GET.replace(b"\r\n", b"\n") + b"\n",
        GET + b"A: b\n\r\n",
        b"GET /x y HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /\xd8\xa7 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /x HTTP/2.0\r\n" + HOST + b"\r\n",
        b"GET /x HTTP/0.9\r\n\r\n",
        b"GET /x HTTP/1.1 \r\n" + HOST + b"\r\n",
        b"GET /x\r\n\r\n",
        b"CONNECT a.example:80 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
)
def test_what_two_readers_could_take_for_two_things_is_refused(request_bytes: bytes) -> None:
    said, seen = talk(request_bytes + GET + b"\r\n")
    assert statuses(said) == [400]
    assert b"connection: close" in said.lower()
    assert not seen


@pytest.mark.parametrize(
    "broken", [b"z\r\n", b"-1\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"3\nabc\r\n", b"3\r\nabc\n"]
)
def test_a_broken_body_ends_its_request(broken: bytes) -> None:
    said, seen = talk(CHUNKED + b"\r\n", broken + GET + b"\r\n")
    assert statuses(said) == [400]
    assert not seen


def test_requests_sent_ahead_are_answered_in_order() -> None:
    ahead = [b"GET /%d HTTP/1.1\r\n%s\r\n" % (number, HOST) for number in range(20)]
    said, seen = talk(b"".join(ahead), slow=0.01)
    assert statuses(said) == [200] * 20
    assert [one["path"] for one in seen] == [f"/{number}" for number in range(20)]


def test_only_a_few_requests_wait_and_the_last_answer_says_that_it_is_the_last() -> None:
    said, seen = talk((GET + b"\r\n") * 500, slow=0.01)
    assert statuses(said) == [200] * (MOST_PIPELINED + 1)
    assert len(seen) == MOST_PIPELINED + 1
    assert said.lower().count(b"connection: close") == 1
    assert b"connection: close" in said.rpartition(b"HTTP/1.1")[2].lower()


def test_rubbish_behind_a_request_does_not_get_into_its_answer() -> None:
    for rubbish in (b"\x00rubbish", GET + b"Folded: a\r\n b\r\n\r\n", GET + b"a: b\r\n" * 20_000):
        said, seen = talk(GET + b"\r\n" + rubbish[:5], rubbish[5:], slow=0.1)
        assert statuses(said) == [200]
        assert b"connection: close" in said.lower()
        assert len(seen) == 1


@pytest.mark.parametrize(
    "pieces",
    [
        [b"GET /" + b"x" * LARGEST_HEAD + b" HTTP/1.1\r\n" + HOST + b"\r\n"],
        [GET + b"Long: " + b"x" * LARGEST_HEAD + b"\r\n\r\n"],
        [GET + b"a: b\r\n" * (LARGEST_HEAD // 6) + b"\r\n"],
        [GET, *[b"Many: " + b"x" * 5000 + b"\r\n"] * 14],
        [GET + b"Long: ", *[b"x" * 5000] * 14],
        [b"\r\n" * 20_000, b"\r\n" * 20_000],
        [CHUNKED + b"\r\n0\r\n\r\n" + b"GET /", *[b"x" * 5000] * 14],
    ],
)
def test_a_head_has_a_limit_whole_or_not(pieces: Sequence[bytes]) -> None:
    said, seen = talk(*pieces)
    assert statuses(said)[-1:] in ([431], [400])
    assert len(seen) == pieces[0].startswith(CHUNKED)


def test_a_large_body_is_no_head() -> None:
    size = 3 * LARGEST_HEAD
    head = b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % size
    said, seen = talk(head + b"x" * 10, *[b"x" * 10_000] * 19, b"x" * (size - 190_010) + GET + b"\r\n")
    assert statuses(said) == [200, 200]
    assert [len(one["body"]) for one in seen] == [size, 0]


def test_a_trailer_adds_nothing_to_the_head() -> None:
    said, seen = talk(CHUNKED + b"\r\n1\r\na\r\n0\r\nHost: evil.example\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n")
    assert statuses(said) == [200]
    assert [name for name, _ in seen[0]["headers"]] == ["host", "transfer-encoding"]


def test_another_protocol_that_is_offered_is_passed_over() -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n"
    post = b"POST /a HTTP/1.1\r\n" + HOST + offer + b"Content-Length: 3\r\n\r\nabc"
    get = b"GET /b HTTP/1.1\r\n" + HOST + offer + b"\r\n"
    said, seen = talk(post + get + post)
    assert statuses(said) == [200] * 3
    assert [(one["path"], one["body"]) for one in seen] == [("/a", "abc"), ("/b", ""), ("/a", "abc")]
    said, seen = talk(*((post + get)[at : at + 3] for at in range(0, len(post + get), 3)))
    assert [(one["path"], one["body"]) for one in seen] == [("/a", "abc"), ("/b", "")]
    chunked = (
        b"POST /c HTTP/1.1\r\n" + HOST + offer + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
    )
    said, seen = talk(chunked + get)
    assert [(one["path"], one["body"]) for one in seen] == [("/c", "ab"), ("/b", "")]


@pytest.mark.parametrize(
    "framing", [b"Transfer-Encoding: identity", b"Content-Length: 3\r\nContent-Length: 4"]
)
def test_an_offer_does_not_hide_a_wrong_length(framing: bytes) -> None:
    offer = (
        b"POST /a HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n" + framing + b"\r\n\r\n"
    )
    said, seen = talk(offer + GET + b"\r\n")
    assert statuses(said) == [400]
    assert not seen


@pytest.mark.parametrize("beginning", [b"", b"GET", GET, b"\r\n", GET + b"\r\n" + GET])
def test_a_head_that_does_not_come_is_not_waited_for(beginning: bytes) -> None:
    said, seen = talk(beginning, seconds=0.1)
    assert statuses(said) == [200] * len(seen)
    assert len(seen) == beginning.count(b"\r\n\r\n")


class Wire:
    """A transport that remembers what was handed to it at once."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def get_extra_info(self, _: str) -> None:
        return None

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.sent.append(data)

    def writelines(self, pieces: Sequence[bytes]) -> None:
        self.write(b"".join(pieces))

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("status", "pieces", "sent"),
    [
        (200, [b"abc"], [b"\r\n\r\nabc"]),
        (200, [b"ab", b"c"], [b"\r\n\r\nab", b"c"]),
        (200, [None, b"abc"], [b"\r\n\r\n", b"abc"]),  # the body takes its time; who waits has the head
        (304, [b""], [b"\r\n\r\n"]),
    ],
)
@pytest.mark.parametrize("closing", [False, True])
def test_the_head_goes_with_the_first_piece_of_the_body(
    status: int, pieces: list[bytes | None], sent: list[bytes], closing: bool
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        length = str(sum(len(piece) for piece in pieces if piece)).encode()
        await send(
            {"type": "http.response.start", "status": status, "headers": [(b"content-length", length)]}
        )
        for number, piece in enumerate(pieces):
            if piece is None:
                await asyncio.sleep(0.01)
            else:
                more = number + 1 < len(pieces)
                await send({"type": "http.response.body", "body": piece, "more_body": more})

    async def story() -> tuple[list[bytes], bool]:
        config = Config(app, log_config=None, access_log=False, ws="none")
        config.load()
        kind: Any = patient_for(5.0)
        protocol, wire = kind(config, ServerState(), {}), Wire()
        protocol.connection_made(wire)
        close = b"Connection: close\r\n" if closing else b""
        protocol.data_received(GET + close + b"\r\n")
        await asyncio.sleep(0.1)
        closed = wire.closed
        protocol.connection_lost(None)
        return wire.sent, closed

    found, closed = asyncio.run(story())
    head, separator, rest = found[0].partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert [separator + rest, *found[1:]] == sent
    assert closed is closing
