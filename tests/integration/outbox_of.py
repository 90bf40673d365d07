"""What is owed in a real archive, and webhooks from the archive's channels."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import httpx

from alerts.channel import Channel
from alerts.dispatch import LEASE, Dispatcher, NoWay, Way
from alerts.registry import ChannelParts, Unserved, channel_for
from archive import channels, outbox
from archive.database import Database
from news.channel import ChannelSettings
from news.delivery import DueDelivery
from scheduler.pump import Pump

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"


def pump_of(database: Database, dispatcher: Dispatcher) -> Pump[DueDelivery]:
    """Return what carries deliveries of `database` by the dispatcher's clock."""

    async def claim(limit: int) -> Sequence[DueDelivery]:
        return await database.write(
            partial(outbox.claim_due, now=dispatcher.clock(), lease=LEASE, limit=limit)
        )

    return Pump(name="deliveries", claim=claim, work=dispatcher.carry, capacity=64)


@asynccontextmanager
async def running(
    pump: Pump[DueDelivery], *, grace: timedelta = timedelta(seconds=10)
) -> AsyncIterator[None]:
    """Wake the pump, run it as long as the block lasts, and drain it."""
    loop = asyncio.create_task(pump.run())
    pump.wake()
    try:
        yield
    finally:
        await pump.drain(grace)
        await loop


async def owe(database: Database, channel: int, payload: bytes, now: datetime) -> int:
    """Owe a message that carries no alert."""
    return await database.write(
        lambda conn: outbox.owe(conn, channel=channel, alerts=[], payload=payload, now=now)
    )


async def waiting(database: Database) -> int:
    """Count what is not settled."""
    return await database.read(outbox.waiting)


@dataclass
class Webhooks:
    """Adds channels to the archive and serves them over `http`."""

    database: Database
    http: httpx.AsyncClient
    ways: dict[int, Way] = field(default_factory=dict)

    async def add(self, name: str, url: str, now: datetime, *, concurrency: int = 1) -> int:
        settings = ChannelSettings(name=name, url=url, secrets=(SECRET,), concurrency=concurrency)
        number = await self.database.write(lambda conn: channels.add(conn, settings, now=now))
        self.ways[number] = Way(name, self._channel(settings))
        return number

    async def way(self, channel: int) -> Way | NoWay:
        return self.ways[channel]

    def _channel(self, settings: ChannelSettings) -> Channel:
        channel = channel_for(settings, ChannelParts(http=self.http, fault_words=str))
        assert not isinstance(channel, Unserved)
        return channel
