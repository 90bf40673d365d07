"""Channels as the archive keeps them."""

from datetime import datetime

from sqlalchemy import Connection

from news.channel import ChannelSettings, KeptChannel


def listing(conn: Connection) -> list[KeptChannel]:
    """Return every channel, by name."""
    raise NotImplementedError


def add(
    conn: Connection, settings: ChannelSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new channel; return its id. ArchiveError if the name is taken."""
    raise NotImplementedError


def change(
    conn: Connection, channel: int, settings: ChannelSettings, *, file: str | None = None
) -> None:
    """Give a channel new settings; a disabled one works again if its address changed."""
    raise NotImplementedError


def rename(conn: Connection, channel: int, name: str) -> None:
    """Give a channel another name, also where watches name it."""
    raise NotImplementedError


def enable(conn: Connection, channel: int) -> None:
    """Let a disabled channel take deliveries again."""
    raise NotImplementedError


def remove(conn: Connection, channel: int, *, now: datetime) -> None:
    """Take a channel away; what waits for it is dead, what went out stays on record."""
    raise NotImplementedError
