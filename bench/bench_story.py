"""What a story's way costs in the whole program: a visit answered 304, and the *owe* step.

CPU is that of our own process, all its threads together. The visit goes from the claim over the
network to the next visit's time in the archive; beside it stands the `reader` package, which keeps
what it learns too, and a loop of feedparser, which keeps nothing. The *owe* step is the program's
own (wirewatch/owe.py), for an article that one watch out of a thousand wants told.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from statistics import median

from archive import channels, entries, sources, watches
from archive.database import Database
from bench.archives import on_postgresql, on_sqlite
from bench.bench_visit import (
    FEEDS,
    ROUNDS,
    feedparser_unchanged,
    host_of_feed,
    reader_unchanged,
    server_process,
)
from crawler.feeds.fetch import FeedReader
from crawler.reader import ReaderParts
from crawler.workers import WorkerPool
from news.channel import ChannelSettings
from news.clock import utc_now
from news.entry import DueEntry, Entry
from news.page import Page, PageOutcome, Unread
from news.source import DueSource, SourceSettings, Validators
from news.visit import Told, Visit
from news.watch import WatchSettings
from scheduler.reach import Reach
from wirewatch.config.values import Configuration
from wirewatch.desk import Desk, Rules, load
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher
from wirewatch.owe import Owed, owe
from wirewatch.pipeline import Pipeline
from wirewatch.prepared import Prepared, prepared
from wirewatch.rules import next_visit_rule
from wirewatch.settle import settled_reading
from wirewatch.threads import CurrentDesk

LEASE = timedelta(minutes=2)
WATCHES = 1_000
ARTICLES = 300
_random = random.Random(7)
_WORDS = ["".join(_random.choices("abcdefghiklmnoprstuvw", k=7)) for _ in range(20_000)]


def main() -> None:
    with server_process() as port, on_sqlite() as archive:
        place = f"http://127.0.0.1:{port}"
        print(f"{'CPU of a whole visit answered 304, ms':52}")
        print(f"{'wirewatch: claimed, asked, noted, SQLite':52} {_visits(archive, port):8.3f}")
        print(f"{'the reader package, with its storage':52} {reader_unchanged(place):8.3f}")
        print(f"{'a loop of feedparser, keeping nothing':52} {feedparser_unchanged(place):8.3f}")
    print(f"\n{f'The owe step with {WATCHES:,} watches, ms':52} {'CPU':>8} {'p50':>8} {'p99':>8}")
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        with opened() as archive:
            cpu, took = _owing(archive)
            worst = took[int(len(took) * 0.99)] * 1e3
            print(f"{name:52} {cpu * 1e3:8.3f} {median(took) * 1e3:8.3f} {worst:8.3f}")


def _visits(archive: Database, port: int) -> float:
    with archive.writing() as conn:
        for number in range(FEEDS):
            settings = SourceSettings(
                name=f"{number}",
                kind="feed",
                url=f"http://{host_of_feed(number)}:{port}/{number}",
                every=timedelta(microseconds=1),
            )
            sources.add(conn, settings, now=utc_now())
    return asyncio.run(_visited(archive))


async def _visited(archive: Database) -> float:
    network = NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.0/8",))
    pool = WorkerPool(size=1)
    async with open_client(network) as client:
        reader = FeedReader(ReaderParts(fetcher=GuardedFetcher(client), parser=pool, clock=utc_now))
        pipeline = _pipeline(archive, reader.visit)
        await _round(archive, pipeline)
        began = time.process_time()
        for _ in range(ROUNDS):
            await _round(archive, pipeline)
        spent = time.process_time() - began
    await pool.close()
    return spent / FEEDS / ROUNDS * 1e3


async def _round(archive: Database, pipeline: Pipeline) -> None:
    visited = 0
    while visited < FEEDS:
        due = await archive.write(
            lambda conn: sources.claim_due(conn, now=utc_now(), lease=LEASE, limit=16)
        )
        await asyncio.gather(*(pipeline.visit(source) for source in due))
        visited += len(due)


def _pipeline(archive: Database, visit: Callable[[DueSource], Awaitable[Visit]]) -> Pipeline:
    class Feeds:
        async def visit(self, source: DueSource) -> Visit:
            return await visit(source)

    class NoPages:
        async def read(self, url: str, *, render: bool = False) -> PageOutcome:
            return Unread(reason=f"{url}, render: {render}")

    return Pipeline(
        database=archive,
        readers={"feed": Feeds()},
        pages=NoPages(),
        desks=CurrentDesk(archive, Rules()),
        next_visit=next_visit_rule(Configuration(), Reach()),
        page_delay=lambda _: timedelta(),
        tell=lambda _: None,
    )


def _owing(archive: Database) -> tuple[float, list[float]]:
    """Return the mean CPU of a step and the time of each, in seconds."""
    with archive.writing() as conn:
        channels.add(conn, ChannelSettings(name="desk", url="https://hook.test/"), now=utc_now())
        for number in range(WATCHES):
            query = f"{_WORDS[number]} {_WORDS[number + 1]}" if number else "coffins stage"
            settings = WatchSettings(name=f"w{number}", query=query, to=("desk",))
            watches.add(conn, settings, now=utc_now())
        number = sources.add(
            conn, SourceSettings(name="one", kind="feed", url="https://a.test/"), now=utc_now()
        )
        desk = load(conn, Rules())
    due = _noted(archive, number)
    cpu, took = 0.0, []
    for one in due:
        prepared = _prepared(one, desk)
        began, used = time.perf_counter(), time.process_time()
        with archive.writing() as conn:
            owed = owe(archive, conn, prepared, utc_now())
        cpu += time.process_time() - used
        took.append(time.perf_counter() - began)
        assert isinstance(owed, Owed)
        assert len(owed.told) == 1
    return cpu / len(due), sorted(took)


def _noted(archive: Database, number: int) -> list[DueEntry]:
    told = tuple(
        Entry(url=f"https://p{n}.test/{n}", title=f"Title {n}", published=utc_now())
        for n in range(ARTICLES)
    )
    with archive.writing() as conn:
        (source,) = sources.claim_due(conn, now=utc_now(), lease=LEASE, limit=1)
        visit = Visit(at=utc_now(), outcome=Told(entries=told, validators=Validators()))
        rule = next_visit_rule(Configuration(), Reach())
        entries.note(conn, source, visit, plan=lambda noted: rule(source, visit, new=noted.new))
        assert source.id == number
        return entries.claim_due(conn, now=utc_now(), lease=LEASE, limit=ARTICLES)


def _prepared(due: DueEntry, desk: Desk) -> Prepared:
    words = _random.choices(_WORDS, k=430)
    words[7:9] = ["coffins", "stage"]
    body = "\n".join(" ".join(words[start : start + 60]) for start in range(0, 430, 60))
    page = Page(url=due.entry.url or "", canonical=None, title=due.entry.title, text=body)
    reading = settled_reading(due, page, None)
    assert reading is not None
    ready = prepared(due, reading, desk)
    return replace(ready, matches=[match for match in ready.matches if match.watch == 1])
