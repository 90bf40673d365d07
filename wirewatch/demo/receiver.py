"""The demo's receivers: they verify what arrives with the public library, and keep it.

One takes everything at once, one answers 500 to the first messages it gets, one takes three
seconds for each: all must have everything in the end.
"""

import asyncio
import base64
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

from news.clock import Clock
from wirewatch.demo.loopback import LoopbackSite
from wirewatch.demo.script import ChannelPart

TURNED_AWAY_AT_FIRST = 3
"""So many messages meet a 500 on their first attempt at the failing receiver."""

SLOW_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One attempt that reached a receiver: when (UTC), its id, and how it was answered."""

    at: datetime
    channel: str
    webhook_id: str
    body: bytes
    status: int
    verified: bool

    @property
    def taken(self) -> bool:
        """Whether it was a message of ours, and accepted."""
        return self.verified and self.status == HTTPStatus.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One alert as a message tells it."""

    type: str
    watch: str
    url: str
    title: str


class Receiver:
    """All receivers of one script, each at a path of its own."""

    def __init__(
        self,
        channels: Sequence[ChannelPart],
        clock: Clock,
        heard: Callable[[Message], None] = lambda _message: None,
        slow_seconds: float = SLOW_SECONDS,
    ) -> None:
        self.messages: list[Message] = []
        webhooks = [channel for channel in channels if channel.manner != "mailbox"]
        self.secrets = {channel.name: _new_secret() for channel in webhooks}
        self.base = ""
        self._manners = {channel.name: channel.manner for channel in channels}
        self._turned_away: set[str] = set()
        self._clock = clock
        self._heard = heard
        self._slow_seconds = slow_seconds
        self._site = LoopbackSite({"/{channel}": self._take})

    async def open(self) -> None:
        """Start to listen."""
        self.base = await self._site.open()

    async def close(self) -> None:
        """Stop listening."""
        await self._site.close()

    def hear(self, message: Message) -> None:
        """Keep a message that arrived, here or in a mailbox."""
        self.messages.append(message)
        self._heard(message)

    async def _take(self, request: web.Request) -> web.Response:
        at, body = self._clock(), await request.read()
        channel = request.match_info["channel"]
        webhook_id = request.headers.get("webhook-id", "")
        verified = self._verifies(channel, body, dict(request.headers))
        status = await self._answer(channel, webhook_id) if verified else HTTPStatus.BAD_REQUEST
        message = Message(
            at=at,
            channel=channel,
            webhook_id=webhook_id,
            body=body,
            status=status,
            verified=verified,
        )
        self.hear(message)
        return web.Response(status=status, text="thank you" if message.taken else "not now")

    def _verifies(self, channel: str, body: bytes, headers: dict[str, str]) -> bool:
        if channel not in self.secrets:
            return False
        lowered = {name.lower(): value for name, value in headers.items()}
        try:
            Webhook(self.secrets[channel]).verify(body, lowered)
        except (WebhookVerificationError, json.JSONDecodeError):
            return False
        return True

    async def _answer(self, channel: str, webhook_id: str) -> HTTPStatus:
        match self._manners[channel]:
            case "slow":
                await asyncio.sleep(self._slow_seconds)
            case "fails first" if (
                webhook_id not in self._turned_away
                and len(self._turned_away) < TURNED_AWAY_AT_FIRST
            ):
                self._turned_away.add(webhook_id)
                return HTTPStatus.INTERNAL_SERVER_ERROR
        return HTTPStatus.OK


def said(message: Message) -> tuple[Said, ...]:
    """Return the alerts that a verified message tells, one or, in a digest, several."""
    body = json.loads(message.body)
    if body.get("type") == "digest.ready":
        return tuple(_said(each) for each in body["data"]["alerts"])
    return (_said(body),)


def _said(body: dict[str, Any]) -> Said:
    data = body.get("data", {})
    article = data.get("article", {})
    return Said(
        type=str(body.get("type", "")),
        watch=str(data.get("watch", {}).get("name", "")),
        url=str(article.get("url", "")),
        title=str(article.get("title", "")),
    )


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
