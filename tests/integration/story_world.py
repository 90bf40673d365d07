"""A pipeline over a real archive, with a source and pages that say what the test tells them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from archive import channels, entries, sources, trail, watches
from archive.database import Database
from archive.schema_telling import alerts, deliveries
from news.cadence import NextVisit
from news.channel import ChannelSettings
from news.entry import Entry
from news.gap import Gap
from news.page import Page, PageOutcome, Unread
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Outcome, Told, Visit
from news.watch import WatchSettings
from wirewatch.desk import Rules
from wirewatch.events import Event
from wirewatch.pipeline import Pipeline
from wirewatch.threads import CurrentDesk

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"

NOTHING = Told(entries=(), validators=Validators())


@dataclass
class Source:
    """Reads the one source: tells what it was given to tell."""

    outcome: Outcome = NOTHING
    at: datetime = NOW
    rest: timedelta | None = None

    async def visit(self, source: DueSource) -> Visit:
        assert source.claim_no
        return Visit(at=self.at, outcome=self.outcome, status=200, ms=7, rest=self.rest)


@dataclass
class Pages:
    """Reads pages: has those it was given, and keeps what it was asked and which to draw."""

    pages: dict[str, PageOutcome] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    async def read(self, url: str, *, render: bool = False) -> PageOutcome:
        self.asked.append(url)
        if render:
            self.drawn.append(url)
        return self.pages.get(url, Unread(reason="HTTP 404"))


class World:
    """Everything between a source and the outbox."""

    def __init__(self, archive: Database) -> None:
        self.archive = archive
        self.now = NOW
        self.source, self.pages, self.events = Source(), Pages(), list[Event]()
        self.desk = CurrentDesk(archive, Rules())
        self.rest = timedelta()
        self.pipeline = Pipeline(
            database=archive,
            readers={"feed": self.source},
            pages=self.pages,
            desks=self.desk,
            next_visit=self._soon,
            page_delay=lambda _: self.rest,
            tell=self.events.append,
            clock=lambda: self.now,
        )

    def _soon(
        self, source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None
    ) -> NextVisit:
        assert gap is None or gap.until == visit.at
        assert source.id
        assert visit.at.tzinfo is UTC
        assert new >= 0
        return NextVisit(at=self.now + timedelta(minutes=1), rhythm=Rhythm())

    def add_source(self, name: str = "Yonhap", **settings: Any) -> int:
        wanted = SourceSettings(name=name, kind="feed", url=f"https://{name}.test/rss", **settings)
        with self.archive.writing() as conn:
            return sources.add(conn, wanted, now=NOW)

    def add_channel(self, name: str = "desk") -> None:
        settings = ChannelSettings(name=name, url="https://hook.test/", secrets=(SECRET,))
        with self.archive.writing() as conn:
            channels.add(conn, settings, now=NOW)

    def add_watch(self, query: str, name: str = "", alert: tuple[str, ...] = ("story",)) -> int:
        settings = WatchSettings(name=name or query, query=query, to=("desk",), alert=alert)
        with self.archive.writing() as conn:
            return watches.add(conn, settings, now=NOW)

    async def visit(self, *told: Entry, outcome: Outcome | None = None) -> None:
        """Let every source that is due tell `told`."""
        self.source.at = self.now
        self.source.outcome = outcome or Told(entries=told, validators=Validators())
        with self.archive.writing() as conn:
            due = sources.claim_due(conn, now=self.now, lease=LEASE, limit=10)
        assert due
        for source in due:
            await self.pipeline.visit(source)

    async def read_all(self) -> int:
        """Read what is due until nothing is; return how many there were."""
        count = 0
        while True:
            with self.archive.writing() as conn:
                due = entries.claim_due(conn, now=self.now, lease=LEASE, limit=10)
            if not due:
                return count
            for one in due:
                await self.pipeline.read(one)
                count += 1

    async def tell(self, *told: Entry) -> None:
        """Visit and read."""
        await self.visit(*told)
        await self.read_all()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def payloads(self) -> list[Mapping[str, Any]]:
        """Return the messages that are owed, oldest first."""
        with self.archive.reading() as conn:
            rows = conn.execute(select(deliveries.c.payload).order_by(deliveries.c.id)).scalars()
            return [json.loads(payload) for payload in rows]

    def titles_told(self) -> list[str]:
        return [payload["data"]["article"]["title"] for payload in self.payloads()]

    def alert_reasons(self) -> list[tuple[str, str]]:
        with self.archive.reading() as conn:
            rows = conn.execute(select(alerts.c.state, alerts.c.reason).order_by(alerts.c.id))
            return [(row.state, row.reason) for row in rows]

    def trail_codes(self, article: int) -> Sequence[str]:
        with self.archive.reading() as conn:
            return [line.reason.code for line in trail.of_article(conn, article)]


def entry(number: int = 1, **changed: Any) -> Entry:
    values = {
        "url": f"https://yna.test/view/{number}",
        "own_id": f"id-{number}",
        "title": f"Story {number}",
        "summary": f"A summary of story {number}.",
        "published": NOW,
        **changed,
    }
    return Entry(**values)


def page(url: str, text: str, title: str = "") -> Page:
    return Page(url=url, canonical=None, title=title or "A page", text=text, language="en")
