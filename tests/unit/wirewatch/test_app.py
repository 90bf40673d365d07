"""The life of one process: started, woken by its ticks, ended in the right order."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from archive.database import Database
from news.delivery import Delivery, DueDelivery
from news.entry import DueEntry, Entry
from news.source import DueSource
from scheduler.pump import Pump
from wirewatch.app import App, Farewell

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ENTRY = DueEntry(
    id=1,
    source=1,
    source_name="Yonhap",
    source_url="https://yna.test/rss",
    source_added_at=NOW,
    tags=(),
    entry=Entry(title="A story"),
    noted_at=NOW,
    first_visit=False,
    attempts=1,
    claim_no=1,
)
DELIVERY = DueDelivery(number=1, delivery=Delivery("dl_1", b"{}"), channel=1, attempt=1, claim_no=1)


@dataclass
class House:
    """Fakes of what lives long, which write down when it is their turn."""

    log: list[str] = field(default_factory=list)
    entries: list[DueEntry] = field(default_factory=list)
    deliveries: list[DueDelivery] = field(default_factory=list)
    jobs: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    reading: asyncio.Event = field(default_factory=asyncio.Event)
    may_read: asyncio.Event = field(default_factory=asyncio.Event)
    kept_up: int = 0
    looked: int = 0

    def app(self, database: Database) -> App:
        deliveries = Pump(
            name="deliveries", claim=self._due_deliveries, work=self._deliver, capacity=4
        )
        reads = Pump(
            name="reads",
            claim=self._due_entries,
            work=self._read,
            capacity=4,
            then=deliveries.wake,
        )
        visits = Pump(name="visits", claim=self._due_sources, work=self._visit, capacity=4)
        return App(
            database=database,
            scheduler=Ticks(self),
            visits=visits,
            reads=reads,
            summaries=Pump(name="summaries", claim=self._nothing_held, work=self._sum, capacity=1),
            deliveries=deliveries,
            pages=Pages(self),
            upkeep=self._keep_up,
            notices=self._notice,
        )

    async def _notice(self) -> None:
        self.looked += 1

    async def _keep_up(self) -> None:
        self.kept_up += 1

    async def tick(self) -> None:
        for job in list(self.jobs.values()):
            await job()
        await turns()

    async def _due_sources(self, limit: int) -> list[DueSource]:
        self.log.append("visits look")
        return []

    async def _nothing_held(self, limit: int) -> list[int]:
        self.log.append("summaries look")
        return []

    async def _sum(self, watch: int) -> None:
        raise AssertionError(watch)

    async def _due_entries(self, limit: int) -> list[DueEntry]:
        self.log.append("reads look")
        due, self.entries = self.entries, []
        return due

    async def _due_deliveries(self, limit: int) -> list[DueDelivery]:
        self.log.append("deliveries look")
        due, self.deliveries = self.deliveries, []
        return due

    async def _visit(self, due: DueSource) -> None:
        raise AssertionError

    async def _read(self, due: DueEntry) -> None:
        self.reading.set()
        await self.may_read.wait()
        self.log.append("read")
        self.deliveries.append(DELIVERY)

    async def _deliver(self, due: DueDelivery) -> None:
        self.log.append("delivered")


@dataclass
class Pages:
    house: House

    async def start(self) -> None:
        self.house.log.append("pages start")

    async def stop(self) -> None:
        self.house.log.append("pages stop")


@dataclass
class Ticks:
    house: House

    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None:
        self.house.jobs[name] = job

    def start(self) -> None:
        self.house.log.append("ticks start")

    async def stop(self) -> None:
        self.house.log.append("ticks stop")


async def turns(count: int = 20) -> None:
    """Let everything that can run, run."""
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
def house() -> House:
    return House()


LOOKS = ["visits look", "reads look", "summaries look", "deliveries look"]


async def test_it_looks_at_once_and_at_each_tick(house: House, sqlite_archive: Database) -> None:
    app = house.app(sqlite_archive)
    await app.start()
    await turns()
    assert house.log == ["pages start", "ticks start", *LOOKS]
    await house.tick()
    assert house.log[6:] == LOOKS
    await app.stop()


async def test_the_archive_is_looked_after(house: House, sqlite_archive: Database) -> None:
    app = house.app(sqlite_archive)
    await app.start()
    await house.tick()
    assert house.kept_up == 1
    assert house.looked == 1
    await app.stop()


async def test_it_ends_its_children_last(house: House, sqlite_archive: Database) -> None:
    app = house.app(sqlite_archive)
    await app.start()
    await turns()
    stop = asyncio.Event()
    stop.set()
    assert await app.run_until(stop) == Farewell(visits=0, articles=0, waiting=0)
    assert house.log[6:] == ["ticks stop", "pages stop"]
    app.deliveries.wake()
    await turns()
    assert house.log[-1] == "pages stop"


async def test_what_is_read_is_delivered_without_waiting_for_a_tick(
    house: House, sqlite_archive: Database
) -> None:
    house.entries.append(ENTRY)
    house.may_read.set()
    app = house.app(sqlite_archive)
    await app.start()
    await turns(50)
    assert [line for line in house.log if "look" not in line][2:] == ["read", "delivered"]
    await app.stop()


async def test_what_the_last_reads_owe_is_sent_before_it_ends(
    house: House, sqlite_archive: Database
) -> None:
    house.entries.append(ENTRY)
    app = house.app(sqlite_archive)
    await app.start()
    await house.reading.wait()
    stopping = asyncio.create_task(app.stop())
    await turns()
    assert not stopping.done()
    house.may_read.set()
    farewell = await stopping
    assert farewell.articles == 1
    assert [line for line in house.log if "look" not in line] == [
        "pages start",
        "ticks start",
        "ticks stop",
        "read",
        "delivered",
        "pages stop",
    ]


async def test_a_round_ends_by_itself_once_nothing_remains(
    house: House, sqlite_archive: Database
) -> None:
    app = house.app(sqlite_archive)
    await app.start()
    round_ = asyncio.create_task(app.run_once(asyncio.Event()))
    while "look whether the round is over" not in house.jobs:
        await turns(1)
    assert not round_.done()
    await house.tick()
    assert (await round_).waiting == 0
    assert house.log[-1] == "pages stop"


async def test_a_round_can_be_stopped(house: House, sqlite_archive: Database) -> None:
    app = house.app(sqlite_archive)
    await app.start()
    stop = asyncio.Event()
    round_ = asyncio.create_task(app.run_once(stop))
    await turns()
    stop.set()
    await round_
    assert house.log[-1] == "pages stop"
