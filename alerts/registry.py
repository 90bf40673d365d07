"""Which channel serves which kind of address, and how what goes through it is written.

To add a kind: write its module in alerts/channels/, give it a factory here, and a line in
`CHANNELS`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

import httpx

from alerts import letter
from alerts.channel import Channel
from alerts.channels import mail_server
from alerts.channels.email import MailChannel
from alerts.channels.email_message import Envelope, address_of
from alerts.channels.mail_server import MailServer
from alerts.channels.webhook import FaultWords, WebhookChannel, kind_of, unusable
from alerts.facts import Facts
from alerts.render import render
from news.channel import ChannelSettings
from news.clock import Clock, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelParts:
    """What the roof gives to channels.

    That is the guarded client and how to read its faults, the clock, and the server that mails
    leave by, where there is one.
    """

    http: httpx.AsyncClient
    fault_words: FaultWords = kind_of
    clock: Clock = utc_now
    mail: MailServer | None = None


@dataclass(frozen=True, slots=True)
class Unserved:
    """No channel can be made of these settings; `reason` says why and never shows the address."""

    reason: str


Factory: TypeAlias = Callable[[ChannelSettings, ChannelParts], Channel | Unserved]


Write: TypeAlias = Callable[[Facts, str | None], bytes]
"""Writes a message; the second is the domain that mails are sent from, where they are."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of channel: how one is made, how its payload is written, and how a person reads it."""

    make: Factory
    write: Write
    read: Callable[[bytes], str]


def channel_for(settings: ChannelSettings, parts: ChannelParts) -> Channel | Unserved:
    """Make the channel that serves the scheme of `settings.url`."""
    scheme = _scheme(settings.url)
    if scheme in CHANNELS:
        return CHANNELS[scheme].make(settings, parts)
    if scheme in NOT_YET:
        return Unserved(f"{NOT_YET[scheme]} ({scheme}:) are not served yet")
    return Unserved("the address is of no known kind")


@dataclass(slots=True)
class Payloads:
    """One message as each kind of channel writes it; each is written once, when it is asked for."""

    facts: Facts
    mail_domain: str | None = None
    _written: dict[Write, bytes] = field(default_factory=dict, init=False)

    def of(self, url: str) -> bytes:
        """Return the payload for a channel at `url`; an unknown kind gets the webhook's."""
        write = CHANNELS.get(_scheme(url), _WEBHOOK).write
        if write not in self._written:
            self._written[write] = write(self.facts, self.mail_domain)
        return self._written[write]


def readable(url: str, payload: bytes) -> str:
    """Return what a payload for a channel at `url` says, on several lines."""
    return CHANNELS.get(_scheme(url), _WEBHOOK).read(payload)


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _webhook(settings: ChannelSettings, parts: ChannelParts) -> Channel | Unserved:
    if settings.shape is not None:
        return Unserved(f'shape "{settings.shape}" is not served yet')
    fault = unusable(settings.url, settings.secrets)
    if fault is not None:
        return Unserved(fault)
    return WebhookChannel(
        url=settings.url,
        secrets=settings.secrets,
        http=parts.http,
        fault_words=parts.fault_words,
        clock=parts.clock,
    )


def _mailbox(settings: ChannelSettings, parts: ChannelParts) -> Channel | Unserved:
    if parts.mail is None:
        return Unserved("there is no mail server: [mail] needs server and from")
    if fault := mail_server.unusable(parts.mail):
        return Unserved(fault)
    sender = address_of(parts.mail.sender)
    receiver = address_of(unquote(settings.url.partition(":")[2]))
    if sender is None:
        return Unserved("from of [mail] is no address that mail can come from")
    if receiver is None:
        return Unserved("its address is none that mail can go to")
    envelope = Envelope(sender=sender, receiver=receiver, channel=settings.name)
    return MailChannel(envelope=envelope, server=parts.mail)


def _rendered(facts: Facts, _: str | None) -> bytes:
    return render(facts)


def _json(payload: bytes) -> str:
    return json.dumps(json.loads(payload), ensure_ascii=False, indent=2)


def _letter_text(payload: bytes) -> str:
    read = letter.read(payload)
    return _json(payload) if read is None else read.text.rstrip()


_WEBHOOK = Kind(_webhook, _rendered, _json)

CHANNELS: dict[str, Kind] = {
    "http": _WEBHOOK,
    "https": _WEBHOOK,
    "mailto": Kind(_mailbox, letter.letter, _letter_text),
}

NOT_YET = {
    "apprise": "services of Apprise",
    "jsonl": "files",
    "command": "commands",
}
"""Kinds that a configuration may name already."""
