"""What silences held is told when they end: one message per watch and channel, as of then.

An alert is due at the end of what holds it, be that in its time or by a person's hand. One
transaction tells all that is due of one watch, so whoever dies before it leaves it due, and
whoever comes second finds nothing. Its message was written before (wirewatch/closing.py): the
transaction only sees that it is still true.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from archive import held, outbox, silences, trail, watches
from archive.database import Database, Transaction
from archive.held import Lot
from news.alert import AlertState
from news.clock import Clock, utc_now
from news.errors import ArchiveError
from news.trail import Reason, Step, TrailLine
from scheduler.pump import Pump
from wirewatch.closing import Gathered, Message, gathered
from wirewatch.desk import Rules
from wirewatch.events import HeldTold, Tell

GONE = "dropped:removed"
"""The reason of alerts whose watch was removed while they were held."""

FIRST_WAIT = timedelta(seconds=5)
"""How long a watch is passed over whose summary failed; twice as long each further time."""

LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is due, the watch or its channels changed since it was gathered: nothing was told."""


@dataclass(frozen=True, slots=True)
class _PassedOver:
    until: datetime
    wait: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """Tells what was held, one watch a call.

    A watch whose summary fails is passed over for a while, so that the others are told.
    """

    database: Database
    rules: Rules
    tell: Tell
    clock: Clock = utc_now
    _passed_over: dict[int, _PassedOver] = field(default_factory=dict)

    def pump(self, *, then: Callable[[], None]) -> Pump[int]:
        """Return what looks for watches whose held alerts are due, and tells them one by one.

        A look claims nothing, so there is never more than one under way.
        """
        return Pump(name="summaries", claim=self._due, work=self.carry, capacity=1, then=then)

    async def _due(self, limit: int) -> list[int]:
        now = self.clock()
        due = await self.database.read(partial(held.watches_due, now=now))
        for watch in self._passed_over.keys() - set(due):
            del self._passed_over[watch]
        passed = {watch for watch, one in self._passed_over.items() if one.until > now}
        return [watch for watch in due if watch not in passed][:limit]

    async def carry(self, watch: int) -> None:
        """Tell what is due of `watch`, or have another silence hold it on."""
        before = self._passed_over.get(watch)
        wait = FIRST_WAIT if before is None else min(before.wait * 2, LONGEST_WAIT)
        self._pass_over(watch, wait)  # for the case that this fails, in whatever way
        try:
            told = await self._told(watch)
        except ArchiveError:  # no fault of this watch: it is as near to being told as before
            self._pass_over(watch, FIRST_WAIT)
            raise
        self._passed_over.pop(watch, None)
        if told is not None:
            self.tell(told)

    def _pass_over(self, watch: int, wait: timedelta) -> None:
        self._passed_over[watch] = _PassedOver(self.clock() + wait, wait)

    async def _told(self, watch: int) -> HeldTold | None:
        released: HeldTold | Changed | None = Changed()
        while isinstance(released, Changed):
            look = partial(gathered, watch=watch, rules=self.rules, now=self.clock())
            found = await self.database.read(look)
            if found is None:
                return None  # another worker told it
            released = await self.database.write(partial(self._release, found))
        return released

    def _release(self, found: Gathered, conn: Transaction) -> HeldTold | Changed | None:
        return release(self.database, conn, found, now=self.clock())


def release(
    database: Database, conn: Transaction, found: Gathered, *, now: datetime
) -> HeldTold | Changed | None:
    """Tell what was gathered in `conn`'s transaction; None where nobody is told."""
    database.alone(conn)
    lot, message = found.lot, found.message
    if (
        held.lot(conn, watch=lot.watch, now=lot.now) != lot
        or watches.set_version(conn) != found.version
    ):
        return Changed()
    silence = silences.active_for(conn, watch=lot.watch, now=now)
    if silence is not None:
        reason = _decided(lot, "held:silence", f"held: on, by {silence}")
        held.explain(conn, lot, reason, at=now)
        held.hold_on(conn, lot, silence)
        return None
    if found.watch_gone:
        words = "dropped: its watch was removed while it was held"
        held.explain(conn, lot, _decided(lot, GONE, words), at=now)
        held.settle(conn, lot, AlertState.DROPPED, GONE)
        return None
    if message is None:
        return Changed()  # the silence that held it on was ended meanwhile
    return _tell(conn, lot, message, now)


def _tell(conn: Transaction, lot: Lot, message: Message, now: datetime) -> HeldTold:
    for channel, payload in message.payloads.items():
        number = outbox.owe(conn, channel=channel, alerts=(), payload=payload, now=now)
        held.carry(conn, lot, delivery=number)
    held.explain(conn, lot, _decided(lot, "told", _told_words(lot, message)), at=now)
    _explain_corrected(conn, lot, message, now)
    held.settle(conn, lot, AlertState.TOLD)
    return HeldTold(
        watch=message.watch.settings.name,
        alerts=lot.count,
        silence=" and ".join(map(str, message.silences)),
        channels=message.names,
    )


def _explain_corrected(conn: Transaction, lot: Lot, message: Message, now: datetime) -> None:
    words = "told all the same, and marked: it was corrected while it was held, and matches no more"
    reason = _decided(lot, "corrected", words)
    lines = [TrailLine(at=now, reason=reason, article=article) for article in message.corrected]
    trail.write(conn, lines)


def _told_words(lot: Lot, message: Message) -> str:
    alone = "alone" if lot.count == 1 else f"as one of {lot.count}"
    over = " and ".join(map(str, message.silences))
    words = f"told: {alone} in one message, now that {over} is over"
    if not message.names:
        words += "; to nobody, for the watch names no channel that there is"
    return f"{words}; the watch itself was paused meanwhile" if message.watch.paused else words


def _decided(lot: Lot, code: str, words: str) -> Reason:
    return Reason(step=Step.DECIDED, code=code, words=words, watch=lot.watch)
