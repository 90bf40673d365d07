"""One visit to a feed: ask whether it changed, and read only what did.

304, the same bytes ──> Unchanged (crawler/answers.py)
known items ──────────> left out (delta.py)
the rest, if small ───> read at once (quick.py), else by a worker (parse.py)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard, assert_never

from crawler.answers import asked_with, settled, unread_by_worker, validators_of
from crawler.feeds import task
from crawler.feeds.at_once import at_once
from crawler.feeds.delta import Part, ToRead, Whole, to_read
from crawler.feeds.document import NotAFeed, Parsed, ParsedFeed
from crawler.feeds.freshness import fresh_for
from crawler.feeds.parse import content_type_of, read_in_passing
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.workers import WorkerFailed
from news.source import DueSource
from news.visit import Failed, Outcome, Told, Visit

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads sources of kind `feed`."""

    parts: ReaderParts

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` once."""
        async with self.parts.room.guest():
            return await self._visit(source)

    async def _visit(self, source: DueSource) -> Visit:
        begun = self.parts.clock()
        url = source.address
        answer = await self.parts.fetcher.fetch(
            FetchRequest(url=url, headers={"Accept": ACCEPT, **asked_with(source.validators)})
        )
        outcome = await self._outcome(answer, source, begun)
        spent = self.parts.clock() - begun
        return Visit(
            at=begun,
            outcome=outcome,
            status=answer.status,
            ms=max(0, int(spent.total_seconds() * 1000)),
            size=len(answer.body) if isinstance(answer, Fetched) else 0,
            permanent=answer.permanent if isinstance(answer, Fetched) else None,
            url=answer.url,
        )

    async def _outcome(
        self, answer: Fetched | FetchFailed, source: DueSource, now: datetime
    ) -> Outcome:
        match answer:
            case FetchFailed(reason=reason, crowded=crowded):
                away = answer.unreachable
                return Failed(reason=reason, unreachable=away, ours=crowded, crowded=crowded)
            case Fetched():
                known = source.validators
                return settled(answer, known, now, noun="feed") or await self._read(answer, source)
            case _:
                assert_never(answer)

    async def _read(self, answer: Fetched, source: DueSource) -> Outcome:
        """Read what of the document is not known by what the last visits told of it."""
        seen_before = source.validators.body_hash is not None
        remembered = source.learned if seen_before else None
        kind = content_type_of(answer.headers)
        asked: ToRead = at_once(to_read, answer.body, kind, answer.url, remembered) or Whole(
            body=answer.body
        )
        parsed = await self._parsed(asked.body, answer)
        if isinstance(asked, Part) and not (_is_parsed(parsed) and asked.agrees(parsed)):
            asked = Whole(body=answer.body, cut=asked.cut)
            parsed = await self._parsed(asked.body, answer)
        match parsed:
            case WorkerFailed():
                return unread_by_worker(parsed, "document")
            case NotAFeed(reason):
                return Failed(reason=reason)
            case ParsedFeed():
                return _told(parsed, answer, asked)
            case _ as never:
                assert_never(never)

    async def _parsed(self, body: bytes, answer: Fetched) -> Parsed | WorkerFailed:
        found = at_once(read_in_passing, body, answer.headers, answer.url)
        if found is not None:
            return found
        asked = task.question(body, answer.headers, answer.url)
        data = await self.parts.parser.call(task.FUNCTION, asked)
        return data if isinstance(data, WorkerFailed) else task.answer(data)


def _told(feed: ParsedFeed, answer: Fetched, asked: ToRead) -> Told:
    waits = [wait for wait in (feed.wait, fresh_for(answer.headers)) if wait]
    return Told(
        entries=feed.entries,
        validators=validators_of(answer),
        title=feed.title,
        wait=max(waits, default=None),
        broken=feed.broken,
        learned=asked.learned(feed),
        dropped=asked.dropped,
    )


def _is_parsed(parsed: Parsed | WorkerFailed) -> TypeGuard[Parsed]:
    return not isinstance(parsed, WorkerFailed)
