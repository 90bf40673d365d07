"""What every channel is made with, and which of those in the archive cannot be served."""

from collections.abc import Iterator

import httpx

from alerts.registry import ChannelParts, Unserved, channel_for
from archive import channels
from archive.database import Transaction
from wirewatch.config.values import Configuration
from wirewatch.mail import mail_server_of


def channel_parts(configuration: Configuration, http: httpx.AsyncClient) -> ChannelParts:
    """Return what channels need: the guarded client, and the operator's mail server."""
    mail = mail_server_of(configuration.mail)
    return ChannelParts(http=http, fault_words=_shown, mail=mail)


def without_way(conn: Transaction, parts: ChannelParts) -> Iterator[str]:
    """Say in words which channels nothing can leave by, and why."""
    for channel in channels.listing(conn):
        way = channel_for(channel.settings, parts)
        if isinstance(way, Unserved):
            name = channel.settings.name
            yield f"nothing leaves by channel {name}: {way.reason}; its deliveries wait"


def _shown(error: httpx.TransportError) -> str:
    """Return what the guarded client says: its faults are written to be shown."""
    return str(error) or type(error).__name__
