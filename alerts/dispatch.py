"""The dispatcher: due deliveries are claimed, sent at the same time, and settled.

    pump ──claim──▶ send ──▶ retry.decide ──▶ delivered | postponed | buried ──▶ pump

What is to be sent comes from the outbox alone, never from a queue in memory. The claim hands out
no more deliveries of one channel at a time than that channel's concurrency, so a receiver that
hangs holds its own places and nobody else's. Whoever dies with a delivery in hand leaves it under
a lease: it is claimed again, and arrives a second time under the same id at worst.
"""

import asyncio
import logging
import random
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from alerts import retry
from alerts.channel import Channel, Deferred, Sent
from news.clock import Clock, utc_now
from news.delivery import Attempt, DeliveryState, DueDelivery
from news.ids import wire_id

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""A claim holds for so long; it must outlast `PATIENCE` and the settling after it."""

PATIENCE = timedelta(seconds=30)
"""No send takes longer, whatever a channel does; channels have tighter deadlines of their own."""


class Outbox(Protocol):
    """The deliveries that are owed; each answer of False says that a claim was lost meanwhile."""

    async def claim_due(
        self, *, now: datetime, lease: timedelta, limit: int
    ) -> Sequence[DueDelivery]:
        """Claim what is due, per channel no more at a time than its concurrency."""
        ...

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Write down that it arrived."""
        ...

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        """Write down the attempt; the delivery is due again at `until`."""
        ...

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        """Write down the last attempt; with `disable` the channel takes no more from now on."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """A channel under the name that a person gave it."""

    name: str
    channel: Channel


class Ways(Protocol):
    """The configured channels, by the archive's number."""

    async def way(self, channel: int) -> Way | None:
        """Return the way of that number; None if none is served under it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettled:
    """One attempt was made and written down; `next_at` (UTC) is set where another follows."""

    delivery: str
    channel: str
    state: DeliveryState
    words: str
    attempt: int
    next_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Dispatcher:
    """Carries deliveries out, at most `places` at a time."""

    outbox: Outbox
    ways: Ways
    tell: Callable[[DeliverySettled], None] = lambda _: None
    clock: Clock = utc_now
    jitter: Callable[[], float] = random.random
    places: int = 64
    patience: timedelta = PATIENCE
    lease: timedelta = LEASE
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _sending: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _under_way: int = field(default=0, init=False)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _asked: bool = field(default=False, init=False)
    _draining: bool = field(default=False, init=False)

    async def pump(self) -> None:
        """Claim what is due and start it; cheap, to be called on a tick and after each *owe*.

        Returns once it is started, not once it is sent. Calls while a claim is under way make that
        one look again. What the outbox raises, flies.
        """
        self._asked = True
        if self._claiming.locked():
            return
        async with self._claiming:
            while self._asked and not self._draining and self._under_way < self.places:
                self._asked = False
                free = self.places - self._under_way
                for due in await self.outbox.claim_due(
                    now=self.clock(), lease=self.lease, limit=free
                ):
                    self._start(due)

    async def drain(self, deadline: timedelta) -> int:
        """Claim nothing more, and let what is under way end; return how many were cut short.

        Sends that outlast `deadline` are broken off and keep their lease, so they are sent again
        after it, or at the next start. Writing down how a send went is never broken off.
        """
        self._draining = True
        async with self._claiming:
            waited = set(self._tasks)
        if not waited:
            return 0
        _, late = await asyncio.wait(waited, timeout=deadline.total_seconds())
        cut = late & self._sending
        for task in cut:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(cut)

    def _start(self, due: DueDelivery) -> None:
        self._under_way += 1
        task = asyncio.create_task(self._carry(due), name=due.delivery.id)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            words = "the outbox failed at %s; what is left open is claimed again after its lease"
            _log.error(words, task.get_name(), exc_info=error)

    async def _carry(self, due: DueDelivery) -> None:
        try:
            way = await self.ways.way(due.channel)
            at = self.clock()
            sent = await self._send(way, due)
            await self._settle(due, way.name if way else wire_id("ch", due.channel), sent, at)
        finally:
            self._under_way -= 1
        await self.pump()  # a place is free, and its channel may have more

    async def _send(self, way: Way | None, due: DueDelivery) -> Sent:
        if way is None:
            return Sent(outcome=Deferred("no such channel is served here"))
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 — only tasks run coroutines
        self._sending.add(task)
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                return await way.channel.send(due.delivery)
        except TimeoutError:
            return Sent(outcome=Deferred(f"no end within {self.patience.total_seconds():g} s"))
        except Exception as error:  # noqa: BLE001 — a channel's bug must harm no other delivery
            _log_bug(way.name, error)
            return Sent(outcome=Deferred(f"a fault in wirewatch: {type(error).__name__}"))
        finally:
            self._sending.discard(task)

    async def _settle(self, due: DueDelivery, channel: str, sent: Sent, at: datetime) -> None:
        decision = retry.decide(
            sent.outcome, attempts=due.attempt, now=self.clock(), jitter=self.jitter()
        )
        settled = _event(due, channel, decision)
        attempt = Attempt(
            at=at, outcome=settled.words, status=sent.status, ms=sent.ms, answer=sent.answer
        )
        if not await self._write_down(due, attempt, decision):
            _log.warning("%s: its claim had run out, another attempt stands", due.delivery.id)
            return
        if isinstance(decision, retry.Closed):
            _log.warning(
                "channel %s is disabled, its receiver wants nothing more (%s); "
                "its other deliveries wait until the channel is changed",
                channel,
                decision.reason,
            )
        self.tell(settled)

    async def _write_down(
        self, due: DueDelivery, attempt: Attempt, decision: retry.Decision
    ) -> bool:
        match decision:
            case retry.Done():
                return await self.outbox.delivered(due, attempt)
            case retry.TryAt(moment):
                return await self.outbox.postpone(due, attempt, until=moment)
            case retry.GivenUp():
                return await self.outbox.bury(due, attempt, disable=False)
            case retry.Closed():
                return await self.outbox.bury(due, attempt, disable=True)
            case _:
                assert_never(decision)


def _event(due: DueDelivery, channel: str, decision: retry.Decision) -> DeliverySettled:
    next_at = None
    match decision:
        case retry.Done():
            state, words = DeliveryState.DELIVERED, "delivered"
        case retry.TryAt(moment, reason):
            state, words, next_at = DeliveryState.PENDING, reason, moment
        case retry.GivenUp(reason) | retry.Closed(reason):
            state, words = DeliveryState.DEAD, reason
        case _:
            assert_never(decision)
    return DeliverySettled(
        delivery=due.delivery.id,
        channel=channel,
        state=state,
        words=words,
        attempt=due.attempt,
        next_at=next_at,
    )


def _log_bug(channel: str, error: Exception) -> None:
    """Log where a channel broke, not its error's text, which may show the channel's address."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("channel %s broke with %s:\n%s", channel, type(error).__name__, where)
