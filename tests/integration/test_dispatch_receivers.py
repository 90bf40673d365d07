"""The webhook channel, through the guarded client, against receivers of every kind."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import repeat

import httpx
import pytest
import pytest_asyncio
from standardwebhooks import Webhook

from alerts.channel import ANSWER_LIMIT, Deferred, Delivered, Outcome, Refused, Sent
from alerts.channels.webhook import WebhookChannel
from news.delivery import Delivery
from tests.integration.receivers import (
    AGENT,
    Answer,
    Flood,
    closes,
    receiver,
    resets,
    says,
    waits_for,
    writes,
    writes_and_hangs,
)
from wirewatch.net.client import NetworkSettings, open_client

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
DELIVERY = Delivery(id="dl_7", payload='{"title": "Гроб под флагом"}'.encode())
SHORT = 0.3
"""Seconds that a test gives a receiver that never ends."""


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with open_client(NetworkSettings(agent=AGENT, allow=("127.0.0.1",))) as client:
        yield client


async def send(http: httpx.AsyncClient, url: str, *, deadline: float = 10.0) -> Sent:
    channel = WebhookChannel(
        url=url, secrets=(SECRET,), http=http, fault_words=str, deadline=deadline
    )
    return await channel.send(DELIVERY)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("200 OK", Delivered()),
        ("204 No Content", Delivered()),
        ("299 Fine", Delivered()),
        ("401 Unauthorized", Deferred("HTTP 401")),
        ("404 Not Found", Deferred("HTTP 404")),
        ("410 Gone", Refused("HTTP 410")),
        ("500 Oh", Deferred("HTTP 500")),
        ("999 What", Deferred("HTTP 999")),
    ],
)
async def test_every_status(http: httpx.AsyncClient, status: str, outcome: Outcome) -> None:
    async with receiver(says(status)) as place:
        sent = await send(http, place.url)
    assert (sent.outcome, sent.status) == (outcome, int(status[:3]))


async def test_what_arrives_is_signed_and_says_who_sends_it(http: httpx.AsyncClient) -> None:
    async with receiver(says("200 OK", b"thanks")) as place:
        sent = await send(http, place.url)
    (request,) = place.got
    assert request.line == "POST /hook/path-that-is-a-secret HTTP/1.1"
    assert request.headers["user-agent"] == AGENT
    assert request.headers["webhook-id"] == "dl_7"
    assert Webhook(SECRET).verify(request.body, request.headers) == {"title": "Гроб под флагом"}
    assert sent.answer == b"thanks"


async def test_a_redirect_leads_nowhere(http: httpx.AsyncClient) -> None:
    async with (
        receiver(says("200 OK")) as inside,
        receiver(says("302 Found", Location=inside.url)) as place,
    ):
        sent = await send(http, place.url)
    assert sent.outcome == Deferred("HTTP 302")
    assert inside.got == []


async def test_a_receiver_that_asks_for_time_gets_it(http: httpx.AsyncClient) -> None:
    async with receiver(says("503 Busy", Retry_After="120")) as place:
        sent = await send(http, place.url)
    assert sent.outcome == Deferred("HTTP 503", timedelta(seconds=120))


async def test_a_receiver_may_flap(http: httpx.AsyncClient) -> None:
    async with receiver(says("500 Oh"), resets, says("200 OK")) as place:
        outcomes = [(await send(http, place.url)).outcome for _ in range(3)]
    assert [type(outcome) for outcome in outcomes] == [Deferred, Deferred, Delivered]
    assert {request.headers["webhook-id"] for request in place.got} == {"dl_7"}
    assert {request.body for request in place.got} == {DELIVERY.payload}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (closes, "closed without an answer"),
        (resets, "reset"),
        (writes(b"HTTP/1.1 2"), "closed without an answer"),
        (writes(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "not HTTP"),
        (writes(b"HTTP/1.1 twohundred OK\r\n\r\n"), "not HTTP"),
    ],
)
async def test_no_usable_answer_defers(http: httpx.AsyncClient, answer: Answer, words: str) -> None:
    async with receiver(answer) as place:
        sent = await send(http, place.url)
    assert isinstance(sent.outcome, Deferred)
    assert words in sent.outcome.reason
    assert "secret" not in sent.outcome.reason
    assert sent.status is None


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nX-Slow: "])
async def test_a_receiver_that_hangs_before_its_status_defers(
    http: httpx.AsyncClient, beginning: bytes
) -> None:
    async with receiver(writes_and_hangs(beginning)) as place:
        sent = await send(http, place.url, deadline=SHORT)
    assert sent.outcome == Deferred("no answer within 0.3 s")


OK_AND_MORE = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthan"


@pytest.mark.parametrize("answer", [writes_and_hangs(OK_AND_MORE), writes(OK_AND_MORE)])
async def test_success_stands_though_the_body_never_ends(
    http: httpx.AsyncClient, answer: Answer
) -> None:
    async with receiver(answer) as place:
        sent = await send(http, place.url, deadline=2.0)  # time enough for the status to come
    assert (sent.outcome, sent.status, sent.answer) == (Delivered(), 200, b"than")


@pytest.mark.parametrize(
    ("status", "outcome"), [("200 OK", Delivered()), ("410 Gone", Refused("HTTP 410"))]
)
async def test_the_status_counts_though_the_body_cannot_be_decoded(
    http: httpx.AsyncClient, status: str, outcome: Outcome
) -> None:
    async with receiver(says(status, b"thanks", Content_Encoding="br")) as place:
        sent = await send(http, place.url)
    assert (sent.outcome, sent.status) == (outcome, int(status[:3]))
    assert len(place.got) == 1


async def test_a_gigabyte_is_not_taken_in(http: httpx.AsyncClient) -> None:
    flood = Flood()
    async with receiver(flood) as place:
        sent = await send(http, place.url)
    assert sent.outcome == Delivered()
    assert len(sent.answer) == ANSWER_LIMIT
    assert flood.sent < 64 * 2**20  # what the system's buffers hold


async def test_an_answer_of_three_seconds_is_waited_for(http: httpx.AsyncClient) -> None:
    event = asyncio.Event()
    async with receiver(waits_for(event, says("200 OK"))) as place:
        sending = asyncio.create_task(send(http, place.url))
        await place.asked.wait()
        assert not sending.done()
        event.set()
        assert (await sending).outcome == Delivered()


async def test_nobody_at_home(http: httpx.AsyncClient) -> None:
    with socket.socket() as bound:  # bound and not listening: refused
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        sent = await send(http, f"http://127.0.0.1:{port}/secret")
    assert sent.outcome == Deferred(f"connection refused by 127.0.0.1:{port}")


async def test_a_private_address_is_refused_and_said() -> None:
    async with (
        receiver(says("200 OK")) as place,
        open_client(NetworkSettings(agent=AGENT)) as guarded,
    ):
        sent = await send(guarded, place.url)
    assert isinstance(sent.outcome, Deferred)
    assert sent.outcome.reason.startswith("127.0.0.1 is a loopback address")
    assert "[network] allow" in sent.outcome.reason
    assert "secret" not in sent.outcome.reason
    assert place.got == []


async def test_a_connection_is_used_again(http: httpx.AsyncClient) -> None:
    """Two answers over one connection would be two requests on one: the pool keeps it open."""
    keep = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with receiver(writes_and_hangs(keep)) as place:
        first = await send(http, place.url)
        second = await send(http, place.url, deadline=SHORT)
    assert first.outcome == Delivered()
    assert second.outcome == Deferred("no answer within 0.3 s")
    assert len(place.got) == 1


async def test_the_time_of_a_signature_is_the_attempts_own(http: httpx.AsyncClient) -> None:
    moments = [datetime(2026, 11, 23, 6, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 0, tzinfo=UTC)]
    async with receiver(says("200 OK")) as place:
        for moment in moments:
            channel = WebhookChannel(
                url=place.url, secrets=(SECRET,), http=http, clock=repeat(moment).__next__
            )
            await channel.send(DELIVERY)
    stamps = [int(request.headers["webhook-timestamp"]) for request in place.got]
    assert stamps == [int(moment.timestamp()) for moment in moments]
