"""A source visited once by `scrapy crawl`, and each article that it tells read."""

import asyncio
import logging
from collections.abc import AsyncIterator

from scrapy.crawler import Crawler

from crawler.asked_visit import AskedVisit
from crawler.engine_exchange import EngineExchange
from crawler.gathering import gathering_over
from crawler.keeping import ReadItem
from crawler.page_reader import PageReader
from crawler.settings import DRAWS, REST
from crawler.workers import WorkerPool
from news.entry import Entry
from news.visit import Failed, Told


async def articles_of(
    crawler: Crawler, asked: AskedVisit, log: logging.LoggerAdapter[logging.Logger]
) -> AsyncIterator[ReadItem]:
    """Yield each article as it is read; a source that tells none says so in the log."""
    pool = WorkerPool(patience=None)  # it is read once, however long it takes
    draws, rest = crawler.settings.get(DRAWS), crawler.settings.get(REST)
    exchange = EngineExchange(crawler.engine)
    gathering = gathering_over(exchange, pool, draws=draws, usual_rest=rest)
    try:
        visit = await gathering.visit(asked)
        if isinstance(visit.outcome, Failed):
            log.error("%r: %s", asked.url, visit.outcome.reason)
        told = visit.outcome.entries if isinstance(visit.outcome, Told) else ()
        items = [_item(gathering.pages, entry, asked) for entry in told]
        for reading in asyncio.as_completed(items):
            yield await reading
    finally:
        await gathering.close()
        await pool.close()


async def _item(reader: PageReader, entry: Entry, asked: AskedVisit) -> ReadItem:
    url = entry.url or ""  # what is followed always has one
    outcome = (await reader.read(url, render=asked.spider.render)).outcome
    return ReadItem(url, outcome, entry=entry, told_by=asked.url, kind=asked.kind)
