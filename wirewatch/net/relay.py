"""Bytes between a browser and a server, counted as they pass."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from wirewatch.net.dial import Streams
from wirewatch.net.proxy_heads import Exchange, answered, is_interim

_CHUNK = 64 * 1024
_MOST_INTERIM = 8


class TooMuchError(Exception):
    """More bytes than may pass."""


@dataclass(slots=True, kw_only=True)
class Relay:
    """Carries for one connection, at most `most` bytes; `count` is told of each, and may raise."""

    most: int
    count: Callable[[int], None]

    async def both_ways(self, ours: Streams, theirs: Streams) -> None:
        """Carry until either side has no more to say, which is the end for both."""
        ways = [
            asyncio.create_task(self._carry(ours[0], theirs[1])),
            asyncio.create_task(self._carry(theirs[0], ours[1])),
        ]
        try:
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in done:
                way.result()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def exchange(self, wanted: Exchange, ours: Streams, theirs: Streams) -> None:
        """Carry one request and its answer, until the server ends it or the browser goes away."""
        theirs[1].write(wanted.head)
        sending = asyncio.create_task(self._send(wanted.size, ours[0], theirs[1]))
        answering = asyncio.create_task(self._answer(ours, theirs))
        gone = asyncio.create_task(_ended(sending, ours[0]))
        try:
            await asyncio.wait([answering, gone], return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
        finally:
            for task in (sending, answering, gone):
                task.cancel()
            await asyncio.gather(sending, answering, gone, return_exceptions=True)

    async def _answer(self, ours: Streams, theirs: Streams) -> None:
        for _ in range(_MOST_INTERIM):
            head = await theirs[0].readuntil(b"\r\n\r\n")
            self._take(len(head))
            if not is_interim(head):
                ours[1].write(answered(head))
                break
        await self._carry(theirs[0], ours[1])

    async def _send(
        self, size: int, reader: asyncio.StreamReader, to: asyncio.StreamWriter
    ) -> None:
        while size > 0:
            chunk = await reader.read(min(size, _CHUNK))
            if not chunk:
                raise ConnectionResetError
            size -= len(chunk)
            self._take(len(chunk))
            to.write(chunk)
            await to.drain()

    async def _carry(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(_CHUNK):
            self._take(len(chunk))
            to.write(chunk)
            await to.drain()

    def _take(self, size: int) -> None:
        self.most -= size
        if self.most < 0:
            raise TooMuchError
        self.count(size)


async def _ended(sending: "asyncio.Task[None]", reader: asyncio.StreamReader) -> None:
    """Wait until the browser closes, or says more than its one request."""
    await sending
    await reader.read(1)
