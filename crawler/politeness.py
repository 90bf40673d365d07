"""One request at a time for each host or platform (news/limit.py), however many are wanted.

Each exchange is a turn of its own: a page and the robots.txt before it take two, so nobody holds a
host while waiting for another and nothing can lock up.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import MappingProxyType
from typing import Protocol
from weakref import WeakValueDictionary

from crawler.http import Fetched, FetchFailed
from news.limit import limit_key

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class TurnMissedError(Exception):
    """Other requests to the host took all the time there was."""

    def __init__(self) -> None:
        super().__init__("other requests to its host took all the time there was")


class Hosts(Protocol):
    """Knows whose turn it is."""

    def turn(self, url: str, *, until: float) -> AbstractAsyncContextManager[None]:
        """Wait for a turn at the host of `url` and keep it; past `until` TurnMissedError."""
        ...


class OneByOne:
    """Whose turn it is at each limit key: the longest waiting comes first."""

    def __init__(self) -> None:
        # A lock lives as long as somebody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, url: str, *, until: float) -> AbstractAsyncContextManager[None]:
        """Wait for a turn; see `Hosts`."""
        return self.turn_of(limit_key(url), until=until)

    @asynccontextmanager
    async def turn_of(self, key: str, *, until: float) -> AsyncIterator[None]:
        """Wait for a turn of a limit key."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout_at(until):
                await lock.acquire()
        except TimeoutError:
            raise TurnMissedError from None
        try:
            yield
        finally:
            lock.release()


class Exchange(Protocol):
    """Makes one request, follows no redirect, and ends by `until` (the loop's clock)."""

    async def __call__(self, url: str, *, until: float) -> Fetched | FetchFailed:
        """Return the answer of any status, or why there is none; never raises for the network."""
        ...


class AskingExchange(Exchange, Protocol):
    """An exchange that may also say what it knows already, in `headers`."""

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        """Return the answer of any status, or why there is none; never raises for the network."""
        ...


class Turns:
    """An exchange in which requests to one host follow each other; `hosts` knows of all others.

    Without one, nobody else makes requests.
    """

    def __init__(self, exchange: AskingExchange, hosts: Hosts | None = None) -> None:
        self._exchange = exchange
        self._hosts = hosts or OneByOne()

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        """Make the request when it is its turn; who waited too long is not served."""
        try:
            async with self._hosts.turn(url, until=until):
                return await self._exchange(url, until=until, headers=headers)
        except TurnMissedError as error:
            return FetchFailed(reason=str(error), crowded=True)
