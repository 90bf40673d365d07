"""What commands need to look at an address themselves: the readers that `run` has, for a moment.

The one guarded client, workers that parse, and the engine of pages only for who asks for it.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from crawler.engine import Engine
from crawler.lanes import feed_lanes
from crawler.reader import Reader, ReaderParts
from crawler.registry import READERS
from news.clock import utc_now
from news.errors import UsageError
from wirewatch import pages_child
from wirewatch.config.fault import quoted
from wirewatch.config.values import Configuration
from wirewatch.net.client import open_client
from wirewatch.net.fetcher import GuardedFetcher
from wirewatch.network import settings_of


@dataclass(slots=True, kw_only=True)
class Looking:
    """Readers of every kind; the engine's process is started when it is needed first."""

    parts: ReaderParts
    pages: Engine
    _started: bool = False

    async def reader(self, kind: str) -> Reader:
        """Return the reader of a kind."""
        if kind not in READERS:
            raise UsageError(f'kind "{kind}" is not read yet; there is {quoted(READERS)}')
        if kind != "feed":
            await self.engine()
        return READERS[kind](self.parts)

    async def engine(self) -> Engine:
        """Return what reads pages, started."""
        if not self._started:
            self._started = True
            await self.pages.start()
        return self.pages


@asynccontextmanager
async def looking(configured: Configuration) -> AsyncIterator[Looking]:
    """Open the network as `[network]` says, for as long as the block goes on."""
    network = settings_of(configured.network)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(open_client(network))
        parser = feed_lanes(small=2, large=1)
        stack.push_async_callback(parser.close)
        engine = pages_child.engine(network)
        stack.push_async_callback(engine.stop)
        fetcher = GuardedFetcher(client, engine.hosts)
        parts = ReaderParts(fetcher=fetcher, parser=parser, clock=utc_now, crawl=engine)
        yield Looking(parts=parts, pages=engine)
