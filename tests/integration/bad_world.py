"""A pipeline that reads a misbehaving server for real: client, workers, archive, cadence."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from archive import sources
from archive.columns import metadata
from archive.database import Database
from archive.schema import articles, entries, texts
from archive.schema import sources as source_rows
from crawler.reader import Crawl, ReaderParts
from crawler.registry import READERS
from crawler.workers import WorkerPool
from news.cadence import NextVisit
from news.gap import Gap
from news.source import DueSource, SourceSettings
from news.visit import Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from tests.integration.bad_server import BadServer
from tests.integration.story_world import LEASE, NOW, World
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
EMPTY = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
DATE = "Mon, 23 Nov 2026 06:00:00 GMT"
ALL_LETTERS = "a OR b OR c OR d OR e OR story OR soldiers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An article as it lies in the archive."""

    url: str
    title: str
    body: str
    published: datetime | None
    read: str


class BadWorld(World):
    """Polls one source of a bad server, as often as a test likes, and looks at what is kept."""

    def __init__(self, archive: Database, server: BadServer, parts: ReaderParts) -> None:
        super().__init__(archive)
        self.server = server
        readers = {
            kind: made(replace(parts, clock=lambda: self.now)) for kind, made in READERS.items()
        }
        self.pipeline = replace(self.pipeline, readers=readers, next_visit=self._by_cadence)

    def _by_cadence(
        self, source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None
    ) -> NextVisit:
        moment = VisitMoment(source=source, outcome=visit.outcome, new=new, gap=gap)
        return next_visit(moment, Bounds(), now=self.now, jitter=0.0)

    def read_from(self, url: str, *, kind: str = "feed", every: timedelta | None = None) -> None:
        """Have a source at `url`, a channel, and a watch that nearly everything satisfies."""
        settings = SourceSettings(name="News", kind=kind, url=url, every=every)
        with self.archive.writing() as conn:
            sources.add(conn, settings, now=NOW)
        self.add_channel()
        self.add_watch(ALL_LETTERS, alert=("article",))

    async def poll(self, times: int = 1) -> None:
        """Visit the source when it is due next, and read what it told; `times` in a row."""
        for _ in range(times):
            due_at = self.source_row().next_visit_at
            assert due_at is not None, "the source is visited no more"
            self.now = max(self.now, due_at)
            with self.archive.writing() as conn:
                (source,) = sources.claim_due(conn, now=self.now, lease=LEASE, limit=1)
            await self.pipeline.visit(source)
            # A list is looked at by another process, whose clock is the real one.
            self.now = max(self.now, self.source_row().last_visit_at)
            await self.read_all()

    def source_row(self) -> Row[Any]:
        with self.archive.reading() as conn:
            return conn.execute(select(source_rows)).one()

    def kept(self) -> list[Kept]:
        query = select(articles, texts.c.body).join(texts).order_by(articles.c.id)
        with self.archive.reading() as conn:
            return [
                Kept(
                    url=row.url,
                    title=row.title,
                    body=row.body,
                    published=row.published_at,
                    read=row.read,
                )
                for row in conn.execute(query)
            ]

    def titles(self) -> list[str]:
        return [one.title for one in self.kept()]

    def notes(self) -> list[str]:
        """Return why each article is not what its page says."""
        with self.archive.reading() as conn:
            return list(conn.execute(select(articles.c.note).order_by(articles.c.id)).scalars())

    def noted(self) -> Sequence[Row[Any]]:
        with self.archive.reading() as conn:
            return conn.execute(select(entries).order_by(entries.c.id)).all()

    def unclean(self) -> list[str]:
        """Name every text of the store that holds what none should."""
        with self.archive.reading() as conn:
            return [
                f"{table.name}.{name}: {value!r}"
                for table in metadata.tables.values()
                for row in conn.execute(select(table)).mappings()
                for name, value in row.items()
                if isinstance(value, str | list) and UNCLEAN.search(str(value))
            ]


@asynccontextmanager
async def bad_world(
    archive: Database, server: BadServer, crawl: Crawl | None = None
) -> AsyncIterator[BadWorld]:
    pool = WorkerPool(size=1)
    async with open_client(NetworkSettings(agent="w", allow=("127.0.0.1", "local.test"))) as client:
        parts = ReaderParts(fetcher=GuardedFetcher(client), parser=pool, clock=lambda: NOW)
        parts = parts if crawl is None else replace(parts, crawl=crawl)
        yield BadWorld(archive, server, parts)
    await pool.close()


def feed(*items: str, channel: str = "") -> bytes:
    """Write RSS of these items' insides."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f"<rss version='2.0'><channel><title>News</title>{channel}{inside}</channel></rss>".encode()
    )


def item(title: str = "A story", link: str = "/1", *more: str, date: str = DATE) -> str:
    """Write the inside of an item."""
    return f"<title>{title}</title><link>{link}</link>{date and dated(date)}{''.join(more)}"


def dated(date: str) -> str:
    """Write when an item was published."""
    return f"<pubDate>{date}</pubDate>"
