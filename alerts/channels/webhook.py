"""The webhook channel: a delivery becomes one POST, signed as Standard Webhooks says.

Receivers verify it with a library they already have. The id is the delivery's own and the
bytes were frozen when it was owed, so every attempt is recognisably the same message.

A receiver is a stranger: one deadline lies around the whole exchange, the beginning of its
answer is read and no more, and it cannot send us elsewhere.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias

import httpx
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from alerts.channel import ANSWER_LIMIT, Deferred, Delivered, Outcome, Refused, Sent
from news.clock import Clock, utc_now
from news.delivery import Delivery
from news.retry_after import wait_asked_for

DEADLINE = 20.0
"""Seconds for one exchange, from the name's look-up to the last byte taken in."""

FaultWords: TypeAlias = Callable[[httpx.TransportError], str]
"""Reads what the client raised, in words that show neither address nor secret."""


def kind_of(error: httpx.TransportError) -> str:
    """Return the name of the error's kind: its own text would show the URL."""
    return type(error).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """Posts to `url`, signed with each of `secrets` (two while one is being rotated).

    `fault_words` comes with the client: who built it knows which of its texts may be shown.
    """

    url: str = field(repr=False)  # may itself be a secret
    secrets: Sequence[str] = field(repr=False)
    http: httpx.AsyncClient
    fault_words: FaultWords = kind_of
    clock: Clock = utc_now
    timer: Callable[[], float] = time.monotonic
    deadline: float = DEADLINE

    async def send(self, delivery: Delivery) -> Sent:
        """Post `delivery`; a network that fails may work again, so it defers."""
        started = self.timer()
        until = asyncio.get_running_loop().time() + self.deadline
        headers = signed(delivery, self.clock(), self.secrets)
        answer = await self._ask(delivery, headers, until)
        if isinstance(answer, Deferred):
            return Sent(outcome=answer, ms=self._ms_since(started), headers=headers)
        # The status has been said: whatever becomes of the body cannot take it back.
        outcome = outcome_of(answer, now=self.clock())
        body = await _beginning(answer, until)
        return Sent(
            outcome=outcome,
            status=answer.status_code,
            ms=self._ms_since(started),
            answer=body,
            headers=headers,
        )

    async def _ask(
        self, delivery: Delivery, headers: dict[str, str], until: float
    ) -> httpx.Response | Deferred:
        try:
            request = self.http.build_request(
                "POST",
                self.url,
                content=delivery.payload,
                headers={"accept-encoding": "identity", **headers},
                timeout=self.deadline,
            )
            async with asyncio.timeout_at(until):
                return await self.http.send(request, stream=True, follow_redirects=False)
        except TimeoutError:
            return Deferred(f"no answer within {self.deadline:g} s")
        except httpx.TransportError as error:
            return Deferred(self.fault_words(error))

    def _ms_since(self, started: float) -> int:
        return round((self.timer() - started) * 1000)


def signed(delivery: Delivery, sent: datetime, secrets: Sequence[str]) -> dict[str, str]:
    """Return the headers of a POST: the content's type, and what the specification asks for.

    That is the id, the time of this attempt (UTC), and one signature a secret.
    """
    body = delivery.payload.decode()
    return {
        "content-type": "application/json",
        "webhook-id": delivery.id,
        "webhook-timestamp": str(int(sent.timestamp())),
        "webhook-signature": " ".join(Webhook(s).sign(delivery.id, sent, body) for s in secrets),
    }


def outcome_of(answer: httpx.Response, *, now: datetime) -> Outcome:
    """Read an HTTP answer: 2xx alone is success, 410 is never, all else may pass."""
    if answer.is_success:
        return Delivered()
    reason = f"HTTP {answer.status_code}"
    if answer.status_code == HTTPStatus.GONE:
        return Refused(reason)
    return Deferred(reason, wait_asked_for(answer.headers.get("retry-after"), now=now))


def unusable(url: str, secrets: Sequence[str]) -> str | None:
    """Say why no webhook can be sent with these; None if it can. Neither is shown."""
    if not secrets:
        return "it has no secret to sign with"
    try:
        for secret in secrets:
            Webhook(secret)
    except (ValueError, EmptyWebhookSecretError):
        return "its secret is not whsec_ followed by base64"
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        host = ""
    return None if host else "its address is not a URL with a host"


async def _beginning(answer: httpx.Response, until: float) -> bytes:
    """Read the first bytes of the body as they came, and close; a broken body ends early."""
    taken = bytearray()
    try:
        async with asyncio.timeout_at(until):
            try:
                async for chunk in answer.aiter_raw():
                    taken += chunk
                    if len(taken) >= ANSWER_LIMIT:
                        break
            finally:
                await answer.aclose()
    except (TimeoutError, httpx.TransportError):
        pass
    return bytes(taken[:ANSWER_LIMIT])
