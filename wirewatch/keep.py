"""What is crawled by hand is kept like all else: recognised, matched, and owed.

    scrapy crawl ──> ReadItem ──> noted and claimed ──> Pipeline.read, its page at hand ──> owed

It works beside a running `run`, which delivers what is owed. An article is told by the source
whose address the crawl was given; where there is none, one is made that is never visited.
"""

import atexit
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from archive import by_hand, sources, upgrade
from archive.database import Database, Transaction
from archive.sources import KeptSource
from crawler.keeping import ReadItem, log_item
from news.cadence import NextVisit
from news.clock import Clock, utc_now
from news.entry import DueEntry, Entry
from news.gap import Gap
from news.page import PageOutcome
from news.source import DueSource, SourceSettings, Validators
from news.source_address import source_address
from news.url import canonical_url
from news.visit import Visit
from wirewatch.apply import bring_in_line
from wirewatch.config.values import Configuration
from wirewatch.events import AlertTold, Event
from wirewatch.pipeline import Pipeline
from wirewatch.rules import desk_rules
from wirewatch.threads import CurrentDesk

BY_HAND = "crawled by hand, never visited"
"""Why a source rests that was made for what was crawled by hand."""

_LEASE = timedelta(seconds=60)

_LONGEST_CRAWL = timedelta(hours=12)
"""What was noted longer ago was not noted by the crawl that is under way."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class KeptByHand:
    """Keeps each `ReadItem` of a crawl in the archive of `configuration`."""

    configuration: Configuration
    clock: Clock = utc_now
    _archive: "_Archive | None" = field(default=None, init=False)

    async def __call__(self, item: ReadItem) -> None:
        """Keep one item; opened at the first, since `scrapy list` keeps nothing."""
        log_item(item)
        if self._archive is None:
            self._archive = _opened(self.configuration, self.clock)
        await self._archive.keep(item)


@dataclass(slots=True)
class _Archive:
    database: Database
    desks: CurrentDesk
    configuration: Configuration
    clock: Clock
    _began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    async def keep(self, item: ReadItem) -> None:
        """Note the item, and take it through what follows a page that was read."""
        due = await self.database.write(partial(self._taken, item))
        if due is None:
            log.warning("%r: a running wirewatch reads it just now, and keeps it", item.url)
            return
        await self._pipeline(item.outcome).read(due)

    def _taken(self, item: ReadItem, conn: Transaction) -> DueEntry | None:
        """Note the item under its source, and claim it."""
        now = self.clock()
        source = _source(conn, item, now, before=max(self._began, now - _LONGEST_CRAWL))
        entry = item.entry or Entry(url=item.url)
        return by_hand.take(conn, source, entry, now=now, lease=_LEASE)

    def _pipeline(self, outcome: PageOutcome) -> Pipeline:
        return Pipeline(
            database=self.database,
            readers={},
            pages=_AtHand(outcome),
            desks=self.desks,
            next_visit=_never,
            page_delay=lambda _: timedelta(),
            tell=_logged,
            catch_up=self.configuration.catch_up,
            clock=self.clock,
        )


@dataclass(frozen=True, slots=True)
class _AtHand:
    """Reads a page that was read already."""

    outcome: PageOutcome

    async def read(self, url: str, *, render: bool = False) -> PageOutcome:
        """Return it."""
        log.debug("%r is at hand, render: %s", url, render)
        return self.outcome


def _opened(configuration: Configuration, clock: Clock) -> _Archive:
    url = configuration.archive.url
    is_new = not upgrade.exists(url)
    if is_new:
        upgrade.prepare(url)
    upgrade.check_current(url)
    database = Database.open(url, configuration.archive.durability)
    atexit.register(database.close)
    if is_new and configuration.file is not None:
        bring_in_line(database, configuration, now=clock())
    rules = desk_rules(configuration)
    desks = CurrentDesk(database, rules)
    return _Archive(database, desks, configuration, clock)


def _source(conn: Transaction, item: ReadItem, now: datetime, *, before: datetime) -> DueSource:
    """Return the source that tells the item; its own host's where no list told it.

    What it told `before` this crawl makes the crawl a later one than its first.
    """
    parts = urlsplit(item.told_by or item.url)
    settings = SourceSettings(
        name=_name(item),
        kind=item.kind,
        url=item.told_by or f"{parts.scheme}://{parts.netloc}/",
    )
    kept = _known(conn, settings)
    if kept is None:
        sources.pause(conn, sources.add(conn, settings, now=now), BY_HAND)
        kept = _known(conn, settings)
    if kept is None:
        raise AssertionError("it was made just now")
    return DueSource(
        id=kept.id,
        settings=kept.settings,
        validators=Validators(),
        rhythm=kept.rhythm,
        added_at=kept.added_at,
        claim_no=0,
        # What a person names page by page is wanted; what a list tells at first may be old.
        first_visit=item.told_by is not None
        and kept.last_good_at is None
        and not by_hand.knows_from_before(conn, kept.id, before),
    )


def _name(item: ReadItem) -> str:
    """Name a list after its address, since a host has several; a page after its host."""
    if item.told_by is None:
        return f"{urlsplit(item.url).hostname}, by hand"
    parts = urlsplit(canonical_url(item.told_by))
    asked = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname}{parts.path.rstrip('/')}{asked}, by hand"


def _known(conn: Transaction, settings: SourceSettings) -> KeptSource | None:
    """Return the source at that address, else one of that name."""
    every = sources.listing(conn)
    address = source_address(settings.url)
    at_address = (one for one in every if source_address(one.settings.url) == address)
    named = (one for one in every if one.settings.name == settings.name)
    return next(at_address, None) or next(named, None)


def _never(source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None) -> NextVisit:
    raise AssertionError(f"{source.settings.name} is not visited here: {visit.at}, {new}, {gap}")


def _logged(event: Event) -> None:
    if isinstance(event, AlertTold):
        log.info("alert %s: %r for watch %r", event.alert, event.title, event.watch)
