"""One visit to a feed: ask whether it changed, and read it only if it did.

304 ──────────────────────────────> Unchanged
200 ──> the body we have already? ──> Unchanged
          └─ no ──> a worker parses ──> Told, or Failed with words
410 ──> Failed, gone;  429, 503, … ──> Failed, with the wait that was asked for
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from http import HTTPStatus
from typing import assert_never

from crawler.feeds import task
from crawler.feeds.document import NotAFeed, ParsedFeed
from crawler.feeds.freshness import fresh_for
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.workers import WorkerFailed
from news.retry_after import wait_asked_for
from news.source import DueSource, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_MOST_VALIDATOR = 1_000
_WORDS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "the server asks for a password",
    HTTPStatus.PAYMENT_REQUIRED: "the server asks for money",
    HTTPStatus.FORBIDDEN: "the server refuses us",
    HTTPStatus.NOT_FOUND: "there is nothing at this address",
    HTTPStatus.GONE: "the feed is gone for good",
    HTTPStatus.TOO_MANY_REQUESTS: "the server wants fewer visits",
    HTTPStatus.SERVICE_UNAVAILABLE: "the server is not available for now",
}


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads sources of kind `feed`."""

    parts: ReaderParts

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` once."""
        begun = self.parts.clock()
        url = source.settings.url
        answer = await self.parts.fetcher.fetch(
            FetchRequest(url=url, headers=_questions(source.validators))
        )
        outcome = await self._outcome(answer, source.validators, begun)
        spent = self.parts.clock() - begun
        return Visit(
            at=begun,
            outcome=outcome,
            status=answer.status,
            ms=max(0, int(spent.total_seconds() * 1000)),
            size=len(answer.body) if isinstance(answer, Fetched) else 0,
        )

    async def _outcome(
        self, answer: Fetched | FetchFailed, known: Validators, now: datetime
    ) -> Outcome:
        match answer:
            case FetchFailed(reason=reason):
                return Failed(reason=reason)
            case Fetched(status=HTTPStatus.NOT_MODIFIED):
                return Unchanged(validators=_renewed(known, answer), wait=fresh_for(answer.headers))
            case Fetched(status=HTTPStatus.OK | HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
                return await self._read(answer, known)
            case Fetched():
                return refused(answer, now)
            case _:
                assert_never(answer)

    async def _read(self, answer: Fetched, known: Validators) -> Outcome:
        validators = _validators(answer)
        if validators.body_hash == known.body_hash:
            return Unchanged(validators=validators, wait=fresh_for(answer.headers))
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
                    validators=validators,
                    title=feed.title,
                    wait=max(waits, default=None),
                )
            case _ as never:
                assert_never(never)


def _questions(known: Validators) -> dict[str, str]:
    headers = {"Accept": ACCEPT}
    if known.etag is not None:
        headers["If-None-Match"] = known.etag
    if known.last_modified is not None:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _validators(answer: Fetched) -> Validators:
    return Validators(
        etag=_repeatable(answer.headers.get("etag")),
        last_modified=_repeatable(answer.headers.get("last-modified")),
        body_hash=blake2b(answer.body, digest_size=16).hexdigest(),
    )


def _renewed(known: Validators, answer: Fetched) -> Validators:
    """Return the validators after a 304, which may bring newer ones for the same body."""
    return Validators(
        etag=_repeatable(answer.headers.get("etag")) or known.etag,
        last_modified=_repeatable(answer.headers.get("last-modified")) or known.last_modified,
        body_hash=known.body_hash,
    )


def _repeatable(header: str | None) -> str | None:
    """Return what can be sent back as it came."""
    if not header or len(header) > _MOST_VALIDATOR:
        return None
    return header if header.isascii() and header.isprintable() else None


def refused(answer: Fetched, now: datetime) -> Failed:
    """Return what an answer means that is no document: its status in words, and its Retry-After."""
    status = answer.status
    words = _WORDS.get(status)
    if words is None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        words = "the server failed"
    wait: timedelta | None = wait_asked_for(answer.headers.get("retry-after"), now=now)
    return Failed(
        reason=f"{words or 'the server answered otherwise'} (HTTP {status})",
        wait=wait,
        gone=status == HTTPStatus.GONE,
    )
