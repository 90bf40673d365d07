"""Ten desks are told of thirty stories; one desk's receiver answers nothing for a long time.

The nine others have every message, signed, before the slow one has answered its first. When it
wakes up it gets all of its own, each once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest_asyncio
from standardwebhooks import Webhook

from alerts.dispatch import DeliverySettled, Dispatcher
from alerts.render import render
from archive.database import Database
from news.clock import utc_now
from news.delivery import DueDelivery
from scheduler.pump import Pump
from tests.integration.outbox_of import SECRET, Webhooks, owe, pump_of, running, waiting
from tests.integration.receivers import AGENT, Receiver, receiver, says, waits_for
from tests.unit.alerts.facts import ARTICLE, FACTS
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.threads import ThreadedOutbox

DESKS = 10
STORIES = 30


@dataclass
class Told:
    """What was settled so far."""

    settled: list[DeliverySettled] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    async def until_settled(self, count: int) -> None:
        while len(self.settled) < count:
            self.more.clear()
            await self.more.wait()

    def heard(self, event: DeliverySettled) -> None:
        self.settled.append(event)
        self.more.set()


@dataclass
class Newsroom:
    """Ten desks, the last of them slow until `wake` is set, and what they were told so far."""

    archive: Database
    pump: Pump[DueDelivery]
    desks: list[Receiver]
    numbers: list[int]
    wake: asyncio.Event
    told: Told

    async def tell_everybody(self) -> None:
        for story in range(1, STORIES + 1):
            facts = replace(FACTS, article=replace(ARTICLE, id=story, title=f"Story {story}"))
            for number in self.numbers:
                await owe(self.archive, number, render(facts), utc_now())
            self.pump.wake()


@pytest_asyncio.fixture
async def newsroom(sqlite_archive: Database) -> AsyncIterator[Newsroom]:
    wake = asyncio.Event()
    async with AsyncExitStack() as stack:
        network = NetworkSettings(agent=AGENT, allow=("127.0.0.1",))
        http = await stack.enter_async_context(open_client(network))
        slow = waits_for(wake, says("200 OK"))
        answers = [*[says("200 OK")] * (DESKS - 1), slow]
        desks = [await stack.enter_async_context(receiver(answer)) for answer in answers]
        webhooks = Webhooks(sqlite_archive, http)
        numbers = [
            await webhooks.add(f"desk {number}", desk.url, utc_now())
            for number, desk in enumerate(desks, 1)
        ]
        told = Told()
        dispatcher = Dispatcher(
            outbox=ThreadedOutbox(sqlite_archive), ways=webhooks, tell=told.heard
        )
        pump = pump_of(sqlite_archive, dispatcher)
        await stack.enter_async_context(running(pump, grace=timedelta()))
        yield Newsroom(sqlite_archive, pump, desks, numbers, wake, told)


def titles(desk: Receiver) -> list[str]:
    """Return what a desk was told, each message verified as a receiver would."""
    messages = [Webhook(SECRET).verify(request.body, request.headers) for request in desk.got]
    return [message["data"]["article"]["title"] for message in messages]


async def test_a_slow_receiver_delays_no_other(newsroom: Newsroom) -> None:
    everything = {f"Story {story}" for story in range(1, STORIES + 1)}
    *others, slow = newsroom.desks

    await newsroom.tell_everybody()
    await newsroom.told.until_settled((DESKS - 1) * STORIES)
    for desk in others:
        assert set(titles(desk)) == everything
        assert len(desk.got) == STORIES
    await slow.asked.wait()
    assert titles(slow) == ["Story 1"]
    assert {event.channel for event in newsroom.told.settled} == {
        f"desk {n}" for n in range(1, DESKS)
    }
    assert await waiting(newsroom.archive) == STORIES

    newsroom.wake.set()
    await newsroom.told.until_settled(DESKS * STORIES)
    assert set(titles(slow)) == everything
    assert len(slow.got) == STORIES
    assert await waiting(newsroom.archive) == 0
