"""What becomes of pages that are crawled by hand: they go to the roof's `keep` function."""

import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from scrapy.crawler import Crawler

from crawler.extract.wire import outcome_plain
from crawler.settings import KEEP
from news.entry import Entry
from news.page import Page, PageOutcome

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A page that was asked for by `url`, and how reading it went.

    `entry` is what the source at `told_by`, of this `kind`, says of it, where one told it.
    """

    url: str
    outcome: PageOutcome
    entry: Entry | None = None
    told_by: str | None = None
    kind: str = "list"


Keep: TypeAlias = Callable[[ReadItem], Awaitable[None] | None]


class Keeping:
    """The item pipeline that gives each `ReadItem` to `keep`."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Keeping":
        """Take `keep` from the settings; without one, what was read is logged."""
        return cls(crawler.settings.get(KEEP) or log_item)

    async def process_item(self, item: object) -> object:
        """Have `item` kept, and pass it on as the plain values that exporters (`-O FILE`) know."""
        if not isinstance(item, ReadItem):
            return item
        kept = self._keep(item)
        if inspect.isawaitable(kept):
            await kept
        return {"asked": item.url, **outcome_plain(item.outcome)}


def log_item(item: ReadItem) -> None:
    """Say what was read; `%r` keeps strangers' control characters out of the log."""
    outcome = item.outcome
    if isinstance(outcome, Page):
        logger.info("%r: %r, %d characters", item.url, outcome.title, len(outcome.text))
    else:
        logger.warning("%r: not read: %s", item.url, outcome.reason)
