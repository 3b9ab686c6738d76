"""What the asking process and the answering process say to each other: a length, then JSON, then bytes."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!IQ")


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
    channel.sendall(_LENGTHS.pack(len(text), len(body)) + text)
    if body:  # sending nothing fails when the other side has read all and closed
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


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        try:
            piece = channel.recv(min(size, 1 << 20))
        except ConnectionResetError:
            return None
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
