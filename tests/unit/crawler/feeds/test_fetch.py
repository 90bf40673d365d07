"""A visit to a feed, over a fetcher and a parser that answer as told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.feeds import task
from crawler.feeds.fetch import FeedReader
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import Reader, ReaderParts
from crawler.registry import READERS
from crawler.workers import DEADLINE, NotTaken, WorkerFailed
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Told, Unchanged, Visit

NOW = datetime(2024, 11, 5, 6, tzinfo=UTC)
URL = "https://news.test/rss?key=s3cret"
BODY = (
    b"<rss version='2.0'><channel><title>T</title><ttl>5</ttl>"
    b"<item><title>x</title></item></channel></rss>"
)


class FakeFetcher:
    """Answers as told, and keeps what it was asked."""

    def __init__(self, answer: Fetched | FetchFailed) -> None:
        self.answer = answer
        self.asked: list[FetchRequest] = []

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        self.asked.append(request)
        return self.answer


class InlineParser:
    """Runs what a worker would run."""

    def __init__(self, failure: str | None = None) -> None:
        self.failure = failure
        self.calls = 0

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        assert function == task.FUNCTION == f"{task.run.__module__}:{task.run.__name__}"
        self.calls += 1
        return WorkerFailed(self.failure) if self.failure else task.run(payload)


def ticking() -> Iterator[datetime]:
    moment = NOW
    while True:
        yield moment
        moment += timedelta(milliseconds=40)


def source(validators: Validators | None = None) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="News", kind="feed", url=URL),
        validators=validators or Validators(),
        rhythm=Rhythm(),
        added_at=NOW,
        claim_no=1,
        first_visit=False,
    )


def reader(answer: Fetched | FetchFailed, parser: InlineParser | None = None) -> FeedReader:
    clock = ticking()
    return FeedReader(
        ReaderParts(
            fetcher=FakeFetcher(answer),
            parser=parser or InlineParser(),
            clock=lambda: next(clock),
        )
    )


async def visit(
    answer: Fetched | FetchFailed,
    validators: Validators | None = None,
    parser: InlineParser | None = None,
) -> Visit:
    return await reader(answer, parser).visit(source(validators))


def got(body: bytes = BODY, status: int = 200, **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(url=URL, status=status, headers=named, body=body)


async def failure(answer: Fetched | FetchFailed, **more: Any) -> Failed:
    outcome = (await visit(answer, **more)).outcome
    assert isinstance(outcome, Failed)
    return outcome


async def test_a_feed_tells_its_entries() -> None:
    found = await visit(got(etag='"7"', last_modified="Tue, 05 Nov 2024 06:00:00 GMT"))
    assert isinstance(found.outcome, Told)
    assert [entry.title for entry in found.outcome.entries] == ["x"]
    assert found.outcome.title == "T"
    assert found.outcome.wait == timedelta(minutes=5)
    assert found.outcome.validators.etag == '"7"'
    assert found.outcome.validators.last_modified == "Tue, 05 Nov 2024 06:00:00 GMT"
    assert found.outcome.validators.body_hash
    assert (found.at, found.status, found.ms, found.size) == (NOW, 200, 40, len(BODY))


async def test_the_server_is_asked_for_changes_only() -> None:
    fetcher = FakeFetcher(got())
    one = FeedReader(ReaderParts(fetcher=fetcher, parser=InlineParser(), clock=lambda: NOW))
    await one.visit(source(Validators(etag='W/"7"', last_modified="yesterday")))
    await one.visit(source())
    assert fetcher.asked[0].url == URL
    assert fetcher.asked[0].headers["If-None-Match"] == 'W/"7"'
    assert fetcher.asked[0].headers["If-Modified-Since"] == "yesterday"
    assert set(fetcher.asked[1].headers) == {"Accept"}


async def test_304_is_unchanged_and_may_renew_the_validators() -> None:
    known = Validators(etag='"7"', last_modified="yesterday", body_hash="abc")
    found = await visit(got(b"", 304, cache_control="max-age=60"), known)
    assert found.outcome == Unchanged(validators=known, wait=timedelta(minutes=1))
    renewed = await visit(got(b"", 304, etag='"8"'), known)
    assert renewed.outcome == Unchanged(validators=replace(known, etag='"8"'))


async def test_the_body_that_is_known_is_not_parsed_again() -> None:
    first = await visit(got())
    assert isinstance(first.outcome, Told)
    parser = InlineParser()
    again = await visit(got(etag='"new"'), first.outcome.validators, parser)
    assert isinstance(again.outcome, Unchanged)
    assert again.outcome.validators.etag == '"new"'
    assert parser.calls == 0


async def test_the_longer_of_two_waits_counts() -> None:
    found = await visit(got(cache_control="max-age=900"))
    assert isinstance(found.outcome, Told)
    assert found.outcome.wait == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "the server answered otherwise (HTTP 204)"),
        (301, "the server answered otherwise (HTTP 301)"),
        (401, "the server asks for a password (HTTP 401)"),
        (403, "the server refuses us (HTTP 403)"),
        (404, "there is nothing at this address (HTTP 404)"),
        (410, "the feed is gone for good (HTTP 410)"),
        (418, "the server answered otherwise (HTTP 418)"),
        (429, "the server wants fewer visits (HTTP 429)"),
        (500, "the server failed (HTTP 500)"),
        (503, "the server is not available for now (HTTP 503)"),
        (599, "the server failed (HTTP 599)"),
        (999, "the server failed (HTTP 999)"),
    ],
)
async def test_a_status_becomes_words(status: int, words: str) -> None:
    assert await failure(got(status=status)) == Failed(reason=words, gone=status == 410)


@pytest.mark.parametrize("status", [429, 503, 500])
async def test_the_server_may_say_when_to_come_back(status: int) -> None:
    assert (await failure(got(status=status, retry_after="90"))).wait == timedelta(seconds=90)
    assert (await failure(got(status=status, retry_after="-90"))).wait is None


async def test_a_network_that_fails_is_passed_on() -> None:
    answer = FetchFailed(reason="connection refused by news.test:443")
    found = await visit(answer)
    reason = "connection refused by news.test:443"
    assert found.outcome == Failed(reason=reason, unreachable=True)
    assert (found.status, found.size) == (None, 0)


async def test_a_worker_that_fails_is_a_failed_visit() -> None:
    outcome = await failure(
        got(b"<!DOCTYPE rss>" + BODY), parser=InlineParser("took longer than 10 s")
    )
    assert outcome.reason == "the document cannot be read: took longer than 10 s"


async def test_what_is_no_feed_is_a_failed_visit() -> None:
    outcome = await failure(got(b"<html></html>"))
    assert outcome.reason == "this is a web page, not a feed"


@pytest.mark.parametrize("etag", ["", "x" * 1_001, "é", "a\x01b"])
async def test_what_cannot_be_sent_back_is_not_kept(etag: str) -> None:
    found = await visit(got(etag=etag))
    assert isinstance(found.outcome, Told)
    assert found.outcome.validators.etag is None


async def test_a_clock_that_runs_backwards_does_no_harm() -> None:
    moments = iter([NOW, NOW - timedelta(hours=1)])
    parts = ReaderParts(
        fetcher=FakeFetcher(got()), parser=InlineParser(), clock=lambda: next(moments)
    )
    assert (await FeedReader(parts).visit(source())).ms == 0


def test_the_registry_makes_readers() -> None:
    parts = ReaderParts(fetcher=FakeFetcher(got()), parser=InlineParser(), clock=lambda: NOW)
    made: Reader = READERS["feed"](parts)
    assert isinstance(made, FeedReader)


class BusyParser(InlineParser):
    """Has no worker free."""

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        return NotTaken("the workers were busy for too long")


async def test_what_we_had_no_time_or_room_for_is_not_the_feeds_fault() -> None:
    crowded = FetchFailed(reason="no room", status=200, crowded=True)
    assert (await visit(crowded)).outcome == Failed(reason="no room", ours=True, crowded=True)
    large = BODY.replace(b"<item>", b"<item><link>https://news.test/1</link>" + b" " * 300_000)
    busy = (
        await reader(Fetched(url=URL, status=200, body=large), BusyParser()).visit(source())
    ).outcome
    assert isinstance(busy, Failed)
    assert (busy.ours, busy.crowded) == (True, True)
