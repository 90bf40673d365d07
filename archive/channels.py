"""Channels as the archive keeps them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.engine import RowMapping

from archive import set_number, watches
from archive.schema_telling import channels, deliveries
from news.channel import ChannelSettings, ChannelState, KeptChannel
from news.delivery import DeliveryState
from news.errors import ArchiveError


def listing(conn: Connection) -> list[KeptChannel]:
    """Return every channel, by name."""
    rows = conn.execute(select(channels).where(_KEPT).order_by(channels.c.name)).mappings()
    return [_channel(row) for row in rows]


def add(
    conn: Connection, settings: ChannelSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new channel; return its id. ArchiveError if the name is taken."""
    _refuse_taken(conn, settings.name, own=0)
    values = {**_said(settings, file), "state": ChannelState.OK, "added_at": now}
    number: int = conn.execute(insert(channels).returning(channels.c.id), values).scalar_one()
    set_number.bump(conn)
    return number


def change(
    conn: Connection, channel: int, settings: ChannelSettings, *, file: str | None = None
) -> None:
    """Give a channel new settings; a disabled one works again if its address changed.

    ArchiveError if the name is taken, or the address is of another kind: what waits, and what may
    be replayed, was written for this one.
    """
    _refuse_taken(conn, settings.name, own=channel)
    before = conn.execute(_BY_ID, {"of_channel": channel}).mappings().one()
    kind = _channel(before).settings.kind
    if settings.kind != kind:
        raise ArchiveError(f'channel "{before["name"]}" is a {kind} channel and stays one')
    _set(conn, channel, _said(settings, file))
    if before["name"] != settings.name:
        watches.rename_channel(conn, before["name"], settings.name)
    if before["url"] != settings.url:
        enable(conn, channel)
    set_number.bump(conn)


def rename(conn: Connection, channel: int, name: str) -> None:
    """Give a channel another name, also where watches name it."""
    _refuse_taken(conn, name, own=channel)
    before = conn.execute(_BY_ID, {"of_channel": channel}).mappings().one()
    _set(conn, channel, {"name": name})
    watches.rename_channel(conn, before["name"], name)
    set_number.bump(conn)


def enable(conn: Connection, channel: int) -> None:
    """Let a disabled channel take deliveries again; what waits has all its attempts again."""
    _set(conn, channel, {"state": ChannelState.OK, "state_reason": None, "failing_since": None})
    conn.execute(
        update(deliveries)
        .where(deliveries.c.channel == channel, deliveries.c.due_at.is_not(None))
        .values(attempts_before=deliveries.c.attempts)
    )


def open_again(conn: Connection, channel: int, *, now: datetime) -> int:
    """Let a channel take deliveries again, what waits for it at once; return how many wait."""
    enable(conn, channel)
    waiting = (deliveries.c.channel == channel, deliveries.c.due_at.is_not(None))
    pending = deliveries.c.state == DeliveryState.PENDING
    conn.execute(
        update(deliveries).where(*waiting, pending, deliveries.c.due_at > now).values(due_at=now)
    )
    return conn.execute(select(func.count()).select_from(deliveries).where(*waiting)).scalar_one()


def sign_with(conn: Connection, channel: int, secrets: Sequence[str]) -> None:
    """Sign with these secrets from now on: the newest first, two while one is being rotated."""
    _set(conn, channel, {"secrets": tuple(secrets)})
    set_number.bump(conn)


def remove(conn: Connection, channel: int, *, now: datetime) -> None:
    """Take a channel away; what waits for it is dead, what went out stays on record."""
    _set(conn, channel, {"removed_at": now})
    conn.execute(
        update(deliveries)
        .where(deliveries.c.channel == channel, deliveries.c.due_at.is_not(None))
        .values(
            state=DeliveryState.DEAD,
            due_at=None,
            settled_at=now,
            claim_no=deliveries.c.claim_no + 1,
        )
    )
    set_number.bump(conn)


def _refuse_taken(conn: Connection, name: str, *, own: int) -> None:
    taken = select(channels.c.id).where(_KEPT, channels.c.name == name, channels.c.id != own)
    if conn.execute(taken).first() is not None:
        raise ArchiveError(f'there is a channel "{name}" already')


def _set(conn: Connection, channel: int, values: dict[str, Any]) -> None:
    conn.execute(update(channels).where(channels.c.id == channel).values(**values))


def _said(settings: ChannelSettings, file: str | None) -> dict[str, Any]:
    return {
        "name": settings.name,
        "url": settings.url,
        "secrets": settings.secrets,
        "shape": settings.shape,
        "rate": settings.rate,
        "concurrency": settings.concurrency,
        "allow_command": settings.allow_command,
        "owned_by_file": file,
    }


def _channel(row: RowMapping) -> KeptChannel:
    settings = ChannelSettings(
        name=row["name"],
        url=row["url"],
        secrets=tuple(row["secrets"]),
        shape=row["shape"],
        rate=row["rate"],
        concurrency=row["concurrency"],
        allow_command=row["allow_command"],
    )
    return KeptChannel(
        id=row["id"],
        settings=settings,
        state=ChannelState(row["state"]),
        state_reason=row["state_reason"],
        failing_since=row["failing_since"],
        owned_by_file=row["owned_by_file"],
    )


_KEPT = channels.c.removed_at.is_(None)
_BY_ID = select(channels).where(channels.c.id == bindparam("of_channel"))
