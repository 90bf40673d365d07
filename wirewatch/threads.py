"""The archive, whose functions wait, as rooms that must not wait see it: on its own threads."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from alerts.dispatch import NoWay, Way
from alerts.registry import ChannelParts, Unserved, channel_for
from archive import outbox, watches
from archive.database import Database
from news.channel import ChannelSettings
from news.delivery import Attempt, DueDelivery
from news.ids import wire_id
from wirewatch import desk as desks
from wirewatch.desk import Desk, Rules
from wirewatch.live_file import LiveFile


@dataclass(frozen=True, slots=True)
class ThreadedOutbox:
    """What alerts.dispatch calls an `Outbox`."""

    database: Database

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Write down that it arrived."""
        return await self.database.write(partial(outbox.delivered, due=due, attempt=attempt))

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        """Write down the attempt, and when the next is due."""
        return await self.database.write(
            partial(outbox.postpone, due=due, attempt=attempt, until=until)
        )

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        """Write down the last attempt."""
        return await self.database.write(
            partial(outbox.bury, due=due, attempt=attempt, disable=disable)
        )

    async def set_aside(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Write down an attempt whose message alone is not wanted."""
        return await self.database.write(partial(outbox.set_aside, due=due, attempt=attempt))


@dataclass(slots=True)
class CurrentDesk:
    """The desk as of the archive's present version; taken anew only when that has moved on."""

    database: Database
    rules: Rules
    _desk: Desk | None = field(default=None, init=False)
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def current(self) -> Desk:
        """Return it; of many callers at once, one takes it anew for all."""
        version = await self.database.read(watches.set_version)
        async with self._taking:
            if self._desk is None or self._desk.version < version:
                self._desk = await self.database.read(partial(desks.load, rules=self.rules))
            return self._desk


@dataclass(slots=True)
class KeptWays:
    """The ways out, made from the archive's channels and made anew when these change.

    So they are when `file` names another mail server.
    """

    desk: CurrentDesk
    parts: ChannelParts
    file: LiveFile | None = None
    _made: dict[int, tuple[ChannelSettings, Way | NoWay]] = field(default_factory=dict, init=False)

    async def way(self, channel: int) -> Way | NoWay:
        """Return the way of that number, or why there is none."""
        kept = (await self.desk.current()).channels.get(channel)
        if kept is None:
            return NoWay(wire_id("ch", channel), "no such channel is served here")
        await self._look_at_file()
        made = self._made.get(channel)
        if made is None or made[0] != kept.settings:
            made = self._made[channel] = (kept.settings, self._make(kept.settings))
        return made[1]

    async def _look_at_file(self) -> None:
        mail = self.parts.mail if self.file is None else await self.file.mail()
        if mail != self.parts.mail:
            self.parts = replace(self.parts, mail=mail)
            self._made.clear()

    def _make(self, settings: ChannelSettings) -> Way | NoWay:
        channel = channel_for(settings, self.parts)
        if isinstance(channel, Unserved):
            return NoWay(settings.name, channel.reason)
        return Way(settings.name, channel)
