"""The spider `pages`: reads the pages it is told, and follows nothing.

In the engine's child process it serves whoever asks through `serve`; by hand it reads a list:

    scrapy crawl pages -a url=https://example.org/a-story
    scrapy crawl pages -a urls="https://example.org/a https://example.org/b" -O pages.jsonl
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from scrapy import Spider

from crawler.engine_exchange import EngineExchange
from crawler.keeping import ReadItem
from crawler.page_reader import PageReader
from crawler.politeness import Turns
from crawler.robots import Robots
from crawler.workers import PATIENCE, WorkerPool


class PagesSpider(Spider):
    """Reads pages through its crawler's engine."""

    name = "pages"

    def __init__(
        self,
        *,
        url: str = "",
        urls: str = "",
        serve: Callable[[PageReader], Awaitable[None]] | None = None,
        **kwargs: str,
    ) -> None:
        super().__init__(None, **kwargs)
        self.urls = [*url.split(), *urls.replace(",", " ").split()]
        self._serve = serve

    async def start(self) -> AsyncIterator[ReadItem]:
        """Serve until the asking ends, or yield each page of the list as it is read."""
        # Who asks may ask once more; what stands on a list is read once, however long it takes.
        pool = WorkerPool(patience=None if self._serve is None else PATIENCE)
        # The engine is there from now on, and not before.
        reader = reader_of(EngineExchange(self.crawler.engine), pool)
        try:
            if self._serve is not None:
                await self._serve(reader)
            for reading in asyncio.as_completed([_item(reader, url) for url in self.urls]):
                yield await reading
        finally:
            await pool.close()


def reader_of(exchange: EngineExchange, pool: WorkerPool) -> PageReader:
    """Return a reader in which all requests, those for robots.txt too, wait for their turn."""
    turns = Turns(exchange)
    return PageReader(exchange=turns, robots=Robots(turns, monotonic=time.monotonic), pool=pool)


async def _item(reader: PageReader, url: str) -> ReadItem:
    return ReadItem(url, (await reader.read(url)).outcome)
