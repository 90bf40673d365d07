"""What a page costs from its address to the archive: fetched, read, recognised, matched, stored.

Every page is another article of a publisher of its own port, told by one source of a thousand
watches' installation on SQLite; claims, the engine with its child and workers, likeness, matching
and the *owe* step are all in it. Beside it stands what trafilatura takes for fetching and
extracting alone, in its fast way and with metadata. The server is a process of its own.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta

from archive import channels, entries, sources, watches
from archive.database import Database
from bench.archives import on_sqlite
from bench.bench_read import cpu_below, rival
from bench.page_server import HOSTS, page_server, pages
from crawler.engine import Engine
from news.channel import ChannelSettings
from news.clock import utc_now
from news.entry import Entry
from news.source import SourceSettings, Validators
from news.visit import Told, Visit
from news.watch import WatchSettings
from scheduler.reach import Reach
from wirewatch.config.values import Configuration
from wirewatch.desk import Rules
from wirewatch.events import ArticleOwed
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command
from wirewatch.pipeline import Pipeline
from wirewatch.rules import next_visit_rule
from wirewatch.threads import CurrentDesk

LEASE = timedelta(minutes=10)
WATCHES = 1_000
WARM = 12


def main() -> None:
    served = pages("fundus", "htmldate")
    with page_server(served) as ports, on_sqlite() as archive:
        urls = [f"http://127.0.0.1:{ports[n % HOSTS]}/{n}" for n in range(len(served))]
        _prepare(archive, urls[WARM:])
        asyncio.run(_measure(archive, urls))
        spent = rival(urls[WARM:])
        name = "urllib and trafilatura: fetched, extracted"
        print(f"{name:52} {spent / len(urls[WARM:]) * 1e3:8.2f}")


def _prepare(archive: Database, urls: Sequence[str]) -> None:
    told = tuple(Entry(url=url, title="", published=utc_now()) for url in urls)
    with archive.writing() as conn:
        channels.add(conn, ChannelSettings(name="desk", url="https://hook.test/"), now=utc_now())
        for number in range(WATCHES):
            query = f"minister AND president AND word{number}"
            watches.add(
                conn, WatchSettings(name=f"w{number}", query=query, to=("desk",)), now=utc_now()
            )
        settings = SourceSettings(name="one", kind="feed", url="https://a.test/")
        sources.add(conn, settings, now=utc_now())
        (source,) = sources.claim_due(conn, now=utc_now(), lease=LEASE, limit=1)
        visit = Visit(at=utc_now(), outcome=Told(entries=told, validators=Validators()))
        rule = next_visit_rule(Configuration(), Reach())
        entries.note(conn, source, visit, plan=lambda noted: rule(source, visit, new=noted.new))


async def _measure(archive: Database, urls: Sequence[str]) -> None:
    engine = Engine(command(NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))))
    await engine.start()
    await asyncio.gather(*(engine.read(url) for url in urls[:WARM]))  # processes, imports, robots
    owed: list[ArticleOwed] = []
    pipeline = Pipeline(
        database=archive,
        readers={},
        pages=engine,
        desks=CurrentDesk(archive, Rules()),
        next_visit=next_visit_rule(Configuration(), Reach()),
        page_delay=lambda _: timedelta(),
        tell=lambda event: owed.append(event) if isinstance(event, ArticleOwed) else None,
    )
    parent, children, began = time.process_time(), cpu_below(), time.perf_counter()
    left = len(urls) - WARM
    while left:
        due = await archive.write(
            lambda conn: entries.claim_due(conn, now=utc_now(), lease=LEASE, limit=HOSTS)
        )
        await asyncio.gather(*(pipeline.read(one) for one in due))
        left -= len(due)
    took = time.perf_counter() - began
    parent, children = time.process_time() - parent, cpu_below() - children
    await engine.stop()
    many = len(urls) - WARM
    whole = (parent + children) / many * 1e3
    full = sum(not one.note for one in owed)
    print(f"{many} pages, {full} with a text, {many / took:.1f} a second")
    print(f"{'CPU a page, ms':52} {'':>8}")
    print(f"{'wirewatch: fetched, read, recognised, stored':52} {whole:8.2f}")
    print(f"{'  of it in the main process':52} {parent / many * 1e3:8.2f}")


if __name__ == "__main__":
    main()
