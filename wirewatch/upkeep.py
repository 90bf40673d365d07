"""What keeps the archive from growing for ever: a little every minute beside all else.

`[archive] keep` says how long texts stay; lines about visits stay for 30 days in any case, notices
at least so long, sketches for as long as a text may be found to be repeated. Every batch is a
transaction of its own, and a look takes few, so that nothing that is due waits for it and a stop
need not.

It also looks after what was put off while the clock stood ahead: that is due when it should be.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from archive import gists, prune, sketches, sooner
from archive.database import Database, Transaction
from archive.prune import OldText
from archive.sooner import FarVisit
from news.clock import Clock, utc_now
from scheduler.cadence import Bounds, latest_visit
from scheduler.cron import next_time
from wirewatch.word_counting import WordCounting

MOST_BATCHES = 8
"""So many batches of each kind in one look: at one a minute, 12,000 texts an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """Prunes what is older than `keep`, `batch` texts at once; where it is None, visits alone.

    `bounds` are those of cadence: they tell what was put off for too long.
    """

    database: Database
    keep: timedelta | None
    batch: int = prune.BATCH
    clock: Clock = utc_now
    bounds: Bounds = field(default_factory=Bounds)

    async def look(self) -> None:
        """Prune what has become old since the last time; see what waits for too long."""
        await self.clock_stood_ahead()
        await _repeated(self.visits)
        await _repeated(self.notices)
        await _repeated(self.sketches)
        await _repeated(self.gists)
        await WordCounting(database=self.database).look()
        if self.keep is not None:
            before = self.clock() - self.keep
            await _repeated(partial(self.answers, before))
            await _repeated(partial(self.texts, before))

    async def clock_stood_ahead(self) -> None:
        """Let be due what is put off for longer than is ever done."""
        now = self.clock()
        beyond = now + sooner.LONGEST
        far = await self.database.read(partial(sooner.far_visits, beyond=beyond))
        late = [one for one in far if one.at > latest_visit(one.settings, self.bounds, now=now)]
        if late:
            await self.database.write(partial(_visited_sooner, late=late, now=now))
        if await self.database.read(partial(sooner.any_far, now=now)):
            await self.database.write(partial(sooner.after_clock, now=now))

    async def texts(self, before: datetime) -> int:
        """Prune one batch of texts of articles older than `before`; 0 once there are none."""
        old = await self.database.read(partial(prune.old_texts, before=before, limit=self.batch))
        if old:
            await self.database.write(partial(self._remove, old=old))
        return len(old)

    async def answers(self, before: datetime) -> int:
        """Prune one batch of what receivers answered before `before`; 0 once there is none."""
        return await self.database.write(partial(prune.remove_answers, before=before))

    async def visits(self) -> int:
        """Prune one batch of the oldest lines about visits; 0 once there are none."""
        return await self.database.write(partial(prune.remove_visits, now=self.clock()))

    async def sketches(self) -> int:
        """Prune the oldest sketches of texts that are too old to be repeated; 0 at the end."""
        return await self.database.write(partial(sketches.prune, now=self.clock()))

    async def gists(self) -> int:
        """Prune the oldest gists, of stories that are over; 0 once there are none."""
        before = self.clock() - gists.KEPT
        return await self.database.write(partial(gists.remove_old, before=before))

    async def notices(self) -> int:
        """Prune one batch of the oldest notices with their deliveries; 0 once there are none."""
        before = self.clock() - max(prune.NOTICES_KEPT, self.keep or timedelta())
        return await self.database.write(partial(prune.remove_notices, before=before))

    def _remove(self, conn: Transaction, old: list[OldText]) -> None:
        self.database.alone(conn)  # or a revision that is owed just now would lose its text
        prune.remove_texts(conn, old)


def _visited_sooner(conn: Transaction, late: list[FarVisit], now: datetime) -> None:
    for one in late:
        settings = one.settings
        at = now
        if settings.cron is not None and settings.every is None:
            at = next_time(settings.cron, settings.timezone, now)
        sooner.visit(conn, one, at=at)


async def _repeated(batch: Callable[[], Awaitable[int]]) -> None:
    for _ in range(MOST_BATCHES):
        if not await batch():
            return
