"""The archive's outbox as the dispatcher asks for it, and webhooks from the archive's channels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from alerts.channel import Channel
from alerts.dispatch import Way
from alerts.registry import ChannelParts, Unserved, channel_for
from archive import channels, outbox
from archive.database import Database
from news.channel import ChannelSettings
from news.delivery import Attempt, DueDelivery

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"


@dataclass(frozen=True, slots=True)
class ArchiveOutbox:
    """Each call is one transaction, in a thread."""

    database: Database

    async def claim_due(
        self, *, now: datetime, lease: timedelta, limit: int
    ) -> Sequence[DueDelivery]:
        return await self.database.write(
            lambda conn: outbox.claim_due(conn, now=now, lease=lease, limit=limit)
        )

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        return await self.database.write(lambda conn: outbox.delivered(conn, due, attempt))

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        return await self.database.write(
            lambda conn: outbox.postpone(conn, due, attempt, until=until)
        )

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        return await self.database.write(
            lambda conn: outbox.bury(conn, due, attempt, disable=disable)
        )

    async def waiting(self) -> int:
        return await self.database.read(outbox.waiting)

    async def owe(self, channel: int, payload: bytes, now: datetime) -> int:
        return await self.database.write(
            lambda conn: outbox.owe(conn, channel=channel, alerts=[], payload=payload, now=now)
        )


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

    async def way(self, channel: int) -> Way | None:
        return self.ways.get(channel)

    def _channel(self, settings: ChannelSettings) -> Channel:
        channel = channel_for(settings, ChannelParts(http=self.http, fault_words=str))
        assert not isinstance(channel, Unserved)
        return channel
