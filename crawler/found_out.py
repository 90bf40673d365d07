"""Reads sources whose kind nobody named: it looks whether there stands a feed or a list.

What it was is remembered, so that later visits ask once; when it works as that no more, the other
is tried again.
"""

from dataclasses import dataclass, replace

from crawler.feeds.fetch import FeedReader
from crawler.lists.reader import ListReader
from crawler.lists.remembered import remembered, with_kind
from crawler.reader import Reader, ReaderParts
from news.source import DueSource, Validators
from news.visit import Failed, Told, Visit

FEED, LIST = "feed", "list"


@dataclass(frozen=True, slots=True)
class FoundOutReader:
    """Reads sources of kind `auto`."""

    parts: ReaderParts

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` as what it was the last time, else as a feed, else as a list."""
        known, learned = remembered(source.learned)
        first = known or FEED
        visit = await self._as(first, replace(source, learned=learned))
        if not isinstance(visit.outcome, Failed) or not _has_come(visit):
            return visit
        # What the server said of one kind's document holds for it alone.
        anew = replace(source, learned=None, validators=Validators())
        other = await self._as(LIST if first == FEED else FEED, anew)
        if known and isinstance(other.outcome, Failed):
            return visit
        return _neither(visit.outcome, other)

    async def _as(self, kind: str, source: DueSource) -> Visit:
        reader: Reader = FeedReader(self.parts) if kind == FEED else ListReader(self.parts)
        visit = await reader.visit(source)
        if not isinstance(visit.outcome, Told):
            return visit
        learned = with_kind(kind, visit.outcome.learned)
        return replace(visit, outcome=replace(visit.outcome, learned=learned))


def _has_come(visit: Visit) -> bool:
    """Tell a document that came and could not be read from one that did not come."""
    return visit.status is not None and visit.status // 100 == 2  # noqa: PLR2004 - successes


def _neither(feed: Failed, listed: Visit) -> Visit:
    """Fail with the words for a page first: few take a page for a feed."""
    if not isinstance(listed.outcome, Failed):
        return listed
    words = f"{listed.outcome.reason} (nor is it a feed: {feed.reason})"
    return replace(listed, outcome=replace(listed.outcome, reason=words))
