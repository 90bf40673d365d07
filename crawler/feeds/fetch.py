"""One visit to a feed: ask whether it changed, and read it only if it did (crawler/answers.py)."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from crawler.answers import asked_with, settled, validators_of
from crawler.feeds import task
from crawler.feeds.document import NotAFeed, ParsedFeed
from crawler.feeds.freshness import fresh_for
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.workers import WorkerFailed
from news.source import DueSource, Validators
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
        begun = self.parts.clock()
        url = source.address
        answer = await self.parts.fetcher.fetch(
            FetchRequest(url=url, headers={"Accept": ACCEPT, **asked_with(source.validators)})
        )
        outcome = await self._outcome(answer, source.validators, begun)
        spent = self.parts.clock() - begun
        return Visit(
            at=begun,
            outcome=outcome,
            status=answer.status,
            ms=max(0, int(spent.total_seconds() * 1000)),
            size=len(answer.body) if isinstance(answer, Fetched) else 0,
            permanent=answer.permanent if isinstance(answer, Fetched) else None,
        )

    async def _outcome(
        self, answer: Fetched | FetchFailed, known: Validators, now: datetime
    ) -> Outcome:
        match answer:
            case FetchFailed(reason=reason):
                return Failed(reason=reason, unreachable=answer.unreachable)
            case Fetched():
                return settled(answer, known, now, noun="feed") or await self._read(answer)
            case _:
                assert_never(answer)

    async def _read(self, answer: Fetched) -> Outcome:
        asked = task.question(answer.body, answer.headers, answer.url)
        data = await self.parts.parser.call(task.FUNCTION, asked)
        if isinstance(data, WorkerFailed):
            return Failed(reason=f"the document cannot be read: {data.reason}")
        match task.answer(data):
            case NotAFeed(reason):
                return Failed(reason=reason)
            case ParsedFeed() as feed:
                waits = [wait for wait in (feed.wait, fresh_for(answer.headers)) if wait]
                return Told(
                    entries=feed.entries,
                    validators=validators_of(answer),
                    title=feed.title,
                    wait=max(waits, default=None),
                    broken=feed.broken,
                )
            case _ as never:
                assert_never(never)
