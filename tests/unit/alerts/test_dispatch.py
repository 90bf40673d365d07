"""The dispatcher over an outbox in memory: who is sent, when, and what is written down."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from alerts.channel import Channel, Deferred, Outcome, Refused
from alerts.dispatch import DeliverySettled, Dispatcher
from news.delivery import Attempt, DeliveryState, DueDelivery
from tests.unit.alerts.outbox import NOW, Answering, Fixed, Hanging, MemoryOutbox, quiet, turns

PENDING, SENDING, DELIVERED, DEAD = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.DELIVERED,
    DeliveryState.DEAD,
)


@dataclass
class Told:
    events: list[DeliverySettled] = field(default_factory=list)


def over(outbox: MemoryOutbox, *channels: Channel, told: Told | None = None) -> Dispatcher:
    return Dispatcher(
        outbox=outbox,
        ways=Fixed(*channels),
        tell=(told or Told()).events.append,
        clock=lambda: outbox.now,
        jitter=lambda: 0.0,
    )


async def test_what_is_due_arrives_and_is_written_down() -> None:
    outbox, told = MemoryOutbox(1), Told()
    dispatcher = over(outbox, Answering(), told=told)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [DELIVERED]
    assert outbox.row(1).attempts == [
        Attempt(at=NOW, outcome="delivered", status=200, ms=7, answer=b"thanks")
    ]
    assert told.events == [
        DeliverySettled(delivery="dl_1", channel="a", state=DELIVERED, words="delivered", attempt=1)
    ]


async def test_what_failed_is_due_again_after_its_wait() -> None:
    outbox, told = MemoryOutbox(1), Told()
    channel = Answering([Deferred("HTTP 503"), Deferred("HTTP 429", timedelta(hours=1))])
    dispatcher = over(outbox, channel, told=told)
    for wait in (timedelta(seconds=5), timedelta(hours=1)):
        await dispatcher.pump()
        await quiet(dispatcher)
        assert outbox.row(1).due_at == outbox.now + wait == told.events[-1].next_at
        outbox.now += wait
    await dispatcher.pump()
    await quiet(dispatcher)
    assert channel.got == ["dl_1"] * 3
    assert [(e.state, e.words, e.attempt) for e in told.events] == [
        (PENDING, "HTTP 503", 1),
        (PENDING, "HTTP 429", 2),
        (DELIVERED, "delivered", 3),
    ]


async def test_after_ten_attempts_it_is_kept_for_replay() -> None:
    outbox, told = MemoryOutbox(1), Told()
    failures: list[Outcome | Exception] = [Deferred("HTTP 500") for _ in range(10)]
    channel = Answering(failures)
    dispatcher = over(outbox, channel, told=told)
    for _ in range(12):
        await dispatcher.pump()
        await quiet(dispatcher)
        outbox.now = max(outbox.now, outbox.row(1).due_at)
    assert len(channel.got) == 10
    assert outbox.states() == [DEAD]
    assert outbox.disabled == set()
    assert told.events[-1].words == "HTTP 500, after 10 attempts"
    assert told.events[-1].next_at is None


async def test_a_refusal_disables_the_channel_and_its_others_wait(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox = MemoryOutbox(1, 1, 1, 2)
    gone, well = Answering([Refused("HTTP 410")]), Answering()
    dispatcher = over(outbox, gone, well)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [DEAD, PENDING, PENDING, DELIVERED]
    assert outbox.disabled == {1}
    assert gone.got == ["dl_1"]
    assert "channel a is disabled" in caplog.text
    assert "HTTP 410" in caplog.text


async def test_one_pump_works_off_a_whole_queue_one_at_a_time() -> None:
    outbox, channel = MemoryOutbox(*[1] * 30), Answering()
    dispatcher = over(outbox, channel)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [DELIVERED] * 30
    assert channel.got == [f"dl_{n}" for n in range(1, 31)]


async def test_a_receiver_that_hangs_delays_no_other() -> None:
    outbox = MemoryOutbox(*[1] * 10, *[2] * 10)
    hanging, well = Hanging(), Answering()
    dispatcher = over(outbox, hanging, well)
    await dispatcher.pump()
    await turns(200)
    assert outbox.states() == [SENDING, *[PENDING] * 9, *[DELIVERED] * 10]
    hanging.release.set()
    await quiet(dispatcher)
    assert outbox.states() == [DELIVERED] * 20
    assert hanging.most == 1


async def test_a_channel_gets_as_many_at_once_as_its_concurrency() -> None:
    outbox, hanging = MemoryOutbox(*[1] * 10, concurrency=4), Hanging()
    dispatcher = over(outbox, hanging)
    await dispatcher.pump()
    await turns()
    assert hanging.waiting == 4
    hanging.release.set()
    await quiet(dispatcher)
    assert hanging.most == 4


async def test_no_more_is_claimed_than_there_are_places() -> None:
    outbox, hanging = MemoryOutbox(*[1] * 10, concurrency=10), Hanging()
    dispatcher = over(outbox, hanging)
    dispatcher.places = 3
    await dispatcher.pump()
    await dispatcher.pump()
    await turns()
    assert hanging.waiting == 3
    assert outbox.limits == [3]
    hanging.release.set()
    await quiet(dispatcher)
    assert hanging.most == 3
    assert outbox.states() == [DELIVERED] * 10


async def test_pumps_at_the_same_time_become_one_claim_and_one_more_look() -> None:
    outbox = MemoryOutbox()
    dispatcher = over(outbox)
    await asyncio.gather(*(dispatcher.pump() for _ in range(50)))
    assert len(outbox.limits) == 2


async def test_a_bug_in_a_channel_defers_and_harms_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox, told = MemoryOutbox(1, 2), Told()
    buggy = Answering([ZeroDivisionError("at https://hook.test/secret")])
    dispatcher = over(outbox, buggy, Answering(), told=told)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [PENDING, DELIVERED]
    assert outbox.row(1).attempts[0].outcome == "a fault in wirewatch: ZeroDivisionError"
    assert "channel a broke with ZeroDivisionError" in caplog.text
    assert "raise outcome" in caplog.text  # where it broke
    assert "hook.test" not in caplog.text


async def test_a_channel_without_end_is_ended() -> None:
    outbox, hanging = MemoryOutbox(1), Hanging()
    dispatcher = over(outbox, hanging)
    dispatcher.patience = timedelta()
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.row(1).attempts[0].outcome == "no end within 0 s"
    assert hanging.waiting == 0


async def test_a_channel_that_is_not_served_defers() -> None:
    outbox, told = MemoryOutbox(7), Told()
    dispatcher = over(outbox, told=told)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [PENDING]
    assert (told.events[0].channel, told.events[0].words) == (
        "ch_7",
        "no such channel is served here",
    )


async def test_who_finishes_after_the_lease_tells_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox, told = MemoryOutbox(1), Told()
    outbox.fenced = True
    dispatcher = over(outbox, Answering([Refused("HTTP 410")]), told=told)
    await dispatcher.pump()
    await quiet(dispatcher)
    assert told.events == []
    assert "its claim had run out" in caplog.text
    assert "disabled" not in caplog.text


class FullOutbox(MemoryOutbox):
    """Hands out, and cannot write down."""

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        raise OSError("disk full")


async def test_what_cannot_be_written_down_is_logged_and_its_place_is_free(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox = FullOutbox(1)
    dispatcher = over(outbox, Answering())
    dispatcher.places = 1
    await dispatcher.pump()
    await quiet(dispatcher)
    assert outbox.states() == [SENDING]
    assert "the outbox failed at dl_1" in caplog.text
    await dispatcher.pump()
    assert outbox.limits == [1, 1]


class LockedOutbox(MemoryOutbox):
    async def claim_due(self, *, now: datetime, lease: timedelta, limit: int) -> list[DueDelivery]:
        raise OSError("locked")


async def test_a_claim_that_fails_flies_and_the_next_pump_claims_again() -> None:
    dispatcher = over(LockedOutbox(1), Answering())
    for _ in range(2):
        with pytest.raises(OSError, match="locked"):
            await dispatcher.pump()


async def test_draining_lets_what_is_under_way_end() -> None:
    outbox, hanging = MemoryOutbox(1, 1), Hanging()
    dispatcher = over(outbox, hanging)
    await dispatcher.pump()
    await turns()
    draining = asyncio.create_task(dispatcher.drain(timedelta(seconds=10)))
    await turns()
    assert not draining.done()
    hanging.release.set()
    assert await draining == 0
    assert outbox.states() == [DELIVERED, PENDING]
    await dispatcher.pump()
    assert outbox.states() == [DELIVERED, PENDING]


async def test_draining_breaks_off_what_does_not_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="alerts.dispatch")
    outbox, hanging, told = MemoryOutbox(1, 2), Hanging(), Told()
    dispatcher = over(outbox, hanging, Answering(), told=told)
    await dispatcher.pump()
    await turns()
    assert await dispatcher.drain(timedelta()) == 1
    assert hanging.waiting == 0
    assert outbox.states() == [SENDING, DELIVERED]  # the lease returns the first
    assert [event.delivery for event in told.events] == ["dl_2"]
    assert caplog.text == ""


class SlowOutbox(MemoryOutbox):
    """Writes down when it is let."""

    def __init__(self, *channels: int) -> None:
        super().__init__(*channels)
        self.writing, self.may = asyncio.Event(), asyncio.Event()

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        self.writing.set()
        await self.may.wait()
        return await super().delivered(due, attempt)


async def test_draining_never_breaks_off_the_writing_down() -> None:
    outbox = SlowOutbox(1)
    dispatcher = over(outbox, Answering())
    await dispatcher.pump()
    await outbox.writing.wait()
    draining = asyncio.create_task(dispatcher.drain(timedelta()))
    await turns()
    assert not draining.done()
    outbox.may.set()
    assert await draining == 0
    assert outbox.states() == [DELIVERED]


async def test_draining_sends_what_a_claim_under_way_brings() -> None:
    outbox, channel = MemoryOutbox(1), Answering()
    dispatcher = over(outbox, channel)
    pumping = asyncio.create_task(dispatcher.pump())
    await asyncio.sleep(0)  # the claim has begun
    assert await dispatcher.drain(timedelta(seconds=10)) == 0
    await pumping
    assert outbox.states() == [DELIVERED]


async def test_draining_with_nothing_under_way_ends_at_once() -> None:
    assert await over(MemoryOutbox()).drain(timedelta(seconds=10)) == 0
