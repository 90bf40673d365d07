"""The spider `site`: finds the articles of a whole site, and reads each of them.

    scrapy crawl site -a url=https://example.org/
    scrapy crawl site -a url=https://example.org/ -a sections="/world /politics" -a pages=40
    scrapy crawl site -a url=https://example.org/ -a depth=1 -O articles.jsonl

Scheduled visits ask the engine's process instead (crawler/crawled.py), which looks at sites by
the same code.
"""

from collections.abc import AsyncIterator

from scrapy import Spider

from crawler.asked_visit import AskedVisit
from crawler.by_hand import articles_of
from crawler.keeping import ReadItem
from crawler.lists.selector import selector_fault
from news.source import Spider as SpiderSettings


class SiteSpider(Spider):
    """Reads what one site tells at a first visit, through its crawler's engine."""

    name = "site"

    def __init__(
        self,
        *,
        url: str = "",
        sections: str = "",
        depth: str = "",
        pages: str = "",
        **kwargs: str,
    ) -> None:
        links = kwargs.pop("links", "")
        super().__init__(None, **kwargs)
        self.fault = "" if url else "name the site: scrapy crawl site -a url=https://example.org/"
        if links and (fault := selector_fault(links)):
            self.fault = f"links: {fault}"
        for name, number in (("depth", depth), ("pages", pages)):
            if number and not (number.isascii() and number.isdigit()):
                self.fault = f"{name}: this is no number"
        settings = SpiderSettings(
            links=links or None,
            sections=tuple(sections.replace(",", " ").split()),
            depth=int(depth) if depth and not self.fault else None,
            pages=int(pages) if pages and not self.fault else None,
        )
        self.asked = AskedVisit(kind="site", url=url, spider=settings)

    async def start(self) -> AsyncIterator[ReadItem]:
        """Yield each article as it is read; a site that tells none is told in the log."""
        if self.fault:  # raised any earlier, it would come with the traceback of Scrapy's inside
            self.logger.error(self.fault)
            return
        async for item in articles_of(self.crawler, self.asked, self.logger):
            yield item
