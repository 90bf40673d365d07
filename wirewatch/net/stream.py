"""A body as it comes in: decoded, counted, and read before its deadline."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass

import aiohttp
import httpx

from crawler.room import LARGE, PACE, Guest, Pace, RoomFullError
from wirewatch.net.faults import (
    MET_ON_THE_WAY,
    Crowded,
    NetworkFault,
    TimedOut,
    TooLarge,
    TooSlow,
    fault_of,
)
from wirewatch.net.inflate import Inflater, Plain

_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one exchange with `where` (name:port) may take; `until` is by the loop's clock.

    For a `guest`, a large body waits until there is room for it, and its time stands still; from
    then on it has to keep `pace`.
    """

    where: str
    max_bytes: int
    until: float
    guest: Guest | None = None
    pace: Pace = PACE


class Body(httpx.AsyncByteStream):
    """The bytes of an answer of aiohttp's, as they were sent."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncGenerator[bytes]:
        async for chunk in self._answer.content.iter_chunked(_CHUNK):
            yield chunk

    async def aclose(self) -> None:
        """Close the connection, or give it back if the body was read to its end."""
        self._answer.release()
        await self._answer.wait_for_close()


class BoundedStream(httpx.AsyncByteStream):
    """Passes on the bytes of `inner`, decoded, within `bounds`.

    What is too large, too late or too slow for the place it takes raises TooLarge, TimedOut or
    TooSlow; closing gives up the connection.
    With no `coding` that could decode them, the first byte raises NetworkFault: only now, so that
    the status is seen by those to whom it says all.
    """

    def __init__(self, inner: Body, coding: Plain | Inflater | None, bounds: Bounds) -> None:
        self._inner = inner
        self._coding = coding
        self._bounds = bounds
        self._until = bounds.until
        self._come = 0
        self._more_by = math.inf

    async def __aiter__(self) -> AsyncIterator[bytes]:
        sent = decoded = 0
        coding = self._coding or _Unasked(self._bounds.where)
        # The inner one is an async generator, and has to be ended where it was begun.
        async with aclosing(aiter(self._inner)) as chunks:
            while (chunk := await self._next(chunks)) is not None:
                sent += len(chunk)
                for piece in coding.feed(chunk):
                    decoded += len(piece)
                    self._check(decoded)
                    self._keep_pace(len(piece))
                    await self._make_room(decoded)
                    yield piece
                self._check(sent)
        yield coding.end()

    async def aclose(self) -> None:
        """Close the connection, or give it back if the body was read to its end."""
        await self._inner.aclose()

    def _check(self, size: int) -> None:
        if size > self._bounds.max_bytes:
            mib = self._bounds.max_bytes / 2**20
            raise TooLarge(f"the answer of {self._bounds.where} is larger than {mib:.3g} MiB")

    async def _make_room(self, size: int) -> None:
        guest = self._bounds.guest
        if guest is None or size <= LARGE or self._more_by < math.inf:
            return
        try:
            self._until += await guest.enter()
        except RoomFullError as error:
            raise Crowded(f"{error}, so {self._bounds.where} was not heard out") from error
        self._expect_more()

    def _keep_pace(self, size: int) -> None:
        self._come += size
        if self._more_by < math.inf and self._come >= self._bounds.pace.size:
            self._expect_more()

    def _expect_more(self) -> None:
        self._come = 0
        self._more_by = asyncio.get_running_loop().time() + self._bounds.pace.seconds

    async def _next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        try:
            async with asyncio.timeout_at(min(self._until, self._more_by)):
                return await anext(chunks, None)
        except TimeoutError as error:
            if self._more_by < self._until:
                raise TooSlow(f"{self._bounds.where} sends too slowly for its size") from error
            raise TimedOut(f"{self._bounds.where} took too long to send its answer") from error
        except MET_ON_THE_WAY as error:
            raise fault_of(error, self._bounds.where) from error


class _Unasked(Plain):
    """What can be decoded by nothing here."""

    def __init__(self, where: str) -> None:
        self._where = where

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Raise for any byte; a body without one needs no decoding."""
        if chunk:
            raise NetworkFault(f"{self._where} answers in an encoding that was not asked for")
        yield chunk
