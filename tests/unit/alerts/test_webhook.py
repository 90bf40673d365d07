"""The webhook channel, spoken to over a transport that never leaves the process."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from alerts.channel import ANSWER_LIMIT, Deferred, Delivered, Outcome, Refused, Sent
from alerts.channels.webhook import WebhookChannel, unusable
from news.delivery import Delivery

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
NEXT_SECRET = "whsec_dGhlIHNlY3JldCB0aGF0IGNvbWVzIG5leHQ="
DELIVERY = Delivery(id="dl_7", payload='{"title": "Гроб под флагом"}'.encode())
URL = "https://hook.test/path-that-is-a-secret"


class Body(httpx.AsyncByteStream):
    """A body in pieces that tells how many were taken, and that it was closed."""

    def __init__(self, *pieces: bytes, ends_with: Exception | None = None) -> None:
        self.pieces, self.ends_with = pieces, ends_with
        self.taken = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.taken += 1
            yield piece
        if self.ends_with is not None:
            raise self.ends_with

    async def aclose(self) -> None:
        self.closed = True


class Receiver:
    """Answers as told, and keeps what it was sent."""

    def __init__(self, status: int = 200, body: Body | None = None, **headers: str) -> None:
        self.answer = httpx.Response(status, headers=headers, stream=body or Body(b"thanks"))
        self.got: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.got.append(request)
        return self.answer


class Broken(Receiver):
    """Raises instead of answering."""

    def __init__(self, fault: httpx.TransportError) -> None:
        super().__init__()
        self.fault = fault

    def __call__(self, request: httpx.Request) -> httpx.Response:
        raise self.fault


def now() -> datetime:
    """Return this very moment, since the public verifier believes no message of minutes ago."""
    return datetime.now(UTC)


async def send_to(receiver: Receiver, *secrets: str) -> Sent:
    ticks = iter([10.0, 10.25])
    async with httpx.AsyncClient(transport=httpx.MockTransport(receiver)) as http:
        channel = WebhookChannel(
            url=URL,
            secrets=secrets or (SECRET,),
            http=http,
            clock=now,
            timer=lambda: next(ticks),
        )
        return await channel.send(DELIVERY)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Delivered()),
        (202, Delivered()),
        (204, Delivered()),
        (302, Deferred("HTTP 302")),
        (304, Deferred("HTTP 304")),
        (307, Deferred("HTTP 307")),
        (400, Deferred("HTTP 400")),
        (404, Deferred("HTTP 404")),
        (410, Refused("HTTP 410")),
        (503, Deferred("HTTP 503")),
        (599, Deferred("HTTP 599")),
    ],
)
async def test_a_status_becomes_an_outcome(status: int, outcome: Outcome) -> None:
    sent = await send_to(Receiver(status))
    assert (sent.outcome, sent.status, sent.ms) == (outcome, status, 250)
    assert sent.answer == b"thanks"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(status: int) -> None:
    receiver = Receiver(status, Location="https://elsewhere.test/")
    sent = await send_to(receiver)
    assert sent.outcome == Deferred(f"HTTP {status}")
    assert [str(request.url) for request in receiver.got] == [URL]


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("90", timedelta(seconds=90)),
        ("864000", timedelta(hours=24)),
        ("-5", None),
        ("soon", None),
    ],
)
async def test_the_receiver_may_say_when_to_come_back(header: str, wait: timedelta | None) -> None:
    sent = await send_to(Receiver(429, None, **{"Retry-After": header}))
    assert sent.outcome == Deferred("HTTP 429", wait=wait)


async def test_a_receiver_can_verify_with_the_public_library() -> None:
    receiver = Receiver()
    sent = await send_to(receiver)
    (request,) = receiver.got
    assert Webhook(SECRET).verify(request.content, dict(request.headers)) == {
        "title": "Гроб под флагом"
    }
    assert request.headers["content-type"] == "application/json"
    assert request.content == DELIVERY.payload
    assert dict(request.headers).items() >= sent.headers.items()


async def test_while_a_secret_is_rotated_both_verify_and_no_third() -> None:
    receiver = Receiver()
    await send_to(receiver, SECRET, NEXT_SECRET)
    (request,) = receiver.got
    headers = dict(request.headers)
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, NEXT_SECRET):
        assert Webhook(secret).verify(request.content, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_YSB0aGlyZCBzZWNyZXQ=").verify(request.content, headers)


async def test_every_attempt_has_the_same_id_and_bytes() -> None:
    first, second = Receiver(503), Receiver()
    await send_to(first)
    await send_to(second)
    (one,), (two,) = first.got, second.got
    assert one.headers["webhook-id"] == two.headers["webhook-id"] == "dl_7"
    assert one.content == two.content


async def test_only_the_beginning_of_an_answer_is_read() -> None:
    body = Body(*[b"x" * 16_384] * 1_000)
    sent = await send_to(Receiver(200, body))
    assert sent.outcome == Delivered()
    assert len(sent.answer) == ANSWER_LIMIT
    assert body.taken == 4
    assert body.closed


async def test_a_large_first_piece_is_cut() -> None:
    sent = await send_to(Receiver(200, Body(b"x" * 200_000)))
    assert len(sent.answer) == ANSWER_LIMIT


@pytest.mark.parametrize("fault", [httpx.ReadError("reset"), httpx.RemoteProtocolError("cut")])
async def test_success_stands_though_the_body_dies(fault: httpx.TransportError) -> None:
    body = Body(b"than", ends_with=fault)
    sent = await send_to(Receiver(200, body))
    assert (sent.outcome, sent.status, sent.answer) == (Delivered(), 200, b"than")
    assert body.closed


@pytest.mark.parametrize(
    "fault", [httpx.ConnectError, httpx.ReadError, httpx.ConnectTimeout, httpx.RemoteProtocolError]
)
async def test_a_network_that_fails_may_work_again(fault: type[httpx.TransportError]) -> None:
    sent = await send_to(Broken(fault(f"cannot reach {URL}")))
    assert sent == Sent(outcome=Deferred(fault.__name__), ms=250, headers=sent.headers)


async def test_who_built_the_client_may_say_what_its_faults_mean() -> None:
    refusing = Broken(httpx.ConnectError("hook.test is a private address"))
    async with httpx.AsyncClient(transport=httpx.MockTransport(refusing)) as http:
        channel = WebhookChannel(url=URL, secrets=(SECRET,), http=http, fault_words=str)
        sent = await channel.send(DELIVERY)
    assert sent.outcome == Deferred("hook.test is a private address")


async def test_nothing_that_is_shown_shows_the_address_or_the_secret() -> None:
    sent = await send_to(Broken(httpx.ConnectError(f"cannot reach {URL}")))
    async with httpx.AsyncClient() as http:
        shown = repr(sent) + repr(WebhookChannel(url=URL, secrets=(SECRET,), http=http))
    assert URL not in shown
    assert SECRET not in shown


@pytest.mark.parametrize(
    ("url", "secrets", "fault"),
    [
        (URL, (SECRET,), None),
        (URL, (SECRET, NEXT_SECRET), None),
        (URL, (), "it has no secret to sign with"),
        (URL, (SECRET, "whsec_"), "its secret is not whsec_ followed by base64"),
        (URL, ("whsec_x",), "its secret is not whsec_ followed by base64"),
        ("https://", (SECRET,), "its address is not a URL with a host"),
        ("https://host:port/", (SECRET,), "its address is not a URL with a host"),
    ],
)
def test_what_cannot_work_is_said_before_the_first_delivery(
    url: str, secrets: tuple[str, ...], fault: str | None
) -> None:
    assert unusable(url, secrets) == fault
