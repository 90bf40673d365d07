"""Reads sources whose kind nobody named: it looks whether there stands a feed, sitemap or list.

What it was is remembered, so that later visits ask once. When it works as that no more, it fails at
first, for many a server answers with its front page while it is mended, or to whoever shall log in.
Only where that goes on is it read as another kind, and then what stands there is no news.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.crawled import CrawledReader
from crawler.feeds.fetch import FeedReader
from crawler.lists.remembered import remembered, with_kind
from crawler.reader import Reader, ReaderParts
from news.source import DueSource, Validators
from news.visit import Failed, Told, Visit

FEED, SITEMAP, LIST = "feed", "sitemap", "list"
ENOUGH_FAILURES = 4
PATIENCE = timedelta(days=1)
"""After so many failed visits in a row, and so long, a source may have become another kind."""


@dataclass(frozen=True, slots=True)
class FoundOutReader:
    """Reads sources of kind `auto`."""

    parts: ReaderParts

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` as what it was the last time, else as each kind that it may be."""
        known, learned = remembered(source.learned)
        first = known or FEED
        visit = await self._as(first, replace(source, learned=learned))
        if not isinstance(visit.outcome, Failed) or not _has_come(visit):
            return visit
        if known and not _is_lost(source, visit.at):
            return _failed(visit, f"it was a {known} and is none now: {visit.outcome.reason}")
        # What the server said of one kind's document holds for it alone.
        anew = replace(source, learned=None, validators=Validators())
        other = await self._other(first, visit.outcome, anew)
        if known is None:
            return _neither(visit.outcome, other)
        return _found_anew(other) or visit

    async def _other(self, kind: str, failed: Failed, source: DueSource) -> Visit:
        """Look at `source` as another kind than `kind`, as which it `failed`."""
        as_feed = failed
        visit: Visit | None = None
        for other in (FEED, SITEMAP, LIST):
            if other == kind or (other == SITEMAP and not _may_be_a_sitemap(as_feed)):
                continue
            visit = await self._as(other, source)
            if not isinstance(visit.outcome, Failed):
                break
            as_feed = visit.outcome
        if visit is None:
            raise AssertionError("there is always another kind")
        return visit

    async def _as(self, kind: str, source: DueSource) -> Visit:
        reader: Reader = FeedReader(self.parts) if kind == FEED else CrawledReader(self.parts, kind)
        visit = await reader.visit(source)
        outcome = visit.outcome
        if isinstance(outcome, Told) or (isinstance(outcome, Failed) and outcome.learned):
            learned = with_kind(kind, outcome.learned)
            return replace(visit, outcome=replace(outcome, learned=learned))
        return visit


def _may_be_a_sitemap(as_feed: Failed) -> bool:
    """Tell whether what is no feed is worth a look as a sitemap; one may be too large to tell."""
    return "a sitemap" in as_feed.reason or "cannot be read" in as_feed.reason


def _has_come(visit: Visit) -> bool:
    """Tell a document that came and could not be read from one that did not come."""
    return visit.status is not None and visit.status // 100 == 2  # noqa: PLR2004 - successes


def _is_lost(source: DueSource, now: datetime) -> bool:
    """Tell whether the source was not what it was for long enough."""
    since = source.last_good_at
    long = since is None or now - since >= PATIENCE
    return long and source.rhythm.failures >= ENOUGH_FAILURES


def _found_anew(visit: Visit) -> Visit | None:
    """Return the visit that found another kind, if it did: to the archive, a first one."""
    if not isinstance(visit.outcome, Told):
        return None
    return replace(visit, outcome=replace(visit.outcome, anew=True))


def _failed(visit: Visit, words: str) -> Visit:
    if not isinstance(visit.outcome, Failed):
        return visit
    return replace(visit, outcome=replace(visit.outcome, reason=words))


def _neither(feed: Failed, listed: Visit) -> Visit:
    """Fail with the words for a page first: few take a page for a feed."""
    if not isinstance(listed.outcome, Failed):
        return listed
    return _failed(listed, f"{listed.outcome.reason} (nor is it a feed: {feed.reason})")
