"""What visiting a feed costs: unchanged ones, and parsing the changed.

The server is a process of its own, so the CPU is ours alone. Beside us stand, over the same
server and in the same run, a plain loop of feedparser and the `reader` package. Real feeds are
those of CORPORA_DATA.
"""

import asyncio
import gzip
import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import feedparser
import feedparser_sgmllib
from reader import make_reader

from bench.whole_visits import whole_visit
from crawler.feeds.fetch import FeedReader
from crawler.feeds.parse import parse
from crawler.reader import ReaderParts
from crawler.workers import WorkerPool
from news.clock import utc_now
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Told, Unchanged
from scheduler.cadence import Bounds, VisitMoment, next_visit
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

FEEDS = 50
ROUNDS = 20
ITEMS = 30
GROWN = 5
PARSED = 60
REPEATS = 3
TEXT = "Soldiers came home by night. " * 12


def main() -> None:
    with server_process() as port:
        place = f"http://127.0.0.1:{port}"
        ours = asyncio.run(_our_unchanged(place))
        print(f"{'CPU of a visit answered 304':44} {'ms':>8}")
        print(f"{'wirewatch, to the decision of the next':44} {ours:8.3f}")
        print(f"{'a loop of feedparser':44} {feedparser_unchanged(place):8.3f}")
        print(f"{'the reader package, with its storage':44} {reader_unchanged(place):8.3f}")
        hosts = [host_of_feed(number) for number in range(FEEDS)]
        for words, way in (("unchanged", "still"), (f"one new of {ITEMS}", "grow")):
            urls = [f"http://{host}:{port}/{way}/{at}" for at, host in enumerate(hosts)]
            spent, new = asyncio.run(whole_visit(hosts, urls, rounds=GROWN))
            print(f"{f'wirewatch whole, noted on SQLite, {words}':44} {spent:8.3f}")
            assert new == (0 if way == "still" else FEEDS * GROWN), new
        parent, waited = asyncio.run(_our_changed(place))
        print(f"\n{f'A changed feed of {ITEMS} items, none of them known':44} {'ms':>8}")
        print(f"{'CPU of our own process':44} {parent:8.3f}")
        print(f"{'until it is told':44} {waited:8.3f}")
    _real_feeds()


async def _our_unchanged(place: str) -> float:
    """Return the CPU in ms of a visit, from the request to the next visit's time."""
    network = NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))
    pool = WorkerPool(size=1)
    async with open_client(network) as client:
        parts = ReaderParts(fetcher=GuardedFetcher(client), parser=pool, clock=utc_now)
        reader = FeedReader(parts)
        sources = []
        for number in range(FEEDS):
            first = await reader.visit(_source(place, number, Validators()))
            assert isinstance(first.outcome, Told)
            sources.append(_source(place, number, first.outcome.validators))
        began = time.process_time()
        for _ in range(ROUNDS):
            for source in sources:
                await _one_unchanged(reader, source)
        spent = time.process_time() - began
    await pool.close()
    return spent / FEEDS / ROUNDS * 1e3


async def _one_unchanged(reader: FeedReader, source: DueSource) -> None:
    visit = await reader.visit(source)
    assert isinstance(visit.outcome, Unchanged)
    moment = VisitMoment(source=source, outcome=visit.outcome)
    next_visit(moment, Bounds(), now=visit.at, jitter=random.random())


async def _our_changed(place: str) -> tuple[float, float]:
    """Return CPU of this process and time, both in ms, of a visit that has to be read."""
    network = NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))
    pool = WorkerPool(size=1)
    async with open_client(network) as client:
        parts = ReaderParts(fetcher=GuardedFetcher(client), parser=pool, clock=utc_now)
        reader = FeedReader(parts)
        await reader.visit(_source(place, 0, Validators()))  # the worker starts
        cpu, clock = time.process_time(), time.perf_counter()
        for number in range(PARSED):
            visit = await reader.visit(_source(place, number, Validators()))
            assert isinstance(visit.outcome, Told)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    await pool.close()
    return cpu / PARSED * 1e3, clock / PARSED * 1e3


def _source(place: str, number: int, validators: Validators) -> DueSource:
    return DueSource(
        id=number + 1,
        settings=SourceSettings(name=f"{number}", kind="feed", url=f"{place}/{number}"),
        validators=validators,
        rhythm=Rhythm(interval=timedelta(minutes=5)),
        added_at=utc_now(),
        claim_no=1,
        first_visit=False,
    )


def feedparser_unchanged(place: str) -> float:
    etags = {n: feedparser.parse(f"{place}/{n}").etag for n in range(FEEDS)}
    began = time.process_time()
    for number, etag in etags.items():
        assert feedparser.parse(f"{place}/{number}", etag=etag).status == 304
    return (time.process_time() - began) / FEEDS * 1e3


def reader_unchanged(place: str) -> float:
    # It still asks for this module by the name that it had before.
    sys.modules.setdefault("sgmllib", feedparser_sgmllib)
    with TemporaryDirectory() as folder, make_reader(f"{folder}/reader.db") as rival:
        for number in range(FEEDS):
            rival.add_feed(f"{place}/{number}")
        rival.update_feeds()
        began = time.process_time()
        unchanged = [result.value for result in rival.update_feeds_iter(scheduled=False)]
        spent = time.process_time() - began
    assert unchanged == [None] * FEEDS
    return spent / FEEDS * 1e3


def _real_feeds() -> None:
    """Parse every captured feed, ours beside feedparser alone."""
    folder = Path(os.environ.get("CORPORA_DATA", "")) / "feeds_real"
    if not (folder / "cases.jsonl").is_file():
        print("\nNo real feeds: CORPORA_DATA names no folder of them.")
        return
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    files = [folder / "files" / json.loads(line)["file"] for line in lines]
    bodies = [gzip.decompress(file.read_bytes()) for file in files]
    print(f"\n{f'{len(bodies)} real feeds, CPU of parsing one, ms':44} {'median':>8} {'worst':>8}")
    _table("wirewatch, to plain entries", bodies, lambda body: parse(body, {}, ""))
    _table("feedparser alone", bodies, feedparser.parse)
    if (rival := _fastfeedparser()) is not None:
        _table("fastfeedparser", bodies, rival)


def _fastfeedparser() -> Callable[[bytes], object] | None:
    """Return the rival's parser, where it is installed; it raises on a good part of real feeds."""
    if find_spec("fastfeedparser") is None:
        return None

    def read(body: bytes) -> None:
        with suppress(ValueError):
            import_module("fastfeedparser").parse(body)

    return read


def _table(name: str, bodies: list[bytes], read: Callable[[bytes], object]) -> None:
    spent = [min(_timed(read, body) for _ in range(REPEATS)) for body in bodies]
    print(f"{name:44} {median(spent):8.2f} {max(spent):8.2f}")


def _timed(read: Callable[[bytes], object], body: bytes) -> float:
    began = time.process_time()
    read(body)
    return (time.process_time() - began) * 1e3


def host_of_feed(number: int) -> str:
    return f"127.0.1.{number + 1}"


@contextmanager
def server_process() -> Iterator[int]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    async def run() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        for number in range(FEEDS):  # each feed on a host of its own too, as feeds are
            await asyncio.start_server(_answer, host_of_feed(number), port)
        pipe.send(port)
        await server.serve_forever()

    asyncio.run(run())


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            _asked[path] += 1
            if "if-none-match" in head.lower() and not path.startswith("/grow"):
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n\r\n')
                continue
            body = _feed(path)
            writer.write(
                b'HTTP/1.1 200 OK\r\nETag: "7"\r\nContent-Type: application/rss+xml\r\n'
                b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            )
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


_asked: Counter[str] = Counter()  # feeds that grow have one more item each time


def _feed(path: str) -> bytes:
    newest = ITEMS + (_asked[path] if path.startswith("/grow") else 0)
    items = "".join(
        f"<item><title>Story {n} of {path}</title><link>https://news.test{path}/{n}</link>"
        f"<guid>{path}-{n}</guid><pubDate>Tue, 05 Nov 2024 06:{n % 60:02}:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>"
        for n in reversed(range(newest - ITEMS, newest))
    )
    title = f"<title>Feed {path}</title><link>https://news.test{path}</link>"
    return f"<rss version='2.0'><channel>{title}{items}</channel></rss>".encode()
