"""The dispatcher: carries out one delivery that was claimed, and writes down how that went.

    claimed ──▶ send ──▶ retry.decide ──▶ delivered | postponed | buried

What is to be sent comes from the outbox alone, never from a queue in memory: a pump claims it and
has as many carried at a time as it has places. The claim hands out no more deliveries of one
channel at a time than that channel's concurrency, so a receiver that hangs holds its own places
and nobody else's. Whoever dies with a delivery in hand leaves it under a lease: it is claimed
again, and arrives a second time under the same id at worst.
"""

import asyncio
import contextlib
import logging
import random
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, assert_never

from alerts import retry
from alerts.channel import Channel, Deferred, Sent
from news.clock import Clock, utc_now
from news.delivery import Attempt, DeliveryState, DueDelivery

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""A claim holds for so long; it must outlast `PATIENCE` and the settling after it."""

PATIENCE = timedelta(seconds=30)
"""No send takes longer, whatever a channel does; channels have tighter deadlines of their own."""


class Outbox(Protocol):
    """Takes how a delivery went; each answer of False says that the claim was lost meanwhile."""

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Write down that it arrived."""
        ...

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        """Write down the attempt; the delivery is due again at `until`."""
        ...

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        """Write down the last attempt; with `disable` the channel takes no more from now on."""
        ...

    async def set_aside(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Write down that this message alone is not wanted; its channel is as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """A channel under the name that a person gave it."""

    name: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class NoWay:
    """A channel that is not served: its name, and why, in words that never show its address."""

    name: str
    reason: str


class Ways(Protocol):
    """The configured channels, by the archive's number."""

    async def way(self, channel: int) -> Way | NoWay:
        """Return the way of that number, or why there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettled:
    """One attempt was made and written down; `next_at` (UTC) is set where another follows.

    `attempt` counts from 1, and anew where a person had it sent again: `replayed` says so.
    """

    delivery: str
    channel: str
    state: DeliveryState
    words: str
    attempt: int
    next_at: datetime | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """Carries out deliveries, one a call."""

    outbox: Outbox
    ways: Ways
    tell: Callable[[DeliverySettled], None] = lambda _: None
    clock: Clock = utc_now
    jitter: Callable[[], float] = random.random
    patience: timedelta = PATIENCE

    async def carry(self, due: DueDelivery) -> None:
        """Send a claimed delivery once, and write down how that went.

        A cancel breaks off the send, and then the delivery keeps its lease; it never breaks off
        the writing down, for what was sent and not written down is sent twice. What the outbox
        raises, flies.
        """
        way = await self.ways.way(due.channel)
        at = self.clock()
        sent = await self._send(way, due)
        await _to_its_end(self._settle(due, way.name, sent, at))

    async def _send(self, way: Way | NoWay, due: DueDelivery) -> Sent:
        if isinstance(way, NoWay):
            return Sent(outcome=Deferred(way.reason))
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                return await way.channel.send(due.delivery)
        except TimeoutError:
            return Sent(outcome=Deferred(f"no end within {self.patience.total_seconds():g} s"))
        except Exception as error:  # noqa: BLE001 — a channel's bug must harm no other delivery
            _log_bug(way.name, error)
            return Sent(outcome=Deferred(f"a fault in wirewatch: {type(error).__name__}"))

    async def _settle(self, due: DueDelivery, channel: str, sent: Sent, at: datetime) -> None:
        tries = due.attempt - due.attempts_before
        decision = retry.decide(
            sent.outcome, attempts=tries, now=self.clock(), jitter=self.jitter()
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
                "channel %s is disabled, its receiver wants nothing more (%s); its other "
                "deliveries wait until you open it by `wirewatch channel enable`",
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
            case retry.SetAside():
                return await self.outbox.set_aside(due, attempt)
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
        case retry.GivenUp(reason) | retry.SetAside(reason) | retry.Closed(reason):
            state, words = DeliveryState.DEAD, reason
        case _:
            assert_never(decision)
    return DeliverySettled(
        delivery=due.delivery.id,
        channel=channel,
        state=state,
        words=words,
        attempt=due.attempt - due.attempts_before,
        next_at=next_at,
        replayed=due.attempts_before > 0,
    )


def _log_bug(channel: str, error: Exception) -> None:
    """Log where a channel broke, not its error's text, which may show the channel's address."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("channel %s broke with %s:\n%s", channel, type(error).__name__, where)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do the whole of `work`; a cancel that comes meanwhile finds nothing left to break off."""
    task = asyncio.create_task(work)
    while not task.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()
