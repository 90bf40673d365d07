"""The mail channel: a delivery becomes one mail to one address, by the operator's server.

The letter was frozen when it was owed; headers are added here, the same at every attempt. Every
mail has a connection of its own, and one deadline lies around the whole exchange.
"""

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache

import aiosmtplib

from alerts import letter
from alerts.channel import ANSWER_LIMIT, Deferred, Delivered, Outcome, Rejected, Sent
from alerts.channels.email_answers import Said, fault_words, outcome_of
from alerts.channels.email_message import Envelope, headers, message
from alerts.channels.mail_server import MailServer, Security
from news.delivery import Delivery

DEADLINE = 25.0
"""Seconds for one exchange, from the name's look-up to the server's word on the message."""

_FAREWELL = 1.0
"""Seconds for a goodbye; by then the message is in the server's hands."""


@cache
def trusted() -> ssl.SSLContext:
    """Return what this machine trusts; the environment's SSL_CERT_FILE is heeded."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChannel:
    """Sends by `server` to the envelope's receiver; `tls` gives what certificates are held to."""

    envelope: Envelope = field(repr=False)  # an address may itself be a secret
    server: MailServer
    tls: Callable[[], ssl.SSLContext] = trusted
    timer: Callable[[], float] = time.monotonic
    deadline: float = DEADLINE

    async def send(self, delivery: Delivery) -> Sent:
        """Hand `delivery` over; a server that is away may come back, so it defers."""
        started = self.timer()
        written = letter.read(delivery.payload)
        if written is None:
            return Sent(outcome=Rejected("it was not written as a mail"))
        raw = message(written, delivery.id, self.envelope)
        outcome, said = await self._hand_over(raw)
        return Sent(
            outcome=outcome,
            status=None if said is None else said.code,
            ms=round((self.timer() - started) * 1000),
            answer=b"" if said is None else said.words[:ANSWER_LIMIT],
            headers=headers(written, delivery.id, self.envelope),
        )

    async def _hand_over(self, raw: bytes) -> tuple[Outcome, Said | None]:
        try:
            async with asyncio.timeout(self.deadline) as deadline:
                async with self._connected() as client:
                    answer = await self._exchange(client, raw)
                    deadline.reschedule(None)  # the server has it, whatever becomes of goodbyes
                    await _part(client)
        except aiosmtplib.SMTPResponseException as error:
            return outcome_of(error), Said.by(error.code, error.message)
        except TimeoutError:
            return Deferred(f"no end within {self.deadline:g} s"), None
        except (aiosmtplib.SMTPException, OSError) as error:
            return Deferred(fault_words(error)), None
        return Delivered(), Said.by(answer.code, answer.message)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """Give a connection that is kept from being read, and logged in where there is a user."""
        plain = self.server.security is Security.PLAIN
        context = None if plain else await asyncio.to_thread(self.tls)
        client = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            local_hostname=_own_name(),
            timeout=None,  # ours lies around the whole
            use_tls=self.server.security is Security.TLS,
            start_tls=False,
            tls_context=context,
        )
        try:
            await client.connect()
            if self.server.security is Security.STARTTLS:
                await _start_tls(client)
            if self.server.user is not None:
                await _log_in(client, self.server.user, self.server.password or "")
            yield client
        finally:
            client.close()

    async def _exchange(self, client: aiosmtplib.SMTP, raw: bytes) -> aiosmtplib.SMTPResponse:
        await client.ehlo()
        options, encoding = [], "ascii"
        if not self.envelope.is_ascii:
            if not client.supports_extension("smtputf8"):
                raise aiosmtplib.SMTPNotSupported(
                    "the mail server takes no addresses beyond ASCII (it offers no SMTPUTF8)"
                )
            options, encoding = ["SMTPUTF8"], "utf-8"
        if client.supports_extension("size"):
            options.append(f"SIZE={len(raw)}")
        await client.mail(self.envelope.sender.addr_spec, options=options, encoding=encoding)
        await client.rcpt(self.envelope.receiver.addr_spec, encoding=encoding)
        return await client.data(raw)


async def _part(client: aiosmtplib.SMTP) -> None:
    """Say goodbye; a cancel breaks off this alone, for what was taken must be written down."""
    faults = aiosmtplib.SMTPException, OSError, ValueError, asyncio.CancelledError
    with contextlib.suppress(*faults):
        await client.quit(timeout=_FAREWELL)


async def _start_tls(client: aiosmtplib.SMTP) -> None:
    await client.ehlo()
    if not client.supports_extension("starttls"):
        raise aiosmtplib.SMTPNotSupported(
            "the mail server offers no STARTTLS, and nothing goes out in clear"
        )
    await client.starttls()


async def _log_in(client: aiosmtplib.SMTP, user: str, password: str) -> None:
    await client.ehlo()
    if not client.supported_auth_methods:
        raise aiosmtplib.SMTPNotSupported("the mail server offers no login that wirewatch knows")
    await client.login(user, password)


def _own_name() -> str:
    """Return how we introduce ourselves: by name if that is a full one, else as any machine."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
