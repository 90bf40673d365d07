"""The dispatcher over an outbox in memory: who is sent, when next, and what is written down."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from alerts.channel import Channel, Deferred, Outcome, Refused, Rejected
from alerts.channels import email
from alerts.channels.webhook import DEADLINE
from alerts.dispatch import LEASE, PATIENCE, DeliverySettled, Dispatcher
from news.delivery import Attempt, DeliveryState
from tests.unit.alerts.outbox import (
    NOW,
    Answering,
    Fixed,
    Hanging,
    MemoryOutbox,
    SlowOutbox,
    turns,
)

PENDING, SENDING, DELIVERED, DEAD = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.DELIVERED,
    DeliveryState.DEAD,
)


@dataclass
class Told:
    events: list[DeliverySettled] = field(default_factory=list)


def over(
    outbox: MemoryOutbox,
    *channels: Channel,
    told: Told | None = None,
    patience: timedelta = PATIENCE,
) -> Dispatcher:
    return Dispatcher(
        outbox=outbox,
        ways=Fixed(*channels),
        tell=(told or Told()).events.append,
        clock=lambda: outbox.now,
        jitter=lambda: 0.0,
        patience=patience,
    )


async def work_off(outbox: MemoryOutbox, dispatcher: Dispatcher) -> None:
    """Carry what is due until nothing more is."""
    while claimed := outbox.claim():
        await asyncio.gather(*(dispatcher.carry(due) for due in claimed))


def carrying(outbox: MemoryOutbox, dispatcher: Dispatcher) -> asyncio.Task[None]:
    """Carry the one delivery that is due."""
    (due,) = outbox.claim()
    return asyncio.create_task(dispatcher.carry(due))


async def test_what_is_due_arrives_and_is_written_down() -> None:
    outbox, told = MemoryOutbox(1), Told()
    await work_off(outbox, over(outbox, Answering(), told=told))
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
        await work_off(outbox, dispatcher)
        assert outbox.row(1).due_at == outbox.now + wait == told.events[-1].next_at
        outbox.now += wait
    await work_off(outbox, dispatcher)
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
        await work_off(outbox, dispatcher)
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
    await work_off(outbox, over(outbox, gone, well))
    assert outbox.states() == [DEAD, PENDING, PENDING, DELIVERED]
    assert outbox.disabled == {1}
    assert gone.got == ["dl_1"]
    assert "channel a is disabled" in caplog.text
    assert "HTTP 410" in caplog.text


async def test_a_message_that_is_rejected_is_given_up_and_the_next_goes_out() -> None:
    outbox, told = MemoryOutbox(1, 1), Told()
    picky = Answering([Rejected("SMTP 554 5.7.1: the server refuses this message")])
    await work_off(outbox, over(outbox, picky, told=told))
    assert outbox.states() == [DEAD, DELIVERED]
    assert outbox.disabled == set()
    assert outbox.buried == []  # which would speak against the channel
    assert told.events[0].words == "SMTP 554 5.7.1: the server refuses this message"


async def test_a_bug_in_a_channel_defers_and_flies_no_further(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox = MemoryOutbox(1, 2)
    buggy = Answering([ZeroDivisionError("at https://hook.test/secret")])
    await work_off(outbox, over(outbox, buggy, Answering()))
    assert outbox.states() == [PENDING, DELIVERED]
    assert outbox.row(1).attempts[0].outcome == "a fault in wirewatch: ZeroDivisionError"
    assert "channel a broke with ZeroDivisionError" in caplog.text
    assert "raise outcome" in caplog.text  # where it broke
    assert "hook.test" not in caplog.text


async def test_a_channel_without_end_is_ended() -> None:
    outbox, hanging = MemoryOutbox(1), Hanging()
    await work_off(outbox, over(outbox, hanging, patience=timedelta()))
    assert outbox.row(1).attempts[0].outcome == "no end within 0 s"
    assert hanging.left


def test_a_lease_outlasts_a_send_and_a_send_its_channels_own_deadline() -> None:
    for deadline in (DEADLINE, email.DEADLINE):
        assert timedelta(seconds=deadline) < PATIENCE <= LEASE / 2


async def test_a_channel_that_is_not_served_defers_and_the_attempt_says_why() -> None:
    outbox, told = MemoryOutbox(1), Told()
    await work_off(outbox, over(outbox, told=told))
    assert outbox.states() == [PENDING]
    assert outbox.row(1).attempts[0].outcome == 'shape "slack" is not served yet'
    (event,) = told.events
    assert (event.channel, event.words) == ("a", 'shape "slack" is not served yet')


async def test_who_finishes_after_the_lease_tells_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox, told = MemoryOutbox(1), Told()
    outbox.fenced = True
    await carrying(outbox, over(outbox, Answering([Refused("HTTP 410")]), told=told))
    assert told.events == []
    assert "its claim had run out" in caplog.text
    assert "disabled" not in caplog.text


async def test_what_cannot_be_written_down_flies_and_is_not_told() -> None:
    outbox, told = SlowOutbox(1), Told()
    outbox.fault = OSError("disk full")
    outbox.may.set()
    with pytest.raises(OSError, match="disk full"):
        await carrying(outbox, over(outbox, Answering(), told=told))
    assert outbox.states() == [SENDING]
    assert told.events == []


async def test_a_cancel_breaks_off_a_send_and_leaves_it_to_its_lease(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="alerts.dispatch")
    outbox, hanging, told = MemoryOutbox(1), Hanging(), Told()
    task = carrying(outbox, over(outbox, hanging, told=told))
    await hanging.asked.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert hanging.left
    assert outbox.states() == [SENDING]
    assert told.events == []
    assert caplog.text == ""


async def test_no_cancel_breaks_off_the_writing_down() -> None:
    outbox, told = SlowOutbox(1), Told()
    task = carrying(outbox, over(outbox, Answering(), told=told))
    await outbox.writing.wait()
    for _ in range(3):
        task.cancel()
        await turns()
        assert not task.done()
    outbox.may.set()
    await task
    assert outbox.states() == [DELIVERED]
    assert [event.delivery for event in told.events] == ["dl_1"]


async def test_a_writing_down_that_fails_after_a_cancel_still_flies() -> None:
    outbox = SlowOutbox(1)
    outbox.fault = OSError("disk full")
    task = carrying(outbox, over(outbox, Answering()))
    await outbox.writing.wait()
    task.cancel()
    await turns()
    outbox.may.set()
    with pytest.raises(OSError, match="disk full"):
        await task
