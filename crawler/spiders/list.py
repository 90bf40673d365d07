"""The spider `list`: finds the articles that a page links to, and reads each of them.

    scrapy crawl list -a url=https://example.org/news
    scrapy crawl list -a url=https://example.org/news -a links="h3 > a" -O articles.jsonl

Scheduled visits to lists ask the engine's process instead (crawler/crawled.py), which finds
them by the same code.
"""

import asyncio
from collections.abc import AsyncIterator

from scrapy import Spider

from crawler.asked_visit import AskedVisit
from crawler.engine_exchange import EngineExchange
from crawler.gathering import gathering_over
from crawler.keeping import ReadItem
from crawler.lists.selector import selector_fault
from crawler.page_reader import PageReader
from crawler.workers import WorkerPool
from news.entry import Entry
from news.source import Spider as SpiderSettings
from news.visit import Failed, Told


class ListSpider(Spider):
    """Reads what one page lists, through its crawler's engine."""

    name = "list"

    def __init__(self, *, url: str = "", links: str = "", **kwargs: str) -> None:
        super().__init__(None, **kwargs)
        self.fault = (
            "" if url else "name the page: scrapy crawl list -a url=https://example.org/news"
        )
        if links and (fault := selector_fault(links)):
            self.fault = f"links: {fault}"
        self.asked = AskedVisit(kind="list", url=url, spider=SpiderSettings(links=links or None))

    async def start(self) -> AsyncIterator[ReadItem]:
        """Yield each article as it is read; a page that lists none is told in the log."""
        if self.fault:  # raised any earlier, it would come with the traceback of Scrapy's inside
            self.logger.error(self.fault)
            return
        pool = WorkerPool(patience=None)  # it is read once, however long it takes
        gathering = gathering_over(EngineExchange(self.crawler.engine), pool)
        try:
            visit = await gathering.visit(self.asked)
            if isinstance(visit.outcome, Failed):
                self.logger.error("%r: %s", self.asked.url, visit.outcome.reason)
            told = visit.outcome.entries if isinstance(visit.outcome, Told) else ()
            items = [self._item(gathering.pages, entry) for entry in told]
            for reading in asyncio.as_completed(items):
                yield await reading
        finally:
            await pool.close()

    async def _item(self, reader: PageReader, entry: Entry) -> ReadItem:
        url = entry.url or ""  # a link always has one
        outcome = (await reader.read(url)).outcome
        return ReadItem(url, outcome, entry=entry, told_by=self.asked.url)
