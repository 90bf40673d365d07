"""Whole visits to feeds: claimed, fetched, read, noted in an archive on SQLite, planned anew."""

import random
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial

from archive import entries, sources
from archive.database import Database
from archive.entries import NotedEntries
from bench.archives import on_sqlite
from crawler.feeds.fetch import FeedReader
from crawler.reader import ReaderParts
from crawler.workers import WorkerPool
from news.cadence import NextVisit
from news.clock import utc_now
from news.source import DueSource, SourceSettings
from news.visit import Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

LEASE = timedelta(minutes=2)
APART = timedelta(days=11)
BEFORE = 3
"""Visits that are not measured: items are left out after two."""


async def whole_visit(hosts: list[str], urls: list[str], *, rounds: int) -> tuple[float, int]:
    """Return the CPU in ms of a visit to one of `urls`, and how many new entries were noted."""
    pool = WorkerPool(size=1)
    network = NetworkSettings(agent="wirewatch-bench", allow=tuple(hosts))
    with on_sqlite() as database:
        async with open_client(network) as client:
            fetcher = GuardedFetcher(client)
            reader = FeedReader(ReaderParts(fetcher=fetcher, parser=pool, clock=utc_now))
            with database.writing() as conn:
                for number, url in enumerate(urls):
                    settings = SourceSettings(name=f"{number}", kind="feed", url=url)
                    sources.add(conn, settings, now=utc_now())
            for number in range(BEFORE):
                await _round(database, reader, number)
            began, new = time.process_time(), 0
            for number in range(rounds):
                new += await _round(database, reader, BEFORE + number)
            spent = time.process_time() - began
    await pool.close()
    return spent / len(urls) / rounds * 1e3, new


async def _round(database: Database, reader: FeedReader, number: int) -> int:
    """Visit all sources once, as their hosts let them be claimed; return what was new."""
    new, now = 0, utc_now() + number * APART
    while True:
        with database.writing() as conn:
            due = sources.claim_due(conn, now=now, lease=LEASE, limit=10)
        if not due:
            return new
        for source in due:
            visit = await reader.visit(source)
            with database.writing() as conn:
                noted = entries.note(conn, source, visit, plan=partial(_plan, source, visit))
            new += noted.new if noted is not None else 0


def _plan(source: DueSource, visit: Visit, noted: NotedEntries) -> NextVisit:
    """Decide as the roof does; but the next round is when the source is due again."""
    moment = VisitMoment(source=source, outcome=visit.outcome, new=noted.new)
    plan = next_visit(moment, Bounds(), now=visit.at, jitter=random.random())
    at = max(source.added_at, visit.at) + (source.claim_no - 0.5) * APART
    return replace(plan, at=at)
