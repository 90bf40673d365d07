"""A feed polled many times: an archive ends the same whether known items are left out or not."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from archive import entries, sources
from archive.database import Database
from archive.schema import entries as entry_rows
from crawler.feeds import task
from crawler.feeds.delta import MOST_CUT
from crawler.feeds.fetch import FeedReader
from crawler.http import Fetched, FetchRequest
from crawler.reader import ReaderParts
from crawler.workers import DEADLINE
from news.cadence import NextVisit
from news.source import DueSource, Rhythm, SourceSettings
from news.visit import Told

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
LEASE = timedelta(minutes=2)


@dataclass
class Server:
    """Answers with the document of the moment."""

    body: bytes = b""

    async def fetch(self, request: FetchRequest) -> Fetched:
        headers = {"content-type": "application/rss+xml"}
        return Fetched(url=request.url, status=200, headers=headers, body=self.body)


class Worker:
    """Runs what a worker would run."""

    async def call(self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE) -> bytes:
        assert function == task.FUNCTION
        assert deadline == DEADLINE
        return task.run(payload)


class World:
    """Two sources of the same documents: one reader remembers items, the other forgets them."""

    def __init__(self, archive: Database) -> None:
        self.archive, self.server, self.now = archive, Server(), NOW
        self.dropped = 0
        parts = ReaderParts(fetcher=self.server, parser=Worker(), clock=lambda: self.now)
        self.reader = FeedReader(parts)
        with archive.writing() as conn:
            self.ids = {
                name: sources.add(
                    conn,
                    SourceSettings(name=name, kind="feed", url=f"https://{name}.test/rss"),
                    now=NOW,
                )
                for name in ("remembers", "forgets")
            }

    async def poll(self, body: bytes) -> None:
        """Visit both while the server has `body`."""
        self.server.body = body
        self.now += timedelta(minutes=5)
        with self.archive.writing() as conn:
            due = sources.claim_due(conn, now=self.now, lease=LEASE, limit=10)
        assert len(due) == 2
        for source in due:
            await self._visit(source)

    async def _visit(self, source: DueSource) -> None:
        forgets = source.settings.name == "forgets"
        given = replace(source, learned=None) if forgets else source
        visit = await self.reader.visit(given)
        if isinstance(visit.outcome, Told):
            assert not (forgets and visit.outcome.dropped)
            self.dropped += visit.outcome.dropped
        with self.archive.writing() as conn:
            assert entries.note(conn, source, visit, plan=self._plan) is not None

    def _plan(self, *_: Any) -> NextVisit:
        return NextVisit(at=self.now, rhythm=Rhythm())

    def kept(self, name: str) -> list[dict[str, Any]]:
        """Return what is kept of a source's entries, but for which source it is."""
        columns = [
            column
            for column in entry_rows.c
            if column.name not in ("id", "source", "host", "due_at", "claim_no")
        ]
        with self.archive.reading() as conn:
            rows = conn.execute(
                select(*columns)
                .where(entry_rows.c.source == self.ids[name])
                .order_by(entry_rows.c.id)
            )
            return [dict(row) for row in rows.mappings()]


def item(number: int, *, title: str, guid: str, comments: int) -> str:
    return (
        f"<item><title>{title}</title><link>https://news.test/{number}</link>"
        f"<guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>Mon, 23 Nov 2026 0{number % 6}:00:00 GMT</pubDate>"
        f"<slash:comments>{comments}</slash:comments></item>"
    )


def polls(chance: random.Random, count: int) -> Iterator[bytes]:
    """Yield documents as a feed goes on: edits, removals, other orders, new guids, comments."""
    shown: list[dict[str, Any]] = []
    for number in range(count):
        if chance.random() < 0.6:
            shown.insert(0, {"number": number, "title": f"Story {number}", "guid": f"g{number}"})
        one = chance.choice(shown) if shown else {}
        change = chance.choice(["none", "none", "title", "guid", "shared", "remove", "order"])
        if one and change == "title":
            one["title"] = f"Corrected at {number}"
        elif one and change == "guid":
            one["guid"] = f"new-{number}"
        elif one and change == "shared":
            one["guid"] = "shared"
        elif one and change == "remove":
            shown.remove(one)
        elif change == "order":
            chance.shuffle(shown)
        del shown[8:]
        yield document([item(**said, comments=comments_at(number, said)) for said in shown], number)


def comments_at(number: int, said: dict[str, Any]) -> int:
    return number if said["number"] % 5 == 0 else 0


def document(items: Sequence[str], number: int) -> bytes:
    return (
        "<rss version='2.0' xmlns:slash='http://purl.org/rss/1.0/modules/slash/'><channel>"
        f"<title>News</title><lastBuildDate>{number}</lastBuildDate>{''.join(items)}</channel></rss>"
    ).encode()


DOUBTFUL: dict[str, Callable[[bytes], bytes]] = {
    "breaks off": lambda body: body[: body.rindex(b"</item>") + 7],
    "document type": lambda body: b"<!DOCTYPE rss>" + body,
    "between items": lambda body: body.replace(b"</item><item>", b"</item><!-- x --><item>"),
    "an empty item": lambda body: body.replace(b"</channel>", b"<item></item></channel>"),
    "large": lambda body: body.replace(b"</channel>", b"<x>%s</x></channel>" % (b"x" * MOST_CUT)),
}


@pytest.mark.parametrize("doubtful", DOUBTFUL.values(), ids=DOUBTFUL)
async def test_a_text_that_goes_back_after_a_doubtful_document_is_told(
    archive: Database, doubtful: Callable[[bytes], bytes]
) -> None:
    world = World(archive)

    def said(title: str, number: int) -> bytes:
        told = [
            item(1, title=title, guid="a", comments=0),
            item(2, title="B", guid="b", comments=0),
        ]
        return document(told, number)

    for number in range(3):
        await world.poll(said("Minister resigns", number))
    assert world.dropped
    await world.poll(doubtful(said("CORRECTED: minister stays", 3)))
    assert world.kept("remembers")[0]["title"] == "CORRECTED: minister stays"
    for number in range(4, 7):
        await world.poll(said("Minister resigns", number))
    assert world.kept("remembers") == world.kept("forgets")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_an_archive_ends_the_same_with_known_items_left_out(
    archive: Database, seed: int
) -> None:
    world = World(archive)
    for body in polls(random.Random(seed), 40):
        await world.poll(body)
    assert world.dropped > 40
    assert world.kept("remembers") == world.kept("forgets")
    assert len(world.kept("remembers")) > 10
