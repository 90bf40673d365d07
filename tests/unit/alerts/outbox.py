"""An outbox and channels of the test's own, obedient and curious."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from alerts.channel import Channel, Delivered, Outcome, Sent
from alerts.dispatch import NoWay, Way
from news.delivery import Attempt, Delivery, DeliveryState, DueDelivery

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Row:
    """A delivery as a table would hold it."""

    number: int
    channel: int
    state: DeliveryState = DeliveryState.PENDING
    due_at: datetime = NOW
    attempts: list[Attempt] = field(default_factory=list)

    def claimed(self) -> DueDelivery:
        return DueDelivery(
            number=self.number,
            delivery=Delivery(f"dl_{self.number}", b"{}"),
            channel=self.channel,
            attempt=len(self.attempts) + 1,
            claim_no=1,
        )


class MemoryOutbox:
    """Keeps what the archive would keep, and hands out what is due, one a channel."""

    def __init__(self, *channels: int) -> None:
        self.rows = [Row(number=n, channel=c) for n, c in enumerate(channels, 1)]
        self.disabled: set[int] = set()
        self.buried: list[int] = []
        self.fenced = False
        self.now = NOW

    def claim(self) -> Sequence[DueDelivery]:
        sending = Counter(r.channel for r in self.rows if r.state is DeliveryState.SENDING)
        claimed: list[DueDelivery] = []
        for row in self.rows:
            due = row.state is DeliveryState.PENDING and row.due_at <= self.now
            if due and row.channel not in self.disabled and not sending[row.channel]:
                row.state = DeliveryState.SENDING
                sending[row.channel] += 1
                claimed.append(row.claimed())
        return claimed

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        return self._settle(due, attempt, DeliveryState.DELIVERED)

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        self.row(due.number).due_at = until
        return self._settle(due, attempt, DeliveryState.PENDING)

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        if disable:
            self.disabled.add(due.channel)
        self.buried.append(due.number)
        return self._settle(due, attempt, DeliveryState.DEAD)

    async def set_aside(self, due: DueDelivery, attempt: Attempt) -> bool:
        return self._settle(due, attempt, DeliveryState.DEAD)

    def row(self, number: int) -> Row:
        return self.rows[number - 1]

    def states(self) -> list[DeliveryState]:
        return [row.state for row in self.rows]

    def _settle(self, due: DueDelivery, attempt: Attempt, state: DeliveryState) -> bool:
        if self.fenced:
            return False
        row = self.row(due.number)
        row.state = state
        row.attempts.append(attempt)
        return True


class SlowOutbox(MemoryOutbox):
    """Writes down when it is let, and fails if it is to."""

    def __init__(self, *channels: int) -> None:
        super().__init__(*channels)
        self.writing, self.may = asyncio.Event(), asyncio.Event()
        self.fault: Exception | None = None

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        self.writing.set()
        await self.may.wait()
        if self.fault is not None:
            raise self.fault
        return await super().delivered(due, attempt)


@dataclass
class Answering:
    """A channel that answers at once, each time with the next outcome (at last: delivered)."""

    outcomes: list[Outcome | Exception] = field(default_factory=list)
    got: list[str] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> Sent:
        self.got.append(delivery.id)
        outcome = self.outcomes.pop(0) if self.outcomes else Delivered()
        if isinstance(outcome, Exception):
            raise outcome
        return Sent(outcome=outcome, status=200, ms=7, answer=b"thanks")


@dataclass
class Hanging:
    """A channel that never answers, and tells that it was asked and that it was left."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    left: bool = False

    async def send(self, delivery: Delivery) -> Sent:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.left = True
        raise AssertionError


class Fixed:
    """Ways that never change, named a, b, c… by their numbers from 1."""

    def __init__(self, *channels: Channel) -> None:
        self.channels = channels

    async def way(self, channel: int) -> Way | NoWay:
        name = "abcdefghijklmnopqrstuvwxyz"[channel - 1]
        if channel > len(self.channels):
            return NoWay(name, 'shape "slack" is not served yet')
        return Way(name, self.channels[channel - 1])


async def turns(count: int = 20) -> None:
    """Let everything that can run, run."""
    for _ in range(count):
        await asyncio.sleep(0)
