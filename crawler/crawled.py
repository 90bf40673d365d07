"""Reads sources that the engine's process looks at (crawler/registry.py), robots.txt obeyed."""

from dataclasses import dataclass

from crawler.asked_visit import asked_of
from crawler.reader import ReaderParts
from news.source import DueSource
from news.visit import Visit


@dataclass(frozen=True, slots=True)
class CrawledReader:
    """Has the engine visit sources as those of `kind`."""

    parts: ReaderParts
    kind: str

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` once."""
        return await self.parts.crawl.visit(asked_of(source, self.kind))
