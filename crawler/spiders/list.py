"""The spider `list`: finds the articles that a page links to, and reads each of them.

    scrapy crawl list -a url=https://example.org/news
    scrapy crawl list -a url=https://example.org/news -a links="h3 > a" -O articles.jsonl

Scheduled visits to lists ask the engine's process instead (crawler/crawled.py), which finds
them by the same code.
"""

from collections.abc import AsyncIterator

from scrapy import Spider

from crawler.asked_visit import AskedVisit
from crawler.by_hand import articles_of
from crawler.keeping import ReadItem
from crawler.lists.selector import selector_fault
from news.source import Spider as SpiderSettings


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
        async for item in articles_of(self.crawler, self.asked, self.logger):
            yield item
