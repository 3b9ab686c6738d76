"""What the asking process and the answering process say to each other: a length, then JSON, then bytes."""

from __future__ import annotations

import json
import select
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!IQ")
_TOGETHER = 65_536


def send(channel: socket.socket, header: dict[str, Any], body: bytes = b"") -> None:
    """Send one message.

    Args:
        channel: A connected stream socket.
        header: What JSON can say.
        body: Bytes that go with it.

    Raises:
        OSError: when the other side is gone.
    """
    text = json.dumps(header).encode("ascii")
    head = _LENGTHS.pack(len(text), len(body)) + text
    if len(body) <= _TOGETHER:  # sending nothing fails when the other side has read all and closed
        channel.sendall(head + body)
    else:
        channel.sendall(head)
        channel.sendall(body)


def receive(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Receive one message.

    Args:
        channel: A connected stream socket; its timeout counts for each piece.

    Returns:
        Header and body; None when the other side is gone.

    Raises:
        TimeoutError: when a piece did not come in time.
    """
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    header_size, body_size = _LENGTHS.unpack(lengths)
    header, body = _exactly(channel, header_size), _exactly(channel, body_size)
    if header is None or body is None:
        return None
    parsed: dict[str, Any] = json.loads(header)
    return parsed, body


def readable(channel: socket.socket, seconds: float | None) -> bool:
    """Wait until there is something to read, or the other side is gone.

    Args:
        channel: A connected stream socket.
        seconds: How long; None for ever.

    Returns:
        False when the time was over.
    """
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def gone(channel: socket.socket) -> bool:
    """Whether the other side of a channel, which has nothing to say, is gone."""
    return readable(channel, 0)


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    try:
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
    except ConnectionResetError:
        return None
    return bytes(whole) if piece else None
