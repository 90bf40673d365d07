"""Which channel serves which kind of address: one line each.

To add a kind: write its module in alerts/channels/, give it a factory here, and a line in
`CHANNELS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from alerts.channel import Channel
from alerts.channels.webhook import FaultWords, WebhookChannel, kind_of, unusable
from news.channel import ChannelSettings
from news.clock import Clock, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelParts:
    """What the roof gives to channels: the guarded client, how to read its faults, the clock."""

    http: httpx.AsyncClient
    fault_words: FaultWords = kind_of
    clock: Clock = utc_now


@dataclass(frozen=True, slots=True)
class Unserved:
    """No channel can be made of these settings; `reason` says why and never shows the address."""

    reason: str


def channel_for(settings: ChannelSettings, parts: ChannelParts) -> Channel | Unserved:
    """Make the channel that serves the scheme of `settings.url`."""
    scheme = settings.url.partition(":")[0].lower()
    if scheme in CHANNELS:
        return CHANNELS[scheme](settings, parts)
    if scheme in NOT_YET:
        return Unserved(f"{NOT_YET[scheme]} ({scheme}:) are not served yet")
    return Unserved("the address is of no known kind")


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


Factory: TypeAlias = Callable[[ChannelSettings, ChannelParts], Channel | Unserved]

CHANNELS: dict[str, Factory] = {
    "http": _webhook,
    "https": _webhook,
}

NOT_YET = {
    "mailto": "mailboxes",
    "apprise": "services of Apprise",
    "jsonl": "files",
    "command": "commands",
}
"""Kinds that a configuration may name already."""
