"""A town of feeds on this machine, in a process of its own, that counts how it is asked.

Each host is an address of 127.0.0.0/8 of its own, with a few feeds, their articles' pages and a
robots.txt that keeps some pages to itself. The count is the server's: it knows which body it sent
to whom, how many requests of one host were under way at once, and which page was forbidden.
"""

import asyncio
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from multiprocessing.connection import Connection

ITEMS = 30
_OLD = 10
FORBIDDEN = "/closed"
_LATENCY = 0.01
"""Seconds that an answer takes, so that two requests at once are seen as such."""

_ROBOTS = f"User-agent: *\nDisallow: {FORBIDDEN}/\n".encode()
_TEXT = "The harbour bridge was closed for ships of more than forty metres. " * 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """How large it is: `hosts` with `feeds` each.

    Every `busy`-th feed publishes an item `every` so many seconds; of what is published, every
    fourth page is forbidden by robots.txt.
    """

    hosts: int
    feeds: int
    busy: int = 5
    every: float = 60.0

    def places(self) -> Iterator[tuple[str, int]]:
        """Yield each feed: its host's address and its number there."""
        for host in range(self.hosts):
            for number in range(self.feeds):
                yield address_of(host), number


@dataclass(slots=True, kw_only=True)
class Counted:
    """What the town saw.

    `twice` counts bodies sent again to who had them, `at_once` the most requests of one host under
    way, `violations` forbidden pages asked for, `unasked` pages before their robots.txt; `moments`
    (of the machine's monotonic clock) when each feed was asked, and `lags` how long each published
    item stood before its feed was fetched, in seconds.
    """

    requests: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    at_once: int = 0
    violations: int = 0
    unasked: int = 0
    moments: dict[str, list[float]] = field(default_factory=dict)
    lags: list[float] = field(default_factory=list)


class TownProcess:
    """The town as its process is spoken to."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.port: int = pipe.recv()

    def counted(self) -> Counted:
        """Return what was counted so far."""
        self._pipe.send("counted")
        found = self._pipe.recv()
        assert isinstance(found, Counted)
        return found

    def rest(self) -> None:
        """Let nothing more be published."""
        self._pipe.send("rest")
        self._pipe.recv()


def address_of(host: int) -> str:
    """Return the address of a host by its number from 0."""
    return f"127.7.{host // 250}.{host % 250 + 1}"


@contextmanager
def town_process(town: Town) -> Iterator[TownProcess]:
    """Run the town until the end of the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(town, theirs), daemon=True)
    process.start()
    try:
        yield TownProcess(ours)
    finally:
        process.terminate()
        process.join()


def _run(town: Town, pipe: Connection) -> None:
    async def serve() -> None:
        served = _Served(town)
        await served.open()
        pipe.send(served.port)
        loop = asyncio.get_running_loop()
        with suppress(EOFError):
            while True:
                wish = await loop.run_in_executor(None, pipe.recv)
                if wish == "rest":
                    served.rest()
                pipe.send(served.counted)

    asyncio.run(serve())


class _Served:
    """The town at work."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.counted = Counted()
        self.port = 0
        self._began = time.monotonic()
        self._opened = time.time()
        self._rests: float | None = None
        self._under_way: Counter[str] = Counter()
        self._sent: dict[str, int] = {}
        self._asked_robots: set[str] = set()

    async def open(self) -> None:
        """Open every host at one port."""
        for number in range(self.town.hosts):
            host = address_of(number)
            server = await asyncio.start_server(partial(self._serve, host), host, self.port)
            self.port = self.port or server.sockets[0].getsockname()[1]

    def rest(self) -> None:
        """Publish nothing more."""
        self._rests = time.monotonic()

    def _published(self, host: str, number: int) -> tuple[int, float]:
        """Return how many items a feed has published, and how long ago the last one came out."""
        shift = sum(map(int, host.split("."))) * 7 + number
        if shift % self.town.busy:
            return 0, 0.0
        now = time.monotonic()
        passed = (self._rests or now) - self._began + shift * 13 % self.town.every
        count = int(passed // self.town.every)
        return count, passed - count * self.town.every

    async def _serve(
        self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self._under_way[host] += 1
                self.counted.at_once = max(self.counted.at_once, self._under_way[host])
                try:
                    await asyncio.sleep(_LATENCY)
                    writer.write(self._answer(host, head))
                finally:
                    self._under_way[host] -= 1
                await writer.drain()
        writer.close()

    def _answer(self, host: str, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path.startswith("/feed/"):
            return self._feed(host, int(path.removeprefix("/feed/")), head.lower())
        if path == "/robots.txt":
            self._asked_robots.add(host)
            self.counted.requests["robots.txt"] += 1
            return _whole(_ROBOTS, "text/plain")
        self.counted.requests["pages"] += 1
        self.counted.violations += path.startswith(FORBIDDEN)
        self.counted.unasked += host not in self._asked_robots
        return _whole(_page(path), "text/html; charset=utf-8")

    def _feed(self, host: str, number: int, head: str) -> bytes:
        key = f"{host}/{number}"
        self.counted.moments.setdefault(key, []).append(time.monotonic())
        count, ago = self._published(host, number)
        tag = f'"v{count}"'
        if f"if-none-match: {tag}" in head:
            self.counted.requests["304"] += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        self.counted.requests["200"] += 1
        before = self._sent.get(key)
        self.counted.twice += before == count
        if before is not None and before != count:
            self.counted.lags += [ago + n * self.town.every for n in range(count - before)]
        self._sent[key] = count
        return _whole(self._document(host, number, count), "application/rss+xml", ETag=tag)

    def _document(self, host: str, number: int, count: int) -> bytes:
        """Write a feed of its newest items; those of before it opened are half a year old."""
        items = []
        for n in range(count, max(count - ITEMS, -_OLD), -1):
            place = FORBIDDEN if n % 4 == 3 else "/open"
            at = self._opened + n * self.town.every if n > 0 else self._opened - 15e6 + n * 3600
            items.append(
                f"<item><title>Report {n} of feed {number} at {host}</title>"
                f"<link>http://{host}:{self.port}{place}/{number}/{n + ITEMS}</link>"
                f"<guid isPermaLink='false'>{host}/{number}/{n}</guid>"
                f"<pubDate>{format_datetime(datetime.fromtimestamp(at, UTC))}</pubDate>"
                f"<description>{_TEXT}</description></item>"
            )
        title = f"<title>Feed {number} of {host}</title><link>http://{host}:{self.port}/</link>"
        return f"<rss version='2.0'><channel>{title}{''.join(items)}</channel></rss>".encode()


def _page(path: str) -> bytes:
    text = "".join(f"<p>{_TEXT} Paragraph {n} of {path}.</p>" for n in range(5))
    return (
        f"<html lang='en'><head><title>Report {path}</title></head>"
        f"<body><article><h1>Report {path}</h1>{text}</article></body></html>"
    ).encode()


def _whole(body: bytes, kind: str, **headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
