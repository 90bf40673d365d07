"""Decoding a body as it comes, under a bound.

Only gzip is asked for and deflate is understood; whoever sends br or zstd unasked is refused by
name when their body is read, since their bombs grow in a single call. What says gzip and is not
is passed on as it is.
"""

import zlib
from collections.abc import Iterator

_PIECE = 64 * 1024
_GZIP = b"\x1f\x8b"
_AUTOMATIC = zlib.MAX_WBITS | 32


class Plain:
    """Passes a body on as it comes."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield `chunk`."""
        yield chunk

    def end(self) -> bytes:
        """Return what was held back: nothing."""
        return b""


class Inflater:
    """Inflates gzip (of several members too) or zlib in pieces of at most 64 KiB.

    A damaged body ends where the damage begins: what can be read is read.
    """

    def __init__(self, *, magic: bytes = _GZIP) -> None:
        self._magic = magic
        self._head = b""
        self._engine = zlib.decompressobj(_AUTOMATIC)
        self._state = "start"

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what `chunk` brings, decoded."""
        if self._state == "start":
            self._head += chunk
            if len(self._head) < len(self._magic):
                return
            chunk, self._head = self._head, b""
            self._state = "gzip" if chunk.startswith(self._magic) else "plain"
        if self._state == "plain":
            yield chunk
        elif self._state == "gzip":
            yield from self._inflate(chunk)

    def end(self) -> bytes:
        """Return what was held back: a body too short to show whether it is compressed."""
        return self._head

    def _inflate(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            try:
                piece = self._engine.decompress(chunk, _PIECE)
            except zlib.error:
                self._state = "damaged"
                return
            if piece:
                yield piece
            chunk = self._engine.unconsumed_tail
            if self._engine.eof:
                chunk = self._engine.unused_data.lstrip(b"\x00")
                self._engine = zlib.decompressobj(_AUTOMATIC)
            elif not piece and not chunk:
                return


def decoder(encoding: str) -> Plain | Inflater | None:
    """Return what decodes a body of this Content-Encoding, None if nothing here does."""
    match encoding.strip().lower():
        case "" | "identity" | "none" | "utf-8":
            return Plain()
        case "gzip" | "x-gzip":
            return Inflater()
        case "deflate":
            return Inflater(magic=b"\x78")
        case _:
            return None
