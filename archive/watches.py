"""Watches and their versions; every change bumps the number by which a matcher knows its set."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.engine import RowMapping

from archive import set_number
from archive.schema_telling import channels, watch_versions, watches
from news.errors import ArchiveError
from news.watch import Watch, WatchSettings


def listing(conn: Connection) -> list[Watch]:
    """Return every watch, paused ones too, by name."""
    rows = conn.execute(select(watches).where(_KEPT).order_by(watches.c.name)).mappings().all()
    names = conn.execute(select(channels.c.name, channels.c.id).where(_KEPT_CHANNEL))
    by_name = {row.name: row.id for row in names}
    return [_watch(row, by_name) for row in rows]


def get(conn: Connection, watch: int) -> Watch | None:
    """Return a watch, None once it was removed."""
    row = conn.execute(_BY_ID.where(_KEPT), {"of_watch": watch}).mappings().one_or_none()
    if row is None:
        return None
    names = conn.execute(select(channels.c.name, channels.c.id).where(_KEPT_CHANNEL))
    return _watch(row, {one.name: one.id for one in names})


def set_version(conn: Connection) -> int:
    """Return the number that every change of watches or channels raises."""
    return set_number.read(conn)


def add(
    conn: Connection, settings: WatchSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new watch; return its id. ArchiveError if the name is taken."""
    _refuse_taken(conn, settings.name, own=0)
    values = {**_said(settings), "owned_by_file": file, "version": 1, "added_at": now}
    number: int = conn.execute(
        insert(watches).returning(watches.c.id), {**values, "paused": False}
    ).scalar_one()
    _keep_version(conn, number, 1, settings, now)
    set_number.bump(conn)
    return number


def change(
    conn: Connection, watch: int, settings: WatchSettings, *, now: datetime, file: str | None = None
) -> None:
    """Give a watch new settings as its next version; the versions before stay."""
    _refuse_taken(conn, settings.name, own=watch)
    before = conn.execute(_BY_ID, {"of_watch": watch}).mappings().one()
    _set(conn, watch, {**_said(settings), "owned_by_file": file})
    if before["settings"] != _plain(settings):
        version = before["version"] + 1
        _set(conn, watch, {"version": version})
        _keep_version(conn, watch, version, settings, now)
    set_number.bump(conn)


def rename(conn: Connection, watch: int, name: str) -> None:
    """Give a watch another name; its history stays."""
    _refuse_taken(conn, name, own=watch)
    before = conn.execute(_BY_ID, {"of_watch": watch}).mappings().one()
    _set(conn, watch, {"name": name, "settings": {**before["settings"], "name": name}})
    set_number.bump(conn)


def pause(conn: Connection, watch: int, reason: str | None = None) -> None:
    """Let a watch rest; without a reason, because it left its file."""
    _set(conn, watch, {"paused": True, "paused_reason": reason})
    set_number.bump(conn)


def resume(conn: Connection, watch: int) -> None:
    """Let a watch match again."""
    _set(conn, watch, {"paused": False, "paused_reason": None})
    set_number.bump(conn)


def remove(conn: Connection, watch: int, *, now: datetime) -> None:
    """Take a watch away; what it told stays, and its name is free again."""
    _set(conn, watch, {"removed_at": now})
    set_number.bump(conn)


def version_of(conn: Connection, watch: int, version: int) -> WatchSettings | None:
    """Return what a watch said in one of its versions, so that the past can be explained."""
    found = conn.execute(_VERSION, {"of_watch": watch, "version": version}).scalar_one_or_none()
    return None if found is None else _settings(found)


def rename_channel(conn: Connection, before: str, after: str) -> None:
    """Let watches that name a channel name it by its new name; no new version comes of it."""
    for row in conn.execute(select(watches.c.id, watches.c.settings).where(_KEPT)).all():
        settings = _settings(row.settings)
        if before in settings.to:
            to = tuple(after if name == before else name for name in settings.to)
            _set(conn, row.id, {"settings": _plain(replace(settings, to=to))})


def _refuse_taken(conn: Connection, name: str, *, own: int) -> None:
    taken = select(watches.c.id).where(_KEPT, watches.c.name == name, watches.c.id != own)
    if conn.execute(taken).first() is not None:
        raise ArchiveError(f'there is a watch "{name}" already')


def _set(conn: Connection, watch: int, values: dict[str, Any]) -> None:
    conn.execute(update(watches).where(watches.c.id == watch).values(**values))


def _keep_version(
    conn: Connection, watch: int, version: int, settings: WatchSettings, now: datetime
) -> None:
    values = {"watch": watch, "n": version, "at": now, "settings": _plain(settings)}
    conn.execute(insert(watch_versions), values)


def _said(settings: WatchSettings) -> dict[str, Any]:
    return {
        "name": settings.name,
        "settings": _plain(settings),
        "owner": settings.owner,
        "private": settings.private,
    }


def _plain(settings: WatchSettings) -> dict[str, Any]:
    """Return settings as JSON can hold them: the cooldown in seconds, lists for tuples."""
    plain = asdict(settings)
    return plain | {
        "cooldown": settings.cooldown.total_seconds(),
        "to": list(settings.to),
        "alert": list(settings.alert),
    }


def _settings(plain: dict[str, Any]) -> WatchSettings:
    return WatchSettings(
        **{
            **plain,
            "cooldown": timedelta(seconds=plain["cooldown"]),
            "to": tuple(plain["to"]),
            "alert": tuple(plain["alert"]),
        }
    )


def _watch(row: RowMapping, channel_by_name: dict[str, int]) -> Watch:
    settings = _settings(row["settings"])
    return Watch(
        id=row["id"],
        version=row["version"],
        settings=settings,
        added_at=row["added_at"],
        paused=row["paused"],
        paused_reason=row["paused_reason"],
        owned_by_file=row["owned_by_file"],
        channels=tuple(channel_by_name[name] for name in settings.to if name in channel_by_name),
    )


_KEPT = watches.c.removed_at.is_(None)
_KEPT_CHANNEL = channels.c.removed_at.is_(None)
_BY_ID = select(watches).where(watches.c.id == bindparam("of_watch"))
_VERSION = select(watch_versions.c.settings).where(
    watch_versions.c.watch == bindparam("of_watch"), watch_versions.c.n == bindparam("version")
)
