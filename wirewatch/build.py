"""The only place where long-lived objects are made; begin reading here.

    configuration ─┬─ archive: made or upgraded, held, brought in line with the file
                   ├─ the guarded client ── readers of sources, ways out
                   ├─ children: workers that parse feeds; the engine that reads pages
                   └─ pumps: visits, reads, summaries, deliveries ── wirewatch/app.py

Whatever is made is ended again in the opposite order, also when making the next one fails.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import httpx

from alerts.dispatch import DeliverySettled, Dispatcher
from archive import recovery, run_lock, upgrade
from archive.database import Database
from crawler.engine import Engine
from crawler.lanes import feed_lanes
from crawler.reader import ReaderParts
from crawler.registry import READERS
from news.clock import Clock, utc_now
from news.delivery import DeliveryState
from scheduler.local import LocalScheduler
from scheduler.pump import Pump
from scheduler.reach import Reach
from wirewatch import pages_child
from wirewatch.app import App
from wirewatch.apply import Applied, bring_in_line
from wirewatch.claims import (
    READS,
    VISITS,
    claimed_deliveries,
    claimed_entries,
    claimed_sources,
)
from wirewatch.config.values import Configuration
from wirewatch.events import DeliveryTried, Tell
from wirewatch.live_file import LiveFile
from wirewatch.net.client import open_client
from wirewatch.net.fetcher import GuardedFetcher
from wirewatch.network import settings_of
from wirewatch.notice_board import NoticeBoard
from wirewatch.pipeline import Pipeline
from wirewatch.release import Summaries
from wirewatch.revisiting import Revisiting
from wirewatch.rules import cadence_bounds, desk_rules, next_visit_rule, page_delay_rule
from wirewatch.threads import CurrentDesk, KeptWays, ThreadedOutbox
from wirewatch.upkeep import Upkeep
from wirewatch.ways import channel_parts, without_way

_SMALL_PARSERS, _LARGE_PARSERS = 2, 1
"""Workers for documents by size; those with nothing to do end, and take no memory."""

_DELIVERIES = 256
"""Places of deliveries under way. A place costs little, and one that hangs is gone for half a
minute: so there are more than a channel may ever hold (100), and with the visits fewer than the
client has connections (512)."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The process that is ready to start, and what was applied from the file on the way."""

    app: App
    database: Database
    applied: Applied | None


@asynccontextmanager
async def built(
    configuration: Configuration, tell: Tell, *, once: bool = False
) -> AsyncIterator[Built]:
    """Make everything for `run`; ArchiveError where the archive cannot be had.

    With `once`, no source is visited that was not due when this was made.
    """
    async with AsyncExitStack() as stack:
        database = _archive(configuration, stack)
        applied = _applied(database, configuration)
        network = settings_of(configuration.network)
        client = await stack.enter_async_context(open_client(network))
        parser = feed_lanes(small=_SMALL_PARSERS, large=_LARGE_PARSERS)
        stack.push_async_callback(parser.close)
        engine = pages_child.engine(network)
        stack.push_async_callback(engine.stop)
        parts = ReaderParts(
            fetcher=GuardedFetcher(client, engine.hosts), parser=parser, clock=utc_now, crawl=engine
        )
        began = utc_now()
        due_by = (lambda: began) if once else utc_now
        app = _app(configuration, _Parts(database, client, parts, engine, due_by), tell)
        yield Built(app=app, database=database, applied=applied)


def _archive(configuration: Configuration, stack: AsyncExitStack) -> Database:
    url = configuration.archive.url
    stack.enter_context(run_lock.hold(url))
    copy = upgrade.prepare(url)
    if copy is not None:
        log.warning("the archive was upgraded; as it was before it lies at %s", copy)
    database = Database.open(url, configuration.archive.durability)
    stack.callback(database.close)
    if database.dialect == "sqlite":  # nobody else can hold a claim: the lock is ours
        with database.writing() as conn:
            recovery.release_claims(conn)
    return database


def _applied(database: Database, configuration: Configuration) -> Applied | None:
    if configuration.file is None:
        return None
    return bring_in_line(database, configuration, now=utc_now())


@dataclass(frozen=True, slots=True)
class _Parts:
    database: Database
    client: httpx.AsyncClient
    readers: ReaderParts
    engine: Engine
    due_by: Clock


@dataclass(frozen=True, slots=True)
class _Jobs:
    upkeep: Upkeep
    board: NoticeBoard


def _app(configuration: Configuration, parts: _Parts, tell: Tell) -> App:
    database = parts.database
    rules = desk_rules(configuration)
    desk = CurrentDesk(database, rules)
    made_with = channel_parts(configuration, parts.client)
    with database.reading() as conn:
        for words in without_way(conn, made_with):
            log.warning(words)
    file = LiveFile(configuration)
    ways = KeptWays(desk, made_with, file)
    dispatcher = Dispatcher(
        outbox=ThreadedOutbox(database), ways=ways, tell=lambda event: tell(_tried(event))
    )
    reach = Reach()
    pipeline = Pipeline(
        database=database,
        readers={kind: reader(parts.readers) for kind, reader in READERS.items()},
        pages=parts.engine,
        desks=desk,
        next_visit=next_visit_rule(configuration, reach),
        reach=reach,
        page_delay=page_delay_rule(configuration, parts.engine),
        crawl_delay=parts.engine.crawl_delay,
        tell=tell,
        catch_up=configuration.catch_up,
        revisits=configuration.network.revisits,
    )
    bounds = cadence_bounds(configuration)
    upkeep = Upkeep(database=database, keep=configuration.archive.keep, bounds=bounds)
    summaries = Summaries(database=database, rules=rules, tell=tell)
    once = parts.due_by is not utc_now
    board = NoticeBoard(database=database, rules=rules, to=file.notices_to, at_once=once)
    return _pumped(pipeline, summaries, dispatcher, parts, _Jobs(upkeep, board))


def _pumped(
    pipeline: Pipeline,
    summaries: Summaries,
    dispatcher: Dispatcher,
    parts: _Parts,
    jobs: _Jobs,
) -> App:
    """Have each step wake the next; the archive holds what lies between them."""
    database = parts.database
    deliveries = Pump(
        name="deliveries",
        claim=partial(claimed_deliveries, database),
        work=dispatcher.carry,
        capacity=_DELIVERIES,
    )
    revisiting = Revisiting(
        database=database,
        pages=parts.engine,
        owing=pipeline.owing,
        rests=pipeline.rests,
        clock=utc_now,
    )
    reads = Pump(
        name="reads",
        claim=partial(claimed_entries, database, looks=pipeline.revisits),
        work=lambda due: revisiting.look(due) if due.revisit else pipeline.read(due),
        capacity=READS,
        then=deliveries.wake,
    )
    visits = Pump(
        name="visits",
        claim=partial(claimed_sources, database, parts.due_by),
        work=pipeline.visit,
        capacity=VISITS,
        then=reads.wake,
    )
    return App(
        database=database,
        scheduler=LocalScheduler(),
        visits=visits,
        reads=reads,
        summaries=summaries.pump(then=deliveries.wake),
        deliveries=deliveries,
        pages=parts.engine,
        upkeep=jobs.upkeep.look,
        notices=jobs.board.look,
    )


def _tried(event: DeliverySettled) -> DeliveryTried:
    return DeliveryTried(
        delivery=event.delivery,
        channel=event.channel,
        arrived=event.state is DeliveryState.DELIVERED,
        words=event.words,
        attempt=event.attempt,
        next_at=event.next_at,
        replayed=event.replayed,
    )
