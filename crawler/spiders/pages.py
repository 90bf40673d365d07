"""The spider `pages`: reads the pages it is told, and follows nothing.

In the engine's child process it serves whoever asks through `service`; by hand it reads a list:

    scrapy crawl pages -a url=https://example.org/a-story
    scrapy crawl pages -a urls="https://example.org/a https://example.org/b" -O pages.jsonl
    scrapy crawl pages -a url=https://example.org/a-story -a render=1
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from scrapy import Spider

from crawler.engine_exchange import EngineExchange
from crawler.gathering import Gathering, gathering_over
from crawler.keeping import ReadItem
from crawler.page_reader import PageReader
from crawler.politeness import Hosts
from crawler.settings import DRAWS, REST
from crawler.workers import PATIENCE, WorkerPool


class Service(Protocol):
    """Asks for pages and visits, as long as it likes, and gives the turns for all requests."""

    @property
    def turns(self) -> Hosts:
        """Return who knows whose turn it is."""
        ...

    async def serve(self, gathering: Gathering) -> None:
        """Ask `gathering`, and end when nobody asks any more."""
        ...


class PagesSpider(Spider):
    """Reads pages through its crawler's engine."""

    name = "pages"

    def __init__(
        self,
        *,
        url: str = "",
        urls: str = "",
        render: str = "",
        service: Service | None = None,
        **kwargs: str,
    ) -> None:
        super().__init__(None, **kwargs)
        self.urls = [*url.split(), *urls.replace(",", " ").split()]
        self.render = render not in ("", "0")
        self._service = service

    async def start(self) -> AsyncIterator[ReadItem]:
        """Serve until the asking ends, or yield each page of the list as it is read."""
        # Who asks may ask once more; what stands on a list is read once, however long it takes.
        pool = WorkerPool(patience=None if self._service is None else PATIENCE)
        # The engine is there from now on, and not before.
        exchange, brought = EngineExchange(self.crawler.engine), self.crawler.settings
        gathering = gathering_over(
            exchange,
            pool,
            None if self._service is None else self._service.turns,
            draws=brought.get(DRAWS),
            usual_rest=brought.get(REST),
        )
        try:
            if self._service is not None:
                await self._service.serve(gathering)
            items = [self._item(gathering.pages, url) for url in self.urls]
            for reading in asyncio.as_completed(items):
                yield await reading
        finally:
            await gathering.close()
            await pool.close()

    async def _item(self, reader: PageReader, url: str) -> ReadItem:
        return ReadItem(url, (await reader.read(url, render=self.render)).outcome)
