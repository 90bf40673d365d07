"""A running wirewatch: started, kept going, stopped within ten seconds, or run for one round.

Everything here waits for work that is due; what that work is stands in wirewatch/pipeline.py.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from archive import stats
from archive.database import Database
from news.delivery import DueDelivery
from news.entry import DueEntry
from news.source import DueSource
from scheduler.pump import Pump

TICK = timedelta(seconds=0.5)
"""How often each pump looks for what has become due by time alone."""

UPKEEP = timedelta(minutes=1)
"""How often what has become old is looked for."""

NOTICES = timedelta(seconds=5)
"""How often it is looked whether a notice is to be told."""

GRACE = timedelta(seconds=3)
"""How long what is under way may take to end at a stop; three such waits and the children fit
into the ten seconds that are promised."""


class Pages(Protocol):
    """The engine that reads pages, as far as its life goes."""

    async def start(self) -> None:
        """Start its child process."""
        ...

    async def stop(self) -> None:
        """End it, and everything below it."""
        ...


class Ticks(Protocol):
    """The scheduler, as far as one process needs it."""

    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` at once and then every `seconds`."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    async def stop(self) -> None:
        """Call nothing more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """What a stop or a round leaves: what was done, and what waits for the next time."""

    visits: int
    articles: int
    waiting: int


@dataclass(slots=True, kw_only=True)
class App:
    """The long-lived parts of one process, made in wirewatch/build.py.

    `upkeep` is called every minute, and takes what has become old out of the archive; `notices`
    tells what there is to say of wirewatch itself.
    """

    database: Database
    scheduler: Ticks
    visits: Pump[DueSource]
    reads: Pump[DueEntry]
    summaries: Pump[int]
    deliveries: Pump[DueDelivery]
    pages: Pages
    upkeep: Callable[[], Awaitable[None]]
    notices: Callable[[], Awaitable[None]]
    _loops: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Start the children, the pumps and the ticks."""
        await self.pages.start()
        pumps = (self.visits, self.reads, self.summaries, self.deliveries)
        self._loops = [asyncio.create_task(pump.run(), name=pump.name) for pump in pumps]
        self.scheduler.every(TICK.total_seconds(), "look for what is due", self._tick)
        self.scheduler.every(UPKEEP.total_seconds(), "prune what is old", self.upkeep)
        self.scheduler.every(NOTICES.total_seconds(), "tell notices", self.notices)
        self.scheduler.start()
        await self._tick()

    async def _tick(self) -> None:
        self.visits.wake()
        self.reads.wake()
        self.summaries.wake()
        self.deliveries.wake()

    async def run_until(self, stop: asyncio.Event) -> Farewell:
        """Work until `stop` is set, then stop."""
        await stop.wait()
        return await self.stop()

    async def run_once(self, stop: asyncio.Event) -> Farewell:
        """Visit what is due, read what is noted, deliver what is owed, each once; then stop.

        What has to wait for longer than a host's rest (a page that may be readable later, a
        receiver that is down) is left for the next time.
        """
        round_ = asyncio.create_task(self._round())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({round_, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in (round_, stopped):
            task.cancel()
        await asyncio.gather(round_, stopped, return_exceptions=True)
        return await self.stop()

    async def _round(self) -> None:
        await asyncio.gather(self.visits.idle(), self.summaries.idle())
        over = asyncio.Event()

        async def look() -> None:
            await self.notices()
            if not await self.database.read(stats.round_remains):
                over.set()

        self.scheduler.every(TICK.total_seconds(), "look whether the round is over", look)
        await over.wait()

    async def stop(self) -> Farewell:
        """Claim nothing more, let work under way end within its grace, end the children.

        Deliveries end last: what the last reads owe is still sent.
        """
        await self.scheduler.stop()
        producers = (self.visits, self.reads, self.summaries)
        await asyncio.gather(*(pump.drain(GRACE) for pump in producers))
        await self.deliveries.drain(GRACE)
        await asyncio.gather(*self._loops)
        await self.pages.stop()
        counted = await self.database.read(stats.count)
        return Farewell(
            visits=self.visits.finished,
            articles=self.reads.finished,
            waiting=counted.deliveries_waiting,
        )
