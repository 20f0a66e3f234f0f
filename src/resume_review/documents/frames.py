"""Length-prefixed messages between a process and its child."""

import struct
from typing import BinaryIO

import msgspec

from resume_review.documents.limits import Limits

_HEADER = struct.Struct(">Q")
MORE_TIME = b""
"""Sent by a child before its answer: characters will be recognised, which takes longer than reading."""


class Request(msgspec.Struct, frozen=True):
    """One file to read."""

    data: bytes
    filename: str
    limits: Limits


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Send one message."""
    stream.write(_HEADER.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO, *, most: int) -> bytes | None:
    """Receive one message; null when the other side is gone or announces more than `most` bytes."""
    header = _exactly(stream, _HEADER.size)
    if header is None:
        return None
    (length,) = _HEADER.unpack(header)
    return _exactly(stream, length) if length <= most else None


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = stream.read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
