"""Frames on a pipe: four bytes of length, then so many bytes.

Parents and children speak in them, since a pipe alone keeps no boundaries.
"""

import asyncio
from typing import BinaryIO

MAX_FRAME = 64 * 1024 * 1024
"""Nothing honest is longer; a longer one means that the other side has lost its way."""

_LENGTH = 4


class BrokenFrameError(ConnectionError):
    """The other side sent what is no frame; nothing after it can be read."""


def pack(body: bytes) -> bytes:
    """Return `body` as one frame."""
    return head_of(body) + body


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """Wait for the next frame; the end of the stream is an `IncompleteReadError`."""
    return await reader.readexactly(_checked(await reader.readexactly(_LENGTH)))


def read_frame_blocking(stream: BinaryIO) -> bytes | None:
    """Wait for the next frame of a blocking stream; its end, clean or not, is None."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = _checked(head)
    body = stream.read(size)
    return body if len(body) == size else None


def head_of(body: bytes) -> bytes:
    """Return what stands before `body` in its frame."""
    if len(body) > MAX_FRAME:
        raise BrokenFrameError(f"a frame of {len(body)} bytes is too long")
    return len(body).to_bytes(_LENGTH, "big")


def _checked(head: bytes) -> int:
    size = int.from_bytes(head, "big")
    if size > MAX_FRAME:
        raise BrokenFrameError(f"a frame of {size} bytes was announced")
    return size
