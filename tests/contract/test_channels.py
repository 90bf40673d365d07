"""What every channel promises, held against each of them.

A new kind of channel adds its rig to `RIGS`: how to stand up a receiver of its kind that behaves
well, one that is away for now, and one that says never.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Literal, TypeAlias

import pytest

from alerts.channel import ANSWER_LIMIT, Channel, Deferred, Delivered, Refused
from alerts.channels.mail_server import MailServer, Security
from alerts.letter import Letter, read, written
from alerts.registry import CHANNELS, ChannelParts, Unserved, channel_for
from news.channel import ChannelSettings
from news.delivery import Delivery
from tests.integration.post_office import PostOffice, breaks_off, hangs, post_office
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

NOW = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)
SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"


@dataclass(kw_only=True)
class Stand:
    """A channel to a receiver, and what that receiver got so far: the id and what was said.

    `frozen` makes a payload of this kind, and `said` is what a receiver is to read in it.
    """

    channel: Channel
    address: str
    got: Callable[[], list[tuple[str, bytes]]]
    frozen: Callable[[str], bytes]
    said: Callable[[bytes], bytes]

    def delivery(self, number: int = 7) -> Delivery:
        return Delivery(id=f"dl_{number}", payload=self.frozen(f"Гроб под флагом {number}"))


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
            frozen=lambda title: json.dumps({"title": title}, ensure_ascii=False).encode(),
            said=lambda payload: payload,
        )


@asynccontextmanager
async def mailbox(behaviour: Behaviour) -> AsyncIterator[Stand]:
    longest = "\r\n".join(["250-" + "x" * 400] * 70 + ["250 thanks"])
    offices: dict[Behaviour, PostOffice] = {
        "well": PostOffice(),
        "away": PostOffice(says={"RCPT": breaks_off}),
        "never": PostOffice(says={"RCPT": "550 5.1.1 <desk@mail.test> is unknown"}),
        "loud": PostOffice(says={"DATA": longest}),
        "hanging": PostOffice(says={"MAIL": hangs}),
    }
    async with (
        post_office(offices[behaviour]) as office,
        open_client(NetworkSettings(agent=AGENT)) as http,
    ):
        settings = ChannelSettings(name="desk", url="mailto:desk@mail.test")
        server = MailServer(
            host="127.0.0.1",
            port=office.port,
            security=Security.PLAIN,
            sender="wirewatch <alerts@wire.test>",
        )
        channel = channel_for(settings, ChannelParts(http=http, mail=server))
        assert not isinstance(channel, Unserved)
        yield Stand(
            channel=channel,
            address="desk@mail.test",
            got=lambda: [(_number(mail), _text(mail)) for mail in office.mails],
            frozen=lambda title: written(
                Letter(subject=title, text=f"{title}\n", html=f"<p>{title}</p>\n", at=NOW)
            ),
            said=_said,
        )


def _said(payload: bytes) -> bytes:
    letter = read(payload)
    assert letter is not None
    return letter.text.encode()


def _number(mail: EmailMessage) -> str:
    return str(mail["Message-ID"]).removeprefix("<").partition(".")[0]


def _text(mail: EmailMessage) -> bytes:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip().replace("\r", "").encode() + b"\n"


RIGS: dict[tuple[str, ...], Rig] = {("http", "https"): webhook, ("mailto",): mailbox}
"""Each under the kinds of address that it stands for."""


@pytest.fixture(params=RIGS, ids=" ".join)
def rig(request: pytest.FixtureRequest) -> Rig:
    return RIGS[request.param]


def test_every_channel_is_held_to_it() -> None:
    assert {scheme for schemes in RIGS for scheme in schemes} == set(CHANNELS)


async def test_a_delivery_arrives_as_it_was_frozen(rig: Rig) -> None:
    async with rig("well") as stand:
        delivery = stand.delivery()
        sent = await stand.channel.send(delivery)
        assert sent.outcome == Delivered()
        assert stand.got() == [(delivery.id, stand.said(delivery.payload))]


async def test_it_may_be_sent_again_and_is_recognisably_the_same(rig: Rig) -> None:
    async with rig("well") as stand:
        delivery = stand.delivery()
        for _ in range(2):
            assert (await stand.channel.send(delivery)).outcome == Delivered()
        assert stand.got() == [(delivery.id, stand.said(delivery.payload))] * 2


async def test_several_may_be_under_way_at_once(rig: Rig) -> None:
    async with rig("well") as stand:
        deliveries = [stand.delivery(number) for number in range(1, 21)]
        sents = await asyncio.gather(*(stand.channel.send(one) for one in deliveries))
        assert {sent.outcome for sent in sents} == {Delivered()}
        assert sorted(stand.got()) == sorted(
            (one.id, stand.said(one.payload)) for one in deliveries
        )


async def test_one_that_is_away_defers(rig: Rig) -> None:
    async with rig("away") as stand:
        sent = await stand.channel.send(stand.delivery())
    assert isinstance(sent.outcome, Deferred)
    assert sent.outcome.reason


async def test_one_that_says_never_is_believed(rig: Rig) -> None:
    async with rig("never") as stand:
        sent = await stand.channel.send(stand.delivery())
    assert isinstance(sent.outcome, Refused)


async def test_a_long_answer_is_kept_in_part(rig: Rig) -> None:
    async with rig("loud") as stand:
        sent = await stand.channel.send(stand.delivery())
    assert sent.outcome == Delivered()
    assert len(sent.answer) <= ANSWER_LIMIT


async def test_a_send_can_be_broken_off(rig: Rig) -> None:
    async with rig("hanging") as stand:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(stand.channel.send(stand.delivery()), timeout=0.1)


@pytest.mark.parametrize("behaviour", ["well", "away", "never"])
async def test_nothing_that_is_shown_shows_address_or_secret(
    rig: Rig, behaviour: Behaviour
) -> None:
    async with rig(behaviour) as stand:
        sent = await stand.channel.send(stand.delivery())
        shown = repr(stand.channel) + repr(sent)
    assert stand.address not in shown
    assert SECRET not in shown
