"""What the asking process and the answering process say to each other: a length, then JSON, then bytes."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!IQ")
_TOGETHER = 65_536


class UnreadError(ConnectionError):
    """The other side ended before it had read all that was sent to it.

    Linux says so: what lies unread in a socket pair when one side is closed makes a reset for the other,
    while a side that had read all makes a plain end (``unix_release_sock`` in its net/unix/af_unix.c).
    """


def written(header: dict[str, Any], body: bytes = b"") -> list[bytes]:
    """One message as it goes over the line.

    Args:
        header: What JSON can say.
        body: Bytes that go with it.

    Returns:
        One piece, or two when copying the body would cost more than sending twice.
    """
    text = json.dumps(header).encode("ascii")
    head = _LENGTHS.pack(len(text), len(body)) + text
    return [head + body] if len(body) <= _TOGETHER else [head, body]


def send(channel: socket.socket, header: dict[str, Any], body: bytes = b"") -> None:
    """Send one message.

    Args:
        channel: A connected stream socket.
        header: What JSON can say.
        body: Bytes that go with it.

    Raises:
        OSError: when the other side is gone.
    """
    for piece in written(header, body):
        channel.sendall(piece)


def receive(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Receive one message.

    Args:
        channel: A connected stream socket; its timeout counts for each piece.

    Returns:
        Header and body; None when the other side is gone.

    Raises:
        TimeoutError: when a piece did not come in time.
    """
    try:
        return _received(channel)
    except ConnectionResetError:
        return None


def ask(channel: socket.socket, header: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
    """Send a message and wait for the one that answers it.

    Args:
        channel: A connected stream socket, on which nothing else is under way.
        header: What JSON can say.

    Returns:
        Header and body of the answer; None when the other side is gone.

    Raises:
        UnreadError: when it had gone before it read the message.
        TimeoutError: when a piece did not come in time.
    """
    try:
        send(channel, header)
        return _received(channel)
    except (ConnectionResetError, BrokenPipeError) as error:
        raise UnreadError(str(error)) from error


async def exchange(channel: socket.socket, header: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
    """Send a message and wait for the one that answers it, without a thread.

    Args:
        channel: A connected stream socket that does not block, on which nothing else is under way.
        header: What JSON can say.

    Returns:
        Header and body of the answer; None when the other side is gone.

    Raises:
        UnreadError: when it had gone before it read the message.
    """
    loop = asyncio.get_running_loop()
    try:
        for piece in written(header):
            await loop.sock_sendall(channel, piece)
        first = await loop.sock_recv(channel, _TOGETHER)
        while first and len(first) < _LENGTHS.size:
            more = await loop.sock_recv(channel, _TOGETHER)
            first = first + more if more else b""
        if not first:
            return None
        start = _LENGTHS.size
        header_size, body_size = _LENGTHS.unpack_from(first)
        whole, read = bytearray(start + header_size + body_size), len(first)
        whole[:read] = first
        view = memoryview(whole)
        while read < len(whole):
            got = await loop.sock_recv_into(channel, view[read:])
            if not got:
                return None
            read += got
    except (ConnectionResetError, BrokenPipeError) as error:
        raise UnreadError(str(error)) from error
    return json.loads(view[start : start + header_size].tobytes()), view[start + header_size :].tobytes()


def gone(channel: socket.socket) -> bool:
    """Whether the other side of a channel, which has nothing to say, is gone."""
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    return bool(poll.poll(0))


def _received(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    header_size, body_size = _LENGTHS.unpack(lengths)
    header, body = _exactly(channel, header_size), _exactly(channel, body_size)
    if header is None or body is None:
        return None
    parsed: dict[str, Any] = json.loads(header)
    return parsed, body


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    piece = channel.recv(size)
    if len(piece) == size:  # as a rule, and then nothing is copied
        return piece
    whole, read = bytearray(size), len(piece)
    whole[:read] = piece
    view = memoryview(whole)
    while piece and read < size:
        got = channel.recv_into(view[read:])
        if not got:
            return None
        read += got
    return bytes(whole) if piece else None
