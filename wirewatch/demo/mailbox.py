"""The demo's mailboxes: a mail server on 127.0.0.1 that takes every letter.

It reads them as a person would, by their subject and text.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http import HTTPStatus

from aiosmtpd.smtp import SMTP, Envelope, Session

from news.clock import Clock
from wirewatch.demo.receiver import Message
from wirewatch.demo.script import ChannelPart

DOMAIN = "wirewatch.example"
MANNER = "mailbox"
"""The manner of a channel that is a mailbox."""


class Mailboxes:
    """All mailboxes of one script, behind one server."""

    def __init__(
        self, channels: Sequence[ChannelPart], clock: Clock, heard: Callable[[Message], None]
    ) -> None:
        self.addresses = {
            channel.name: f"{channel.name}@{DOMAIN}"
            for channel in channels
            if channel.manner == MANNER
        }
        self.port = 0
        self._clock = clock
        self._heard = heard
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Start to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="localhost", loop=loop), "127.0.0.1", 0
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,  # noqa: ARG002 - aiosmtpd's signature
        session: Session,  # noqa: ARG002 - aiosmtpd's signature
        envelope: Envelope,
    ) -> str:
        """Take a letter."""
        raw = envelope.content
        mail = message_from_bytes(raw if isinstance(raw, bytes) else b"", policy=default)
        name = envelope.rcpt_tos[0].partition("@")[0]
        self._heard(
            Message(
                at=self._clock(),
                channel=name,
                webhook_id=str(mail["message-id"]),
                body=told_by(mail),
                status=HTTPStatus.OK,
                verified=name in self.addresses,
            )
        )
        return "250 Thank you"


def told_by(mail: EmailMessage) -> bytes:
    """Return what a letter tells in the words of the webhook, as far as the score needs them.

    The watch stands in the subject's brackets, the article's address on the first line of its own.
    """
    watch, _, title = str(mail["subject"]).strip().removeprefix("[").partition("] ")
    part = mail.get_body(("plain",))
    text = part.get_content() if isinstance(part, EmailMessage) else ""
    url = next((line for line in text.splitlines() if line.startswith("http")), "")
    article = {"url": url, "title": title}
    data = {"watch": {"name": watch}, "article": article}
    return json.dumps({"type": "story.matched", "data": data}, ensure_ascii=False).encode()
