"""A server on 127.0.0.1 that misbehaves on command: a test queues what it answers next."""

import asyncio
import gzip
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from tests.integration.raw_server import RawServer, Writer, answer, raw_server

Act: TypeAlias = Callable[[Writer], Awaitable[None]]
Answer: TypeAlias = bytes | Act
"""Bytes to be sent as they are, or something to be done to the connection."""


class BadServer:
    """Answers with what was queued for an address, one a request; the last of them stays."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.heads: dict[str, str] = {}
        self._queued: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._raw: RawServer | None = None

    def will(self, path: str, *answers: Answer) -> str:
        """Queue `answers` for `path` in place of those before; return its address."""
        self._queued[path] = deque(answers)
        return self.url(path)

    def url(self, path: str = "/") -> str:
        assert self._raw is not None
        return self._raw.url(path)

    @property
    def place(self) -> str:
        """Name and port, as faults call it."""
        assert self._raw is not None
        return f"127.0.0.1:{self._raw.port}"

    async def _behave(self, head: str, writer: Writer) -> None:
        path = head.split(" ", 2)[1]
        self.asked[path] += 1
        self.heads[path] = head.lower()
        queued = self._queued[path] or deque([answer(status="404 Not Found")])
        acted = queued.popleft() if len(queued) > 1 else queued[0]
        if isinstance(acted, bytes):
            writer.write(acted)
        else:
            await acted(writer)


@asynccontextmanager
async def bad_server() -> AsyncIterator[BadServer]:
    served = BadServer()
    async with raw_server(served._behave) as raw:
        served._raw = raw
        yield served


async def reset(writer: Writer) -> None:
    """Break the connection off without a word."""
    writer.transport.abort()


async def garbage(writer: Writer) -> None:
    """Answer what is no HTTP."""
    writer.write(b"220 mail.test ESMTP\r\n\r\n")
    writer.close()


def broken_off(body: bytes, *, after: int, **headers: str) -> Act:
    """Announce the whole of `body`, and close the connection `after` so many bytes of it."""

    async def act(writer: Writer) -> None:
        whole = answer(body, **headers)
        writer.write(whole[: len(whole) - len(body) + after])
        await writer.drain()
        writer.close()

    return act


def gzipped(body: bytes, *, cut: int = 0, **headers: str) -> bytes:
    """Answer `body` as gzip, of which the last `cut` bytes are missing."""
    packed = gzip.compress(body)
    return answer(packed[: len(packed) - cut], Content_Encoding="gzip", **headers)


def status(line: str, **headers: str) -> bytes:
    """Answer a status such as "503 Service Unavailable" with a short page."""
    return answer(b"<html><body>no</body></html>", status=line, **headers)


async def closed_port() -> int:
    """Return a port at which nobody listens."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
