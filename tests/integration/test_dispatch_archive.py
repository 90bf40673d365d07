"""Deliveries of a real archive, pumped and carried to receivers on 127.0.0.1, on both engines."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from alerts.dispatch import LEASE, DeliverySettled, Dispatcher
from alerts.retry import WAITS
from archive import channels, replay
from archive.database import Database
from news.delivery import DeliveryState, DueDelivery
from scheduler.pump import Pump
from tests.integration.outbox_of import Webhooks, owe, pump_of, running, waiting
from tests.integration.receivers import (
    AGENT,
    Receiver,
    receiver,
    resets,
    says,
    waits_for,
    writes_and_hangs,
)
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.threads import ThreadedOutbox

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PAYLOAD = '{"title": "Гроб под флагом"}'.encode()


@dataclass
class House:
    """An archive with webhooks, a clock to turn, and any number of pumps."""

    database: Database
    webhooks: Webhooks
    now: datetime = NOW
    told: list[DeliverySettled] = field(default_factory=list)
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    def pump(self) -> Pump[DueDelivery]:
        dispatcher = Dispatcher(
            outbox=ThreadedOutbox(self.database),
            ways=self.webhooks,
            tell=self._tell,
            clock=lambda: self.now,
            jitter=lambda: 0.0,
        )
        return pump_of(self.database, dispatcher)

    async def channel(self, place: Receiver, *, concurrency: int = 1) -> int:
        name = f"channel {len(self.webhooks.ways) + 1}"
        return await self.webhooks.add(name, place.url, self.now, concurrency=concurrency)

    async def owe(self, channel: int, count: int = 1) -> None:
        for _ in range(count):
            await owe(self.database, channel, PAYLOAD, self.now)

    async def round(self, *, attempts: int = 1) -> list[DeliverySettled]:
        """Let a new pump work until that many more attempts are settled."""
        before = len(self.told)
        async with running(self.pump()):
            await self.until_told(before + attempts)
        return self.told[before:]

    async def look(self) -> None:
        """Let a new pump do what is due now."""
        pump = self.pump()
        async with running(pump):
            await pump.idle()

    async def until_told(self, count: int) -> None:
        while len(self.told) < count:
            self.settled.clear()
            await self.settled.wait()

    def _tell(self, event: DeliverySettled) -> None:
        self.told.append(event)
        self.settled.set()


@pytest_asyncio.fixture
async def house(archive: Database) -> AsyncIterator[House]:
    async with open_client(NetworkSettings(agent=AGENT, allow=("127.0.0.1",))) as http:
        yield House(archive, Webhooks(archive, http))


def sent_to(place: Receiver) -> list[tuple[str, bytes]]:
    return [(request.headers["webhook-id"], request.body) for request in place.got]


async def test_what_is_owed_arrives_once(house: House) -> None:
    async with receiver(says("200 OK")) as place:
        await house.owe(await house.channel(place), 20)
        await house.round(attempts=20)
        assert Counter(sent_to(place)) == {(f"dl_{n}", PAYLOAD): 1 for n in range(1, 21)}
    assert await waiting(house.database) == 0


async def test_a_failing_receiver_gets_the_same_message_again_and_not_before_its_time(
    house: House,
) -> None:
    async with receiver(says("503 Busy"), resets, says("200 OK")) as place:
        await house.owe(await house.channel(place))
        for wait in WAITS[:2]:
            (settled,) = await house.round()
            assert settled.next_at == house.now + wait
            house.now += wait - timedelta(seconds=1)
            await house.look()
            house.now += timedelta(seconds=1)
        (settled,) = await house.round()
    assert (settled.state, settled.attempt) == (DeliveryState.DELIVERED, 3)
    assert sent_to(place) == [("dl_1", PAYLOAD)] * 3
    assert await waiting(house.database) == 0


async def test_after_ten_attempts_nothing_more_is_sent(house: House) -> None:
    async with receiver(says("500 Oh")) as place:
        await house.owe(await house.channel(place))
        for _ in range(10):
            await house.round()
            house.now = house.told[-1].next_at or house.now
        house.now += timedelta(days=30)
        await house.look()
        assert len(place.got) == 10
    last = house.told[-1]
    assert (last.state, last.words) == (DeliveryState.DEAD, "HTTP 500, after 10 attempts")
    assert await waiting(house.database) == 0


async def test_gone_closes_the_channel_until_a_person_opens_it(house: House) -> None:
    async with receiver(says("410 Gone"), says("200 OK")) as place:
        number = await house.channel(place)
        await house.owe(number, 3)
        (settled,) = await house.round()
        assert settled.state is DeliveryState.DEAD
        house.now += timedelta(days=1)
        await house.look()
        assert len(place.got) == 1
        assert await waiting(house.database) == 2
        await house.database.write(lambda conn: channels.enable(conn, number))
        await house.round(attempts=2)
        assert [one for one, _ in sent_to(place)] == ["dl_1", "dl_2", "dl_3"]
    assert await waiting(house.database) == 0


async def test_what_was_under_way_at_a_stop_is_sent_again_after_its_lease(house: House) -> None:
    async with receiver(writes_and_hangs(b""), says("200 OK")) as place:
        await house.owe(await house.channel(place))
        pump = house.pump()
        async with running(pump):
            await place.asked.wait()
            assert await pump.drain(timedelta()) == 1
        assert house.told == []
        assert await waiting(house.database) == 1
        house.now += LEASE + timedelta(seconds=1)
        await house.round()
        assert sent_to(place) == [("dl_1", PAYLOAD)] * 2
    assert await waiting(house.database) == 0


async def test_two_workers_share_one_outbox_and_send_nothing_twice(house: House) -> None:
    async with receiver(says("200 OK")) as place:
        for _ in range(4):
            await house.owe(await house.channel(place, concurrency=2), 10)
        await asyncio.gather(house.round(attempts=40), house.round(attempts=40))
        assert Counter(one for one, _ in sent_to(place)) == {f"dl_{n}": 1 for n in range(1, 41)}
    assert await waiting(house.database) == 0


async def test_one_receiver_that_hangs_holds_its_own_places_only(house: House) -> None:
    release = asyncio.Event()
    async with (
        receiver(waits_for(release, says("200 OK"))) as slow,
        receiver(says("200 OK")) as quick,
    ):
        await house.owe(await house.channel(slow, concurrency=2), 5)
        await house.owe(await house.channel(quick), 20)
        working = asyncio.create_task(house.round(attempts=25))
        await house.until_told(20)
        assert len(quick.got) == 20
        await slow.asked.wait()
        assert len(slow.got) <= 2
        release.set()
        await working
        assert len(slow.got) == 5
    assert await waiting(house.database) == 0


async def test_what_is_sent_again_has_ten_attempts_again(house: House) -> None:
    async with receiver(resets) as place:
        await house.owe(await house.channel(place))
        for wait in (*WAITS, timedelta()):
            await house.round()
            house.now += wait
        assert house.told[-1].state is DeliveryState.DEAD
        await house.database.write(lambda conn: replay.send_again(conn, [1], now=house.now))
        for wait in (*WAITS, timedelta()):
            await house.round()
            house.now += wait
        assert [one.attempt for one in house.told] == [*range(1, 11), *range(1, 11)]
        assert [one.replayed for one in house.told] == [*[False] * 10, *[True] * 10]
        assert [one.state for one in house.told].count(DeliveryState.DEAD) == 2
        assert await waiting(house.database) == 0
    assert {got.headers["webhook-id"] for got in place.got} == {"dl_1"}
    assert {got.body for got in place.got} == {PAYLOAD}
