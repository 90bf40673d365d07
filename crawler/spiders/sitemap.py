"""The spider `sitemap`: finds the articles that a sitemap lists last, and reads each of them.

    scrapy crawl sitemap -a url=https://example.org/news-sitemap.xml
    scrapy crawl sitemap -a url=https://example.org/sitemap_index.xml -O articles.jsonl

Scheduled visits ask the engine's process instead (crawler/crawled.py), which reads sitemaps by
the same code.
"""

from collections.abc import AsyncIterator

from scrapy import Spider

from crawler.asked_visit import AskedVisit
from crawler.by_hand import articles_of
from crawler.keeping import ReadItem


class SitemapSpider(Spider):
    """Reads what one sitemap tells at a first visit, through its crawler's engine."""

    name = "sitemap"

    def __init__(self, *, url: str = "", **kwargs: str) -> None:
        super().__init__(None, **kwargs)
        self.asked = AskedVisit(kind="sitemap", url=url)

    async def start(self) -> AsyncIterator[ReadItem]:
        """Yield each article as it is read."""
        if not self.asked.url:  # raised any earlier, it would come with a traceback
            self.logger.error(
                "name it: scrapy crawl sitemap -a url=https://example.org/news-sitemap.xml"
            )
            return
        async for item in articles_of(self.crawler, self.asked, self.logger):
            yield item
