"""What every channel promises, held against each of them.

A new kind of channel adds its rig to `RIGS`: how to stand up a receiver of its kind that behaves
well, one that is away for now, and one that says never.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pytest

from alerts.channel import ANSWER_LIMIT, Channel, Deferred, Delivered, Refused
from alerts.registry import CHANNELS, ChannelParts, Unserved, channel_for
from news.channel import ChannelSettings
from news.delivery import Delivery
from tests.integration.receivers import (
    AGENT,
    Answer,
    Flood,
    receiver,
    resets,
    says,
    writes_and_hangs,
)
from wirewatch.net.client import NetworkSettings, open_client

Behaviour: TypeAlias = Literal["well", "away", "never", "loud", "hanging"]

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
DELIVERY = Delivery(id="dl_7", payload='{"title": "Гроб под флагом"}'.encode())


@dataclass(kw_only=True)
class Stand:
    """A channel to a receiver, and what that receiver got so far."""

    channel: Channel
    address: str
    got: Callable[[], list[tuple[str, bytes]]]


Rig: TypeAlias = Callable[[Behaviour], AbstractAsyncContextManager[Stand]]


@asynccontextmanager
async def webhook(behaviour: Behaviour) -> AsyncIterator[Stand]:
    answers: dict[Behaviour, Answer] = {
        "well": says("200 OK", b"thanks"),
        "away": resets,
        "never": says("410 Gone"),
        "loud": Flood(),
        "hanging": writes_and_hangs(b""),
    }
    async with (
        receiver(answers[behaviour]) as place,
        open_client(NetworkSettings(agent=AGENT, allow=("127.0.0.1",))) as http,
    ):
        settings = ChannelSettings(name="desk", url=place.url, secrets=(SECRET,))
        channel = channel_for(settings, ChannelParts(http=http, fault_words=str))
        assert not isinstance(channel, Unserved)
        yield Stand(
            channel=channel,
            address=place.url,
            got=lambda: [(request.headers["webhook-id"], request.body) for request in place.got],
        )


RIGS: dict[tuple[str, ...], Rig] = {("http", "https"): webhook}
"""Each under the kinds of address that it stands for."""


@pytest.fixture(params=RIGS, ids=" ".join)
def rig(request: pytest.FixtureRequest) -> Rig:
    return RIGS[request.param]


def test_every_channel_is_held_to_it() -> None:
    assert {scheme for schemes in RIGS for scheme in schemes} == set(CHANNELS)


async def test_a_delivery_arrives_as_it_was_frozen(rig: Rig) -> None:
    async with rig("well") as stand:
        sent = await stand.channel.send(DELIVERY)
        assert sent.outcome == Delivered()
        assert stand.got() == [(DELIVERY.id, DELIVERY.payload)]


async def test_it_may_be_sent_again_and_is_recognisably_the_same(rig: Rig) -> None:
    async with rig("well") as stand:
        for _ in range(2):
            assert (await stand.channel.send(DELIVERY)).outcome == Delivered()
        assert stand.got() == [(DELIVERY.id, DELIVERY.payload)] * 2


async def test_several_may_be_under_way_at_once(rig: Rig) -> None:
    deliveries = [Delivery(id=f"dl_{n}", payload=b'{"n": %d}' % n) for n in range(1, 21)]
    async with rig("well") as stand:
        sents = await asyncio.gather(*(stand.channel.send(one) for one in deliveries))
        assert {sent.outcome for sent in sents} == {Delivered()}
        assert sorted(stand.got()) == sorted((one.id, one.payload) for one in deliveries)


async def test_one_that_is_away_defers(rig: Rig) -> None:
    async with rig("away") as stand:
        sent = await stand.channel.send(DELIVERY)
    assert isinstance(sent.outcome, Deferred)
    assert sent.outcome.reason


async def test_one_that_says_never_is_believed(rig: Rig) -> None:
    async with rig("never") as stand:
        sent = await stand.channel.send(DELIVERY)
    assert isinstance(sent.outcome, Refused)


async def test_a_long_answer_is_kept_in_part(rig: Rig) -> None:
    async with rig("loud") as stand:
        sent = await stand.channel.send(DELIVERY)
    assert sent.outcome == Delivered()
    assert len(sent.answer) <= ANSWER_LIMIT


async def test_a_send_can_be_broken_off(rig: Rig) -> None:
    async with rig("hanging") as stand:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(stand.channel.send(DELIVERY), timeout=0.1)


@pytest.mark.parametrize("behaviour", ["well", "away", "never"])
async def test_nothing_that_is_shown_shows_address_or_secret(
    rig: Rig, behaviour: Behaviour
) -> None:
    async with rig(behaviour) as stand:
        sent = await stand.channel.send(DELIVERY)
        shown = repr(stand.channel) + repr(sent)
    assert stand.address not in shown
    assert SECRET not in shown
