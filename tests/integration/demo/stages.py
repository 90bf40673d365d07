"""Stages for the demo's tests over sockets, and a reader that does by the labels what is right."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import aiosmtplib
import httpx
from standardwebhooks import Webhook

from wirewatch.demo.press import address_of, feed_paths
from wirewatch.demo.script import Piece, Script, load
from wirewatch.demo.stage import Stage

TICK = timedelta(seconds=0.02)


@asynccontextmanager
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
        yield http


def short_script(articles: int = 3) -> Script:
    return load().shortened(articles)


@dataclass
class LabelReader:
    """Reads the feeds with validators, and tells by the script's labels, once each.

    `faults` are watches about which it tells every article, matching or not.
    """

    stage: Stage
    http: httpx.AsyncClient
    liar: bool = False
    told: set[tuple[str, str, str]] = field(default_factory=set)
    validators: dict[str, dict[str, str]] = field(default_factory=dict)

    async def read_for_ever(self) -> None:
        while True:
            for stand in self.stage.newsroom.stands.values():
                for feed in feed_paths(stand.outlet):
                    await self._visit(stand.press.base + address_of(stand.outlet, feed))
            for piece in self._visible():
                await self._tell(piece)
            await asyncio.sleep(TICK.total_seconds())

    async def _visit(self, url: str) -> None:
        answer = await self.http.get(url, headers=self.validators.get(url, {}))
        pairs = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))
        found = {name: answer.headers[mine] for mine, name in pairs if mine in answer.headers}
        self.validators[url] = found

    def _visible(self) -> list[Piece]:
        return [
            listing.piece
            for stand in self.stage.newsroom.stands.values()
            for listing in stand.press.listings("/feed")
            if listing.piece.old is None
        ]

    async def _tell(self, piece: Piece) -> None:
        for watch in self.stage.script.watches:
            about = piece.story if watch.alert == "story" else piece.id
            for channel in watch.to:
                key = (watch.id, channel, about)
                if key not in self.told and (self.liar or watch.id in piece.satisfies):
                    self.told.add(key)
                    await self._send(len(self.told), watch.name, watch.alert, channel, piece)

    async def _send(self, number: int, watch: str, alert: str, channel: str, piece: Piece) -> None:
        press = self.stage.newsroom.stands[piece.outlet].press
        url = next(each.url for each in press.listings("/feed") if each.piece.id == piece.id)
        body = json.dumps(
            {
                "type": f"{alert}.matched",
                "data": {"watch": {"name": watch}, "article": {"url": url, "title": piece.title}},
            }
        )
        if channel in self.stage.mailboxes.addresses:
            await mail(self.stage, channel, f"[{watch}] {piece.title}", url, number=number)
            return
        for _attempt in range(2):
            answer = await post(self.http, self.stage, channel, body, webhook_id=f"dl_{number}")
            if answer.is_success:
                return


async def mail(stage: Stage, channel: str, subject: str, url: str, *, number: int) -> None:
    """Send a letter to one of the stage's mailboxes."""
    letter = EmailMessage()
    letter["Subject"], letter["Message-ID"] = subject, f"<dl_{number}@test.example>"
    letter.set_content(f"{subject}\nSome Outlet\n{url}\n")
    await aiosmtplib.send(
        letter,
        sender="alerts@test.example",
        recipients=[stage.mailboxes.addresses[channel]],
        hostname="127.0.0.1",
        port=stage.mailboxes.port,
    )


async def post(
    http: httpx.AsyncClient,
    stage: Stage,
    channel: str,
    body: str,
    *,
    webhook_id: str,
    signed_for: str | None = None,
) -> httpx.Response:
    """Post `body` to one of the stage's receivers, signed as it (or another one) expects."""
    now = datetime.now(UTC)
    secret = stage.receiver.secrets[signed_for or channel]
    headers = {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, now, body),
    }
    return await http.post(f"{stage.receiver.base}/{channel}", content=body, headers=headers)
