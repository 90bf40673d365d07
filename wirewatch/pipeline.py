"""The way of a story, on one page.

    visit   its reader looks at a source               crawler
    noted   transaction 1: entries, validators, when next       archive.entries
    read    the page of each noted entry, or failing that its own words    crawler.engine
    match   every watch is held against it              alerts.matcher
    owed    transaction 2: article, alerts, deliveries, trail     wirewatch.owe
    again   pages that were read are looked at again    wirewatch.revisiting

Delivering what is owed is the dispatcher's. What is to be done next comes from rows that are due,
so whoever dies here leaves a claim that runs out, and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from archive import entries, sooner, trail
from archive.database import Database, Transaction
from crawler.reader import Reader
from news.article import Article, Read, Reading
from news.cadence import NextVisit
from news.clock import Clock, utc_now
from news.entry import DueEntry
from news.gap import Gap
from news.moved import spared
from news.page import Page, PageOutcome, Unread
from news.source import DueSource
from news.trail import Reason, Step, TrailLine
from news.visit import Visit
from scheduler.reach import Reach, Turn
from wirewatch.events import EntryGivenUp, NetworkTurned, NoticeGiven, Tell
from wirewatch.looked import looked
from wirewatch.noticing import Noticing
from wirewatch.owing import Desks, Owing
from wirewatch.own_address import elsewhere
from wirewatch.rests import Rests
from wirewatch.revisiting import Shown, after
from wirewatch.settle import Stored, settled_reading, stored_reading
from wirewatch.visited import said_of

READ_AGAIN = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""Waits before a page is tried again that could not be read, though it may be later."""

MOST_ATTEMPTS = 8
"""So often a page is begun; where it never ends (a bug, a crash), the entry's own words go on."""


class PageReader(Protocol):
    """Reads the page at an address, politely; how that went is a value."""

    async def read(self, url: str, *, render: bool = False) -> PageOutcome:
        """Return the page, or why it could not be read; drawn where `render` wants it."""
        ...


class NextVisitRule(Protocol):
    """Decides when a source is visited next, by what was new to us, and if some was lost."""

    def __call__(
        self, source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None
    ) -> NextVisit:
        """Return when, and what to remember for the time after."""
        ...


def no_delay(_: str) -> timedelta:
    """Stand for hosts of which nothing is known."""
    return timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """Carries sources to entries and entries to what they set off.

    `page_delay` says how long a host rests after a page, `crawl_delay` what its robots.txt asks;
    with `revisits`, pages that were read are looked at again.
    """

    database: Database
    readers: Mapping[str, Reader]
    pages: PageReader
    desks: Desks
    next_visit: NextVisitRule
    page_delay: Callable[[str], timedelta]
    tell: Tell
    crawl_delay: Callable[[str], timedelta] = no_delay
    reach: Reach = field(default_factory=Reach)
    catch_up: timedelta = timedelta(hours=1)
    revisits: bool = True
    clock: Clock = utc_now

    async def visit(self, source: DueSource) -> None:
        """Look at a claimed source and note what it tells: transaction 1."""
        if await self.rests.may_visit(source):
            await self._visit(source)

    async def _visit(self, source: DueSource) -> None:
        visit = spared(source, await looked(self.readers, source, self.clock))
        await self._reached(source, visit)
        excused = self.reach.excuse(source, visit) is not None
        plans = [self._next(source, visit)]  # not while others wait to write
        noticing = Noticing.of(source, visit, excused=excused)
        given: list[NoticeGiven] = []

        def note(conn: Transaction) -> entries.NotedEntries | None:
            def plan(noted: entries.NotedEntries) -> NextVisit:
                if noted.new:
                    plans.append(self._next(source, visit, new=noted.new, gap=noted.gap))
                return plans[-1]

            noted = entries.note(conn, source, visit, plan=plan)
            if noted is not None:
                self.rests.visited(conn, source, visit)
            given[:] = [] if noted is None else noticing.give(conn, noted, plans[-1])
            return noted

        noted = await self.database.write(note)
        await self.rests.after_visit(source, visit)
        if noted is None:
            return  # fenced: the source was changed, or another worker has it
        if excused:
            return  # one line says it for all
        for event in (*said_of(source, visit, noted, plans[-1], self.catch_up), *given):
            self.tell(event)

    async def read(self, due: DueEntry) -> None:
        """Read a claimed entry's page, match it, and owe what it sets off: transaction 2."""
        stored = await self.database.read(lambda conn: stored_reading(conn, due))
        outcome = await self._page(due, stored)
        reading = settled_reading(due, outcome, stored)
        if reading is None:
            await self._give_up(due, outcome)
            return
        again_at = _again_at(due, outcome, self.clock())
        also = partial(self._also, due, reading, outcome)
        place = elsewhere(outcome, reading)
        await self.owing.carry(due, reading, again_at=again_at, also=also, found_at=place)

    @property
    def owing(self) -> Owing:
        """Return what carries readings to what they set off."""
        return Owing(database=self.database, desks=self.desks, tell=self.tell, clock=self.clock)

    @property
    def rests(self) -> Rests:
        """Return what keeps the rests of hosts."""
        return Rests(
            database=self.database,
            page_delay=self.page_delay,
            crawl_delay=self.crawl_delay,
            clock=self.clock,
        )

    async def _reached(self, source: DueSource, visit: Visit) -> None:
        """Say if the network went down or is back; then what was missed is made up for."""
        turn, since = self.reach.noted(source, visit), self.reach.since
        if turn is None:
            return
        self.tell(NetworkTurned(down=turn is Turn.DOWN))
        if turn is Turn.BACK and since is not None:
            now = self.clock()
            await self.database.write(lambda conn: sooner.after_outage(conn, since=since, now=now))

    def _next(
        self, source: DueSource, visit: Visit, *, new: int = 0, gap: Gap | None = None
    ) -> NextVisit:
        """Decide when `source` is next; a page's crawl-delay holds whatever `every` says."""
        planned = self.next_visit(source, visit, new=new, gap=gap)
        earliest = visit.at + (visit.rest or self.crawl_delay(source.address))
        if planned.at >= earliest:
            return planned
        return replace(planned, at=earliest, why="asked to wait by the Crawl-delay in robots.txt")

    def _also(
        self,
        due: DueEntry,
        reading: Reading,
        outcome: PageOutcome,
        conn: Transaction,
        article: Article,
    ) -> None:
        """Have a page that was read looked at again."""
        if self.revisits and isinstance(outcome, Page):
            kept = reading.read is Read.FULL and reading.note  # the page was passed over
            shown = Shown(reading=reading, marks=None if kept else outcome.marks)
            after(conn, due, article.id, shown, now=self.clock())

    async def _page(self, due: DueEntry, stored: Stored | None) -> PageOutcome:
        url = due.entry.url
        if url is None:
            return Unread(reason="the entry names no address")
        if due.shared_address:
            return Unread(reason="its address is that of several entries, and not its own page")
        if stored is not None and stored.joins:
            return Unread(reason="")  # its page was read for the source that told it first
        if due.attempts > MOST_ATTEMPTS:
            return Unread(reason=f"it was begun {MOST_ATTEMPTS} times and never ended")
        return await self.rests.page(url, partial(self.pages.read, url, render=due.render))

    async def _give_up(self, due: DueEntry, outcome: PageOutcome) -> None:
        reason = outcome.reason if isinstance(outcome, Unread) else "the page holds no text"
        words = f"{reason}; and the entry has neither title nor summary"
        line = TrailLine(
            at=self.clock(),
            reason=Reason(step=Step.READ, code="given_up", words=words),
            entry=due.id,
        )

        def give_up(conn: Transaction) -> bool:
            ours = entries.give_up(conn, due, words)
            if ours:
                trail.write(conn, [line])
            return ours

        if await self.database.write(give_up):
            self.tell(EntryGivenUp(source=due.source_name, url=due.entry.url or "", reason=reason))


def _again_at(due: DueEntry, outcome: PageOutcome, now: datetime) -> datetime | None:
    match outcome:
        case Unread(again=True, wait=wait) if due.attempts <= len(READ_AGAIN):
            return now + max(READ_AGAIN[due.attempts - 1], wait or timedelta())
        case _:
            return None
