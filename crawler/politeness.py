"""One request at a time for each host, however many are wanted.

Each exchange is a turn of its own: a page and the robots.txt before it take two, so nobody holds a
host while waiting for another and nothing can lock up.
"""

import asyncio
from typing import Protocol
from weakref import WeakValueDictionary

from crawler.http import Fetched, FetchFailed
from news.url import host_of


class Exchange(Protocol):
    """Makes one request, follows no redirect, and ends by `until` (the loop's clock)."""

    async def __call__(self, url: str, *, until: float) -> Fetched | FetchFailed:
        """Return the answer of any status, or why there is none; never raises for the network."""
        ...


class Turns:
    """An exchange in which requests to one host follow each other."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        # A lock lives as long as somebody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, url: str, *, until: float) -> Fetched | FetchFailed:
        """Make the request when it is its turn; who waited too long is not served."""
        lock = self._locks.setdefault(host_of(url), asyncio.Lock())
        try:
            async with asyncio.timeout_at(until):
                await lock.acquire()
        except TimeoutError:
            return FetchFailed(reason="other requests to its host took all the time there was")
        try:
            return await self._exchange(url, until=until)
        finally:
            lock.release()
