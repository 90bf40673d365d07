"""A feed visited for real: server, guarded client, worker process."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from crawler.feeds.fetch import FeedReader
from crawler.reader import ReaderParts
from crawler.workers import WorkerPool
from news.clock import utc_now
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged
from tests.integration.raw_server import Writer, answer, by_path, raw_server
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

FEED = (
    "<rss version='2.0'><channel><title>Вести</title><item><title>Гроб под флагом</title>"
    "<link>/7</link><pubDate>Tue, 05 Nov 2024 06:00:00 GMT</pubDate></item></channel></rss>"
).encode()


@pytest.fixture
async def reader() -> AsyncIterator[FeedReader]:
    pool = WorkerPool(size=1)
    async with open_client(NetworkSettings(agent="w", allow=("127.0.0.1",))) as client:
        yield FeedReader(ReaderParts(fetcher=GuardedFetcher(client), parser=pool, clock=utc_now))
    await pool.close()


async def visit(reader: FeedReader, url: str, validators: Validators | None = None) -> Outcome:
    return (await reader.visit(source_at(url, validators))).outcome


def source_at(url: str, validators: Validators | None = None) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="News", kind="feed", url=url),
        validators=validators or Validators(),
        rhythm=Rhythm(),
        added_at=utc_now(),
        claim_no=1,
        first_visit=False,
    )


async def test_a_visit_says_whose_answer_it_was(reader: FeedReader) -> None:
    async with raw_server(by_path({"/": answer(status="429 Too Many Requests")})) as other:
        away = answer(status="302 Found", Location=other.url("/"))
        async with raw_server(by_path({"/feed": away})) as server:
            source = source_at(server.url("/feed"))
            found = await reader.visit(source)
    assert (found.status, found.url) == (429, other.url("/"))


async def test_a_feed_is_told_once_and_then_unchanged(reader: FeedReader) -> None:
    async def behave(head: str, writer: Writer) -> None:
        known = 'if-none-match: "7"' in head.lower()
        writer.write(answer(status="304 Not Modified") if known else answer(FEED, ETag='"7"'))

    async with raw_server(behave) as server:
        told = await visit(reader, server.url("/feed"))
        assert isinstance(told, Told)
        (entry,) = told.entries
        assert (entry.title, entry.url) == ("Гроб под флагом", server.url("/7"))
        assert entry.published == datetime(2024, 11, 5, 6, tzinfo=UTC)
        again = await visit(reader, server.url("/feed"), told.validators)
        assert again == Unchanged(validators=told.validators)


def nested(depth: int) -> bytes:
    inner = b"<a>" * depth + b"x" + b"</a>" * depth
    return (
        b"<rss version='2.0'><channel><item><title>deep</title>"
        + inner
        + b"</item></channel></rss>"
    )


def bomb() -> bytes:
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    return (
        f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{entities}]><rss version='2.0'><channel>"
        "<item><title>&l11;</title></item></channel></rss>"
    ).encode()


async def test_hostile_documents_are_read_or_refused(reader: FeedReader) -> None:
    many = b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 100_000
    title = b"<rss version='2.0'><channel><item><title>" + b"x" * 9_000_000 + b"</title></item>"
    ways = {
        "/nested": answer(nested(100_000)),
        "/bomb": answer(bomb()),
        "/many": answer(many + b"</channel></rss>"),
        "/title": answer(title + b"</channel></rss>"),
        "/json": answer(b'{"items":' + b"[" * 1_000_000),
        "/feed": answer(FEED),
    }
    async with raw_server(by_path(ways)) as server:
        outcomes = {way: await visit(reader, server.url(way)) for way in ways}
    assert all(isinstance(outcome, Told | Failed) for outcome in outcomes.values())
    for way, count in (("/many", 1_000), ("/title", 1), ("/feed", 1)):
        told = outcomes[way]
        assert isinstance(told, Told), (way, told)
        assert len(told.entries) == count
        assert all(len(entry.title) <= 1_000 for entry in told.entries)
    assert isinstance(outcomes["/json"], Failed)
