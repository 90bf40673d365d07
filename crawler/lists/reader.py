"""Reads sources of kind `list`: the engine's process looks at the page, robots.txt obeyed."""

from dataclasses import dataclass

from crawler.lists.wire import page_of
from crawler.reader import ReaderParts
from news.source import DueSource
from news.visit import Visit


@dataclass(frozen=True, slots=True)
class ListReader:
    """Reads sources of kind `list`."""

    parts: ReaderParts

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` once."""
        return await self.parts.lists.visit_list(page_of(source))
